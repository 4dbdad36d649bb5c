"""A roster judged whole: every problem at its row and column, nothing half taken."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.households import AssetKind, Category, IncomeKind, MonitoringTag
from app.domain.money import Money
from app.domain.people import Education, IdKind, Marriage, Relation, Sex
from app.domain.problem import Refused
from app.domain.roster import RosterReport
from app.domain.roster_columns import ERROR_HEADING
from app.domain.roster_judging import judge_roster
from app.domain.roster_table import table_of
from tests.roster_files import HEADINGS, TODAY, id_number, person


def _judge(*people: dict[str, str], headings: list[str] = HEADINGS) -> RosterReport:
    """The report of people standing from row 3 on, under a title."""
    rows = [(1, ["练习县花名册"]), (2, headings)]
    rows += [(n, [row.get(h, "") for h in headings]) for n, row in enumerate(people, 3)]
    ids = count(1)
    return judge_roster(table_of(rows), on=TODAY, fresh=lambda: f"id-{next(ids)}")


def _found(report: RosterReport) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in report.problems]


def test_one_person_becomes_one_household():
    report = _judge(
        person(
            **{
                "联系电话": "19900000001",
                "就业/收入来源": "工资18000；居保基础养老金1620",
                "年收入(元)": "19620",
                "家庭共同年收入": "种养3600",
                "家庭财产": "住房1",
                "赡养义务人": "何小田（儿子）",
                "监测对象类别": "边缘易致贫户",
                "备注": "狗要拴",
                "残疾类别": "肢体残疾",
                "残疾等级": "二级",
                "婚姻状况": "丧偶",
                "文化程度": "初中",
                "户籍地址": "练习县白石镇老街8号",
                "居住证号": "459902195803090042",
                "来本地居住年份": "2019年",
                "工作单位": "青石坳茶厂",
                "残疾证号": "45990219580309004242b1",
            }
        )
    )

    (found,) = report.households
    household = found.household
    member = household.members[0]
    assert (report.rows, report.people, report.problems) == (1, 1, ())
    assert (found.number, found.first_row) == ("1", 3)
    assert household.head == member.person.id
    assert household.category is Category.DIBAO
    assert household.benefit_month == Money.yuan(395)
    assert household.monitoring_tag is MonitoringTag.AT_RISK_MARGINAL
    assert household.phone == member.person.phone == "19900000001"
    assert household.knock_note == "狗要拴"
    assert (household.place, household.village_code) == ("一组1号", "459901101201")
    assert [(i.kind, i.amount, i.person) for i in household.incomes] == [
        (IncomeKind.WAGE, Money.yuan(18000), member.person.id),
        (IncomeKind.RESIDENT_PENSION_BASIC, Money.yuan(1620), member.person.id),
        (IncomeKind.FARMING, Money.yuan(3600), None),
    ]
    assert [(a.kind, a.count) for a in household.assets] == [(AssetKind.HOUSE, 1)]
    assert [o.relation for o in household.obligors] == ["儿子"]
    assert (member.person.sex, member.person.ethnicity) == (Sex.MALE, "壮")
    assert member.person.disability_level == 2
    assert (member.person.marriage, member.person.education) == (
        Marriage.WIDOWED,
        Education.MIDDLE,
    )
    assert member.person.hukou_address == "练习县白石镇老街8号"
    assert member.person.permit_no == "459902195803090042"
    assert (member.person.resident_since, member.person.employer) == (2019, "青石坳茶厂")
    assert member.person.disability_no == "45990219580309004242B1"
    assert member.person.monitored is True


def test_birth_and_sex_come_from_the_number_when_the_cells_are_empty():
    report = _judge(person(出生日期="", 性别=""))

    someone = report.households[0].household.members[0].person
    assert someone.birth == TODAY.replace(year=TODAY.year - 40)
    assert someone.sex is Sex.MALE


def test_a_total_without_sources_is_an_income_somebody_assessed():
    report = _judge(person(**{"年收入(元)": "7200"}))

    (income,) = report.households[0].household.incomes
    assert (income.kind, income.amount) == (IncomeKind.ASSESSED, Money.yuan(7200))


def test_a_person_without_papers_is_a_person_too():
    baby = person(与户主关系="子女", 姓名="何小", 证件类型="没有证件", 证件号码="", 性别="")
    report = _judge(person(), baby)

    head, child = report.households[0].household.members
    assert head.relation is Relation.HEAD
    assert child.person.id_kind is IdKind.NONE
    assert child.person.id_number is None


def test_the_head_comes_first_wherever_the_row_stands():
    wife = person(
        与户主关系="妻",
        姓名="韦桂",
        性别="女",
        证件号码=id_number(serial=2),
        **{"月保障金(元)": ""},
    )
    report = _judge(wife, person())

    names = [m.person.name for m in report.households[0].household.members]
    assert names == ["何有田", "韦桂"]


WRONG_CELLS = [
    ("证件号码", id_number()[:-1] + "A", "I-01"),
    ("证件号码", id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2"), "I-05"),
    ("证件号码", "459901860302001", "I-02"),
    ("证件号码", "4.59901198603020E+17", "I-03"),
    ("证件号码", id_number()[:15] + "000", "I-03"),
    ("证件号码", "", "R-50"),
    ("证件类型", "", "R-50"),
    ("证件类型", "没有证件", "R-41"),
    ("证件类型", "借书证", "R-31"),
    ("出生日期", "1986-03-03", "R-42"),
    ("出生日期", "1986-13-01", "R-32"),
    ("性别", "女", "R-43"),
    ("性别", "中", "R-31"),
    ("姓名", "", "R-50"),
    ("姓名", "何??", "R-34"),
    ("户主姓名", "何有钱", "R-48"),
    ("与户主关系", "邻居", "R-31"),
    ("与户主关系", "子女", "R-47"),
    ("民族", "火星", "R-31"),
    ("村代码", "12", "R-37"),
    ("村民小组", "", "R-50"),
    ("城乡", "郊区", "R-31"),
    ("救助类别", "富裕", "R-31"),
    ("月保障金(元)", "三百", "M-01"),
    ("月保障金(元)", "-1", "R-33"),
    ("联系电话", "110", "R-35"),
    ("银行账号", "6.2E+18", "R-38"),
    ("残疾类别", "肢体", "R-44"),
    ("残疾等级", "二级", "R-44"),
    ("残疾等级", "九级", "R-31"),
    ("重病", "大概", "R-31"),
    ("就学", "函授", "R-31"),
    ("劳动能力", "一般", "R-31"),
    ("人员状态", "失联", "R-31"),
    ("居住情况", "城里", "R-31"),
    ("户籍类别", "农业", "R-31"),
    ("监测对象类别", "别的户", "R-31"),
    ("就业/收入来源", "很多", "R-39"),
    ("年刚性支出", "看病很多", "R-39"),
    ("家庭财产", "住房无数", "R-39"),
    ("赡养义务人", "大儿子", "R-39"),
    ("自己做不了的事", "做饭", "R-31"),
    ("备注", "长" * 201, "R-40"),
    ("家庭住址", "长" * 121, "R-40"),
]


@pytest.mark.parametrize(("column", "text", "code"), WRONG_CELLS)
def test_a_wrong_cell_is_found_at_its_row_and_column(column, text, code):
    good = person(户编号="2", 证件号码=id_number(serial=3))

    report = _judge(good, person(**{column: text}))

    assert report.bad_rows == (4,)
    assert code in {found_code for row, _, found_code in _found(report) if row == 4}
    assert {problem_column for _, problem_column, _ in _found(report)} & {
        column,
        *{"残疾类别": ["残疾等级"], "残疾等级": ["残疾类别"], "证件类型": ["证件号码"]}.get(
            column, []
        ),
    }
    assert [each.number for each in report.households] == ["2"]
    assert [each.rows for each in report.skipped] == [(4,)]


def test_a_total_that_contradicts_its_sources_is_a_problem():
    report = _judge(person(**{"就业/收入来源": "工资100", "年收入(元)": "99"}))

    assert _found(report) == [(3, "年收入(元)", "R-45")]


def test_one_number_on_two_rows_names_both_rows():
    number = next(n for n in map(id_number, range(30, 90)) if n.endswith("X"))
    first = person(证件号码=number, 出生日期="")
    other = person(户编号="2", 证件号码=f" {number[:17]}ｘ", 出生日期="")

    report = _judge(first, other)

    assert _found(report) == [(3, "证件号码", "R-46"), (4, "证件号码", "R-46")]
    assert "第4行" in report.problems[0].text
    assert "第3行" in report.problems[1].text
    assert report.households == ()
    assert len(report.skipped) == 2


def test_two_heads_are_one_too_many():
    report = _judge(person(), person(证件号码=id_number(serial=3)))

    assert _found(report) == [(4, "与户主关系", "R-47")]


def test_rows_of_one_household_must_agree_about_it():
    child = person(与户主关系="儿子", 姓名="何小田", 证件号码=id_number(serial=3), 村民小组="二组")

    report = _judge(person(), child)

    assert _found(report) == [(4, "村民小组", "R-49")]


def test_a_household_with_one_bad_row_is_left_out_whole():
    child = person(与户主关系="儿子", 姓名="何小田", 证件号码="1", 出生日期="")
    other = person(户编号="2", 证件号码=id_number(serial=3))

    report = _judge(person(), child, other)

    assert [each.number for each in report.households] == ["2"]
    assert [(s.number, s.rows) for s in report.skipped] == [("1", (3, 4))]


def test_a_row_without_a_household_number_stands_alone_and_is_blamed():
    report = _judge(person(户编号=""), person(证件号码=id_number(serial=3)))

    assert (3, "户编号", "R-50") in _found(report)
    assert [each.number for each in report.households] == ["1"]


def test_hints_are_masked_and_texts_name_nobody():
    wrong = id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2")
    report = _judge(person(证件号码=wrong, 姓名="何有田啊?", 户主姓名="何有田啊?", 联系电话="199"))

    for problem in report.problems:
        shown = problem.value_hint + problem.text + str(problem) + repr(report)
        assert wrong not in shown
        assert "有田" not in shown
        assert wrong[6:14] not in problem.value_hint


def test_missing_unknown_and_double_columns_are_named():
    headings = [h for h in HEADINGS if h != "村民小组"] + ["身高", "姓名"]

    with pytest.raises(Refused) as refused:
        _judge(person(), headings=headings)

    assert refused.value.code == "R-16"
    assert "缺少：村民小组" in refused.value.what
    assert "不认识：身高" in refused.value.what
    assert "重复：姓名" in refused.value.what


def test_columns_may_stand_in_any_order_and_the_error_column_is_passed_over():
    report = _judge(
        {**person(), ERROR_HEADING: "改好了"}, headings=[ERROR_HEADING, *reversed(HEADINGS)]
    )

    assert report.problems == ()
    assert report.people == 1


def test_headings_with_spaces_and_line_breaks_are_known():
    spaced = [" 证件\n号码 " if h == "证件号码" else h for h in HEADINGS]
    rows = [(1, spaced), (2, [person().get(h, "") for h in HEADINGS])]

    assert table_of(rows).rows[0].cells["证件号码"] == id_number()


def test_rows_that_hold_only_a_serial_number_are_not_people():
    assert _judge(person(序号="1"), {"序号": "2"}, {ERROR_HEADING: ""}).rows == 1


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(1, ["花名册"])],
        [(1, ["姓名", "年龄"]), (2, ["何", "3"])],
        [(n, ["x"]) for n in range(1, 30)],
    ],
)
def test_a_sheet_without_headings_is_refused(rows):
    with pytest.raises(Refused) as refused:
        table_of(rows)

    assert refused.value.code == "R-16"


def test_a_cell_under_no_heading_is_refused():
    with pytest.raises(Refused) as refused:
        table_of([(1, HEADINGS), (2, [*["x"] * len(HEADINGS), "旁注"])])

    assert refused.value.code == "R-16"
    assert "第2行" in refused.value.what


def test_a_roster_of_nobody_is_refused():
    with pytest.raises(Refused) as refused:
        _judge()

    assert refused.value.code == "R-17"


NASTY = st.sampled_from(
    [
        *("", "0", "-1", "1e9", "九", "户主", "无", "是", "；；", "（）", "何（）", "，", "1.2.3"),
        *("工资", "工资1", "工资-1", "存款1；", "\U0001f600", "\ue000", "9" * 400, "2026-02-30"),
        *("4.5E+17", id_number(), id_number()[:17] + "x", "nan", "inf", "居民身份证", "低保", "²"),
        *("٣", "一级", "𠮷", "1900-01-01", "99999999", "²²²²-²²-²²", "459901²²²²²²²²²²²²"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.dictionaries(st.sampled_from(HEADINGS), NASTY | st.text(max_size=12), min_size=1))
def test_no_text_in_any_cell_is_more_than_a_problem(cells):
    report = _judge(person(**cells))

    assert report.rows == 1
    assert len(report.households) == (0 if report.problems else 1)
