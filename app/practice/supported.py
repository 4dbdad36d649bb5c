"""Those the practice county supports already: 渐退, reviews that fall due, benefits that end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.grace_states import GraceEvent
from app.domain.households import Category, IncomeKind, Per
from app.domain.ids import GraceId
from app.domain.money import Money
from app.domain.people import Labour, Person
from app.domain.standing import (
    BenefitKind,
    CaseClass,
    CertificateKind,
    ChangeKind,
    EndsBy,
    ReviewResult,
)
from app.domain.workdays import add_months, month_start
from app.practice.backdating import EarlierClock, Story, on_days
from app.practice.homes import Home, Homes
from app.practice.office import CLERK, paper
from app.practice.village import PracticeHousehold
from app.rules.facts import Facts, Income
from app.services.graces import GraceFacts
from app.services.standing import NewBenefit, NewCertificate, NewChange, NewReview

if TYPE_CHECKING:
    from app.services.desk import Desk

E = GraceEvent
WAGE: Final = Money.yuan(2600)
"""A month, of whoever found work."""
_LEAST: Final = Money.yuan(100)
"""Of a smaller benefit half is hardly worth a picture."""
_HALF_YEAR: Final = 6
_SOON, _LATE = timedelta(days=9), timedelta(days=4)
_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Leaving:
    """A household on 低保 that earns its way out, and its 渐退 once it is proposed."""

    desk: Desk
    clock: EarlierClock
    home: Home
    number: int
    grace: GraceId | None = field(default=None)

    def propose(self) -> None:
        """Tested with the new wage, and proposed on the same day."""
        facts = with_work(self.home, self.clock.today())
        kept = self.desk.assessments.save(self.home.id, facts)
        self.grace = self.desk.graces.propose(
            self.home.id, kept, reason="家里有人进厂上班，收入超了标准"
        )

    def approve(self) -> None:
        """The township agrees, on paper."""
        self._step(E.APPROVE, told_by=CLERK)

    def begin(self) -> None:
        """The first month has come."""
        self._step(E.BEGIN)

    def _step(self, event: GraceEvent, *, told_by: str = "") -> None:
        if self.grace is None:
            raise LookupError("it has not been proposed yet")
        today = self.clock.today()
        self.desk.graces.step(
            self.grace,
            event,
            GraceFacts(
                happened_on=today,
                told_by=told_by,
                paper_no=paper("渐", today.year, self.number) if told_by else "",
            ),
        )


def with_work(home: Home, today: date) -> Facts:
    """What the household answers once somebody of it has found work and told of it."""
    facts, paid = home.facts, home.made.household.benefit_month
    worker = next(one.id for one in facts.household.members if one.labour is Labour.ABLE)
    members = tuple(
        replace(one, receives=(Category.DIBAO.value,), self_declared_on=today - _DAY)
        if one.id == worker
        else one
        for one in facts.household.members
    )
    earned = Income(member=worker, kind=IncomeKind.WAGE, amount=WAGE, per=Per.MONTH)
    granted = Income(member=None, kind=IncomeKind.DIBAO, amount=paid or _LEAST, per=Per.MONTH)
    incomes = (*(facts.household.incomes or ()), earned, granted)
    return replace(facts, household=replace(facts.household, members=members, incomes=incomes))


@dataclass(slots=True)
class Supported:
    """Everybody the county supports that something is to be done about."""

    desk: Desk
    clock: EarlierClock
    running: Leaving
    approved: Leaving
    proposed: Leaving
    due: Home
    late: Home
    grown: Home
    """Somebody was born: to be looked at at once."""
    certificate: Home
    term: Home

    def stories(self, on: date) -> Iterator[Story]:
        """How they came to stand as they do on `on`."""
        yield _leaving(self.running, month_start(on, -2) + 9 * _DAY, began=month_start(on, -1))
        yield _leaving(self.approved, on - 9 * _DAY)
        yield on_days([(on - 4 * _DAY, self.proposed.propose)])
        yield self._reviewed(self.due, add_months(on, -_HALF_YEAR) + _SOON)
        yield self._reviewed(self.late, add_months(on, -_HALF_YEAR) - _LATE)
        yield on_days([(on - 3 * _DAY, self._grow)])
        yield on_days([(month_start(on, -3), partial(self._receive, on))])

    def _reviewed(self, home: Home, day: date) -> Story:
        review = NewReview(
            household=home.id,
            reviewed_on=day,
            result=ReviewResult.NO_CHANGE,
            case_class=CaseClass.OTHER,
            note="到户看过，和上次一样",
        )
        return on_days([(day, partial(self.desk.standing.review, review))])

    def _grow(self) -> None:
        self.desk.standing.change(
            NewChange(
                household=self.grown.id,
                kind=ChangeKind.ADD,
                name=f"{self.grown.head.person.name[0]}小宝",
                reason="儿媳生了孩子，户口已上",
                happened_on=self.clock.today(),
            )
        )

    def _receive(self, on: date) -> None:
        """Benefits: one that ends soon, one just over, and one that leans on a certificate."""
        since = self.clock.today()
        for home, kind, ends_on in (
            (self.due, BenefitKind.OTHER, on + 2 * _SOON),
            (self.term, BenefitKind.OTHER, on - _LATE),
            (self.certificate, BenefitKind.DISABILITY_LIVING, None),
        ):
            self.desk.standing.receive(
                NewBenefit(
                    household=home.id,
                    kind=kind,
                    names=(_whose(home).name,),
                    amount=_LEAST,
                    since=since,
                    ends_on=ends_on,
                    ends_by=None if ends_on is None else EndsBy.TERM,
                )
            )
        self.desk.standing.certify(
            NewCertificate(
                household=self.certificate.id,
                name=_whose(self.certificate).name,
                kind=CertificateKind.DISABILITY,
                valid_to=on + 2 * _SOON,
            )
        )


def supported_of(desk: Desk, clock: EarlierClock, homes: Homes) -> Supported:
    """Households of the county's rolls, each for what happens to it."""

    def leaves(home: Home) -> bool:
        grace = desk.assessments.preview(with_work(home, clock.today())).grace
        return grace is not None and len(grace.months) > 0

    def leaving(number: int) -> Leaving:
        return Leaving(desk, clock, homes.take(_may_leave, leaves), number)

    return Supported(
        desk,
        clock,
        running=leaving(1),
        approved=leaving(2),
        proposed=leaving(3),
        due=homes.take(_is_on_dibao),
        late=homes.take(_is_on_dibao),
        grown=homes.take(_is_on_dibao),
        certificate=homes.take(_has_disabled),
        term=homes.take(_is_on_dibao),
    )


def _leaving(leaving: Leaving, proposed_on: date, *, began: date | None = None) -> Story:
    """Proposed, approved six days later, and begun on the first of its months."""
    deeds = [(proposed_on, leaving.propose), (proposed_on + 6 * _DAY, leaving.approve)]
    return on_days(deeds if began is None else [*deeds, (began, leaving.begin)])


def _may_leave(made: PracticeHousehold) -> bool:
    """On 低保, small, with somebody able to work and a benefit worth showing."""
    benefit = made.household.benefit_month
    return (
        _is_on_dibao(made)
        and len(made.household.members) in {3, 4}
        and benefit is not None
        and benefit >= _LEAST
        and any(one.person.labour is Labour.ABLE for one in made.household.members)
    )


def _is_on_dibao(made: PracticeHousehold) -> bool:
    return made.household.category is Category.DIBAO


def _has_disabled(made: PracticeHousehold) -> bool:
    return _is_on_dibao(made) and any(one.person.disability_level for one in made.household.members)


def _whose(home: Home) -> Person:
    """Who of the household is disabled; the head where nobody is."""
    people = (one.person for one in home.recorded.members)
    return next((one for one in people if one.disability_level is not None), home.head.person)
