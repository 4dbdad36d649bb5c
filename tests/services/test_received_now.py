"""What is on record as received is the answer a means test begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.standing import BenefitKind, EndsBy
from app.services.standing import NewBenefit, Standing
from tests.filing import Filing
from tests.reassessing import settle

SINCE = date(2025, 1, 1)
KINDS = (
    (BenefitKind.DIBAO, "dibao"),
    (BenefitKind.TEKUN, "tekun"),
    (BenefitKind.MARGINAL, "marginal"),
    (BenefitKind.DISABILITY_LIVING, "disability_living"),
    (BenefitKind.DISABILITY_CARE, "disability_care"),
    (BenefitKind.ELDERLY, "elderly_allowance"),
    (BenefitKind.ORPHAN, "orphan_allowance"),
    (BenefitKind.DE_FACTO_ORPHAN, "orphan_allowance"),
)


@pytest.fixture
def standing(work):
    return Standing(work.begin, work.clock, work.rules)


def receive(standing, home, kind=BenefitKind.DISABILITY_CARE, *, names=("覃兰英",), **more):
    """Put on record that somebody receives 80 yuan a month."""
    new = NewBenefit(
        household=home.id,
        kind=kind,
        names=names,
        amount=Money.yuan(80),
        **({"since": SINCE} | more),
    )
    return standing.receive(new)


def answers(work, home):
    """What each of them receives, as the next means test begins."""
    return [one.receives for one in work.assessments.first_answers(home.id).household.members]


def say(work, home, *receives):
    """A means test that is told so of the first person."""
    facts = work.assessments.first_answers(home.id)
    first, *others = facts.household.members
    members = (replace(first, receives=receives), *others)
    work.assessments.save(
        home.id, replace(facts, household=replace(facts.household, members=members))
    )


def test_of_a_household_nothing_is_on_record_of_nothing_is_known(work):
    assert answers(work, settle(work, "覃兰英")) == [None, None]


@pytest.mark.parametrize(("kind", "code"), KINDS, ids=[kind.value for kind, _code in KINDS])
def test_what_somebody_receives_is_her_answer_by_the_code_the_question_offers(
    work, standing, kind, code
):
    home = settle(work, "覃兰英")
    names = ("覃兰英儿",) if "orphan" in kind.value else ("覃兰英",)
    receive(standing, home, kind, names=names, ends_on=date(2030, 1, 1), ends_by=EndsBy.TERM)

    expected = [(code,), None] if names == ("覃兰英",) else [None, (code,)]
    assert answers(work, home) == expected


def test_what_has_no_name_of_its_own_answers_nothing(work, standing):
    home = settle(work, "覃兰英")
    receive(standing, home, BenefitKind.OTHER)

    assert answers(work, home) == [None, None]


@pytest.mark.parametrize("rung", [Category.DIBAO, Category.TEKUN, Category.MARGINAL])
def test_what_the_county_recognised_the_household_as_is_everybodys(work, standing, rung):
    home = settle(work, "覃兰英", recorded=rung)
    receive(standing, home)

    assert answers(work, home) == [(rung.value, "disability_care"), (rung.value,)]


def test_a_household_that_is_only_watched_receives_nothing_by_that(work):
    assert answers(work, settle(work, "覃兰英", recorded=Category.WATCHLIST)) == [None, None]


def test_a_benefit_of_the_whole_household_is_everybodys(work, standing):
    home = settle(work, "覃兰英")
    receive(standing, home, BenefitKind.MARGINAL, names=())

    assert answers(work, home) == [("marginal",), ("marginal",)]


def test_the_answer_is_hers_to_change_and_stays_as_she_said_it(work, standing):
    home = settle(work, "覃兰英")
    receive(standing, home)

    say(work, home)

    assert answers(work, home)[0] == ()


def test_what_came_on_record_after_the_newest_test_is_added_to_what_that_was_told(work, standing):
    home = settle(work, "覃兰英")
    say(work, home, "dibao")
    work.clock.advance(days=1)
    receive(standing, home)

    assert answers(work, home)[0] == ("dibao", "disability_care")


def test_what_was_stopped_since_the_newest_test_is_no_answer_any_more(work, standing):
    home = settle(work, "覃兰英")
    made = receive(standing, home)
    say(work, home, "disability_care", "dibao")
    standing.stop(made, work.clock.today(), "搬走了")

    this_month = answers(work, home)[0]
    work.clock.advance(days=31)

    assert this_month == ("disability_care", "dibao")
    assert answers(work, home)[0] == ("dibao",)


def test_once_all_of_it_was_stopped_nothing_is_the_answer(work, standing):
    home = settle(work, "覃兰英")
    made = receive(standing, home)
    say(work, home, "disability_care")
    standing.stop(made, work.clock.today(), "搬走了")
    work.clock.advance(days=31)

    assert answers(work, home)[0] == ()


def test_what_was_told_after_its_end_stands(work, standing):
    home = settle(work, "覃兰英")
    made = receive(standing, home)
    standing.stop(made, SINCE, "记错了")
    say(work, home, "disability_care")
    work.clock.advance(days=31)

    assert answers(work, home)[0] == ("disability_care",)


def test_of_two_of_a_kind_the_one_that_runs_counts(work, standing):
    home = settle(work, "覃兰英")
    standing.stop(receive(standing, home), work.clock.today(), "钱数变了")
    receive(standing, home, since=work.clock.today() + timedelta(days=31))
    say(work, home, "disability_care")
    work.clock.advance(days=31)

    assert answers(work, home)[0] == ("disability_care",)


def test_a_benefit_that_begins_only_later_is_not_received_yet(work, standing):
    home = settle(work, "覃兰英")
    receive(standing, home, since=date(2030, 1, 1))

    assert answers(work, home) == [None, None]


def test_a_benefit_past_its_known_end_is_over(work, standing):
    home = settle(work, "覃兰英")
    receive(standing, home, ends_on=date(2025, 6, 1), ends_by=EndsBy.TERM)

    assert answers(work, home) == [None, None]


@pytest.mark.parametrize(("later", "expected"), [(1, ("dibao",)), (0, ())])
def test_what_the_county_granted_after_the_newest_test_is_news_to_it(work, later, expected):
    filing = Filing(work)
    home = filing.household
    say(work, home)
    work.clock.advance(days=later)
    filing.county_says(
        ApplicationStatus.CONFIRMED, decided_on=work.clock.today(), decided_category="dibao"
    ).recognised(Category.DIBAO)

    assert answers(work, home)[0] == expected


def test_what_somebody_brought_from_another_household_goes_on(work, standing):
    home, other = settle(work, "覃兰英"), settle(work, "覃小雨", door="2号")
    receive(standing, other, names=("覃小雨",))
    member = other.members[0]
    with work.begin() as begun:
        begun.change(
            kind="household.corrected", entity="household_member", entity_id=member.id,
            subject=home.id, fields={"household_id": home.id, "relation": "other"},
        )  # fmt: skip
        begun.commit()

    told = {
        one.name: one.receives for one in work.assessments.first_answers(home.id).household.members
    }
    assert told == {"覃兰英": None, "覃兰英儿": None, "覃小雨": ("disability_care",)}
