"""Where a finished paper goes, as a presenter knows it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Outlet(Protocol):
    """The printers of this machine. `app.ui.printing.printer` keeps the promise.

    Both are called on the work thread: asking the system for printers may take its time.
    """

    def printers(self) -> Sequence[str]:
        """Names of the printers, the default one first; empty when there is none."""
        ...

    def send(self, pdf: bytes, printer: str) -> None:
        """Print every page once. Raises Unavailable P-50 when the printer does not take it."""
        ...
