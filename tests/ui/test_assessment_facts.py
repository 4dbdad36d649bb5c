"""What is told in the talk becomes facts: people, incomes, outlays, what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import AssetKind, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    PersonStatus,
    SelfCare,
)
from app.rules import assess
from app.rules.facts import (
    Asset,
    Disability,
    Expense,
    Income,
    Obligor,
)
from app.ui.assessment.blocks import NOTHING, Step
from app.ui.assessment.interview import Interview
from app.ui.assessment.reading_out import check_lines
from app.ui.assessment.table import why_of
from tests.cases import layered, value_toml
from tests.talking import GIRL, HEAD, ON, SON, asked_all, facts, told


def test_what_is_said_of_people_becomes_facts():
    talk = Interview(facts(), ON)
    talk.answer("hukou", "local")
    talk.answer("living", "away_for_work")
    talk.answer("disabled", "yes")
    talk.answer("disability_kind", "mental")
    talk.answer("disability_level", "3")
    talk.answer("illness", "yes")

    member = talk.facts.household.members[0]
    assert (member.hukou, member.living) == (Hukou.LOCAL, Living.AWAY_FOR_WORK)
    assert member.disability == Disability(DisabilityKind.MENTAL, 3)
    assert (member.disabled, member.serious_illness) == (True, True)


def test_a_certificate_for_several_kinds_is_told_kind_by_kind():
    talk = Interview(facts(), ON)
    for field, value in (("disabled", "yes"), ("disability_kind", "physical")):
        talk.answer(field, value)
    assert not any(one.shown for one in talk.block.fields if one.label.startswith("证上"))

    talk.answer("disability_kind", "multiple")
    talk.answer("disability_level", "2")
    assert sum(one.shown for one in talk.block.fields if one.label.startswith("证上")) == 6
    talk.answer("disability_mental", "3")
    talk.answer("disability_visual", "0")

    several = ((DisabilityKind.VISUAL, 0), (DisabilityKind.MENTAL, 3))
    assert talk.facts.household.members[0].disability == Disability(
        DisabilityKind.MULTIPLE, 2, several
    )
    assert Interview(talk.facts, ON).facts == talk.facts
    talk.answer("disability_kind", "mental")
    assert talk.facts.household.members[0].disability == Disability(DisabilityKind.MENTAL, 2)


def test_wages_are_told_by_the_month_and_crops_by_the_year():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="wage", month="2200.00", months=10, first_job="no", more="no")
    told(talk, kind="farming", year="2400.00", more="no")

    assert talk.facts.household.incomes == (
        Income(
            member=HEAD,
            kind=IncomeKind.WAGE,
            amount=Money.yuan(2200),
            per=Per.MONTH,
            months=10,
            months_in=((12, 10),),
        ),
        Income(member=SON, kind=IncomeKind.FARMING, amount=Money.yuan(2400), per=Per.YEAR),
    )


@pytest.mark.parametrize(
    ("months", "half", "kept"),
    [
        (10, 5, ((6, 5), (12, 10))),
        (10, None, ((12, 10),)),
        (10, 3, ((12, 10),)),
        (2, 3, ((12, 2),)),
        (12, None, ()),
    ],
)
def test_the_last_half_year_is_asked_of_a_source_of_part_of_the_year(months, half, kept):
    """A half year that cannot go with the year is not taken."""
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    talk.answer("kind", "wage")
    talk.answer("months", months)
    (shown,) = [field.shown for field in talk.block.fields if field.key == "half"]

    told(talk, month="2200.00", half=half, first_job="no", more="no")

    assert shown is (months < 12)
    assert talk.facts.household.incomes[0].months_in == kept


def test_a_source_without_its_sum_is_not_counted_yet():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    talk.answer("kind", "wage")

    assert talk.facts.household.incomes == ()
    assert not talk.is_done(Step.INCOME)


def test_a_first_job_carries_its_days():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(
        talk,
        kind="wage",
        month="2000.00",
        first_job="yes",
        employed_on="2025-12-01",
        declared_on="2025-12-05",
        more="no",
    )

    member = talk.facts.household.members[0]
    assert member.first_employed_on == date(2025, 12, 1)
    assert member.self_declared_on == date(2025, 12, 5)


def test_outlay_property_and_obligors_become_facts():
    talk = Interview(facts(), ON)
    talk.go_to(Step.EXPENSE)
    told(talk, kind="medical", year="4800.00", more="no")
    talk.go_to(Step.ASSETS)
    told(talk, deposit="12000.00", vehicle=0, house=1, nonresidential="no", business="yes")
    told(talk, kind="son", birth="1988-01-01", income="3000.00", pays="200.00", more="no")

    household = talk.facts.household
    assert household.expenses == (
        Expense(member=HEAD, kind=ExpenseKind.MEDICAL, amount=Money.yuan(4800), per=Per.YEAR),
    )
    assert household.assets == (
        Asset(kind=AssetKind.DEPOSIT, amount=Money.yuan(12000)),
        Asset(kind=AssetKind.HOUSE, count=1),
        Asset(kind=AssetKind.BUSINESS, count=1),
    )
    assert household.obligors == (
        Obligor(
            id="obligors-0",
            relation="son",
            birth=date(1988, 1, 1),
            monthly_income=Money.yuan(3000),
            maintenance_month=Money.yuan(200),
        ),
    )


def test_a_page_on_property_half_filled_in_leaves_the_rest_open():
    """天津: no car, no shop, no licence; whoever was asked about savings alone may have either."""
    talk = Interview(facts(incomes=()), ON)
    talk.go_to(Step.ASSETS)
    told(talk, deposit="0")

    things = {asset.kind: asset for asset in talk.facts.household.assets}
    assert things == {
        kind: Asset(kind=kind)
        for kind in (
            AssetKind.VEHICLE,
            AssetKind.HOUSE,
            AssetKind.NONRESIDENTIAL,
            AssetKind.BUSINESS,
        )
    }
    again = Interview(talk.facts, ON)
    assert [again.answers["assets"].get(kind) for kind in things] == [None] * len(things)
    assert again.facts == talk.facts


MONEY = (
    Asset(kind=AssetKind.CASH, amount=Money.yuan(300)),
    Asset(kind=AssetKind.DEPOSIT, amount=Money.yuan(700)),
    Asset(kind=AssetKind.SECURITY, amount=Money.yuan(20)),
    Asset(kind=AssetKind.INSURANCE, amount=Money.yuan(80)),
)


@pytest.mark.parametrize(
    ("typed", "owned"),
    [
        ({}, MONEY),
        ({"deposit": "1000.00"}, MONEY),
        ({"deposit": "0.00"}, MONEY[2:]),
        ({"deposit": "1200"}, (Asset(kind=AssetKind.DEPOSIT, amount=Money.yuan(1200)), *MONEY[2:])),
        ({"fund": "90"}, (*MONEY[:2], Asset(kind=AssetKind.FUND, amount=Money.yuan(90)))),
        ({"fund": None}, MONEY[:2]),
    ],
)
def test_a_sum_typed_anew_stands_for_all_it_is_the_sum_of(typed, owned):
    """存款、现金 is one question and 股票、理财、保险 another: nothing counts twice."""
    talk = Interview(facts(assets=MONEY), ON)
    talk.go_to(Step.ASSETS)
    assert (talk.given["deposit"], talk.given["fund"]) == ("1000.00", "100.00")
    for field, value in typed.items():
        talk.answer(field, value)

    assert talk.facts.household.assets == owned


def test_a_page_nobody_opened_keeps_its_question_open():
    """The head's income told, the others' pages never opened; the son's outlay begun only."""
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="resident_pension_basic", month="130.00", more="no")
    talk.answer("kind", "wage")
    talk.go_to(Step.EXPENSE)
    told(talk, kind=NOTHING)
    told(talk, kind="medical", year="300.00")

    household = talk.facts.household
    assert household.incomes_unasked == (SON, GIRL, None)
    assert household.expenses_unasked == (SON, GIRL)
    again = Interview(talk.facts, ON)
    assert again.facts == talk.facts
    assert {Step.INCOME, Step.EXPENSE} <= {*again.unasked}
    assert talk.go_to_fact("household.members[2].incomes") == ""
    assert talk.block.key == f"income:{GIRL}:0"
    assert talk.go_to_fact("household.members[1].expenses") == ""
    assert talk.block.key == f"expense:{SON}:0"
    assert "收入：1 项，还有人没问完" in check_lines(talk.facts)


