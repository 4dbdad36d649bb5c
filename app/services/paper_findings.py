"""A paper held against its record, told so that a person knows which paper it was: whose, and who
printed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from app.documents.reading import Step, Stopped
from app.domain.people import mask_id_number
from app.services.paper_checks import PaperCheck, PaperChecks

if TYPE_CHECKING:
    from app.domain.casework import PrintRecord
    from app.services.batches import InStore
    from app.store.unit_of_work import UnitOfWork

_PRINTS: Final = ("print_record",)
_MOST: Final = 5000
"""Prints of one household that are looked through for the one in hand."""
_EARLIER: Final = "以前的协理员"


@dataclass(frozen=True, slots=True)
class PaperFound:
    """One paper and what is told of it. `check` may be about a page nobody printed."""

    check: PaperCheck
    whose: str = field(default="", repr=False)
    """The household as it is called; empty for a paper of the whole village."""
    number: str = field(default="", repr=False)
    """The resident number of its head with stars (security R10)."""
    by: str = field(default="", repr=False)
    """Who printed it; empty where this laptop's log does not say."""


@dataclass(frozen=True, slots=True)
class PaperFindings:
    """`PaperChecks` for the window. Nothing is written. A code is looked up on the store thread."""

    checks: PaperChecks

    def of_code(self, code: str) -> list[PaperFound]:
        """The one paper with this code. Raises as `PaperChecks.of_code`."""
        return [self._told(self.checks.of_code(code))]

    def of_file(self, pdf: bytes, in_store: InStore, step: Step) -> list[PaperFound] | None:
        """Every paper of a file; None when it was stopped. Runs on the work thread, `in_store` on
        the store's. Raises as `PaperChecks.of_file`."""
        try:
            checks = self.checks.of_file(pdf, in_store, step)
        except Stopped:
            return None
        return [in_store(partial(self._told, one)) for one in checks]

    def again(self, code: str, in_store: InStore) -> bytes:
        """The paper as the record has it. Raises as `PaperChecks.again`."""
        return self.checks.again(code, in_store)

    def _told(self, check: PaperCheck) -> PaperFound:
        with self.checks.begin() as work:
            return _found(work, check)


def _found(work: UnitOfWork, check: PaperCheck) -> PaperFound:
    printed = check.printed
    if printed is None:
        return PaperFound(check)
    by = _printer_of(work, printed)
    if printed.household is None:
        return PaperFound(check, by=by)
    called = work.families.places([printed.household]).get(printed.household, "")
    home = work.households.get(printed.household)
    head = None if home is None else home.head_member
    number = "" if head is None else mask_id_number(head.person.id_number)
    return PaperFound(check, called, number, by)


def _printer_of(work: UnitOfWork, printed: PrintRecord) -> str:
    """Who was at this laptop when it was printed."""
    subject = printed.household or printed.entity_id or ""
    own = work.identity
    for operation, _patch in work.operations_about(subject, _PRINTS, _MOST):
        if operation.entity_id == printed.id:
            return own.officer_name if operation.actor == own.officer_id else _EARLIER
    return ""
