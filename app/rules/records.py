"""Records: values of which every household needs dozens.

To whoever reads or checks the code `record` is `dataclass`, and the type checker refuses to change
a frozen one. While the program runs nothing is in the way of that: filling a frozen dataclass takes
a call for every field, which alone was a tenth of the means test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, kw_only: bool = False):  # noqa: ANN201
        """As `dataclass`; a frozen one compares and hashes as such, but is filled directly."""
        return dataclass(slots=slots, kw_only=kw_only, unsafe_hash=frozen)