def test_whoever_said_there_is_nothing_is_not_asked_again():
    first = asked_all(Interview(facts(), ON)).facts

    assert (first.household.incomes_unasked, first.household.expenses_unasked) == ((), ())
    assert Interview(first, ON).unasked == ()


def test_what_is_on_record_is_not_asked_again():
    recorded = asked_all(Interview(facts(), ON)).facts

    again = Interview(recorded, ON)

    assert again.unasked == ()
    assert again.facts == recorded


@pytest.mark.parametrize(
    "income",
    [
        Income(
            member=HEAD, kind=IncomeKind.ELDERLY_ALLOWANCE, amount=Money.yuan(80), per=Per.MONTH
        ),
        Income(member=HEAD, kind=IncomeKind.WAGE, amount=Money.yuan(9000), per=Per.YEAR),
        Income(member=None, kind=IncomeKind.TEMPORARY_RELIEF, amount=Money.yuan(800), per=Per.ONCE),
        Income(
            member=SON, kind=IncomeKind.RENT, amount=Money.yuan(90), per=Per.MONTH, months=7,
            months_in=((12, 7),),
        ),
        Income(
            member=SON, kind=IncomeKind.RENT, amount=Money.yuan(90), per=Per.MONTH, months=7,
            months_in=((6, 2), (12, 7)),
        ),
        Income(
            member=None, kind=IncomeKind.CHARITY, amount=Money.yuan(90), per=Per.ONCE,
            received_on=ON,
        ),
    ],
)  # fmt: skip
def test_a_recorded_source_comes_back_as_it_was(income: Income):
    talk = Interview(facts(incomes=(income,)), ON)

    assert talk.facts.household.incomes == (income,)


