"""F05: a stored means test line by line, printed and never worked out again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.documents.blocks import Beside, Grid
from app.documents.cells import SMALL
from app.documents.forms import f05, f05_reading, f05_tables
from app.domain.money import Money
from tests import pdfs, records, tested, tested_long
from tests.cases import HEAD, assessed, case_of, income, region, wage
from tests.cases import member as person


def content(answer=None, facts=None, home=None):
    record = tested.record(answer, facts)
    return f05_reading.content_of(record, home or tested.family(), unit=records.UNIT)


def words(of) -> str:
    text = pdfs.text_of(f05.render(of, records.stamp()))
    return text.replace("\r\n", "").replace("\n", "")


def sides(of) -> list[str]:
    paper = f05.paper(of, records.NUMBER)
    return [grid.side for block in paper.blocks for grid in grids(block) if grid.side]


def grids(block) -> tuple[Grid, ...]:
    """The tables of a block, those side by side one after the other."""
    if isinstance(block, Beside):
        return (*block.left, *block.right)
    return (block,) if isinstance(block, Grid) else ()


def sizes(of) -> set[float]:
    """Every size the paper's cells are set in."""
    laid = [grid for block in f05.paper(of, records.NUMBER).blocks for grid in grids(block)]
    rows = [row for grid in laid for row in (*grid.heads, *grid.rows)]
    return {cell.size for row in rows for cell in row.cells}


def pages(of) -> int:
    return len(pdfs.opened(f05.render(of, records.stamp())).pages)


def test_what_is_printed_is_what_was_stored_even_where_it_would_come_out_otherwise_today():
    odd = content({"income_year": "1.00", "per_capita_month": "7.77", "benefit_month": "9.99"})

    said = words(odd)

    assert "¥1.00" in said
    assert "¥7.77" in said
    assert "每月 ¥9.99" in said
    assert odd.per_capita_exact == ""


def test_a_record_of_the_first_version_prints_without_the_tables_it_never_had():
    assert sorted(sides(content())) == sorted(["收入汇总", "逐项核算", "核算", "各档结论", "依据"])


def test_amounts_in_formulas_and_sentences_are_grouped_like_every_other():
    said = words(content(tested.WHOLE))

    assert "2,600.00 × 12" in said
    assert "34,800.00 ÷ 12" in said
    assert "低保标准 1,045.00 元低 78.33 元" in said
    assert not re.search(r"\d{4,}\.\d\d", said)


def test_a_sum_takes_no_number_from_the_lines():
    three = content(tested.WHOLE).benefit
    twice = replace(content(tested.WHOLE), benefit=(*three, *three))
    (grid,) = f05_tables.benefit(twice, (1,) * 6)

    numbers = [row.cells[0].parts[0].text for row in grid.rows]
    assert numbers == ["1", "2", "", "3", "4", ""]


def test_a_whole_record_prints_every_table():
    every = [
        "收入汇总", "逐项核算", "刚性支出", "核算", "对照", "金额算式", "各档结论", "提示", "依据",
    ]  # fmt: skip
    whole = content(tested.WHOLE)

    piles = [
        block for block in f05.paper(whole, records.NUMBER).blocks if isinstance(block, Beside)
    ]

    assert sorted(sides(whole)) == sorted(every)
    for pile in (piles[0].left, piles[0].right):
        places = [every.index(grid.side) for grid in pile if grid.side]
        assert places == sorted(places)


PEOPLE = (
    HEAD | {"name": "李桂芳"},
    person("p2", "spouse", "1976-02-02", name="王建国", labour="partial"),
    person("p3", "child", "2012-09-01", name="李小雨", student="compulsory", labour="none"),
    person("p4", "parent", "1950-01-20", name="李长福", labour="none"),
    person("p5", "child", "2015-05-01", name="李小明", student="compulsory", labour="none"),
)
ORDINARY = {
    "area": "rural",
    "incomes": [
        wage("2600"), wage("900", "p2"), income("resident_pension_basic", "120", "p4"),
        income("farming", "3000", None, per="year"),
    ],
    "expenses": [
        {"member": "p4", "kind": "medical", "amount": "6800.00", "per": "year"},
        {"member": "p3", "kind": "education", "amount": "1200.00", "per": "year"},
    ],
    "assets": [{"kind": "deposit", "amount": "12000.00"}, {"kind": "house", "count": 1}],
    "parameters": {
        "dibao_standard_month": "800.00",
        "rigid_income_ceiling": {"value": "30000", "unit": "元/年"},
    },
}  # fmt: skip


