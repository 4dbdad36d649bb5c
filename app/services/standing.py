"""Those already supported: looked at again by the clock, who joins and leaves, what they receive.

A 定期复核 is a fact: a means test made for it, or the statement that nothing changed. A 增减员
makes the next one due at once. What the county says somebody receives is never changed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.ids import BenefitId, HouseholdId, new_id
from app.domain.money import Money
from app.domain.people import Person
from app.domain.problem import Refused
from app.domain.standing import (
    UNTIL_GROWN,
    Benefit,
    BenefitKind,
    CaseClass,
    CertificateKind,
    ChangeKind,
    EndsBy,
    ReviewResult,
)
from app.domain.workdays import month_start
from app.rules.standing import freeze_of, review_class
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.standing_ends import grown_up_on
from app.services.work import Begin

if TYPE_CHECKING:
    from app.domain.households import Household
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """A 定期复核 as it is asked for. `case_class` None leaves it to the facts."""

    household: HouseholdId
    reviewed_on: date
    result: ReviewResult
    case_class: CaseClass | None = None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """A 增员 or 减员 as it is asked for; the person by name, as she stands in the household."""

    household: HouseholdId
    kind: ChangeKind
    name: str = field(repr=False)
    reason: str = field(repr=False)
    happened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBenefit:
    """A benefit as it is asked for. `names` of members; empty for the whole household."""

    household: HouseholdId
    kind: BenefitKind
    names: Sequence[str] = field(default=(), repr=False)
    amount: Money | None = None
    since: date
    ends_on: date | None = None
    ends_by: EndsBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """Until when the paper of a member is valid, as it is asked for."""

    household: HouseholdId
    name: str = field(repr=False)
    kind: CertificateKind
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Use cases for 定期复核, 增减员, benefits, certificates. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def review(self, new: NewReview) -> str:
        """Record a 定期复核; with a test, the newest one of the household belongs to it.

        Raises Refused F-01, G-17, G-18, G-29.
        """
        with self.begin() as work:
            home = _home(work, new.household)
            earlier = work.standing.reviews_of(home.id)
            before = earlier[0].reviewed_on if earlier else date.min
            if not before <= new.reviewed_on <= self.clock.today():
                raise Refused(
                    "复核的日期晚于今天，或早于上一次。",
                    do="请填复核那天。",
                    code="G-17",
                    field="happened_on",
                )
            since = _changed_on(work, home.id)
            tests = work.casework.assessments_of(home.id)
            test = next((one.id for one in tests if one.on > before and one.on >= since), None)
            if new.result is ReviewResult.NO_CHANGE:
                if test is None and before < since <= new.reviewed_on:
                    raise Refused(
                        "上次复核以后家里添了人或者少了人，不能记没有变化。",
                        do="请先到“申请测算”给这户测算，再选“有变化，重新测算了”。",
                        code="G-29",
                        field="result",
                    )
                test = None
            elif test is None:
                raise Refused(
                    "上次复核、增减员以后还没有测算过。",
                    do="请先到“申请测算”给这户测算；没有变化就选“没有变化”。",
                    code="G-18",
                    field="result",
                )
            made = self._append(
                work,
                "periodic_review",
                home.id,
                {
                    "case_class": new.case_class or review_class(home),
                    "reviewed_on": new.reviewed_on,
                    "result": new.result,
                    "assessment_id": test,
                    "note": new.note.strip(),
                    "handler": work.identity.officer_name,
                },
            )
            work.commit()
        return made

    def change(self, new: NewChange) -> str:
        """Record a 增员 or 减员. Raises Refused F-01, G-19, G-20, G-26."""
        with self.begin() as work:
            home = _home(work, new.household)
            if new.happened_on > self.clock.today():
                raise Refused("日期晚于今天。", do="请核对日期。", code="G-19", field="happened_on")
            for name, text in (("name", new.name), ("reason", new.reason)):
                if not text.strip():
                    raise Refused(
                        "增减的是谁、为什么，要写清楚。",
                        do="请写姓名和一句原因。",
                        code="G-20",
                        field=name,
                    )
            person = _named(home, new.name)
            _check_not_told(work, new)
            made = self._append(
                work,
                "composition_change",
                home.id,
                {
                    "kind": new.kind,
                    "person_id": None if person is None else person.id,
                    "person_name": new.name.strip(),
                    "reason": new.reason.strip(),
                    "happened_on": new.happened_on,
                    "handler": work.identity.officer_name,
                },
            )
            work.commit()
        return made

    def receive(self, new: NewBenefit) -> BenefitId:
        """Record what somebody receives. Raises Refused F-01, G-21, G-22, G-28 for what is recorded
        as running already."""
        with self.begin() as work:
            home = _home(work, new.household)
            people = [_required(home, name) for name in new.names if name.strip()]
            _require_not_running(work, new, people)
            ends_on, ends_by = new.ends_on, new.ends_by
            if ends_on is None and new.kind in UNTIL_GROWN:
                ends_on, ends_by = grown_up_on(people), EndsBy.AGE
            if ends_on is not None and ends_on < new.since:
                raise Refused(
                    "到期的日子早于开始的日子；孩子的待遇到满 18 周岁为止。",
                    do="请核对是谁的、哪天开始。",
                    code="G-22",
                    field="ends_on",
                )
            made = self._append(
                work,
                "benefit",
                home.id,
                {
                    "kind": new.kind,
                    "person_ids": [one.id for one in people],
                    "amount_fen": None if new.amount is None else new.amount.fen,
                    "from_month": month_start(new.since),
                    "to_month": None,
                    "ends_on": ends_on,
                    "ends_by": None if ends_on is None else ends_by or EndsBy.TERM,
                    "stop_reason": "",
                    "by_county": False,
                },
            )
            work.commit()
        return BenefitId(made)

    def certify(self, new: NewCertificate) -> str:
        """Record until when somebody's paper is valid; one that ran out already may be told, too.

        No benefit ends by it. Raises Refused F-01, G-21, G-27.
        """
        with self.begin() as work:
            home = _home(work, new.household)
            person = _required(home, new.name)
            if new.valid_to is None:
                raise Refused(
                    "还没写证件到哪天有效。",
                    do="请照证件上写的填；写着长期的不用记。",
                    code="G-27",
                    field="valid_to",
                )
            made = self._append(
                work,
                "certificate",
                home.id,
                {
                    "person_id": person.id,
                    "kind": new.kind,
                    "valid_to": new.valid_to,
                    "handler": work.identity.officer_name,
                },
            )
            work.commit()
        return made

    def stop(self, benefit_id: BenefitId, last: date, reason: str) -> Benefit:
        """Say that a benefit was paid for the last time in the month of `last`, and why.

        Raises Refused G-11 for 低保金 while exits are suspended and people live there, G-21, G-22,
        G-23, G-24.
        """
        with self.begin() as work:
            found = work.standing.benefit(benefit_id)
            if found is None:
                raise _no_benefit()
            if found.by_county:
                raise Refused(
                    "这一项是县里发的，以县里的为准，村里不能停。",
                    do="有变化请告诉县里。",
                    code="G-23",
                )
            freeze = freeze_of(self.rules.terms(work))
            is_exit = found.kind is BenefitKind.DIBAO and not work.households.is_over(
                found.household
            )
            if is_exit and freeze.frozen:
                raise Refused(
                    f"现在暂停退出低保（{freeze.basis}），不能停。",
                    do="等恢复了再停；县里已经停了的，请县里记。",
                    code="G-11",
                )
            if not reason.strip():
                raise Refused("还没写为什么停。", do="请写一句原因。", code="G-24", field="reason")
            if month_start(last) < found.from_month:
                raise Refused(
                    "停的月份早于开始的月份。", do="请核对日期。", code="G-22", field="happened_on"
                )
            if month_start(last) > month_start(self.clock.today(), 1):
                raise Refused(
                    "停的月份还早。",
                    do="请写最后发钱的那个月，最晚写下个月。",
                    code="G-22",
                    field="happened_on",
                )
            work.change(
                kind="benefit.stopped",
                entity="benefit",
                entity_id=found.id,
                subject=found.household,
                fields={"to_month": month_start(last), "stop_reason": reason.strip()},
            )
            stopped = work.standing.benefit(benefit_id) or found
            work.commit()
        return stopped

    def _append(
        self, work: UnitOfWork, entity: str, household: HouseholdId, fields: dict[str, object]
    ) -> str:
        now = self.clock.now()
        made = new_id(now)
        work.change(
            kind=f"{entity}.recorded",
            entity=entity,
            entity_id=made,
            subject=household,
            new=True,
            fields={"household_id": household, **fields, "recorded_at": now},
        )
        return made


def _home(work: UnitOfWork, household: HouseholdId) -> Household:
    """Raises Refused F-01."""
    found = work.households.get(household)
    if found is None:
        raise no_household()
    return found


def _changed_on(work: UnitOfWork, household: HouseholdId) -> date:
    """The day of the newest 增减员: what was tested before it counted other people."""
    return max((one.happened_on for one in work.standing.changes_of(household)), default=date.min)


def _check_not_told(work: UnitOfWork, new: NewChange) -> None:
    """Raises Refused G-26 for what was told already: a deed of the family tells it by itself."""
    stand = work.standing.changes_of(new.household)
    told = {(one.kind, one.person_name, one.happened_on) for one in stand}
    if (new.kind, new.name.strip(), new.happened_on) in told:
        raise Refused(
            "这个人那天的增减员已经记过了。",
            do="家里变动会自己记一条增减员，不用再记；日期不同才另记。",
            code="G-26",
            field="name",
        )


def _require_not_running(work: UnitOfWork, new: NewBenefit, people: Sequence[Person]) -> None:
    """Raises Refused G-28; of what has no name of its own there may be several."""
    whose = {one.id for one in people}
    for one in work.standing.running_benefits(new.household):
        if one.kind is new.kind and new.kind is not BenefitKind.OTHER and set(one.persons) == whose:
            began = f"{one.from_month.year}年{one.from_month.month}月"
            raise Refused(
                f"{new.kind.label}从{began}起已经记着在发了。",
                do="钱数变了，请先停旧的，再记新的。",
                code="G-28",
                field="kind",
            )


def _named(home: Household, name: str) -> Person | None:
    """The one member of that name; None for nobody, or where two are called so."""
    found = [one.person for one in home.members if one.person.name == name.strip()]
    return found[0] if len(found) == 1 else None


def _required(home: Household, name: str) -> Person:
    """Raises Refused G-21."""
    found = _named(home, name)
    if found is None:
        raise Refused(
            "这一户里没有叫这个名字的人。",
            do="请照家庭页的姓名写；整户享受的就空着。",
            code="G-21",
            field="names",
        )
    return found


def _no_benefit() -> Refused:
    """G-25."""
    return Refused("找不到这项待遇。", do="请回到这户的复核页。", code="G-25")