def test_things_the_talk_does_not_ask_about_stay_as_recorded():
    owned = (Asset(kind=AssetKind.FARM_MACHINE, count=1), Asset(kind=AssetKind.HOUSE, count=1))
    paid = Expense(member=None, kind=ExpenseKind.OTHER, amount=Money.yuan(100), per=Per.YEAR)

    household = Interview(facts(assets=owned, expenses=(paid,)), ON).facts.household

    assert set(household.assets) == set(owned)
    assert household.expenses == (paid,)


def test_another_kind_of_income_forgets_the_old_ones_span():
    recorded = Income(member=HEAD, kind=IncomeKind.WAGE, amount=Money.yuan(9000), per=Per.YEAR)
    talk = Interview(facts(incomes=(recorded,)), ON)
    talk.go_to(Step.INCOME)
    talk.answer("kind", "employee_pension")
    talk.answer("month", "100.00")

    assert talk.facts.household.incomes[0].per is Per.MONTH


def test_an_amount_that_may_yet_change_says_what_to_ask_first():
    cost = value_toml("job_cost_first_employment", 'value = { amount = 600 }\nunit = "元/月"')
    pack = layered(value_toml("dibao_standard", 'value = 1000\nunit = "元/月"') + cost)
    answered = asked_all(Interview(facts(), ON)).facts
    first, *others = answered.household.members
    wage = Income(member=HEAD, kind=IncomeKind.WAGE, amount=Money.yuan(300), per=Per.MONTH)
    household = replace(
        answered.household,
        members=(replace(first, first_job=None, hukou=Hukou.LOCAL), *others),
        incomes=(wage,),
    )
    told_facts = replace(answered, household=household)

    panel = why_of(assess(told_facts, pack, ON), told_facts, tuple(Step), pack)

    dibao = next(line for line in panel.group("各档看下来") if line.title.startswith("低保"))
    assert "金额还可能变，先问：李桂芳：是不是第一次就业、哪天上班" in dibao.detail


