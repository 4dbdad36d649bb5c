"""Where a finished paper goes, as a presenter knows it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Outlet(Protocol):
    """The printers of this machine. `app.ui.printing.printer` keeps the promise.

    All are called on the work thread: asking the system for printers may take its time.
    """

    def printers(self) -> Sequence[str]:
        """Names of the printers, the default one first; empty when there is none."""
        ...

    def kept(self, printers: Sequence[str]) -> int | None:
        """Seconds the machine keeps what these printed; 0 for not at all, None for ever."""
        ...

    def send(self, pdf: bytes, printer: str, *, leaves: Sequence[int] | None = None) -> None:
        """Print every page once, at its own size; on both sides where `leaves` says how many pages
        each copy has: every copy begins on a new sheet.

        Raises Unavailable P-50 when the printer does not take it."""
        ...
