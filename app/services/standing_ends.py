"""When something a household stands in comes to its end, or wants looking at again, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.clock import day_words
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.people import Person
from app.domain.standing import CaseClass, CertificateKind, EndsBy
from app.domain.workdays import add_months
from app.rules.clocks import ClockKind, Event
from app.rules.deadlines import Deadline, Moment
from app.rules.standing import exempt_from_review, is_working, review_class
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.domain.casework import Application
    from app.store.queries.standing import Looked
    from app.store.unit_of_work import UnitOfWork

CHANGED: Final = "增减员了，要马上复核"
CHANGED_RULE: Final = "民发〔2021〕57号：家庭人口有变化，要重新核定"
BENEFIT_RULES: Final = {
    EndsBy.AGE: "孤儿、事实无人抚养儿童的待遇到满 18 周岁",
    EndsBy.TERM: "批的期限到了要重新认定",
}
"""What ends a benefit, in words."""
_PAPERS: Final = {CertificateKind.DISABILITY: "残疾人两项补贴要有在有效期里的残疾证"}
_GROWN_UP: Final = 18 * 12
"""Months until nobody is a child any more (民法典 第十七条)."""


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """When a household is to be looked at again. `hurried_on` is the 增减员 that makes it now."""

    case_class: CaseClass
    deadline: Deadline
    hurried_on: date | None

    @property
    def due_on(self) -> date | None:
        """The day; None where no review and no decision is known."""
        return self.deadline.due_on if self.hurried_on is None else self.hurried_on

    @property
    def rule(self) -> str:
        """The rule with its clause."""
        return self.deadline.explanation if self.hurried_on is None else CHANGED_RULE


def review_due(work: UnitOfWork, rules: GroundRules, looked: Looked) -> ReviewDue:
    """The review clock of one household, in the class of its last review, or else of its facts;
    somebody who works since is looked at half-yearly whatever was said (domain.md §2.14)."""
    case_class, home = looked.case_class, work.households.get(looked.household)
    if home is None:
        case_class = CaseClass.OTHER  # nobody knows a household that is gone: the shorter clock
    elif case_class is None or is_working(home):
        case_class = review_class(home)
    happened: dict[Event, Moment] = {} if looked.since is None else {Event.REVIEWED: looked.since}
    deadline = rules.deadline(work, ClockKind.REVIEW, happened, case_class=case_class.value)
    exempt = None if home is None else exempt_from_review(rules.terms(work), home)
    if exempt is not None and deadline.due_on is not None and deadline.due_on < exempt.until:
        until = day_words(exempt.until)
        note = f"建档立卡户在保的，{until}以前不再核对，到那天再核实，{exempt.basis}"
        deadline = replace(deadline, due_on=exempt.until, notes=(*deadline.notes, note))
    return ReviewDue(case_class, deadline, looked.changed_on)


def paper_rule(kind: CertificateKind) -> str:
    """Why the end of a paper matters."""
    return _PAPERS.get(kind, "证件上写的有效期")


def rigid_validity(work: UnitOfWork, rules: GroundRules, household: HouseholdId) -> Deadline | None:
    """Until when the recognition of 刚性支出 holds; None for a household not recognised so."""
    since = work.standing.recognised(household, Category.RIGID_EXPENDITURE)
    if since is None:
        return None
    return rules.deadline(work, ClockKind.RIGID_VALIDITY, {Event.RECOGNISED: since})


def is_recognised_still(
    work: UnitOfWork, rules: GroundRules, application: Application, on: date
) -> bool:
    """Whether what the county recognised on this application holds on `on`: the household stands
    in it, and its months are not over."""
    household = work.households.get(application.household)
    if household is None or household.category is not application.decided_category:
        return False
    if household.category is not Category.RIGID_EXPENDITURE:
        return True
    validity = rigid_validity(work, rules, application.household)
    return validity is None or validity.due_on is None or on <= validity.due_on


def grown_up_on(people: Iterable[Person]) -> date | None:
    """The eighteenth birthday of the first of them to have it; None where none is known."""
    days = [add_months(one.birth, _GROWN_UP) for one in people if one.birth is not None]
    return min(days, default=None)
