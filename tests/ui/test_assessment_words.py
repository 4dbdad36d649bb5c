"""The words of the means test: the working, the first impression, what is read out. No window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import (
    Hukou,
    Labour,
    Student,
)
from app.rules import assess
from app.rules.casefile import facts_of
from app.rules.clauses import clauses_of
from app.rules.facts import (
    Facts,
    Income,
)
from app.services.policies import Policies
from app.ui.assessment.blocks import NOTHING, Step
from app.ui.assessment.interview import Interview
from app.ui.assessment.reading_out import check_lines
from app.ui.assessment.table import why_of
from app.ui.assessment.versus import versus_of
from app.ui.theme.tokens import Tone
from tests.cases import layered
from tests.random_cases import random_cases
from tests.screens import strange_words
from tests.talking import ON, SON, asked_all, asked_people, facts, told


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


def test_the_amount_is_said_as_it_was_worked_out():
    """A rounded gap a head, times heads, is another sum than the one that is paid."""
    answer, panel = why(asked_all(Interview(facts(), ON)))

    rung = answer.rung(Category.DIBAO)
    year = answer.income_year
    assert year is not None
    assert not year.fen % 12
    month = Money(year.fen // 12).grouped().removesuffix(".00")
    assert rung.benefit_lines[0].formula == "6300.00 ÷ 12 × 3"
    assert panel.sums[2].words.startswith(f"6,300 元 ÷ 12 × 3 人 − {month} 元")
    assert panel.sums[2].figure == f"{rung.benefit_month.grouped()} 元/月"


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
    assert lines[1].title == "2026年4月到2026年6月，3 个月，发原来的 100%"


def test_a_met_rung_opens_the_clause_that_set_it_up():
    answer, panel = why(asked_all(Interview(facts(), ON)))

    dibao = next(line for line in panel.group("各档看下来") if line.title == "低保")
    pack = Policies().load("practice")
    assert dibao.chip == "符合"
    assert dibao.amount.endswith("/月")
    assert clauses_of(pack, dibao.bases[0], ON)
    assert answer.working.benefit
    assert len(panel.group("金额怎么来（每月）")) == len(answer.working.benefit)