def of_region(pack_id: str, heads: int):
    case = case_of(*PEOPLE[:heads], **ORDINARY)
    return content(assessed(case, region(pack_id)).to_json(), case)


@pytest.mark.parametrize("heads", [4, 5])
@pytest.mark.parametrize("pack_id", ["national", "tianjin", "mangshi", "guangdong", "dahua"])
def test_a_household_of_five_stands_on_one_page_in_type_that_can_be_read(pack_id, heads):
    sheet = of_region(pack_id, heads)

    assert pages(sheet) == 1
    assert min(sizes(sheet)) >= 7.5
    said = words(sheet)
    assert "上年度当地人均可支配收入" in said
    assert "2,500.00 元/人·月" in said


def test_each_clause_is_written_out_once_and_named_by_its_number():
    sheet = of_region("tianjin", 4)

    said = words(sheet)

    clause = "民发〔2021〕57号《最低生活保障审核确认办法》第十二条（一）工资性收入"
    assert said.replace(" ", "").count(clause) == 1
    assert sheet.lines[0].basis.replace(" ", "") == clause


def test_what_two_rungs_leave_open_alike_is_said_once():
    sheet = of_region("mangshi", 4)

    said = words(sheet)

    assert len({rung.reasons for rung in sheet.rungs}) < len(sheet.rungs)
    assert said.count("因病刚性支出扣多少县里还没给") == 1
    assert "同最低生活保障。" in said


def test_what_does_not_fit_one_page_stands_in_full_size_over_several():
    lines = [tested.ANSWER["lines"][0]] * 60

    sheet = content({"lines": lines})

    assert pages(sheet) > 1
    assert min(sizes(sheet)) == SMALL
    assert "依据" not in sides(sheet)


def test_the_heads_of_every_person_and_of_all_sum_to_the_years_income():
    members = content().members

    assert [member.name for member in members] == ["李桂芳", "李长福", "李小雨", "合计"]
    for member in members:
        assert sum(member.heads, member.deducted) == member.total
    assert members[-1].total == Money.yuan(34_800)
    assert sum((one.total for one in members[:-1]), Money(0)) == members[-1].total
    assert members[1].disregarded == "居保基础养老金"


def test_income_of_the_household_has_a_line_of_its_own():
    lines = [*tested.ANSWER["lines"], tested.ANSWER["lines"][0] | {"member": None, "item": "rent"}]

    members = content({"lines": lines}).members

    assert [(one.name, one.counted) for one in members[-2:]] == [("全家", None), ("合计", None)]


def test_each_line_has_member_item_treatment_formula_amount_and_clause():
    line = content().lines[1]

    assert (line.member, line.item, line.treatment) == ("李桂芳", "首次就业劳动成本", "扣减")
    assert (line.formula, line.amount, line.basis) == ("600.00 × 12", "-7,200.00", tested.TIANJIN)
    assert content().lines[-1].item == "合计"
    assert content().lines[-1].amount == "34,800.00"


def test_a_label_kept_with_the_line_stands_before_a_name_of_ours():
    named = [tested.ANSWER["lines"][0] | {"label": "厂里的工钱"}]

    assert content({"lines": named}).lines[0].item == "厂里的工钱"