def test_what_a_person_receives_and_cannot_do_becomes_facts():
    talk = Interview(facts(), ON)
    told(talk, care="walk,bath", receives="elderly_allowance,disability_care")
    told(talk, labour="able")
    told(talk, care=NOTHING, receives=NOTHING)

    head, _son, girl = talk.facts.household.members
    assert [act for act, can in head.self_care.items() if not can] == [SelfCare.WALK, SelfCare.BATH]
    assert head.receives == ("elderly_allowance", "disability_care")
    assert all(girl.self_care.values())
    assert girl.receives == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"self_care": {SelfCare.EAT: True}},
        {"self_care": {act: act is not SelfCare.BATH for act in SelfCare}},
        {"receives": ("五保",)},
        {"receives": ("dibao", "五保")},
        {"receives": ("marginal", "disability_care")},
        {"receives": ()},
        {"excused_from_work": True},
        {"back_at_work": True},
        {"labour": Labour.NONE, "labour_loss": False},
        {"disabled": True, "disability": Disability()},
        {"disabled": True, "disability": Disability(None, 2)},
        {"disabled": True, "disability": None},
        {"monitored": True},
    ],
)
def test_what_is_known_of_a_person_comes_back_as_it_was(changes: dict):
    head, *others = facts().household.members
    recorded = replace(facts().household, members=(replace(head, **changes), *others))

    assert Interview(facts(members=recorded.members), ON).facts.household == recorded


def test_outlays_obligors_and_assets_on_record_come_back_as_they_were():
    recorded = {
        "expenses": (
            Expense(member=HEAD, kind=ExpenseKind.LIVING, amount=Money.yuan(30), per=Per.MONTH),
            Expense(member=SON, kind=ExpenseKind.MEDICAL, amount=Money.yuan(900), per=Per.ONCE),
        ),
        "obligors": (
            Obligor(
                id="o1",
                relation="grandson",
                status=PersonStatus.SERVING_SENTENCE,
                disabled=True,
                disability=Disability(None, 1),
                receives=("dibao",),
                within_property_limits=False,
            ),
        ),
        "assets": (
            Asset(kind=AssetKind.DEPOSIT),
            Asset(kind=AssetKind.FUND, amount=Money.yuan(70)),
            Asset(kind=AssetKind.HOUSE),
            Asset(kind=AssetKind.BUSINESS, count=1, amount=Money.yuan(5000)),
            Asset(kind=AssetKind.FARM_MACHINE, count=1),
        ),
    }

    household = Interview(facts(**recorded), ON).facts.household

    assert household.expenses == recorded["expenses"]
    assert household.obligors == recorded["obligors"]
    assert set(household.assets) == set(recorded["assets"])


def test_a_household_on_the_marginal_list_is_shown_as_that_and_can_be_said_off_it():
    head, *others = facts().household.members
    known = replace(facts().household, members=(replace(head, receives=("marginal",)), *others))
    talk = Interview(replace(facts(), household=known), ON)

    shown = talk.answers[f"people:{HEAD}"]["receives"]
    talk.answer("receives", NOTHING)

    assert shown == "marginal"
    assert talk.facts.household.members[0].receives == ()


def test_the_marginal_list_alone_asks_nobody_who_was_not_asked_before():
    """It is the whole household's, and each question is a key for each of them."""
    members = tuple(replace(one, receives=("marginal",)) for one in facts().household.members)
    talk = Interview(facts(members=members), ON)

    asked = [
        block.who
        for block in talk.blocks
        for field in block.fields
        if field.key == "receives" and field.shown
    ]

    assert asked == ["李桂芳", "李小雨"]
    assert [one.receives for one in talk.facts.household.members] == [("marginal",)] * 3
