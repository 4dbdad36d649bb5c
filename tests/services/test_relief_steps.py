"""先行救助 after it was noted or paid: agreed to, made up, taken back, followed up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import (
    Afterwards,
    ApprovalWay,
    CheckResult,
    FundSource,
    InstalmentStatus,
)
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.services.relief_asked import Approval, MakeUp
from app.store import projection
from tests.cases import layered, value_toml
from tests.published import publish
from tests.relief import TODAY, asked, left, refusal
from tests.storefile import household_of

AGREED = Approval("黄镇长", ApprovalWay.PHONE)


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def kinds_due(work):
    return [item.kind for item in work.worklist.today().items]


def test_what_goes_up_is_agreed_to_paid_and_closed(work, household):
    referred = work.relief.refer(asked(household, amount=Money.yuan(2500)))
    waits = kinds_due(work)
    agreed = work.relief.steps.approve(
        referred.id, Approval("县民政局", ApprovalWay.WRITTEN), Money.yuan(900)
    )
    paid = work.relief.pay_known(referred.id)

    assert WorkKind.RELIEF_DECISION in waits
    assert (agreed.status, agreed.amount) == (ReliefStatus.APPROVED_FAST, Money.yuan(900))
    assert paid.status is ReliefStatus.PAID  # 书面同意：没有后补的手续
    assert left(work) == Money.yuan(100)
    assert work.relief.steps.close(paid.id).status is ReliefStatus.CLOSED


def test_what_was_only_agreed_to_by_telephone_owes_its_papers(work, household):
    referred = work.relief.refer(asked(household, amount=Money.yuan(2500)))
    work.relief.steps.approve(referred.id, AGREED, Money.yuan(900))

    assert work.relief.pay_known(referred.id).status is ReliefStatus.PAPERWORK_PENDING


def test_even_what_somebody_agreed_to_is_inside_the_quota(work, household):
    referred = work.relief.refer(asked(household, amount=Money.yuan(2500)))
    work.relief.steps.approve(referred.id, AGREED)

    assert refusal(work.relief.pay_known, referred.id).code == "F-15"
    assert work.relief.get(referred.id).status is ReliefStatus.APPROVED_FAST


def test_what_was_reported_is_looked_at_and_then_under_the_cap(work, household):
    reported = work.relief.report(asked(household, amount=Money.yuan(2500)))
    work.relief.steps.verify(reported.id, "去看过，是真的")

    assert refusal(work.relief.pay_known, reported.id).code == "F-14"
    moved = work.relief.steps.refer_known(reported.id, "超过上限")
    assert moved.referral_reason == "超过上限"


def test_what_is_not_so_is_not_paid(work, household):
    reported = work.relief.report(asked(household))

    assert refusal(work.relief.steps.decline, reported.id, "  ").code == "M-33"
    work.relief.steps.decline(reported.id, "没有这回事")
    assert refusal(work.relief.pay_known, reported.id).code == "M-24"
    assert kinds_due(work).count(WorkKind.RELIEF_TO_PAY) == 0


def test_what_follows_on_needs_a_word_from_above_and_shows_its_chain(work, household):
    first = work.relief.pay(asked(household))
    alone = refusal(work.relief.pay, asked(household, parent=first.id, event_note="房子要修"))
    second = work.relief.pay(
        asked(household, parent=first.id, event_note="房子要修", approval=AGREED)
    )

    assert alone.code == "M-23"
    assert (second.parent, second.decided_by) == (first.id, "黄镇长")
    assert {one.id for one in work.relief.case(first.id).chain} == {first.id, second.id}
    assert work.relief.case(first.id).chain == work.relief.case(second.id).chain


def test_nothing_follows_on_what_is_to_be_got_back(work, household):
    first = work.relief.pay(asked(household))
    work.relief.steps.make_up(first.id, MakeUp(text="没有起火", result=CheckResult.RECOVER))
    more = asked(household, parent=first.id, event_note="房子要修", approval=AGREED)

    owed = refusal(work.relief.pay, more)
    work.relief.steps.recover(first.id, Money.yuan(300))

    assert (owed.code, refusal(work.relief.pay, more).code) == ("M-50", "M-50")


def test_who_agreed_is_said_once_and_not_before_it_happened(work, household):
    paid = work.relief.pay(asked(household))
    early = Approval("黄镇长", ApprovalWay.PHONE, at=work.clock.now() - timedelta(days=1))
    late = Approval("黄镇长", ApprovalWay.PHONE, at=work.clock.now() + timedelta(hours=1))

    assert refusal(work.relief.steps.approve, paid.id, early).code == "M-36"
    assert refusal(work.relief.steps.approve, paid.id, late).code == "M-36"
    work.relief.steps.approve(paid.id, AGREED)
    assert refusal(work.relief.steps.approve, paid.id, AGREED).code == "M-37"


def test_the_hour_clock_runs_through_nights_and_is_stopped_by_a_word(work, household):
    paid = work.relief.pay(asked(household))
    due = paid.decision_due_at.astimezone(CHINA)
    work.clock.advance(hours=25)
    late = work.relief.debts(paid.id)
    listed = kinds_due(work)
    work.relief.steps.approve(paid.id, AGREED)

    assert (due - paid.found_at).total_seconds() == 24 * 3600
    assert [(debt.what, debt.overdue) for debt in late] == [("待补手续", False), ("等审批", True)]
    assert "超时 1 小时" in late[1].text
    assert WorkKind.RELIEF_DECISION in listed
    assert [debt.what for debt in work.relief.debts(paid.id)] == ["待补手续"]


def test_papers_made_up_are_no_answer_from_above(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))
    work.clock.advance(hours=25)
    waiting = next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_DECISION)
    owed = work.relief.debts(paid.id)
    closed = refusal(work.relief.steps.close, paid.id)
    work.relief.steps.approve(paid.id, AGREED)

    assert (waiting.overdue, waiting.due_text) == (True, "超时 1 小时")
    assert [(debt.what, debt.overdue) for debt in owed] == [("等审批", True)]
    assert closed.code == "M-74"
    assert WorkKind.RELIEF_DECISION not in kinds_due(work)
    assert work.relief.debts(paid.id) == ()


def test_a_decision_without_hours_is_waited_for_without_a_day(work, household):
    publish(
        work,
        layered(value_toml("emergency_decide_hours", 'county_must_supply = true\nunit = "小时"')),
    )
    paid = work.relief.pay(asked(household))

    row = next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_DECISION)
    assert (row.due_on, row.due_text) == (None, "县里还没给期限")
    assert "等审批，县里还没给期限" in [str(debt) for debt in work.relief.debts(paid.id)]


def test_what_is_given_made_up_and_agreed_to_asks_for_its_end(work, household):
    paid = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))
    undecided = kinds_due(work)
    work.relief.steps.approve(paid.id, AGREED)
    in_parts = kinds_due(work)
    work.relief.steps.drop_part(paid.id, work.relief.case(paid.id).instalments[1].id)
    row = next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_TO_CLOSE)
    work.relief.steps.close(paid.id)

    assert WorkKind.RELIEF_TO_CLOSE not in {*undecided, *in_parts}
    assert (row.page, row.target, row.due_text) == ("relief_case", paid.id, "早点办结")
    assert WorkKind.RELIEF_TO_CLOSE not in kinds_due(work)


def test_papers_kept_end_the_debt_and_say_what_comes_next(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(
        paid.id, MakeUp(text="属实", afterwards=Afterwards.TO_DIBAO, items=("申请书",))
    )
    waiting = kinds_due(work)
    work.applications.file(FileApplication(household=household.id, assessment=None))

    assert work.relief.get(paid.id).status is ReliefStatus.SUPPLEMENTED
    assert WorkKind.RELIEF_TO_DIBAO in waiting
    assert WorkKind.RELIEF_TO_DIBAO not in kinds_due(work)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (MakeUp(text="手续都交齐了。"), "M-31"),
        (MakeUp(text="  ", items=LATE_PAPERS[:3]), "M-30"),
        (MakeUp(result=CheckResult.RECOVER, items=LATE_PAPERS), "M-30"),
    ],
)
def test_papers_without_a_word_or_a_paper_are_refused(work, household, made, code):
    paid = work.relief.pay(asked(household))

    assert refusal(work.relief.steps.make_up, paid.id, made).code == code
    assert work.relief.case(paid.id).supplements == ()


def test_what_is_not_so_comes_back_and_never_more_than_was_given(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(paid.id, MakeUp(text="不属实", result=CheckResult.RECOVER, items=()))
    to_do = kinds_due(work)
    for wrong in (Money.yuan(301), Money(0), Money.yuan(-1)):
        assert refusal(work.relief.steps.recover, paid.id, wrong).code == "M-32"
    work.relief.steps.recover(paid.id, Money.yuan(200))
    more = refusal(work.relief.steps.recover, paid.id, Money.yuan(101))
    waits = work.relief.steps.recover(paid.id, Money(9_999))
    done = work.relief.steps.recover(paid.id, Money(1))

    assert WorkKind.RECOVERY in to_do
    assert waits.status is ReliefStatus.RECOVERING
    assert more.code == "M-32"
    assert done.status is ReliefStatus.RECOVERED
    assert left(work) == Money.yuan(700)  # 追回的钱不回到额度


def test_a_reversal_gives_the_quota_back_and_leaves_the_original(work, household):
    paid = work.relief.pay(asked(household))
    no_reason = refusal(work.relief.steps.reverse, paid.id, " ")
    work.relief.steps.reverse(paid.id, "人记错了")
    twice = refusal(work.relief.steps.reverse, paid.id, "再来")

    case = work.relief.case(paid.id)
    assert (no_reason.code, twice.code) == ("M-33", "M-24")
    assert (case.relief.amount, case.relief.payment_id) == (paid.amount, paid.payment_id)
    assert (case.reversal.amount, case.reversal.reversal_reason) == (paid.amount, "人记错了")
    assert case.reversal.document_no != paid.document_no
    assert left(work) == Money.yuan(1000)
    assert work.relief.all() == [case.relief]


def test_a_reversal_of_staged_relief_takes_every_part_back(work, household):
    relief = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    work.relief.steps.reverse(relief.id, "人记错了")

    states = [part.status for part in work.relief.case(relief.id).instalments]
    assert states == [InstalmentStatus.REVERSED, InstalmentStatus.CANCELLED]
    assert left(work) == Money.yuan(1000)


def test_one_part_can_be_reversed_alone_and_once(work, household):
    relief = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    first = work.relief.case(relief.id).instalments[0]
    work.relief.steps.reverse_part(relief.id, first.id, "金额写错")

    again = refusal(work.relief.steps.reverse_part, relief.id, first.id, "再来")
    assert again.code == "M-34"
    assert left(work) == Money.yuan(1000)
    assert work.relief.get(relief.id).status is ReliefStatus.PAPERWORK_PENDING


def test_the_end_of_the_emergency_is_a_day_between_payment_and_today(work, household):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=3)

    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=4)):
        assert refusal(work.relief.steps.end_emergency, paid.id, wrong).code == "M-49"
    over = work.relief.steps.end_emergency(paid.id, TODAY + timedelta(days=2))
    assert over.emergency_over_on == TODAY + timedelta(days=2)


def test_every_step_is_kept_with_who_and_when(work, household):
    paid = work.relief.pay(asked(household, approval=AGREED))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))
    work.relief.steps.close(paid.id)

    steps = work.relief.case(paid.id).steps
    assert [step.event for step in steps] == [
        None,
        ReliefEvent.PAY,
        ReliefEvent.OWE,
        ReliefEvent.NOTE_APPROVAL,
        ReliefEvent.SUPPLEMENT,
        ReliefEvent.CLOSE,
    ]
    assert {step.who for step in steps} == {"测试协理员"}


def test_follow_up_is_due_until_somebody_has_looked(work, household):
    work.relief.pay(asked(household))
    work.clock.advance(days=25)
    due = [i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_FOLLOW_UP]

    assert [item.due_on for item in due] == [TODAY + timedelta(days=30)]


def test_the_next_part_comes_up_three_days_before_its_day(work, household):
    work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    work.clock.advance(days=27)
    early = kinds_due(work)
    work.clock.advance(days=1)

    assert WorkKind.INSTALMENT not in early
    assert WorkKind.INSTALMENT in kinds_due(work)


def test_the_budget_is_the_source_until_there_is_a_fund(work, household):
    assert work.relief.pay(asked(household)).source is FundSource.BUDGET


def test_after_all_of_it_log_and_tables_agree(work, household):
    paid = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    work.clock.advance(days=31)
    work.relief.pay_part(paid.id, work.relief.case(paid.id).instalments[1].id)
    work.relief.steps.reverse(paid.id, "人记错了")
    work.relief.refer(asked(household, event=EventKind.FLOOD))

    with work.begin() as unit:
        assert projection.differences(unit.connection) == []


def test_above_what_the_township_decides_it_is_the_countys(work, household):
    publish(
        work,
        layered(
            value_toml("dibao_standard", 'area = "rural"\nvalue = 500\nunit = "元/月"')
            + value_toml("relief_small_cap", 'value = 3\nunit = "倍低保标准"')
            + value_toml("township_approval_cap", 'value = 0.5\nunit = "倍低保标准"')
        ),
    )

    assert work.relief.pay(asked(household, amount=Money.yuan(500))).amount == Money.yuan(500)
    problem = refusal(
        work.relief.pay, asked(household, amount=Money.yuan(501), event=EventKind.FLOOD)
    )
    assert (problem.code, problem.field) == ("M-20", "amount")
