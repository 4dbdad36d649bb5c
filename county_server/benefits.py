"""What the county grants, as a benefit of the household: the village reads it, no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.standing import BenefitKind
from app.domain.workdays import month_start
from app.rules.grounds import Outcome
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.standing import BENEFIT
from county_server.tables import document

ANEW: Final = "县里重新认定"
_KINDS: Final = {
    Category.DIBAO: BenefitKind.DIBAO,
    Category.SINGLE_PERSON: BenefitKind.DIBAO,
    Category.TEKUN: BenefitKind.TEKUN,
    Category.MARGINAL: BenefitKind.MARGINAL,
}

_ASSESSMENT: Final = "assessment"
_MEETS: Final = Outcome.MEETS.value
_OF_PERSONS: Final = frozenset({Category.TEKUN, Category.SINGLE_PERSON})
"""What is granted to people by name, the others to the household."""
PAYING: Final = frozenset({Category.DIBAO, Category.SINGLE_PERSON, Category.TEKUN})
"""What is paid every month; 边缘 may be recognised without a sum."""


def grant(
    ledger: Ledger,
    household: Document,
    category: Category | None,
    fen: int | None,
    begins: date,
    why: str = ANEW,
    *,
    persons: Sequence[str] = (),
) -> None:
    """The benefit a decision gives from the month `begins` on, instead of the one before.
    `persons` are whom it is for, where it is not for everybody in the household.

    Nothing is granted where the category pays nothing by itself or no sum was named. Decided twice
    before a month begins, that month is paid once, by the later word.
    """
    kind = None if category is None else _KINDS.get(category)
    if kind is None or fen is None:
        stop(ledger, household, month_start(begins, -1), why)
        return
    made = None
    for found in running(ledger, household):
        if made is None and str(found.body["from_month"]) >= begins.isoformat():
            made = found
        else:
            _end(ledger, found, month_start(begins, -1), why)
    if made is None:
        made_id = new_id(ledger.now)
        made = Document(BENEFIT, made_id, household.subject, household.village, 0, {}, {})
    fields = {
        "household_id": household.entity_id,
        "kind": kind.value,
        "person_ids": list(persons),
        "amount_fen": fen,
        "from_month": begins.isoformat(),
        "to_month": None,
        "ends_on": None,
        "ends_by": None,
        "stop_reason": "",
        "by_county": True,
        "recorded_at": ledger.at,
    }
    made.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put(made)


def covered_by(ledger: Ledger, application: Document, category: Category | None) -> list[str]:
    """Whom 特困 or 单人保 is for by the means test an application stands on; nobody by name for
    what is the household's, and where no test says."""
    tested = application.body.get("assessment_id")
    test = ledger.get(_ASSESSMENT, str(tested)) if tested else None
    answer = None if test is None else test.body.get("answer")
    if category not in _OF_PERSONS or not isinstance(answer, Mapping):
        return []
    rungs = [one for one in _list(answer.get("rungs")) if isinstance(one, Mapping)]
    met = (one for one in rungs if one.get("rung") == category and one.get("outcome") == _MEETS)
    return [str(one) for one in _list(next(met, {}).get("members"))]


def _list(told: object) -> list[Any]:
    """A list of what a laptop told, where it is one."""
    return told if isinstance(told, list) else []


def stop(ledger: Ledger, household: Document, last: date, reason: str) -> None:
    """The month of `last` is the last of every benefit the county granted to the household."""
    for found in running(ledger, household):
        _end(ledger, found, month_start(last), reason)


def running(ledger: Ledger, household: Document) -> Iterator[Document]:
    """The benefits of the household that the county granted and nobody ended, the first first."""
    query = select(document.c.entity_id).where(
        document.c.entity == BENEFIT, document.c.subject == household.subject
    )
    known = [ledger.get(BENEFIT, one) for one in ledger.connection.execute(query).scalars().all()]
    held = [
        one
        for one in known
        if one is not None and one.body.get("by_county") and not one.body.get("to_month")
    ]
    yield from sorted(held, key=lambda one: str(one.body["from_month"]))


def _end(ledger: Ledger, found: Document, last: date, reason: str) -> None:
    """What would have begun only later is paid for no month: its sum is none."""
    begins = str(found.body["from_month"])
    fields: dict[str, Any] = {"to_month": max(last.isoformat(), begins), "stop_reason": reason}
    if last.isoformat() < begins:
        fields["amount_fen"] = 0
    found.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put(found)
