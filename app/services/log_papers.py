"""What the printed visit log (F15L) is about: some days, and how much of them its reader may see.

It has no record of its own, so what it is about is written in the id that its print record keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from app.documents.visit_log import LogOptions
from app.domain.casework import Visit
from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.masking import Mask
from app.services.case_paper import CasePaper, Source
from app.services.homes_then import HomesThen

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.visit_log import VisitLogRow
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

ABOUT: Final = "visit_log"
_SHOWN: Final = ("phone", "place", "health", "note", "answers", "minors")
_KEY: Final = re.compile(
    r"(?P<first>\d{4}-\d\d-\d\d):(?P<last>\d{4}-\d\d-\d\d):(?P<mask>[a-z_0-9]+):(?P<shown>[a-z.]*)"
)


@dataclass(frozen=True, slots=True)
class LogSpan:
    """The visits from `first` to `last`, both included, as `options` show them."""

    first: date
    last: date
    options: LogOptions

    @classmethod
    def of_key(cls, key: str) -> Self | None:
        """What `key` says; None for none of these."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        shown = {*found["shown"].split(".")}
        try:
            first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
            mask = Mask(found["mask"])
        except ValueError:
            return None
        return cls(first, last, LogOptions(mask=mask, **{one: one in shown for one in _SHOWN}))

    @property
    def key(self) -> str:
        """`2026-03-01:2026-03-31:middle_8:place.note`."""
        shown = ".".join(one for one in _SHOWN if getattr(self.options, one))
        return f"{self.first}:{self.last}:{self.options.mask.value}:{shown}"


def visit_rows(
    work: UnitOfWork, first: date, last: date
) -> tuple[list[VisitLogRow], set[HouseholdId]]:
    """The log's line of each visit of the span, with what was added to it, and whose they are;
    of each household what was so on the day of the visit."""
    from app.documents.visit_log import row_of

    homes: dict[HouseholdId, Household | None] = {}
    added = work.visiting.addenda_between(first, last)

    def home_of(visit: Visit) -> Household | None:
        if visit.household not in homes:
            homes[visit.household] = work.households.get(visit.household)
        return homes[visit.household]

    then = HomesThen.since(work, first)
    rows = [
        row_of(visit, then.on(home, visit.visited_on), added.get(visit.id, ()))
        for visit in work.casework.visits_between(first, last)
        if (home := home_of(visit)) is not None
    ]
    return rows, {known for known, home in homes.items() if home is not None}


def _of_nobody(_work: UnitOfWork, _household: HouseholdId) -> list[CasePaper]:
    """No household has one."""
    return []


def _find(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    span = LogSpan.of_key(entity_id)
    return None if span is None else CasePaper(id=entity_id, household=None, about=span)


def _content(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import visit_log_sheet as sheet

    span: LogSpan = paper.about
    rows, _homes = visit_rows(work, span.first, span.last)
    return sheet.content_of(
        tuple(rows),
        span.options,
        unit=work.identity.village_name,
        first=span.first,
        last=span.last,
    )


SOURCES: Final = {ABOUT: Source(_of_nobody, _find, _content)}
