"""What the county's receipt returned: a visit, a payment or another record it did not take.

What an application was returned for is its state (`due_answers.py`), the fund has its own row
(`due_fund.py`). A returned change of a record the county holds is undone (ADR 0004): of those only
relief is spoken of, because somebody has to say again what became of the money.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId, ReliefId
from app.domain.relief_states import RELIEF
from app.domain.today import WorkKind
from app.services.ground_rules import GroundRules
from app.services.sync_status import TITLES

if TYPE_CHECKING:
    from app.store.queries.returned import ReturnedRecord
    from app.store.unit_of_work import UnitOfWork

READS: Final = (
    "visit", "emergency_relief", "relief_step", "relief_instalment", "late_supplement",
    "application", "conflict", "operation", "operation_state",
)  # fmt: skip
_RELIEF: Final = "emergency_relief"
_PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "visit": ("visit_record", "看一眼哪里不对，补记一条更正，再同步"),
    _RELIEF: ("relief_case", "照县里说的办下一步，或者冲正，再同步"),
    "application": ("applications", "照县里说的改好，再同步"),
}
_HOUSEHOLD: Final = ("household", "照县里说的改好，再同步")
_RULE: Final = "县里的回执：没收下的要改好再报"


def returned_due(
    work: UnitOfWork, _rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each record that came back, until something is said of it again."""
    from app.store.queries.returned import ReturnedQueries

    for record in ReturnedQueries(work.connection).unanswered(subjects):
        if _asks(work, record):
            yield _row(work, record)


def _asks(work: UnitOfWork, record: ReturnedRecord) -> bool:
    """Whether anything can be done about it; two payments for one have the row of a difference."""
    if record.entity != _RELIEF:
        return record.is_new
    relief = work.casework.relief(ReliefId(record.entity_id))
    if relief is None or work.relief.is_double(relief.id):
        return False
    return record.is_new or bool(RELIEF.events(relief.status))


def _row(work: UnitOfWork, record: ReturnedRecord) -> DueItem:
    household = work.households.get(HouseholdId(record.subject))
    head = None if household is None else household.head_member
    who = "" if head is None else head.person.name
    if record.entity == _RELIEF:
        relief = work.casework.relief(ReliefId(record.entity_id))
        who = who if relief is None else relief.payee_name
    page, action = _PAGES.get(record.entity, _HOUSEHOLD)
    title = TITLES.get(record.entity, "一条记录")
    return DueItem(
        kind=WorkKind.RETURNED,
        entity_id=record.entity_id,
        household=None if household is None else household.id,
        who=who,
        place="" if household is None else household.place,
        appears_on=ALWAYS,
        due_on=None,
        due_at=None,
        why=f"县里没收这条{title}：{record.reason}" if record.reason else f"县里没收这条{title}",
        rule=_RULE,
        page=page,
        action=action,
        target=record.entity_id if record.entity in _PAGES else record.subject,
    )
