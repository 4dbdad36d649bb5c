"""The talk behind the means test: who is asked what, in which order. No window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import (
    Hukou,
    Labour,
)
from app.rules.facts import (
    Income,
)
from app.ui.assessment.blocks import Kind, Step
from app.ui.assessment.interview import Interview
from tests.talking import GIRL, HEAD, ON, SON, asked_all, asked_people, facts, told


def test_the_talk_goes_through_everybody_once_and_ends_at_the_reading_out():
    talk = Interview(facts(), ON)
    seen = [talk.block.step]
    while talk.go_on():
        seen.append(talk.block.step)

    assert [seen.count(step) for step in Step] == [3, 4, 3, 1, 1, 1]
    assert talk.following is None


def test_nothing_asked_is_nothing_known():
    household = Interview(facts(), ON).facts.household

    assert (household.incomes, household.expenses) == (None, None)
    assert (household.assets, household.obligors) == (None, None)
    assert household.members[0].disabled is None
    assert household.members[0].labour is Labour.UNKNOWN


def test_a_skipped_page_leaves_its_facts_unknown_and_the_step_open():
    talk = Interview(facts(), ON)
    talk.go_on()
    told(talk, hukou="local", living="together", labour="able", illness="no", disabled="no")

    assert talk.facts.household.members[0].hukou is None
    assert talk.facts.household.members[1].hukou is Hukou.LOCAL
    assert Step.PEOPLE in talk.unasked


def test_a_child_is_asked_for_school_and_an_old_woman_for_work():
    talk = Interview(facts(), ON)

    def shown() -> set[str]:
        return {field.key for field in talk.block.fields if field.shown}

    of_head = shown()
    talk.go_to(Step.PEOPLE)
    talk.go_on()
    talk.go_on()

    assert "labour" in of_head
    assert "student" not in of_head
    assert "student" in shown()
    assert "labour" not in shown()


def test_the_certificate_is_asked_about_only_where_there_is_one():
    talk = Interview(facts(), ON)
    shown = [field.shown for field in talk.block.fields if field.key == "disability_kind"]
    talk.answer("disabled", "yes")

    assert shown == [False]
    assert [f.shown for f in talk.block.fields if f.key == "disability_kind"] == [True]


def test_more_income_opens_another_page_for_the_same_person():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="wage", month="500.00", first_job="no", more="yes")
    second = talk.block
    told(talk, kind="business", year="1000.00", more="no")

    assert second.key == f"income:{HEAD}:1"
    assert [income.member for income in talk.facts.household.incomes] == [HEAD, HEAD]
    assert talk.block.key == f"income:{SON}:0"


@pytest.mark.parametrize(("said", "first"), [("no", False), (None, None)])
def test_whether_it_is_a_first_job_is_known_only_once_it_was_said(
    said: str | None, first: bool | None
):
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="wage", month="2000.00", first_job=said, more="no")

    again = Interview(talk.facts, ON)

    assert talk.facts.household.members[0].first_job is first
    assert again.facts.household.members[0].first_job is first


def test_a_first_job_without_its_day_asks_for_the_day():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="wage", month="2000.00", first_job="yes")

    assert talk.go_to_fact("household.members[0].first_employed_on") == "employed_on"


def test_what_a_window_lacks_is_asked_on_the_page_of_its_source():
    incomes = (
        Income(member=None, kind=IncomeKind.CHARITY, amount=Money.yuan(90), per=Per.ONCE),
        Income(member=HEAD, kind=IncomeKind.WAGE, amount=Money.yuan(50), per=Per.YEAR),
        Income(
            member=HEAD, kind=IncomeKind.RENT, amount=Money.yuan(90), per=Per.MONTH, months=7
        ),
    )  # fmt: skip
    talk = Interview(facts(incomes=incomes), ON)

    places = {one.kind: n for n, one in enumerate(talk.facts.household.incomes)}
    rent, gift = places[IncomeKind.RENT], places[IncomeKind.CHARITY]

    assert talk.go_to_fact(f"household.incomes[{rent}].months_in") == "half"
    assert talk.block.key.endswith(f"{HEAD}:1")
    assert talk.go_to_fact(f"household.incomes[{gift}].received_on") == "received_on"


def test_a_draft_is_the_talk_again_at_the_same_place():
    talk = asked_people(Interview(facts(), ON))
    talk.answer("kind", "wage")

    again = Interview(facts(), ON, talk.as_draft())

    assert again.block.key == talk.block.key
    assert again.given == {"kind": "wage"}
    assert again.last_field == "kind"
    assert again.facts == talk.facts


def test_a_draft_about_somebody_who_left_the_household_begins_again():
    talk = asked_people(Interview(facts(), ON))
    talk.go_to(Step.EXPENSE)
    talk.go_on()
    talk.go_on()
    fewer = facts()
    fewer = replace(fewer, household=replace(fewer.household, members=fewer.household.members[:1]))

    assert Interview(fewer, ON, talk.as_draft()).block.key == f"people:{HEAD}"


def test_steps_are_reached_from_anywhere():
    talk = Interview(facts(), ON)
    talk.go_to_next_step()
    second = talk.block.step
    talk.go_to_previous_step()
    talk.go_to_previous_step()

    assert second is Step.INCOME
    assert talk.block.step is Step.PEOPLE
    assert not talk.go_back()


def test_no_question_has_more_options_than_there_are_digits():
    talk = asked_all(Interview(facts(), ON))

    assert all(
        len(field.options) <= 9
        for block in talk.blocks
        for field in block.fields
        if field.kind is Kind.CHOICE
    )


def test_only_those_it_may_matter_for_are_asked_about_care_and_benefits():
    talk = Interview(facts(), ON)

    def shown(key: str) -> list[str]:
        return [
            block.who
            for block in talk.blocks
            for field in block.fields
            if field.key == key and field.shown
        ]

    assert shown("care") == ["李桂芳"]
    assert shown("receives") == ["李桂芳", "李小雨"]
    assert shown("excused") == []
    talk.ask_for(("household.members[1].excused_from_work",))
    assert shown("excused") == ["李建国"]


def test_a_household_on_dibao_is_asked_for_its_grant_which_the_record_fills_in():
    wage = Income(member=SON, kind=IncomeKind.WAGE, amount=Money.yuan(900), per=Per.MONTH)
    talk = Interview(facts(incomes=(wage,)), ON, category=Category.DIBAO, benefit=Money.yuan(395))

    household = talk.facts.household
    assert [member.receives for member in household.members] == [("dibao",)] * 3
    assert household.incomes == (
        wage,
        Income(member=None, kind=IncomeKind.DIBAO, amount=Money.yuan(395), per=Per.MONTH),
    )
    assert "income:grant" in [block.key for block in talk.blocks]


def test_a_grant_alone_does_not_say_that_incomes_were_asked_about():
    talk = Interview(facts(), ON, category=Category.DIBAO, benefit=Money.yuan(395))

    assert talk.facts.household.incomes is None


def test_a_household_that_is_not_on_dibao_is_not_asked_for_a_grant():
    talk = Interview(facts(), ON, category=Category.MARGINAL, benefit=Money.yuan(80))

    assert "income:grant" not in [block.key for block in talk.blocks]
    assert talk.facts.household.members[0].receives is None


def test_a_copy_of_the_talk_shares_nothing_with_it():
    talk = asked_people(Interview(facts(), ON))
    before = talk.facts

    twin = talk.copy()
    twin.answer("kind", "wage")
    twin.answer("month", "900.00")

    assert twin.facts.household.incomes is not None
    assert talk.facts == before


def test_the_next_open_question_is_found_past_the_end():
    talk = asked_all(Interview(facts(), ON))
    talk.go_to(Step.PEOPLE)
    talk.answer("labour", None)
    talk.go_to(Step.OBLIGORS)

    assert talk.has_open_elsewhere
    assert talk.go_to_open()
    assert talk.block.key == f"people:{HEAD}"


def test_with_nothing_open_one_stays():
    talk = asked_all(Interview(facts(), ON))

    assert not talk.go_to_open()


@pytest.mark.parametrize(
    ("path", "page", "field"),
    [
        ("household.members[2].serious_illness", f"people:{GIRL}", "illness"),
        ("household.members[0].disability.level", f"people:{HEAD}", "disability_level"),
        ("household.members[1].first_employed_on", f"income:{SON}:0", "first_job"),
        ("household.members[0].disability.parts", f"people:{HEAD}", "disability_visual"),
        ("household.expenses", f"expense:{HEAD}:0", ""),
        ("household.assets", "assets", ""),
        ("household.obligors", "obligors:0", ""),
        ("household.obligors[0].status", "obligors:0", "status"),
        ("household.members[0].back_at_work", f"people:{HEAD}", "back_at_work"),
        ("household.members[1].labour_loss", f"people:{SON}", "labour_loss"),
    ],
)
def test_what_an_answer_misses_leads_to_its_question(path: str, page: str, field: str):
    talk = Interview(facts(), ON)

    assert talk.go_to_fact(path) == field
    assert talk.block.key == page


@pytest.mark.parametrize(
    "path", ["dibao_standard", "household.members[0].birth", "household.obligors[7].status"]
)
def test_what_no_page_asks_for_leads_nowhere(path: str):
    talk = Interview(facts(), ON)

    assert talk.go_to_fact(path) is None
    assert talk.block.key == f"people:{HEAD}"
