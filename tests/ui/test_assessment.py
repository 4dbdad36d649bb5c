"""The talk behind the means test, and the words of its working. No window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import Area, AssetKind, Category, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    PersonStatus,
    Relation,
    SelfCare,
    Student,
)
from app.rules import assess
from app.rules.casefile import facts_of
from app.rules.clauses import clauses_of
from app.rules.facts import (
    Asset,
    Disability,
    Expense,
    Facts,
    HouseholdFacts,
    Income,
    Member,
    Obligor,
)
from app.services.policies import Policies
from app.ui.assessment.blocks import NOTHING, Kind, Step
from app.ui.assessment.interview import Interview
from app.ui.assessment.reading_out import check_lines
from app.ui.assessment.table import why_of
from app.ui.assessment.versus import versus_of
from app.ui.theme.tokens import Tone
from tests.cases import layered, value_toml
from tests.random_cases import random_cases
from tests.screens import strange_words

ON = date(2026, 3, 2)
HEAD, SON, GIRL = "p1", "p2", "p3"


def facts(**household: object) -> Facts:
    """Three people nobody has asked about yet."""
    members = (
        Member(id=HEAD, relation=Relation.HEAD, birth=date(1955, 3, 9), name="李桂芳"),
        Member(id=SON, relation=Relation.CHILD, birth=date(1984, 11, 2), name="李建国"),
        Member(id=GIRL, relation=Relation.GRANDCHILD, birth=date(2014, 9, 1), name="李小雨"),
    )
    whole = HouseholdFacts(area=Area.RURAL, members=members)
    return Facts(id="case-1", household=replace(whole, **household))


def told(talk: Interview, **answers: object) -> Interview:
    """Answer fields of the open page and go on."""
    for field, value in answers.items():
        talk.answer(field, value)
    talk.go_on()
    return talk


def asked_people(talk: Interview) -> Interview:
    everybody = {"hukou": "local", "living": "together", "illness": "no", "disabled": "no"}
    told(talk, **everybody, labour="none")
    told(talk, **everybody, labour="able")
    return told(talk, **everybody, student="compulsory")


def asked_all(talk: Interview) -> Interview:
    asked_people(talk)
    told(talk, kind="resident_pension_basic", month="130.00", more="no")
    told(talk, kind="wage", month="800.00", months=12, first_job="no", more="no")
    told(talk, kind=NOTHING)
    told(talk, kind=NOTHING)
    for _member in range(3):
        told(talk, kind=NOTHING)
    told(talk, deposit="0.00", vehicle=0, house=1, nonresidential="no", business="no")
    return told(talk, kind=NOTHING)


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


def test_more_income_opens_another_page_for_the_same_person():
    talk = Interview(facts(), ON)
    talk.go_to(Step.INCOME)
    told(talk, kind="wage", month="500.00", first_job="no", more="yes")
    second = talk.block
    told(talk, kind="business", year="1000.00", more="no")

    assert second.key == f"income:{HEAD}:1"
    assert [income.member for income in talk.facts.household.incomes] == [HEAD, HEAD]
    assert talk.block.key == f"income:{SON}:0"


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


def test_what_is_on_record_is_not_asked_again():
    recorded = asked_all(Interview(facts(), ON)).facts

    again = Interview(recorded, ON)

    assert again.unasked in ((), (Step.INCOME,))
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


def why(talk: Interview):
    pack = Policies().load("practice")
    answer = assess(talk.facts, pack, ON)
    return answer, why_of(answer, talk.facts, talk.unasked, pack)


def test_the_lines_of_the_panel_add_up_to_its_sum_and_each_has_its_clause():
    answer, panel = why(asked_all(Interview(facts(), ON)))

    shown = sum(
        int(line.amount.replace("−", "-").replace(",", "").replace("+", ""))
        for line in panel.group("收入")
    )
    assert answer.income_year == Money.yuan(shown)
    assert all(line.bases for line in panel.group("收入"))
    assert panel.sums[0].words.startswith(f"一年合计 {shown:,} 元 ÷ 12 个月 ÷ 3 人")


def test_a_met_rung_is_said_as_a_first_impression():
    answer, panel = why(asked_all(Interview(facts(), ON)))

    assert answer.suggested is Category.DIBAO
    assert panel.verdict.startswith("初步看：可以申请低保，每月约")
    assert panel.tone is Tone.OK
    assert [rung.title for rung in panel.group("各档看下来")] == [
        "特困",
        "低保",
        "低保边缘",
        "单人保",
        "刚性支出困难",
        "备案",
    ]


def test_what_is_not_asked_yet_is_named_and_nothing_is_decided():
    _answer, panel = why(asked_people(Interview(facts(), ON)))

    assert panel.verdict == "初步看：还定不了，再问几项"
    assert panel.sums[0].figure == "—"
    assert "收入、大额支出、财产、赡养人没问完" in "".join(panel.notes)


def test_close_to_the_line_asks_to_check_the_grounds():
    talk = asked_people(Interview(facts(), ON))
    told(talk, kind="wage", month="1550.00", months=12, first_job="no", more="no")

    _answer, panel = why(talk)

    assert "很接近，请核实收入依据" in "".join(panel.notes)


def test_far_above_the_line_there_is_still_no_flat_no():
    talk = asked_people(Interview(facts(), ON))
    told(talk, kind=NOTHING)
    told(talk, kind="wage", month="9000.00", months=12, first_job="no", more="no")
    told(talk, kind=NOTHING)
    told(talk, kind=NOTHING)
    for _member in range(3):
        told(talk, kind=NOTHING)
    told(talk, deposit="0.00", vehicle=0, house=1, nonresidential="no", business="no")
    told(talk, kind=NOTHING)

    _answer, panel = why(talk)

    assert panel.verdict.startswith("初步看：")
    assert "不符合" not in panel.verdict
    assert any(line.words == "每人超出标准" for line in panel.sums)


def test_a_formula_reads_like_speech_and_amounts_carry_their_sign():
    talk = asked_people(Interview(facts(), ON))
    told(talk, kind="wage", month="2200.50", months=10, first_job="no", more="no")

    _answer, panel = why(talk)

    assert panel.lines[0].title == "李桂芳 工资 2,200.50 元 × 10 个月"
    assert panel.lines[0].amount == "+22,005"


def test_what_is_read_out_says_what_was_not_asked():
    lines = check_lines(asked_people(Interview(facts(), ON)).facts)

    assert lines[0] == "家里 3 口人：李桂芳、李建国、李小雨"
    assert "收入：还没问" in lines
    assert "财产：没有" in check_lines(facts(assets=()))
    assert Student.COMPULSORY in {
        m.student for m in asked_people(Interview(facts(), ON)).facts.household.members
    }


@pytest.mark.parametrize(
    "name", ["national", "practice", "tianjin", "mangshi", "guangdong", "dahua"]
)
def test_no_panel_of_any_pack_says_a_word_a_clerk_does_not_know(name: str):
    pack = Policies().load(name)
    strange = []
    for case in random_cases(60, seed=11):
        told_facts = facts_of(case)
        panel = why_of(assess(told_facts, pack, ON), told_facts, tuple(Step), pack)
        said = [panel.verdict, panel.ground, *panel.notes, *panel.warnings]
        said += [f"{line.words}{line.figure}" for line in panel.sums]
        for line in panel.lines:
            said += [line.title, line.chip, line.amount]
            said += [] if line.detail in line.bases else [line.detail]
        strange += [text for text in said if strange_words(text)]

    assert strange == []


def on_record(**household: object) -> tuple[Facts, object]:
    whole = facts(**household)
    pack = layered(WATCHLIST)
    return whole, why_of(assess(whole, pack, ON), whole, (), pack)


WATCHLIST = (
    "".join(
        f"""
