"""What 先行救助 puts on today's list, state by state: why, what to do, by when, where it leads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import EventKind, Met, ReliefStatus
from app.domain.due import ALWAYS
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay, CheckResult
from app.domain.today import WorkKind
from app.services.relief_asked import Approval, MakeUp
from app.services.visits import RecordVisit
from tests.relief import TODAY, asked
from tests.storefile import household_of

PHONE = Approval("黄镇长", ApprovalWay.PHONE)
ON_PAPER = Approval("镇民政办", ApprovalWay.WRITTEN)
PARTS = (Money.yuan(200), Money.yuan(100))
RELIEF = {
    WorkKind.RELIEF_PAPERWORK, WorkKind.RELIEF_DECISION, WorkKind.INSTALMENT,
    WorkKind.RELIEF_TO_PAY, WorkKind.RECOVERY, WorkKind.RELIEF_TO_CLOSE,
    WorkKind.RELIEF_FOLLOW_UP, WorkKind.RELIEF_TO_DIBAO,
}  # fmt: skip


@pytest.fixture
def home(work):
    """One household of two, 一组 1号."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def rows(work, days=0):
    """What the list says of relief, `days` from now: kind → row."""
    work.clock.advance(days=days)
    assert work.worklist.check() == []
    found = [row for row in work.worklist.today().items if row.kind in RELIEF]
    assert len({row.kind for row in found}) == len(found)
    return {row.kind: row for row in found}


def said(row):
    return row.why, row.action, row.page, row.target


def stored(work, relief):
    """The rows kept for a record, shown today or not: kind → row."""
    with work.begin() as unit:
        subject = relief.household or relief.id
        return {row.kind: row for _source, row in unit.due.about([subject]) if row.kind in RELIEF}


def test_a_payment_owes_its_papers_a_decision_and_a_second_look(work, home):
    paid = work.relief.pay(asked(home))

    kept, today = stored(work, paid), rows(work)

    assert set(today) == {WorkKind.RELIEF_PAPERWORK, WorkKind.RELIEF_DECISION}
    papers, decision = today[WorkKind.RELIEF_PAPERWORK], today[WorkKind.RELIEF_DECISION]
    look = kept[WorkKind.RELIEF_FOLLOW_UP]
    told = "3月2日火灾先给了 300 元"
    assert said(papers) == (told, "补齐手续", "relief_case", paid.id)
    assert said(decision) == (f"{told}，还没人批", "问镇上批没批", "relief_case", paid.id)
    assert said(look) == (told, "回访一次", "visits", home.id)
    stands = kept[WorkKind.RELIEF_PAPERWORK]
    assert (stands.due_on, stands.appears_on) == (paid.paperwork_due_on, ALWAYS)
    assert (stands.rule, stands.since) == (paid.paperwork_rule, TODAY)
    assert (stands.who, stands.household, stands.entity_id) == ("覃兰英", home.id, paid.id)
    assert kept[WorkKind.RELIEF_DECISION].due_at == paid.decision_due_at
    assert look.due_on - look.appears_on == timedelta(days=7)


def test_what_was_noted_waits_to_be_looked_at_by_its_hour_and_leads_to_the_form(work, home):
    noted = work.relief.report(asked(home, amount=Money(0)))

    (row,) = stored(work, noted).values()

    assert said(row) == ("3月2日火灾，先记下了，还没给", "去看看，该给就给", "relief", noted.id)
    assert (row.kind, row.due_at) == (WorkKind.RELIEF_TO_PAY, noted.decision_due_at)
    work.relief.steps.verify(noted.id)
    assert set(rows(work)) == {WorkKind.RELIEF_TO_PAY}


def test_what_went_up_waits_for_the_answer_then_to_be_given(work, home):
    up = work.relief.refer(asked(home, amount=Money.yuan(2500)))
    (waits,) = stored(work, up).values()
    work.relief.steps.approve(up.id, ON_PAPER, Money.yuan(300))
    (give,) = stored(work, up).values()
    work.relief.pay_known(up.id)
    (row,) = rows(work).values()
    work.relief.steps.close(up.id)

    assert said(waits)[:2] == ("3月2日火灾要 2,500 元，还没人批", "问镇上批没批")
    assert waits.due_at == up.decision_due_at
    assert (give.kind, *said(give)) == (
        WorkKind.RELIEF_TO_PAY, "镇民政办同意了，还没给", "去给", "relief_case", up.id,
    )  # fmt: skip
    assert (row.kind, *said(row)) == (
        WorkKind.RELIEF_TO_CLOSE, "3月2日火灾先给了 300 元，该办的都办了",
        "看一眼，没事了就办结", "relief_case", up.id,
    )  # fmt: skip
    assert rows(work) == {}


