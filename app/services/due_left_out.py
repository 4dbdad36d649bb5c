"""Whoever is gravely disabled or ill and has nothing (重残、重病一样救助都没有): to be looked at.

A means test says so while it is made; this is for those nobody tests (S0:L54, S4:L62
防“脱保”“漏保”).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.domain.due import ALWAYS, DueItem
from app.domain.today import WorkKind
from app.domain.workdays import add_months
from app.rules import parameters
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

LEFT_OUT_READS: Final = ("assessment", "benefit", "application", "lead")
_A_YEAR: Final = 12
"""Months after which the answer of a means test is old: then they are looked at again."""


def left_out_due(
    work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each household on no list in which somebody is gravely disabled (一级、二级) or
    ill and receives nothing, until a means test, a lead or an application takes it up; a year
    after the test again."""
    found = rules.terms(work).find(parameters.LEAK_CHECK)
    if found is None or not found.value:
        return
    for household, people in groupby(work.alarms.left_out(subjects), key=lambda one: one.household):
        grave = list(people)
        tested = work.casework.newest_assessment(household)
        who, place = work.visiting.place_of(household)
        names = "、".join(one.name for one in grave)
        yield DueItem(
            kind=WorkKind.LEFT_OUT,
            entity_id=household,
            household=household,
            who=who,
            place=place,
            appears_on=ALWAYS if tested is None else add_months(tested.on, _A_YEAR),
            due_on=None,
            due_at=None,
            why=f"{names}重残或重病，什么救助都没有记着",
            rule=f"防“脱保”“漏保”：重残、重病的都要看到（{found.ground}）",
            page="assessment",
            action="去看看，测算一次",
            target=household,
        )