@pytest.mark.parametrize(
    ("year", "shown", "exact"),
    [
        ("34800.00", "966.67", "34,800.00 ÷ 12 个月 ÷ 3 人 = 966 又 2/3 元"),
        ("36.00", "1.00", "36.00 ÷ 12 个月 ÷ 3 人 = 1.00 元"),
        ("0.00", "0.00", "0.00 ÷ 12 个月 ÷ 3 人 = 0.00 元"),
        ("34800.00", "966.66", ""),
        (None, None, ""),
    ],
)
def test_the_per_capita_figure_is_shown_with_its_exact_quotient(year, shown, exact):
    said = content({"income_year": year, "per_capita_month": shown})

    assert said.per_capita_exact == exact


def test_income_nobody_asked_about_is_said_to_be_unknown_and_never_nought():
    unknown = content(
        {"income_year": None, "per_capita_month": None, "standard_month": None, "lines": []}
    )

    said = words(unknown)

    assert unknown.members == ()
    assert "收入还不知道" in said
    assert said.count("还不知道") >= 4
    assert "¥0.00" not in said


def test_income_that_was_asked_and_is_none_is_said_so():
    none = content({"income_year": "0.00", "per_capita_month": "0.00", "lines": []})

    assert "没有收入项目。" in words(none)


def test_the_pack_is_named_by_title_version_and_the_beginning_of_its_hash():
    assert content().pack == "练习县（示例） 2026-01-01 版（核对号 5f0c5f0c5f0c）"


def test_numbers_typed_into_the_case_are_named():
    typed = content({"overrides": ["dibao_standard_month", "minimum_wage", "house_max"]})

    assert typed.overrides == "低保标准、最低工资、house_max"


def test_a_value_typed_into_the_case_is_said_to_be_the_countys():
    typed = "个案录入 parameters.dibao_standard_month"
    lines = [tested.ANSWER["lines"][0] | {"basis": typed}]
    near = [{"text": "很接近。", "basis": typed}]
    limits = [
        {"text": "低保标准", "unit": "month", "held": "1.00", "limit": "2.00", "basis": typed}
    ]
    rungs = [{"rung": "dibao", "outcome": "fails", "reasons": [{"text": "超了。", "basis": typed}]}]

    said = words(content({"lines": lines, "near": near, "limits": limits, "rungs": rungs}))

    assert "parameters" not in said
    assert "县里给的值（个案录入）" in said


def test_every_rung_stands_with_its_outcome_and_its_reasons():
    rungs = {rung.name: rung for rung in content(tested.WHOLE).rungs}

    assert [rung.outcome for rung in rungs.values()] == [
        "不符合", "符合", "不符合", "不符合", "还定不了", "还定不了",
    ]  # fmt: skip
    assert rungs["特困人员"].members == "李长福"
    assert rungs["最低生活保障"].members == "全家"
    assert rungs["最低生活保障"].benefit == "235.00"
    assert rungs["特困人员"].reasons[0].basis == "民发〔2021〕43号 第八条"
    assert "各项条件都符合。" in words(content())


def test_an_amount_that_lacks_a_number_is_not_shown_as_nothing():
    rungs = [
        rung | {"benefit_month": None, "benefit_missing": ["tekun_standard"]}
        for rung in tested.ANSWER["rungs"]
    ]

    assert {rung.benefit for rung in content({"rungs": rungs}).rungs} == {"还算不出"}


def test_the_amount_is_shown_step_by_step_and_ends_with_what_is_paid():
    steps = content(tested.WHOLE).benefit

    assert [(step.item, step.amount) for step in steps] == [
        ("低保标准", "3,135.00"),
        ("减去家庭收入", "-2,900.00"),
        ("最低生活保障每月合计", "235.00"),
    ]


def test_lines_held_against_say_what_nobody_knows_on_its_own_side():
    limits = {limit.name: limit for limit in content(tested.WHOLE).limits}

    assert limits["低保标准"].held == "966.67 元/人·月"
    assert limits["存款等货币财产"].limit == ""
    assert limits["刚性支出占收入的比例"].held == ""
    assert "县里还没给" in words(content(tested.WHOLE))


