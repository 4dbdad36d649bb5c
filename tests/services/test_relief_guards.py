"""The questions before money leaves, each where nothing but that question stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import Afterwards, ApprovalWay
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.services.relief_asked import NOBODY_KNOWS, Approval, MakeUp
from tests.relief import TODAY, asked, refusal
from tests.storefile import household_of

ILL = EventKind.SUDDEN_ILLNESS
OTHER = EventKind.OTHER
AGREED = Approval("黄镇长", ApprovalWay.PHONE)


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def found(work):
    """Three days before anything is typed."""
    return work.clock.now() - timedelta(days=3)


def test_an_emergency_noted_late_is_the_one_that_was_found_then(work, household, found):
    work.relief.report(asked(household, found_at=found))

    again = refusal(work.relief.report, asked(household, found_at=found))

    assert again.code == "M-75"
    assert work.relief.report(asked(household)).found_at == work.clock.now()


def test_an_illness_noted_of_the_house_is_asked_about_whoever_of_it_is_named(work, household):
    work.relief.report(asked(household, event=ILL))
    other = household.members[1].person

    again = refusal(
        work.relief.report, asked(household, event=ILL, payee=other.id, payee_name=other.name)
    )

    assert again.code == "M-75"


def test_blanks_around_a_word_make_no_other_emergency(work, household):
    work.relief.report(asked(household, event_note="灶房起火"))

    assert refusal(work.relief.report, asked(household, event_note=" 灶房起火 ")).code == "M-75"


def test_of_several_noted_the_last_is_named(work, household):
    work.relief.report(asked(household))
    work.clock.advance(minutes=5)
    last = work.relief.report(asked(household, event_note="柴房又起火"))

    assert last.document_no in refusal(work.relief.report, asked(household)).what


def test_as_much_for_what_was_found_then_is_not_given_in_other_words(work, household, found):
    first = work.relief.pay(asked(household, event=OTHER, event_note="后墙塌了", found_at=found))
    words = {"event": OTHER, "event_note": "屋墙倒塌", "apart": "又一面墙"}

    again = refusal(work.relief.pay, asked(household, **words, found_at=found))

    assert (again.code, first.document_no in again.what) == ("M-62", True)
    assert work.relief.pay(asked(household, **words)).status is ReliefStatus.PAPERWORK_PENDING


def to_dibao(work):
    rows = work.worklist.today().items
    return [row for row in rows if row.kind is WorkKind.RELIEF_TO_DIBAO]


def turned_over(work, household):
    """Given, made up with 转低保, agreed to and closed."""
    paid = work.relief.pay(asked(household, approval=AGREED))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS, afterwards=Afterwards.TO_DIBAO))
    return work.relief.steps.close(paid.id)


def test_to_become_dibao_is_remembered_after_the_relief_is_closed(work, household):
    paid = turned_over(work, household)

    (row,) = to_dibao(work)

    assert (row.page, row.target, row.who) == ("assessment", household.id, paid.payee_name)
    work.relief.steps.reverse(paid.id, "不是这户")
    assert to_dibao(work) == []


def test_an_application_of_before_is_no_answer_to_it(work, household):
    work.applications.file(FileApplication(household=household.id, assessment=None))
    work.clock.advance(days=1)

    turned_over(work, household)

    assert len(to_dibao(work)) == 1


def promised(work):
    """The row about what the papers said comes after; the kept list is as if made anew."""
    assert work.worklist.check() == []
    rows = work.worklist.today().items
    return next((one for one in rows if one.kind is WorkKind.RELIEF_AFTER), None)


def closed_with(work, household, afterwards):
    paid = work.relief.pay(asked(household, approval=AGREED))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS, afterwards=afterwards))
    return work.relief.steps.close(paid.id)


def test_help_that_was_to_go_on_is_remembered_until_it_does(work, household):
    paid = closed_with(work, household, Afterwards.FOLLOW_ON)

    row = promised(work)
    assert (row.action, row.page, row.target) == ("点“跟进救助”", "relief_case", paid.id)
    follow = asked(household, parent=paid.id, amount=Money.yuan(100), approval=AGREED)
    work.relief.pay(follow)
    assert promised(work) is None


def test_the_general_procedure_is_remembered_until_its_form_is_printed(work, household):
    paid = closed_with(work, household, Afterwards.GENERAL)

    row = promised(work)
    assert (row.page, row.target, "F16" in row.action) == ("printing", paid.id, True)
    work.printing.record(work.printing.prepare("F16", household.id, paid.id))
    assert promised(work) is None


def test_where_it_ends_nothing_is_promised(work, household):
    closed_with(work, household, Afterwards.NOTHING)

    assert promised(work) is None


def test_papers_that_lead_elsewhere_ask_for_no_dibao(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS, afterwards=Afterwards.GENERAL))

    assert to_dibao(work) == []
    assert work.relief.case(paid.id).supplements[0].completed_on == TODAY


@pytest.mark.parametrize(
    "changes",
    [
        {"event": ILL},
        {"event_note": "另一个"},
        {"amount": Money.yuan(10)},
        {"payee_name": "过路人", "is_unknown": False},
    ],
    ids=["kind", "word", "sum", "name"],
)
def test_a_payment_is_known_by_every_word_of_it(work, changes):
    base = {"is_unknown": True, "payee_name": NOBODY_KNOWS}
    first = work.relief.pay(asked(**base))

    other = work.relief.pay(asked(**(base | changes)))
    same = refusal(work.relief.pay, asked(**base, event_place="路口", reporter="村民"))

    assert other.payment_id != first.payment_id
    assert same.code == "F-13"


def test_what_was_found_then_is_asked_about_though_it_was_paid_the_day_before(
    work, household, found
):
    first = work.relief.pay(asked(household, found_at=found))
    work.clock.advance(days=2)
    hurt = asked(household, event=EventKind.TRAFFIC, amount=Money.yuan(100), found_at=found)

    problem = refusal(work.relief.pay, hurt)

    assert (problem.code, first.document_no in problem.what) == ("M-76", True)


def test_of_several_given_that_night_the_last_is_named_and_kept(work, household):
    work.relief.pay(asked(household))
    work.clock.advance(minutes=5)
    second = asked(household, event=ILL, amount=Money.yuan(100), apart="夜里又病了")
    last = work.relief.pay(second)
    third = {"event": EventKind.TRAFFIC, "amount": Money.yuan(50)}

    problem = refusal(work.relief.pay, asked(household, **third))

    assert last.document_no in problem.what
    assert work.relief.pay(asked(household, **third, apart="车也撞了")).apart_from == last.id


def test_the_same_words_are_the_same_request_for_a_year_before_it_was_found(work, household):
    work.relief.refer(asked(household, event_note="灶房起火"))
    blank = refusal(work.relief.refer, asked(household, event_note=" 灶房起火 "))
    work.clock.advance(days=370)
    then = work.clock.now() - timedelta(days=20)

    within = refusal(work.relief.refer, asked(household, event_note="灶房起火", found_at=then))

    assert (blank.code, within.code) == ("F-19", "F-19")
    assert work.relief.refer(asked(household, event_note="灶房起火")).referral_reason == ""


def test_strangers_without_a_name_are_sent_up_each(work):
    stranger = asked(payee_name=NOBODY_KNOWS, is_unknown=True)

    assert work.relief.refer(stranger).id != work.relief.refer(stranger).id


def test_without_a_token_in_force_nothing_is_said_of_several(work, household):
    work.clock.advance(days=92)

    problem = refusal(work.relief.pay, asked(household))

    assert problem.code == "F-15"
    assert problem.what == "县里给本机的先行救助额度不够这一笔。"


def test_the_cause_of_a_year_is_said_with_its_year_and_its_last_day(work, household):
    first = work.relief.pay(asked(household, event=OTHER, event_note="后墙塌了"))
    work.clock.advance(days=3)
    more = asked(household, event=OTHER, event_note="后墙塌了", parent=first.id, approval=AGREED)
    work.relief.pay(more)
    work.clock.advance(days=3)
    this_year = refusal(work.relief.pay, asked(household, event=OTHER, event_note=" 后墙塌了 "))
    work.clock.advance(days=300)
    then = work.clock.now() - timedelta(days=10)
    last_year = refusal(
        work.relief.pay, asked(household, event=OTHER, event_note="后墙塌了", found_at=then)
    )

    assert (this_year.code, last_year.code) == ("M-21", "M-21")
    assert this_year.what.startswith("今年因为“后墙塌了”已经给过 2 次（3月5日），")
    assert last_year.what.startswith("2026 年因为“后墙塌了”已经给过 2 次（3月5日），")


def test_what_has_no_sum_yet_does_not_go_up(work, household):
    noted = work.relief.report(asked(household, amount=Money(0)))

    assert refusal(work.relief.steps.refer_known, noted.id, "太大").code == "F-11"
    assert work.relief.get(noted.id).status is ReliefStatus.REPORTED


@pytest.mark.parametrize("amount", [None, Money(0), Money(-1)])
def test_nobody_agrees_to_nothing(work, household, amount):
    noted = work.relief.report(asked(household, amount=Money(0)))
    work.relief.steps.verify(noted.id)

    problem = refusal(work.relief.steps.approve, noted.id, AGREED, amount)

    assert (problem.code, problem.field) == ("F-11", "amount")
    assert work.relief.steps.approve(noted.id, AGREED, Money(1)).amount == Money(1)


def test_a_word_after_the_payment_does_not_change_what_was_given(work, household):
    paid = work.relief.pay(asked(household))

    agreed = work.relief.steps.approve(paid.id, AGREED, Money.yuan(200))

    assert (agreed.amount, agreed.decided_by) == (paid.amount, "黄镇长")


def test_a_word_from_above_is_kept_with_its_hour_and_what_was_said(work, household):
    paid = work.relief.pay(asked(household))
    at = work.clock.now() + timedelta(minutes=10)
    work.clock.advance(minutes=30)
    said = Approval("黄镇长", ApprovalWay.PHONE, at=at, note="先给再补")

    agreed = work.relief.steps.approve(paid.id, said)

    step = work.relief.case(paid.id).steps[-1]
    assert (agreed.decided_at, step.happened_at) == (at, at)
    assert step.note == "黄镇长，电话。先给再补"
