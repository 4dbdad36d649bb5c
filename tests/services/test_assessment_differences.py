"""Two tests of one household side by side, in village words."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest

from app.domain.casework import AssessmentRecord
from app.domain.households import Area, AssetKind, Category, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Labour, Relation, SelfCare
from app.rules import assess, parameters
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from app.rules.facts import Asset, Disability, Expense, Facts, Income, Member, Obligor
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from app.rules.parameters import CATALOGUE
from app.rules.values import GraceStep, Rate
from app.services.assessment_differences import differences
from app.services.fact_differences import fact_changes
from app.services.fact_words import FIELDS, to_ask
from app.services.pack_words import MEANS, named, said
from tests.cases import HEAD, ON, case_of, data_of, member, practice, wage

PROCEDURE = {
    "benefit_start", "recheck_exempt_until", "review_frequency", "accept_clock_workdays",
    "accept_clock_extended_workdays", "notice_days", "notice_excludes_minors",
    "refusal_notice_workdays", "acceptance_level", "confirm_authority", "check_before_acceptance",
    "community_review_mode", "community_review_quorum", "community_review_pass",
    "community_review_villagers", "relative_filing_required", "quarterly_report_due",
    "data_match_period", "complaint_reply_workdays",
    "self_care_review_workdays", "emergency_decide_hours",
    "paperwork_due_workdays", "paperwork_due_from", "relief_small_cap", "relief_pay_first_cap",
    "relief_person_cap", "township_approval_cap", "reserve_fund_norm", "relief_same_cause_per_year",
    "relief_instalments_most", "grace_remedy", "decision_remedy",
    "followup_after_days", "visit_period_by_tier",
    "visit_channels_allowed", "home_visit_period", "full_sweep_per_year", "visit_asks",
    "townships",
}  # fmt: skip
"""Parameters no means test leans on."""

BEFORE = parse_case(
    data_of(
        case_of(
            HEAD | {"name": "覃兰英"},
            member("p2", "child", "2012-09-01", name="覃小雨"),
            incomes=[wage("300.00"), wage("50.00", months=6)],
            parameters={},
            area="rural",
        )
    )
)


def record_of(facts: Facts, *, on: date = ON, pack=None) -> AssessmentRecord:
    """A stored test of `facts`."""
    answer = assess(facts, pack or practice(), on)
    return AssessmentRecord(
        id="a",
        household="h",
        on=on,
        pack_id=answer.pack_id,
        pack_version=answer.pack_version,
        pack_sha256=answer.pack_sha256,
        facts=json.dumps(written(facts)),
        answer=json.dumps(answer.to_json()),
        suggested=answer.suggested,
        benefit_month=answer.benefit_month,
        made_at=None,
    )


def told_anew(**changes):
    """BEFORE with parts of its household replaced."""
    return replace(BEFORE, household=replace(BEFORE.household, **changes))


def head_anew(**changes):
    head, *others = BEFORE.household.members
    return told_anew(members=(replace(head, **changes), *others))


def changes_of(after):
    return [
        (one.path, one.who, one.what, one.before, one.after) for one in fact_changes(BEFORE, after)
    ]


def test_the_same_test_twice_differs_in_nothing():
    found = differences(record_of(BEFORE), record_of(BEFORE), (practice(), practice()))

    assert found.is_none
    assert not found.is_other_pack


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"labour": Labour.NONE}, ("labour", "能不能干活", "能干活", "不能干活")),
        ({"serious_illness": True}, ("serious_illness", "有没有重病", "不是", "是")),
        ({"hukou": None}, ("hukou", "户口在哪里", "本地户籍", "没问")),
        ({"birth": date(1980, 5, 3)}, ("birth", "出生日期", "1979-05-03", "1980-05-03")),
        ({"receives": ("dibao",)}, ("receives", "正在享受什么", "没有", "低保")),
        ({"disabled": None}, ("disability", "残疾证", "没有", "没问")),
        ({"disabled": True}, ("disability", "残疾证", "没有", "有证")),
        (
            {"disabled": True, "disability": Disability(level=2)},
            ("disability", "残疾证", "没有", "2 级"),
        ),
        (
            {"self_care": {SelfCare.EAT: True, SelfCare.BATH: False}},
            ("self_care", "生活自理", "没问", "做不了：洗澡"),
        ),
        ({"self_care": {SelfCare.EAT: True}}, ("self_care", "生活自理", "没问", "都能自己做")),
    ],
)
def test_what_is_told_otherwise_of_a_person_is_said_in_words(changes, told):
    field, *rest = told

    assert changes_of(head_anew(**changes)) == [(f"household.members.p1.{field}", "覃兰英", *rest)]


def test_who_came_and_who_went_is_said():
    head, _ = BEFORE.household.members
    mother = Member(id="p3", relation=Relation.PARENT)

    assert changes_of(told_anew(members=(head, mother))) == [
        ("household.members.p2", "覃小雨", "家里人", "有", "没有"),
        ("household.members.p3", "父母", "家里人", "没有", "有"),
    ]


def test_sums_and_things_are_matched_by_whose_and_of_what_kind():
    rent = Income(member=None, kind=IncomeKind.RENT, amount=Money.yuan(1200), per=Per.YEAR)
    first, second = BEFORE.household.incomes
    once = Expense(member="p2", kind=ExpenseKind.MEDICAL, amount=Money(12345), per=Per.ONCE)
    owned = (Asset(kind=AssetKind.HOUSE, count=1), Asset(kind=AssetKind.DEPOSIT))

    assert changes_of(told_anew(incomes=(second, first))) == []
    assert changes_of(
        told_anew(
            incomes=(rent, replace(first, amount=Money.yuan(500))), expenses=(once,), assets=owned
        )
    ) == [
        ("household.incomes.p1.wage", "覃兰英", "工资", "300 元/月、50 元/月，6 个月", "500 元/月"),
        ("household.incomes.household.rent", "全家", "房租", "没有", "1,200 元/年"),
        ("household.expenses.p2.medical", "覃小雨", "看病自付", "没有", "123.45 元（一次）"),
        ("household.assets.household.house", "全家", "住房", "没有", "1 样"),
        ("household.assets.household.deposit", "全家", "存款", "没有", "没问"),
    ]


def test_asking_at_all_is_a_difference():
    assert changes_of(told_anew(assets=None, obligors=None)) == [
        ("household.assets", "全家", "有哪些财产", "没有", "没问"),
        ("household.obligors", "全家", "外面有没有赡养的人", "没有", "没问"),
    ]


def test_obligors_are_people_by_their_place_in_the_family():
    son = Obligor(id="o1", relation="son", maintenance_month=Money.yuan(100))
    older = told_anew(obligors=(son,))
    newer = told_anew(obligors=(replace(son, maintenance_month=Money.yuan(200)),), area=Area.URBAN)

    assert [(one.who, one.what, one.before, one.after) for one in fact_changes(older, newer)] == [
        ("全家", "城镇还是农村", "农村", "城镇"),
        ("外面的儿子", "每月给多少赡养费", "100 元", "200 元"),
    ]
    assert changes_of(older) == [
        ("household.obligors.o1", "外面的儿子", "外面赡养的人", "没有", "有")
    ]


def test_what_follows_is_named_line_by_line_and_rung_by_rung():
    raise_ = (replace(BEFORE.household.incomes[0], amount=Money.yuan(1080)),)
    gift = Income(member=None, kind=IncomeKind.CHARITY, amount=Money.yuan(500), per=Per.ONCE)

    found = differences(record_of(BEFORE), record_of(told_anew(incomes=(*raise_, gift))))

    lines = [(one.who, one.what, one.before, one.after) for one in found.lines]
    assert lines == [
        ("覃兰英", "工资", Money.yuan(3900), Money.yuan(12960)),
        ("全家", "慈善款", None, Money.yuan(0)),
    ]
    assert found.lines[1].treatment_after is Treatment.DISREGARDED
    assert [(one.what, one.before, one.after) for one in found.sums] == [
        ("一年收入", "3900.00", "12960.00"),
        ("人均月收入", "162.50", "540.00"),
    ]
    dibao = next(one for one in found.outcomes if one.rung is Category.DIBAO)
    assert (dibao.before, dibao.after) == (Outcome.MEETS, Outcome.FAILS)
    assert (dibao.before_month, dibao.after_month) == (Money.yuan(725), None)
    assert "不低于低保标准" in dibao.why[0]
    assert (found.suggested_before, found.suggested_after) == (Category.DIBAO, Category.MARGINAL)
    assert (found.benefit_before, found.values) == (Money.yuan(725), ())


def test_who_counts_and_what_cannot_be_worked_out_are_sums_too():
    found = differences(
        record_of(BEFORE),
        record_of(told_anew(members=BEFORE.household.members[:1], incomes=None)),
    )

    assert [(one.what, one.before, one.after) for one in found.sums] == [
        ("一年收入", "3900.00", "还算不出"),
        ("人均月收入", "162.50", "还算不出"),
        ("算在内的人", "2 人", "1 人"),
    ]


def test_the_packs_values_that_differ_are_named_with_the_newer_clause():
    older, newer = record_of(BEFORE, on=date(2025, 12, 31)), record_of(BEFORE)

    found = differences(older, newer, (practice(), practice()))

    (value,) = found.values
    assert (value.what, value.before, value.after) == (
        "低保标准",
        "6,038.00 元/年",
        "6,300.00 元/年",
    )
    assert value.basis == "示例：练习县民政局公告〔2026〕1号（不是真文件） 二、农村"
    assert not found.is_other_pack


def test_every_parameter_of_the_means_test_has_its_words():
    assert CATALOGUE.keys() - MEANS.keys() == PROCEDURE
    assert MEANS.keys() <= CATALOGUE.keys()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "没有这条"),
        (True, "是"),
        (Rate(Money.yuan(6300), Per.YEAR), "6,300.00 元/年"),
        (Rate(Money.yuan(525), Per.MONTH), "525.00 元/月"),
        (Fraction(3, 2), "1.5 倍低保标准"),
        (date(2025, 12, 31), "2025-12-31"),
        ((GraceStep(3, 100), GraceStep(3, 50)), "3 个月给 100%、3 个月给 50%"),
        ("review", ""),
    ],
)
def test_a_value_is_said_short_or_not_at_all(value, words):
    assert said(value, parameters.MARGINAL_MULTIPLE.units[0]) == words


def test_what_is_missing_is_asked_of_the_right_one():
    son = Obligor(id="o1", relation="son")
    facts = told_anew(obligors=(son,))

    assert to_ask(
        facts,
        [
            "household.incomes",
            "household.members[0].disability.level",
            "household.obligors[0].birth",
            "dibao_standard",
            "deduction.job",
            "household.incomes",
        ],
    ) == (
        "家里有哪些收入",
        "覃兰英：残疾等级",
        "外面的儿子：出生日期",
        "等县里给：低保标准",
        "等县里给：能扣多少",
    )
    assert named("notice_days") == "notice_days"


def test_what_is_missing_of_an_income_says_whose_and_which():
    own = Income(member="p1", kind=IncomeKind.WAGE, amount=Money(1), per=Per.MONTH)
    shared = replace(own, member=None, kind=IncomeKind.CHARITY, per=Per.ONCE)
    asked = ["household.incomes[0].months_in", "household.incomes[1].received_on"]

    assert to_ask(told_anew(incomes=(own, shared)), asked) == (
        f"覃兰英的{IncomeKind.WAGE.label}：最近几个月里有几个月",
        f"全家的{IncomeKind.CHARITY.label}：哪天收到的",
    )


def test_every_field_of_a_person_has_its_words():
    told = {each.name for kind in (Member, Obligor) for each in fields(kind)}

    assert told - FIELDS.keys() == {"id"}


def test_who_was_asked_since_and_whom_somebody_must_support_are_told_by_name():
    son = Obligor(id="o1", relation="son")
    before = told_anew(incomes=(), incomes_unasked=("p1",), obligors=(son,))
    after = told_anew(incomes=(), obligors=(replace(son, supports=("p1",)),))
    who = before.household.members[0].name

    found = [(one.path, one.before, one.after) for one in fact_changes(before, after)]

    assert found == [
        ("household.incomes_unasked.p1", "没问完", "问完了"),
        ("household.obligors.o1.supports", "没问", who),
    ]