def test_what_was_declined_or_reversed_asks_for_nothing(work, home):
    declined = work.relief.report(asked(home))
    work.relief.steps.decline(declined.id, "没有这回事")
    paid = work.relief.pay(asked(home, parts=PARTS))
    work.relief.steps.reverse(paid.id, "打错")

    assert rows(work, days=40) == {}


def test_what_is_to_be_got_back_is_asked_for_alone(work, home):
    paid = work.relief.pay(asked(home, parts=PARTS))
    work.relief.steps.make_up(paid.id, MakeUp(text="不符", result=CheckResult.RECOVER))

    (row,) = rows(work, days=40).values()

    assert (row.kind, row.why, row.action, row.due_on) == (
        WorkKind.RECOVERY,
        "3月2日火灾分几次给 300 元，补的手续不符，要追回 200 元",
        "把钱收回来",
        None,
    )
    work.relief.steps.recover(paid.id, Money.yuan(200))
    assert rows(work) == {}


def test_the_next_part_stands_three_days_ahead_and_only_the_next(work, home):
    thrice = (Money.yuan(100),) * 3
    paid = work.relief.pay(asked(home, parts=thrice, approval=PHONE))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))

    row = stored(work, paid)[WorkKind.INSTALMENT]

    assert said(row) == ("第 2 次，100 元", "给这一次", "relief_case", paid.id)
    assert (row.due_on, row.appears_on) == (date(2026, 4, 2), date(2026, 3, 30))
    assert WorkKind.RELIEF_TO_CLOSE not in rows(work)
    work.clock.advance(days=31)
    work.relief.pay_part(paid.id, work.relief.case(paid.id).instalments[1].id)
    assert stored(work, paid)[WorkKind.INSTALMENT].due_on == date(2026, 5, 2)


def test_the_second_look_runs_from_the_last_money_and_ends_with_somebody_met(work, home):
    paid = work.relief.pay(asked(home, parts=PARTS, approval=PHONE))
    first = stored(work, paid)[WorkKind.RELIEF_FOLLOW_UP].due_on
    work.clock.advance(days=31)
    work.relief.pay_part(paid.id, work.relief.case(paid.id).instalments[1].id)
    last = stored(work, paid)[WorkKind.RELIEF_FOLLOW_UP].due_on

    def visit(met):
        request = RecordVisit(household=home.id, visited_on=work.clock.today(), met=met)
        work.visits.record(request)
        return WorkKind.RELIEF_FOLLOW_UP in stored(work, paid)

    same_day = visit(Met.SELF)
    work.clock.advance(days=1)

    assert last - first == timedelta(days=31)
    assert (same_day, visit(Met.NOBODY), visit(Met.SELF)) == (True, True, False)


def test_a_stranger_has_no_home_to_look_at_again(work):
    paid = work.relief.pay(asked(payee_name="过路人"))

    assert set(stored(work, paid)) == {WorkKind.RELIEF_PAPERWORK, WorkKind.RELIEF_DECISION}
    assert stored(work, paid)[WorkKind.RELIEF_PAPERWORK].place == ""


@pytest.fixture
def gone(work, home):
    """Takes the household into another, so that nobody is left in it."""
    other = household_of("赵大山", "陈阿秀", door="3号")
    work.households.add_all([other])

    def go():
        work.families.do(
            FamilyChange(
                household=home.id, kind=FamilyDeed.MERGE, on=work.clock.today(),
                people=(), other=other.id,
            )
        )  # fmt: skip

    return go


def test_where_nobody_is_left_what_cannot_be_given_is_to_be_ended(work, home, gone):
    fire = work.relief.pay(asked(home, parts=PARTS))
    noted = work.relief.report(asked(home, event=EventKind.TRAFFIC))
    up = work.relief.refer(asked(home, event=EventKind.FLOOD, amount=Money.yuan(2500)))
    gone()

    with work.begin() as unit:
        found = {
            (row.kind, row.entity_id): (row.why, row.action)
            for _source, row in unit.due.about([home.id])
            if row.kind in RELIEF
        }

    over, end = "这户已经没有人了", "记成不给了"
    told = "3月2日火灾分几次给 300 元"
    assert found == {
        (WorkKind.RELIEF_PAPERWORK, fire.id): (told, "补齐手续"),
        (WorkKind.RELIEF_DECISION, fire.id): (f"{told}，还没人批", "问镇上批没批"),
        (WorkKind.INSTALMENT, fire.id): (f"第 2 次，100 元，{over}", end),
        (WorkKind.RELIEF_TO_PAY, noted.id): (f"3月2日车祸要 300 元，{over}", end),
        (WorkKind.RELIEF_DECISION, up.id): (f"3月2日洪涝要 2,500 元，{over}", end),
    }
    assert work.relief.steps.decline(noted.id, "没有人了").status is ReliefStatus.DECLINED
