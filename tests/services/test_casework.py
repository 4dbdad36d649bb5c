"""What a coordinator does, each in one transaction, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import documentno
from app.domain.casework import EventKind, Met, Need, ReliefStatus, ReliefWay, WorkKind
from app.domain.households import Category, IncomeKind, Per
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import ApprovalWay
from app.rules import facts as case
from app.rules.casefile import parse_case
from app.services.applications import FileApplication
from app.services.relief_asked import Approval, PayRelief
from app.services.visits import LONGEST_NOTE, RecordVisit
from app.store import journal, projection
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
AGREED = Approval("黄镇长", ApprovalWay.PHONE)


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def visit(of, **changes):
    asked = {"household": of.id, "visited_on": TODAY, "met": Met.SELF}
    return RecordVisit(**(asked | changes))


def payment(of, **changes):
    asked = {
        "household": of.id,
        "payee_name": "覃兰英",
        "payee": of.members[0].person.id,
        "event": EventKind.FIRE,
        "amount": Money.yuan(300),
        "way": ReliefWay.CASH,
    }
    return PayRelief(**(asked | changes))


def refusal(call, *arguments):
    with pytest.raises(Refused) as caught:
        call(*arguments)
    return caught.value


def head_of(work):
    with work.begin() as unit:
        return unit.head.n


def test_a_visit_is_saved_with_its_visitor_and_its_operation(work, household):
    before = head_of(work)

    saved = work.visits.get(work.visits.record(visit(household, note=" 药快吃完了 ")))

    assert (saved.note, saved.visitor) == ("药快吃完了", "测试协理员")
    assert head_of(work) == before + 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "F-02"),
        ({"note": "长" * (LONGEST_NOTE + 1)}, "F-03"),
        ({"household": "nobody"}, "F-01"),
    ],
)
def test_a_visit_that_cannot_stand_is_refused_and_not_saved(work, household, changes, code):
    before = head_of(work)

    problem = refusal(work.visits.record, visit(household, **changes))

    assert problem.code == code
    assert head_of(work) == before


def test_finishing_a_visit_drops_its_draft_in_the_same_breath(work, household):
    work.drafts.keep("visit:x", {"note": "写到一半"})

    work.visits.record(visit(household, draft_key="visit:x"))

    assert work.drafts.get("visit:x") is None


def test_a_draft_is_found_again_as_it_was_left(work):
    work.drafts.keep("visit:x", {"note": "写到一半", "health": "ill"})
    work.drafts.keep("visit:x", {"note": "写到一半了", "health": "ill"})

    assert work.drafts.get("visit:x") == {"note": "写到一半了", "health": "ill"}
    assert work.drafts.keys() == ["visit:x"]


def test_a_payment_is_numbered_owed_for_and_taken_from_the_quota(work, household):
    paid = work.relief.pay(payment(household))

    assert paid.status is ReliefStatus.PAPERWORK_PENDING
    assert paid.document_no.startswith("459901-07-2026-000001-")
    assert paid.paperwork_due_on == date(2026, 3, 9)
    assert "练习县临时救助办法" in paid.paperwork_rule
    assert work.relief.allowance().left == Money.yuan(700)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"payee_name": "  "}, "F-10"),
        ({"amount": Money(0)}, "F-11"),
        ({"amount": Money(-1)}, "F-11"),
        ({"amount": Money.yuan(5000)}, "F-14"),
        ({"amount": Money(100_001)}, "F-15"),
    ],
)
def test_a_payment_that_may_not_be_made_is_refused_and_nothing_is_spent(
    work, household, changes, code
):
    problem = refusal(work.relief.pay, payment(household, **changes))

    assert problem.code == code
    assert work.relief.all() == []
    assert work.relief.allowance().left == Money.yuan(1000)


def test_the_same_payment_typed_twice_is_one_payment(work, household):
    work.relief.pay(payment(household))

    problem = refusal(work.relief.pay, payment(household))

    assert problem.code == "F-13"
    assert len(work.relief.all()) == 1


def test_the_quota_is_never_overdrawn(work, household):
    for event in (EventKind.FIRE, EventKind.FLOOD, EventKind.NO_FOOD):
        work.relief.pay(payment(household, event=event))

    problem = refusal(work.relief.pay, payment(household, event=EventKind.OTHER))

    assert problem.code == "F-15"
    assert work.relief.allowance().left == Money.yuan(100)


def test_an_expired_quota_pays_nothing(work, household):
    work.clock.advance(days=120)

    assert refusal(work.relief.pay, payment(household)).code == "F-15"


def test_somebody_unknown_here_is_helped_too(work):
    unknown = PayRelief(
        household=None,
        payee_name="不知姓名的过路人",
        event=EventKind.NO_FOOD,
        amount=Money.yuan(100),
        way=ReliefWay.GOODS,
        goods="米十斤",
    )

    assert work.relief.pay(unknown).household is None


def test_handed_in_paperwork_ends_the_debt(work, household):
    paid = work.relief.pay(payment(household))

    work.relief.steps.supplement(paid.id, TODAY)

    assert work.relief.get(paid.id).status is ReliefStatus.SUPPLEMENTED
    assert WorkKind.RELIEF_PAPERWORK not in {i.kind for i in work.worklist.today().items}


def test_overdue_paperwork_comes_first(work, household):
    work.relief.pay(payment(household, approval=AGREED))
    work.clock.advance(days=14)

    first = work.worklist.today().items[0]

    assert (first.kind, first.overdue) == (WorkKind.RELIEF_PAPERWORK, True)
    assert "超期" in first.due_text


def test_paperwork_presses_when_it_is_nearly_due_not_before(work, household):
    work.relief.pay(payment(household, approval=AGREED))
    early = next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_PAPERWORK)
    work.clock.advance(days=(early.due_on - TODAY).days - 1)

    late = work.worklist.today().items[0]

    assert (early.pressing, early.overdue) == (False, False)
    assert (late.kind, late.pressing) == (WorkKind.RELIEF_PAPERWORK, True)


def test_a_household_nobody_has_seen_this_month_is_on_the_list_until_it_is_seen(work, household):
    assert [i.household for i in work.worklist.today().items] == [household.id]

    work.visits.record(visit(household))

    assert work.worklist.today().items == ()


def test_finding_nobody_at_home_is_not_a_visit_made(work, household):
    work.visits.record(visit(household, met=Met.NOBODY))

    assert [i.kind for i in work.worklist.today().items] == [WorkKind.VISIT]


def interviewed(work, household):
    facts = work.assessments.start(household.id)
    earner = facts.household.members[0]
    wage = case.Income(
        member=earner.id, kind=IncomeKind.WAGE, amount=Money.yuan(300), per=Per.MONTH
    )
    known = replace(facts.household, incomes=(wage,), expenses=(), assets=(), obligors=())
    return replace(facts, household=known)


def test_what_an_interview_learnt_is_the_households_record_afterwards(work, household):
    work.assessments.save(household.id, interviewed(work, household))

    (item,) = work.households.get(household.id).incomes
    again = work.assessments.start(household.id).household
    assert (item.kind, item.amount) == (IncomeKind.WAGE, Money.yuan(300))
    assert (len(again.incomes), again.expenses, again.assets) == (1, (), ())


def test_saving_the_same_answers_again_changes_nothing_but_keeps_the_test(work, household):
    facts = interviewed(work, household)
    work.assessments.save(household.id, facts)
    before = head_of(work)

    work.assessments.save(household.id, facts)

    assert head_of(work) == before + 1


def test_an_income_nobody_mentions_any_more_is_removed(work, household):
    facts = interviewed(work, household)
    work.assessments.save(household.id, facts)

    without = replace(facts, household=replace(facts.household, incomes=()))
    work.assessments.save(household.id, without)

    assert work.households.get(household.id).incomes == ()


def test_obligors_named_in_an_interview_are_there_at_the_next(work, household):
    facts = interviewed(work, household)
    son = case.Obligor(id="o1", relation="son", monthly_income=Money.yuan(3000))
    facts = replace(facts, household=replace(facts.household, obligors=(son,)))
    work.assessments.save(household.id, facts)

    assert work.assessments.start(household.id).household.obligors == (son,)


def test_a_kept_test_recomputes_from_its_own_facts(work, household):
    kept = work.assessments.get(work.assessments.save(household.id, interviewed(work, household)))

    again = work.assessments.preview(parse_case(kept.facts.encode()))

    assert json.loads(kept.answer)["income_year"] == str(again.income_year)
    assert kept.pack_sha256 == again.pack_sha256


def test_an_application_is_numbered_and_filed_by_the_head(work, household):
    filed = work.applications.file(FileApplication(household=household.id, assessment=None))

    assert filed.applicant == household.head
    assert Category.DIBAO in filed.requested
    assert work.applications.of(household.id) == [filed]


def test_a_household_without_a_head_files_nothing(work):
    headless = replace(household_of("覃兰英"), head=None)
    work.households.add_all([headless])

    request = FileApplication(household=headless.id, assessment=None)

    assert refusal(work.applications.file, request).code == "F-30"


def test_a_paper_that_has_nothing_to_be_about_is_named_as_missing(work, household):
    offers = {offer.form: offer for offer in work.printing.offers(household.id)}

    assert not any(offer.ready for offer in offers.values())
    assert refusal(work.printing.make, "F01", household.id).code == "P-20"


def test_printing_again_keeps_the_number_and_counts(work, household):
    work.visits.record(visit(household))

    first = work.printing.make("F15", household.id)
    second = work.printing.make("F15", household.id)

    assert first.document_no == second.document_no
    with work.begin() as unit:
        prints = unit.casework.household_prints(household.id)
    assert sorted(one.reprint_no for one in prints) == [0, 1]


def test_a_look_at_a_paper_takes_no_number_and_cannot_be_told_from_the_log(work, household):
    work.visits.record(visit(household))
    with work.begin() as unit:
        head = unit.head

    looked = work.printing.sketch("F15", household.id)
    work.printing.sketch("F15", household.id)
    printed = work.printing.make("F15", household.id)

    assert looked.stamp.is_preview
    assert documentno.parse(printed.document_no).serial == 1
    with work.begin() as unit:
        assert unit.head.n == head.n + 1
        assert unit.local.drafts() == []


def test_a_look_at_a_paper_that_has_a_number_shows_it(work, household):
    work.visits.record(visit(household))
    printed = work.printing.make("F15", household.id)

    assert work.printing.sketch("F15", household.id).stamp.document_no == printed.document_no


@pytest.mark.parametrize(
    ("name", "mask", "reason", "code"),
    [
        ("x.docx", Mask.MIDDLE_8, None, "E-01"),
        ("x.csv", Mask.FULL, None, "E-03"),
    ],
)
def test_an_export_that_may_not_leave_is_refused_and_not_written(
    work, household, tmp_path, name, mask, reason, code
):
    work.visits.record(visit(household))

    with pytest.raises(Refused) as caught:
        work.exports.visits(TODAY, TODAY, mask, tmp_path / name, reason=reason)

    assert caught.value.code == code
    assert not (tmp_path / name).exists()


def test_an_empty_span_exports_nothing(work, household, tmp_path):
    del household

    problem = refusal(work.exports.visits, TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    assert problem.code == "E-02"


def test_more_than_twenty_households_leave_only_with_a_reason(work, tmp_path):
    many = [household_of("覃兰英", door=f"{n}号") for n in range(21)]
    work.households.add_all(many)
    for each in many:
        work.visits.record(visit(each))

    problem = refusal(work.exports.visits, TODAY, TODAY, Mask.MIDDLE_8, tmp_path / "x.csv")
    report = work.exports.visits(TODAY, TODAY, Mask.MIDDLE_8, tmp_path / "x.csv", reason="月报")

    assert problem.code == "E-03"
    assert report.rows == 21


def test_an_export_is_a_deed_in_the_log(work, household, tmp_path):
    work.visits.record(visit(household, need=Need.NONE))
    work.exports.visits(TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    with work.begin() as unit:
        kinds = [op.kind for op in journal.read_operations(unit.connection)]
    assert kinds[-1] == "visits.exported"


def test_a_shown_number_is_a_deed_in_the_log(work, household):
    work.households.note_reveal(household.id, household.members[0].person.id)

    with work.begin() as unit:
        kinds = [op.kind for op in journal.read_operations(unit.connection)]
    assert kinds[-1] == "person.number_shown"


def test_a_roster_with_somebody_already_here_is_refused_whole(work):
    number = "459901195803090027"
    work.households.add_all([household_of("覃兰英", id_number=number)])

    others = [household_of("黄有财"), household_of("覃兰英", id_number=number)]

    assert refusal(work.households.add_all, others).code == "R-30"
    assert len(work.households.lines()) == 1


def test_everything_recorded_is_in_the_history_newest_first(work, household):
    work.visits.record(visit(household, visited_on=TODAY - timedelta(days=40)))
    work.relief.pay(payment(household))
    work.assessments.save(household.id, interviewed(work, household))

    kinds = [happening.kind for happening in work.households.history(household.id)]

    assert set(kinds) == {"visit", "relief", "assessment"}
    assert kinds[-1] == "visit"


def test_after_a_day_of_work_log_and_tables_agree(work, household):
    work.visits.record(visit(household))
    work.relief.pay(payment(household))
    work.assessments.save(household.id, interviewed(work, household))
    work.applications.file(FileApplication(household=household.id, assessment=None))

    with work.begin() as unit:
        assert projection.differences(unit.connection) == []
        assert journal.verify_chain(unit.connection).n == unit.head.n