def test_remarks_name_people_and_never_places_in_the_case_file():
    remarks = content(tested.WHOLE).remarks

    assert remarks == (
        "人均月收入只比低保标准 1045.00 元低 78.33 元，请核实收入依据（津民规〔2025〕6号）。",
        "李长福：可能能领重度残疾人护理补贴；先问有没有在领（国发〔2015〕52号）。",
        "李长福：身份证号最后一位对不上。",
    )


def test_a_remark_about_an_obligor_names_them_and_one_about_nobody_left_names_nobody():
    warnings = ["household.obligors[1].birth：出生日期不对。", "household.members[9]：不在了。"]

    assert content({"warnings": warnings}).remarks == ("李建设：出生日期不对。", "不在了。")


def test_a_grace_is_told_in_its_own_words():
    grace = {"text": "先按原来的发三个月。", "basis": tested.TIANJIN}

    assert content({"grace": grace}).remarks == (f"先按原来的发三个月（{tested.TIANJIN}）。",)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("meets", "李长福"), ("unknown", "李长福（还定不了）"), ("fails", "")],
)
def test_candidates_for_single_person_cover_are_named_as_far_as_it_stands(outcome, said):
    members = [] if outcome == "fails" else ["p2"]
    rungs = [{"rung": "single_person", "outcome": outcome, "members": members, "reasons": []}]

    assert content({"rungs": rungs}).candidates == said


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        ([{"rung": "dibao", "outcome": "fails"}], "暂无符合的类别"),
        ([{"rung": "dibao", "outcome": "unknown"}], "还定不了，要补问"),
    ],
)
def test_without_a_suggestion_it_never_says_a_flat_no_while_something_is_open(rungs, said):
    assert content({"suggested": None, "benefit_month": None, "rungs": rungs}).suggested == said


def test_a_suggestion_says_which_better_rung_has_to_be_settled_first():
    rungs = [{"rung": "tekun", "outcome": "unknown"}, {"rung": "dibao", "outcome": "meets"}]

    open_above = content({"rungs": rungs, "better_open": ["tekun"]})

    assert open_above.suggested == "最低生活保障（先定特困）"
    assert "最低生活保障（先定特困），每月" in words(open_above)
    assert content({"rungs": rungs, "better_open": []}).suggested == "最低生活保障"


def test_people_are_called_as_they_were_when_the_test_was_made():
    home = tested.family()
    renamed = tuple(replace(one, person=replace(one.person, name="改过名")) for one in home.members)

    assert content(home=replace(home, members=renamed)).lines[0].member == "李桂芳"


def test_a_test_that_kept_no_facts_takes_the_names_of_today():
    record = replace(tested.record(), facts="")

    said = f05_reading.content_of(record, tested.family(), unit="")

    assert said.lines[0].member == "李桂芳"
    assert said.area == "农村"
    assert said.property == ""


def test_a_person_without_a_name_is_called_by_relation():
    members = [
        {name: value for name, value in one.items() if name != "name"}
        for one in tested.FACTS["household"]["members"]
    ]
    facts = {"household": tested.FACTS["household"] | {"members": members}}
    nameless = replace(
        tested.family(), members=tested.home((tested.family().members[0],)).members, head=None
    )

    said = content(facts=facts, home=nameless)

    assert [line.member for line in said.lines[:3]] == ["李桂芳", "李桂芳", "父母"]
    assert said.head == ""


def test_a_long_table_goes_on_under_its_heads():
    lines = [tested.ANSWER["lines"][0]] * 60

    printed = pdfs.lines_on(f05.render(content({"lines": lines}), records.stamp()))

    heads = [line.split(" ", 1)[0] for line in printed if line.endswith("算式")]
    assert heads[:3] == ["1", "2", "3"]


def test_no_person_is_lost_from_a_household_of_eight():
    home = tested_long.crowd()
    record = tested_long.crowded_record("长")

    said = f05_reading.content_of(record, home, unit="")

    assert {member.name for member in said.members} >= {
        member.person.name for member in home.members
    }
