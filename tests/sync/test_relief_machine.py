"""Whatever is done with relief and the fund, in whatever order, and however often it is sent:

the balance is the sum of the entries and never below nothing, nothing is paid twice, the tables
are what the log says, and the county's books agree with the laptop's.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from app.domain.casework import EventKind, ReliefWay
from app.domain.fund import balance_of, running
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_case import LATE_PAPERS, ReliefCase
from app.domain.relief_states import PAID_OUT
from app.domain.relief_words import ApprovalWay, CheckResult, InstalmentStatus
from app.services.fund import ReserveFunds
from app.services.ground_rules import GroundRules
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, MakeUp, PayRelief
from app.store import projection
from county_server.database import sqlite_url
from county_server.purse import Purse
from county_server.tables import fund_entry, payment, quota
from tests.counties import DirectRoad, found_office
from tests.fakes import NOON, StoppedClock
from tests.laptops import open_laptop
from tests.policies import PracticePolicies
from tests.vaults import Kept, make_vault

NAMES = ("覃兰英", "黄有财", "陈阿四")
AMOUNTS = st.integers(1, 900).map(Money.yuan)
QUOTA = "3000.00"


@cache
def template() -> Kept:
    """One closed vault for all examples."""
    folder = Path(tempfile.mkdtemp(prefix="relief-machine-"))
    return make_vault(folder / "vault", StoppedClock())


class ReliefAndFund(RuleBasedStateMachine):
    """One laptop, one county, a road that sometimes says everything twice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="relief-machine-"))
        kept = template()
        shutil.copytree(kept.directory, self.folder / "vault")
        self.clock = StoppedClock(at=NOON)
        self.office = found_office(
            self.folder / "county", sqlite_url(self.folder / "county.db"), self.clock
        )
        self.road = DirectRoad(self.office)
        self.laptop = open_laptop(Kept(self.folder / "vault", kept.recovery), self.clock)
        self.laptop.join(self.office, self.folder, quota=QUOTA)
        self.laptop.sync(self.road)
        rules = GroundRules(PracticePolicies(), self.clock)
        self.relief = ReliefCases(self.laptop.begin, self.clock, rules)
        self.fund = ReserveFunds(self.laptop.begin, self.clock)
        self.asked: list[PayRelief] = []

    def teardown(self) -> None:
        self.send()
        self.county_agrees()
        self.laptop.vault.close()
        self.office.database.close()
        shutil.rmtree(self.folder)

    @rule(amount=AMOUNTS, back=st.integers(0, 40))
    def put_in(self, amount: Money, back: int) -> None:
        with suppress(Refused):
            self.fund.put_in(amount, date.fromordinal(self.clock.today().toordinal() - back))

    @rule(
        name=st.sampled_from(NAMES),
        what=st.sampled_from(list(EventKind)),
        amount=AMOUNTS,
        parts=st.lists(AMOUNTS, min_size=2, max_size=3) | st.none(),
    )
    def pay(self, name: str, what: EventKind, amount: Money, parts: list[Money] | None) -> None:
        chosen = tuple(parts or ())
        request = PayRelief(
            household=None,
            payee_name=name,
            event=what,
            event_note=str(len(self.asked)),
            amount=sum(chosen, Money(0)) if chosen else amount,
            way=ReliefWay.CASH,
            parts=chosen,
            apart="另一件事",
        )
        with suppress(Refused):
            self.relief.pay(request)
            self.asked.append(request)

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def type_it_again(self, data: st.DataObject) -> None:
        """The same once more, unless the first was taken back: then it is the right one."""
        request = data.draw(st.sampled_from(self.asked))
        stands = [one.relief for one in self.cases() if one.relief.status in PAID_OUT]
        if self.clock.today() != NOON.date() or all(
            one.event_note != request.event_note for one in stands
        ):
            return
        before = self.spent()
        refused = False
        try:
            self.relief.pay(request)
        except Refused:
            refused = True
        assert refused
        assert self.spent() == before

    @rule(data=st.data())
    def pay_a_part(self, data: st.DataObject) -> None:
        waiting = [
            (case.relief.id, part)
            for case in self.cases()
            for part in case.instalments
            if part.status is InstalmentStatus.PLANNED
        ]
        if waiting:
            relief, part = data.draw(st.sampled_from(waiting))
            self.clock.advance(days=max(0, (part.planned_on - self.clock.today()).days))
            with suppress(Refused):
                self.relief.pay_part(relief, part.id)

    @rule(data=st.data(), deed=st.sampled_from(["reverse", "reject", "recover", "keep", "close"]))
    def go_on(self, data: st.DataObject, deed: str) -> None:
        cases = self.cases()
        if not cases:
            return
        relief = data.draw(st.sampled_from(cases)).relief.id
        steps = self.relief.steps
        with suppress(Refused):
            if deed == "reverse":
                steps.reverse(relief, "记错了")
            elif deed == "reject":
                steps.make_up(relief, MakeUp(text="不符", result=CheckResult.RECOVER, items=()))
            elif deed == "recover":
                steps.recover(relief, data.draw(AMOUNTS))
            elif deed == "keep":
                steps.make_up(relief, MakeUp(items=LATE_PAPERS))
            else:
                steps.close(relief)

    @rule(
        amount=st.integers(500, 2500).map(Money.yuan),
        name=st.sampled_from(NAMES),
        stages=st.sampled_from([0, 2, 3]),
    )
    def go_up_and_come_back(self, amount: Money, name: str, stages: int) -> None:
        each = Money(amount.fen // max(stages, 1))
        parts = (amount - each * (stages - 1), *(each,) * (stages - 1)) if stages else ()
        request = PayRelief(
            household=None,
            payee_name=name,
            event=EventKind.OTHER,
            event_note=f"转上级{len(self.asked)}",
            amount=amount,
            way=ReliefWay.CASH,
        )
        with suppress(Refused):
            referred = self.relief.refer(request)
            self.relief.steps.approve(referred.id, Approval("黄镇长", ApprovalWay.PHONE))
            self.relief.pay_known(referred.id, parts, apart="另一件事")

    @rule(fen=st.integers(-50_000, 50_000), data=st.data())
    def adjust(self, fen: int, data: st.DataObject) -> None:
        entries = [line.entry.id for line in self.fund.state().lines]
        names = data.draw(st.sampled_from(entries)) if entries else None
        with suppress(Refused):
            self.fund.adjust(Money(fen), "对账", names)

    @rule()
    def close_a_month(self) -> None:
        waiting = self.fund.state().open_months
        if waiting:
            with suppress(Refused):
                self.fund.close_month(waiting[0])

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule()
    def send(self) -> None:
        tally = self.laptop.sync(self.road)
        assert tally.returned == 0
        self.county_agrees()

    @precondition(lambda self: self.road.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        """What the county has had is answered with the receipt of the first time."""
        before = self.books()
        self.office.intake.receive(data.draw(st.sampled_from(self.road.sent)))
        assert self.books() == before

    @rule()
    def rebuild(self) -> None:
        """Every row again from what the county said and what is not answered yet."""
        with self.laptop.begin() as work:
            for entity in ("emergency_relief", "relief_instalment", "reserve_entry"):
                table = projection.ENTITIES[entity]
                for (entity_id,) in work.connection.execute(select(table.c.id)).all():
                    projection.rebuild(work.connection, entity, entity_id)
            assert projection.differences(work.connection) == []
            work.commit()

    @invariant()
    def the_balance_is_the_sum_and_never_below_nothing(self) -> None:
        state = self.fund.state()
        entries = [line.entry for line in state.lines]
        assert state.balance == balance_of(entries)
        by_day = {entry.booked_on: balance for entry, balance in running(entries)}
        assert all(balance.fen >= 0 for balance in by_day.values())

    @invariant()
    def nothing_is_paid_twice_and_the_quota_is_kept(self) -> None:
        paid = [case.relief.payment_id for case in self.cases() if case.relief.payment_id]
        paid += [
            part.payment_id for case in self.cases() for part in case.instalments if part.payment_id
        ]
        assert len(paid) == len(set(paid))
        booked = [
            line.entry.payment_id for line in self.fund.state().lines if line.entry.payment_id
        ]
        assert len(booked) == len(set(booked))
        with self.laptop.begin() as work:
            assert all(token.left.fen >= 0 for token in work.casework.quotas())

    @invariant()
    def what_came_back_is_no_more_than_what_went_out(self) -> None:
        for case in self.cases():
            assert case.recovered <= case.given

    def cases(self) -> list[ReliefCase]:
        return [self.relief.case(one.id) for one in self.relief.all()]

    def spent(self) -> Money:
        with self.laptop.begin() as work:
            return sum((token.spent for token in work.casework.quotas()), Money(0))

    def books(self) -> list[tuple[object, ...]]:
        with self.office.database.read() as connection:
            return [
                tuple(row)
                for table in (payment, fund_entry, quota)
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]

    def county_agrees(self) -> None:
        with self.laptop.begin() as work:
            device = work.identity.device_id
        state = self.fund.state()
        with self.office.database.read() as connection:
            assert Purse(connection, device).balance() == state.balance.fen
            spent = connection.execute(select(quota.c.spent_fen, quota.c.amount_fen)).all()
        assert sum(row.spent_fen for row in spent) == self.spent().fen
        assert all(0 <= row.spent_fen <= row.amount_fen for row in spent)


ReliefAndFund.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestReliefAndFund = ReliefAndFund.TestCase
