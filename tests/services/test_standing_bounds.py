"""The days on the edge of a review, a change, a benefit: what is still taken and what no longer."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.money import Money
from app.domain.standing import BenefitKind, CaseClass, ChangeKind, EndsBy, ReviewResult
from app.services.standing import NewBenefit, NewChange, NewReview
from app.services.standing_book import StandingBook
from tests.filing import refused
from tests.standing import village_of
from tests.storefile import bare_engine

TODAY = date(2026, 3, 2)


@pytest.fixture
def village(tmp_path, clock):
    engine = bare_engine(tmp_path)
    yield village_of(engine, clock)
    engine.dispose()


def reviewed_by_test(village):
    return village.standing.review(
        NewReview(
            household=village.home.id,
            reviewed_on=village.clock.today(),
            result=ReviewResult.TESTED,
            case_class=CaseClass.OTHER,
        )
    )


def given(village, **changes):
    asked = {
        "household": village.home.id,
        "kind": BenefitKind.DIBAO,
        "names": (village.home.members[0].person.name,),
        "amount": Money.yuan(100),
        "since": TODAY,
    } | changes
    return village.standing.receive(NewBenefit(**asked))


def kept(village):
    (found,) = (
        StandingBook(village.begin, village.clock, village.rules).file(village.home.id).benefits
    )
    return found


def test_a_test_that_was_reviewed_already_does_not_carry_the_next_review(village):
    village.tested()
    reviewed_by_test(village)

    same_day = refused(reviewed_by_test, village)
    village.clock.advance(days=30)
    later = refused(reviewed_by_test, village)

    assert (same_day.code, later.code) == ("G-18", "G-18")


def test_who_came_today_is_told_today(village):
    made = village.standing.change(
        NewChange(
            household=village.home.id,
            kind=ChangeKind.ADD,
            name="覃新来",
            reason="出生",
            happened_on=TODAY,
        )
    )

    assert made


def test_a_benefit_may_end_on_the_day_it_begins_and_for_a_term_where_nothing_is_said(village):
    given(village, ends_on=TODAY)

    assert (kept(village).ends_on, kept(village).ends_by) == (TODAY, EndsBy.TERM)


def test_what_was_said_of_the_end_stands_before_the_eighteenth_birthday(village):
    given(village, kind=BenefitKind.ORPHAN, ends_on=TODAY, ends_by=EndsBy.TERM)

    assert (kept(village).ends_on, kept(village).ends_by) == (TODAY, EndsBy.TERM)


def test_what_does_not_end_with_an_age_has_no_end_where_none_is_said(village):
    given(village)

    assert (kept(village).ends_on, kept(village).ends_by) == (None, None)


def test_an_empty_line_names_nobody(village):
    first = village.home.members[0].person

    given(village, names=(first.name, "  "))

    assert kept(village).persons == (first.id,)


def test_a_benefit_may_stop_in_the_month_it_began(village):
    made = given(village)

    stopped = village.standing.stop(made, TODAY, "迁走")

    assert stopped.to_month == date(2026, 3, 1)