[[value]]
name = "{name}"
value = {value}
unit = "元/月"
{area}
document = "甲县公告〔2026〕1号"
clause = "一"
source = "甲"
evidence = "A"
"""
        for name, value, area in (
            ("dibao_standard", 500, 'area = "rural"'),
            ("dibao_standard", 500, 'area = "urban"'),
            ("watchlist_line", 1500, 'area = "rural"'),
            ("watchlist_line", 1500, 'area = "urban"'),
        )
    )
    + """
[[rung]]
rung = "watchlist"
document = "甲县公告〔2026〕1号"
clause = "二"
source = "甲"
evidence = "A"
"""
)


def test_the_register_is_the_villages_own_and_nothing_one_applies_for():
    told_of = {"hukou": Hukou.LOCAL, "student": Student.NONE, "serious_illness": False}
    son = replace(
        facts().household.members[1], labour=Labour.ABLE, disabled=False, receives=(), **told_of
    )
    wage = Income(member=SON, kind=IncomeKind.WAGE, amount=Money.yuan(1000), per=Per.MONTH)

    _facts, panel = on_record(members=(son,), incomes=(wage,), expenses=(), assets=(), obligors=())

    register = next(line for line in panel.group("各档看下来") if line.title == "备案")
    assert panel.verdict == "初步看：村里登记备案，继续关注"
    assert (register.chip, register.amount) == ("符合", "")
    assert register.detail.startswith("村里登记备案，继续关注；收入在低保标准和备案线之间")


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


@pytest.mark.parametrize(
    "changes",
    [
        {"self_care": {SelfCare.EAT: True}},
        {"self_care": {act: act is not SelfCare.BATH for act in SelfCare}},
        {"receives": ("五保",)},
        {"receives": ("dibao", "五保")},
        {"receives": ()},
        {"excused_from_work": True},
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
        ("household.expenses", f"expense:{HEAD}:0", ""),
        ("household.assets", "assets", ""),
        ("household.obligors", "obligors:0", ""),
        ("household.obligors[0].status", "obligors:0", "status"),
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


def test_what_is_missing_is_said_in_words_and_leads_to_its_page():
    answer, panel = why(Interview(facts(), ON))

    asked = panel.group("还要问清楚")
    assert {line.ask for line in asked} <= set(answer.missing)
    assert "家里有哪些收入" in [line.title for line in asked]


def test_a_tried_answer_stands_beside_the_real_one():
    talk = asked_all(Interview(facts(), ON))
    twin = talk.copy()
    twin.go_to(Step.INCOME)
    while twin.block.key != f"income:{SON}:0":
        twin.go_on()
    twin.answer("month", "9000.00")
    pack = Policies().load("practice")

    rows = versus_of(assess(talk.facts, pack, ON), assess(twin.facts, pack, ON))

    told_rows = {row.words: (row.now, row.then) for row in rows}
    assert told_rows["一年收入"] == ("11,160 元", "109,560 元")
    assert told_rows["初步看"][0] == "低保"
    assert told_rows["每月约"][1] == "—"
    assert told_rows["低保"][1] == "不符合"
    assert "特困" not in told_rows  # came out the same


def test_what_is_tried_out_is_never_said_to_end_otherwise_than_its_verdict():
    pack = Policies().load("practice")
    seen = set()
    for case in random_cases(80, seed=5):
        told_facts = facts_of(case)
        answer = assess(told_facts, pack, ON)
        verdict = why_of(answer, told_facts, (), pack).verdict
        then = {row.words: row.then for row in versus_of(answer, answer)}["初步看"]

        seen.add(then)
        assert ("还定不了" in verdict) == (then == "还定不了"), case
        assert ("够不上" in verdict) == (then == "都够不上"), case

    assert {"还定不了", "都够不上"} <= seen


def test_a_grace_is_told_month_by_month():
    wage = Income(member=SON, kind=IncomeKind.WAGE, amount=Money.yuan(3000), per=Per.MONTH)
    grant = Income(member=None, kind=IncomeKind.DIBAO, amount=Money.yuan(400), per=Per.MONTH)
    whole = facts(incomes=(wage, grant), expenses=(), assets=(), obligors=())
    pack = Policies().load("practice")
    answer = assess(whole, pack, ON)

    lines = why_of(answer, whole, (), pack).group("渐退")

    assert answer.grace is not None
    assert [line.amount for line in lines[1:]] == ["400/月", "200/月"]
    assert lines[1].title == "2026-04 到 2026-06，3 个月，发原来的 100%"


def test_a_met_rung_opens_the_clause_that_set_it_up():
    answer, panel = why(asked_all(Interview(facts(), ON)))

    dibao = next(line for line in panel.group("各档看下来") if line.title == "低保")
    pack = Policies().load("practice")
    assert dibao.chip == "符合"
    assert dibao.amount.endswith("/月")
    assert clauses_of(pack, dibao.bases[0], ON)
    assert answer.working.benefit
    assert len(panel.group("金额怎么来（每月）")) == len(answer.working.benefit)
