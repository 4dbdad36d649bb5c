"""定期复核 by its clock, 增减员, and benefits with their ends, against days counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.domain.casework import ApplicationStatus
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.people import Labour
from app.domain.standing import BenefitKind, CaseClass, ChangeKind, EndsBy, ReviewResult
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.people import HouseholdRow, PersonRow
from app.models.standing import BenefitRow
from app.services.family_changes import FamilyChanges
from app.services.households import Households
from app.services.standing import NewBenefit, NewChange, NewReview
from app.services.standing_book import LineKind, StandingBook
from tests.cases import value_toml
from tests.filing import refused
from tests.standing import FROZEN, TIANJIN, TOWNSHIP, bury_all, village_of
from tests.storefile import bare_engine, household_of

HALF_A_YEAR = value_toml("review_frequency", 'value = { stable = 12, other = 6 }\nunit = "月"')


@pytest.fixture
def engine(tmp_path):
    made = bare_engine(tmp_path)
    yield made
    made.dispose()


@pytest.fixture
def village(engine, clock):
    return village_of(engine, clock, TOWNSHIP + TIANJIN + HALF_A_YEAR)


def book(village):
    return StandingBook(village.begin, village.clock, village.rules)


def reviewed(village, day, **more):
    asked = {"result": ReviewResult.NO_CHANGE, "case_class": CaseClass.OTHER} | more
    return village.standing.review(NewReview(household=village.home.id, reviewed_on=day, **asked))


def at(village, day):
    village.clock.advance(days=(day - village.clock.today()).days)


def decide(village, category, day):
    """The county decided an application; the household has the category."""
    made = new_id(village.clock.now())
    with village.begin() as work:
        work.change(
            kind="application.filed",
            entity="application",
            entity_id=made,
            subject=village.home.id,
            new=True,
            fields={
                "document_no": "459901-07-000001-0",
                "household_id": village.home.id,
                "applicant_person_id": village.home.head,
                "requested": [category],
                "status": ApplicationStatus.CONFIRMED,
                "filed_on": day,
                "decided_category": category,
                "decided_on": day,
            },
        )
        work.change(
            kind="household.category",
            entity="household",
            entity_id=village.home.id,
            subject=village.home.id,
            fields={"category": category},
        )
        work.commit()


def benefit_of(village, **more):
    asked = {"kind": BenefitKind.DISABILITY_CARE, "since": date(2026, 1, 5)} | more
    return village.standing.receive(NewBenefit(household=village.home.id, **asked))


def test_nobody_is_asked_to_apply_again_where_nobody_is_left(village):
    benefit_of(village, ends_on=date(2026, 3, 20), ends_by=EndsBy.TERM)
    before = village.listed(WorkKind.BENEFIT_ENDS)

    bury_all(village)

    assert len(before) == 1
    assert village.listed(WorkKind.BENEFIT_ENDS) == []


def test_nobody_is_hurried_whose_last_review_nobody_knows(village):
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []
    assert book(village).lines().never_reviewed == 1


@pytest.mark.parametrize(
    ("case_class", "shown", "due"),
    [
        (CaseClass.OTHER, date(2026, 7, 29), date(2026, 8, 28)),
        (CaseClass.STABLE, date(2027, 1, 29), date(2027, 2, 28)),
    ],
)
def test_the_clock_runs_half_a_year_or_a_year_from_the_last_review(village, case_class, shown, due):
    reviewed(village, date(2026, 2, 28), case_class=case_class)
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []

    at(village, shown)

    (row,) = village.listed(WorkKind.PERIODIC_REVIEW)
    assert (row.due_on, row.overdue, row.target) == (due, False, village.home.id)
    assert "示例文件" in row.rule


def test_who_took_a_job_since_is_looked_at_half_yearly(village):
    reviewed(village, date(2026, 2, 28), case_class=CaseClass.STABLE)
    first = village.home.members[0].person
    with village.begin() as work:
        work.change(
            kind="household.corrected", entity="person", entity_id=first.id,
            subject=village.home.id, fields={"labour": Labour.ABLE},
        )  # fmt: skip
        work.commit()

    at(village, date(2026, 7, 29))

    (row,) = village.listed(WorkKind.PERIODIC_REVIEW)
    assert row.due_on == date(2026, 8, 28)
    assert village.worklist.check() == []


def left(village, day):
    village.standing.change(
        NewChange(
            household=village.home.id,
            kind=ChangeKind.REMOVE,
            name="覃小雨",
            reason="出嫁",
            happened_on=day,
        )
    )


def test_a_test_of_before_a_change_is_none_for_its_review(village):
    village.tested()
    at(village, date(2026, 3, 12))
    left(village, date(2026, 3, 10))

    refusal = refused(reviewed, village, date(2026, 3, 12), result=ReviewResult.TESTED)
    village.tested()

    assert refusal.code == "G-18"
    assert reviewed(village, date(2026, 3, 12), result=ReviewResult.TESTED)


def test_a_review_of_before_a_change_does_not_settle_it(village):
    left(village, date(2026, 3, 2))
    reviewed(village, date(2026, 2, 28))

    assert len(village.listed(WorkKind.PERIODIC_REVIEW)) == 1


def test_it_appears_thirty_days_before_and_not_earlier(village):
    reviewed(village, date(2026, 2, 28))

    at(village, date(2026, 7, 28))
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []
    at(village, date(2026, 7, 29))
    assert len(village.listed(WorkKind.PERIODIC_REVIEW)) == 1
    at(village, date(2026, 8, 29))
    (row,) = village.listed(WorkKind.PERIODIC_REVIEW)
    assert row.overdue


def test_the_clock_starts_from_the_decision_where_nobody_reviewed_yet(village):
    with village.begin() as work:
        work.connection.execute(update(table_of(PersonRow)).values(labour=Labour.NONE.value))
        work.commit()
    decide(village, Category.DIBAO, date(2026, 3, 1))

    due = book(village).file(village.home.id).review

    assert (due.case_class, due.due_on) == (CaseClass.STABLE, date(2027, 3, 1))


def test_a_new_review_starts_the_clock_anew(village):
    reviewed(village, date(2026, 2, 28))
    at(village, date(2026, 8, 20))
    assert len(village.listed(WorkKind.PERIODIC_REVIEW)) == 1

    reviewed(village, date(2026, 8, 20))

    assert village.listed(WorkKind.PERIODIC_REVIEW) == []
    assert book(village).file(village.home.id).review.due_on == date(2027, 2, 20)


def test_a_class_the_pack_does_not_name_has_no_day_and_refuses_nothing(engine, clock):
    village = village_of(
        engine, clock, value_toml("review_frequency", 'county_must_supply = true\nunit = "月"')
    )

    reviewed(village, date(2026, 2, 28))

    due = book(village).file(village.home.id).review
    assert due.due_on is None
    assert due.deadline.undecided == "县里还没给期限"
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []


def test_who_joins_or_leaves_makes_a_review_due_at_once_until_it_is_done(village):
    reviewed(village, date(2026, 2, 28))
    village.clock.advance(hours=1)

    village.standing.change(
        NewChange(
            household=village.home.id,
            kind=ChangeKind.REMOVE,
            name="覃小雨",
            reason="出嫁",
            happened_on=date(2026, 3, 1),
        )
    )

    (row,) = village.listed(WorkKind.PERIODIC_REVIEW)
    assert (row.due_on, row.overdue) == (date(2026, 3, 1), True)
    assert "增减员" in row.why
    (change,) = book(village).file(village.home.id).changes
    assert change.person == village.home.members[1].person.id

    village.clock.advance(hours=1)
    refusal = refused(reviewed, village, date(2026, 3, 2))
    assert (refusal.code, refusal.field) == ("G-29", "result")
    village.tested()
    reviewed(village, date(2026, 3, 2), result=ReviewResult.TESTED)
    assert village.listed(WorkKind.PERIODIC_REVIEW) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "G-20"),
        ({"reason": ""}, "G-20"),
        ({"happened_on": date(2026, 3, 3)}, "G-19"),
    ],
)
def test_a_change_says_who_why_and_a_day_that_has_been(village, changes, code):
    asked = {
        "household": village.home.id,
        "kind": ChangeKind.ADD,
        "name": "覃新来",
        "reason": "出生",
        "happened_on": date(2026, 3, 1),
    } | changes

    assert refused(village.standing.change, NewChange(**asked)).code == code


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 2, 27)])
def test_a_review_is_not_to_come_and_not_before_the_last(village, day):
    reviewed(village, date(2026, 2, 28))

    assert refused(reviewed, village, day).code == "G-17"


def test_a_review_by_test_takes_a_test_made_since_the_last(village):
    reviewed(village, date(2026, 2, 28))
    assert refused(reviewed, village, date(2026, 3, 2), result=ReviewResult.TESTED).code == "G-18"

    test = village.tested()
    reviewed(village, date(2026, 3, 2), result=ReviewResult.TESTED)

    assert book(village).file(village.home.id).reviews[0].assessment == test


def test_what_a_child_receives_ends_with_the_eighteenth_birthday(village):
    with village.begin() as work:
        work.connection.execute(
            update(table_of(PersonRow))
            .where(table_of(PersonRow).c.name == "覃小雨")
            .values(birth_on=date(2008, 3, 20))
        )
        work.commit()

    benefit_of(village, kind=BenefitKind.ORPHAN, names=("覃小雨",))

    (row,) = village.listed(WorkKind.BENEFIT_ENDS)
    assert row.due_on == date(2026, 3, 20)
    assert "满 18 周岁" in row.why


def test_a_stopped_benefit_says_why_and_leaves_the_list(village):
    benefit = benefit_of(village, ends_on=date(2026, 3, 20), ends_by=EndsBy.TERM)
    assert len(village.listed(WorkKind.BENEFIT_ENDS)) == 1

    assert refused(village.standing.stop, benefit, date(2026, 3, 2), " ").code == "G-24"
    assert refused(village.standing.stop, benefit, date(2025, 12, 2), "迁走").code == "G-22"
    stopped = village.standing.stop(benefit, date(2026, 3, 2), "残疾等级变了")

    assert stopped.to_month == date(2026, 3, 1)
    assert village.listed(WorkKind.BENEFIT_ENDS) == []


def test_what_the_county_gives_is_read_only(village):
    benefit = benefit_of(village)
    with village.begin() as work:
        work.connection.execute(update(table_of(BenefitRow)).values(by_county=True))
        work.commit()

    assert refused(village.standing.stop, benefit, date(2026, 3, 2), "不要了").code == "G-23"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"names": ("外人",)}, "G-21"),
        ({"ends_on": date(2025, 1, 1)}, "G-22"),
    ],
)
def test_a_benefit_is_somebodys_and_ends_after_it_began(village, changes, code):
    assert refused(benefit_of, village, **changes).code == code


def test_the_same_is_not_recorded_as_running_twice(village):
    benefit_of(village, kind=BenefitKind.ELDERLY, names=("覃兰英",))
    benefit_of(village, kind=BenefitKind.OTHER)

    again = refused(benefit_of, village, kind=BenefitKind.ELDERLY, names=("覃兰英",))

    assert again.code == "G-28"
    assert benefit_of(village, kind=BenefitKind.ELDERLY, names=("覃小雨",))
    assert benefit_of(village, kind=BenefitKind.OTHER)


def test_what_is_somebodys_own_is_seen_and_stopped_where_they_live_now(village):
    other = household_of("赵大山", id_number=None, door="9号")
    Households(village.begin, village.clock).add_all([other])
    second = village.home.members[1].person
    benefit = benefit_of(village, kind=BenefitKind.ELDERLY, names=(second.name,))
    benefit_of(village, kind=BenefitKind.OTHER)
    move = FamilyChange(
        household=village.home.id, kind=FamilyDeed.MOVE, on=village.clock.today(),
        people=(second.id,), other=other.id,
    )  # fmt: skip
    FamilyChanges(village.begin, village.clock).do(move)

    (seen,) = book(village).file(other.id).benefits

    assert seen.id == benefit
    assert village.standing.stop(seen.id, date(2026, 3, 2), "等级变了").to_month is not None
    assert book(village).file(other.id).benefits == ()


def test_what_is_for_children_does_not_begin_after_they_are_grown(village):
    with village.begin() as work:
        work.change(
            kind="household.corrected", entity="person",
            entity_id=village.home.members[1].person.id, subject=village.home.id,
            fields={"birth_on": date(1976, 1, 1)},
        )  # fmt: skip
        work.commit()

    assert refused(benefit_of, village, kind=BenefitKind.ORPHAN, names=("覃小雨",)).code == "G-22"


def test_nothing_is_stopped_from_a_month_far_ahead(village):
    benefit = benefit_of(village)

    assert refused(village.standing.stop, benefit, date(2040, 1, 2), "迁走").code == "G-22"
    assert village.standing.stop(benefit, date(2026, 4, 2), "迁走").to_month == date(2026, 4, 1)


def test_a_benefit_nobody_knows_is_refused(village):
    assert refused(village.standing.stop, "nobody", date(2026, 3, 2), "x").code == "G-25"


def test_the_recognition_of_heavy_outlays_holds_a_year_at_most(engine, clock):
    toml = value_toml("rigid_validity_months", 'value = 12\nunit = "月"')
    village = village_of(engine, clock, toml)
    decide(village, Category.RIGID_EXPENDITURE, date(2026, 3, 1))

    at(village, date(2027, 1, 29))
    assert village.listed(WorkKind.BENEFIT_ENDS) == []
    at(village, date(2027, 1, 30))
    (row,) = village.listed(WorkKind.BENEFIT_ENDS)
    assert row.due_on == date(2027, 3, 1)
    assert "刚性支出" in row.why


def test_one_no_longer_recognised_so_has_no_end(engine, clock):
    village = village_of(engine, clock, "")
    decide(village, Category.RIGID_EXPENDITURE, date(2026, 3, 1))
    with village.begin() as work:
        work.connection.execute(update(table_of(HouseholdRow)).values(category=Category.NONE.value))
        work.commit()

    assert book(village).file(village.home.id).rigid is None


def test_the_page_lists_graces_reviews_and_ends_the_nearest_first(village):
    village.tested()
    assert book(village).file(village.home.id).may_propose
    village.graces.propose(village.home.id)
    reviewed(village, date(2026, 2, 28))
    benefit_of(village, ends_on=date(2026, 9, 20), ends_by=EndsBy.TERM)
    at(village, date(2026, 8, 25))

    lines = book(village).lines().lines

    assert [one.kind for one in lines] == [LineKind.REVIEW, LineKind.BENEFIT, LineKind.GRACE]
    assert [one.due_on for one in lines] == [date(2026, 8, 28), date(2026, 9, 20), None]
    assert not book(village).file(village.home.id).may_propose


def test_the_card_says_whether_exits_are_frozen_and_by_which_clause(village):
    village.under(FROZEN)

    freeze = book(village).file(village.home.id).freeze

    assert freeze.frozen
    assert "示例文件" in freeze.basis


def test_a_household_nobody_knows_is_refused(village):
    nobody = "019cacb3-0000-7000-8000-00000000dead"

    assert refused(book(village).file, nobody).code == "F-01"
    new = NewReview(household=nobody, reviewed_on=date(2026, 3, 2), result=ReviewResult.NO_CHANGE)
    assert refused(village.standing.review, new).code == "F-01"


def test_the_money_itself_is_not_stopped_while_exits_are_suspended(engine, clock):
    village = village_of(engine, clock, TOWNSHIP + TIANJIN + FROZEN)
    received = {
        kind: village.standing.receive(
            NewBenefit(household=village.home.id, kind=kind, since=date(2026, 1, 5))
        )
        for kind in (BenefitKind.DIBAO, BenefitKind.ELDERLY)
    }
    last = date(2026, 3, 1)

    assert refused(village.standing.stop, received[BenefitKind.DIBAO], last, "超了").code == "G-11"
    assert village.standing.stop(received[BenefitKind.ELDERLY], last, "去世").to_month == last
    bury_all(village)
    assert village.standing.stop(received[BenefitKind.DIBAO], last, "去世").to_month == last
