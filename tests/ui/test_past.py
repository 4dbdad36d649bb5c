"""Earlier tests of a household: two beside each other in words, and one done again as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.households import Category, IncomeKind, Per
from app.domain.ids import AssessmentId
from app.domain.money import Money
from app.domain.people import Student
from app.domain.problem import Refused
from app.rules.facts import Income
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from app.services.assessment_differences import (
    AssessmentDifferences,
    LineChange,
    OutcomeChange,
    ValueChange,
)
from app.services.assessments import Recomputed
from app.ui.nouns import Noun
from app.ui.past.screen import build_past_screen
from app.ui.past.table import change_groups, recomputed_text
from tests.hands import Hands
from tests.screens import assert_chinese, assert_named, strange_words, texts
from tests.work_pages import LI, WU, Room

SON = f"{LI}-child"


class PastPage:
    """The page in front on a household with three tests, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.tests = [room.do(lambda wage=wage: self.tested(wage)) for wage in (300, 900, 900)]
        self.screen = build_past_screen(room.desk.assessments, room.desk.households, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen, LI)
        self.hands = Hands(self.view)

    def tested(self, wage: int) -> AssessmentId:
        desk = self.room.desk
        self.room.clock.advance(days=1)
        facts = desk.assessments.start(LI)
        head, son, girl = facts.household.members
        income = Income(member=son.id, kind=IncomeKind.WAGE, amount=Money.yuan(wage), per=Per.MONTH)
        student = Student.COMPULSORY if wage > 300 else None
        known = {"incomes": (income,), "expenses": (), "assets": (), "obligors": ()}
        household = replace(
            facts.household, members=(head, son, replace(girl, student=student)), **known
        )
        return desk.assessments.save(LI, replace(facts, household=household))

    @property
    def view(self):
        return self.screen.view

    @property
    def changes(self) -> list[str]:
        return [text for text in texts(self.view.changes) if text]

    def press(self, *chords: str) -> PastPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PastPage:
    return PastPage(room, qtbot)


def test_the_tests_stand_there_the_newest_first_compared_with_the_one_before(page: PastPage):
    rows = page.view.table.rows.rows()

    assert [row.key for row in rows] == list(reversed(page.tests))
    assert [row.cells[3].text for row in rows] == ["", "拿它比", ""]
    assert "说的一样，算出来也一样。" in page.changes


def test_down_shows_what_changed_before_that_in_words(page: PastPage):
    page.press("Down")

    assert "李建国 工资：300 元/月 → 900 元/月" in page.changes
    assert "李建国 工资：一年 3,600.00 元 → 一年 10,800.00 元" in page.changes
    assert any(text.startswith("李小雨 在读什么学校：没问 → 小学初中") for text in page.changes)
    assert_chinese(page.view)
    assert_named(page.view)


def test_the_first_test_has_nothing_to_be_compared_with(page: PastPage):
    page.press("Down", "Down")

    assert page.view.pair.text().startswith("再往前没有别的测算了")


def test_any_two_can_be_compared_the_older_one_first(page: PastPage):
    page.press("Down", "Down", "Return", "Up", "Up")

    base = [row.key for row in page.view.table.rows.rows() if row.cells[3].text]
    assert base == [page.tests[0]]
    assert "李建国 工资：300 元/月 → 900 元/月" in page.changes


def test_enter_again_lets_go_of_it(page: PastPage):
    page.press("Down", "Down", "Return", "Return", "Up", "Up")

    base = [row.key for row in page.view.table.rows.rows() if row.cells[3].text]
    assert base == [page.tests[1]]


def test_a_test_recomputes_with_the_pack_it_had(page: PastPage):
    page.hands.click(page.view.recompute)
    page.room.settle()

    assert page.view.said.headline.text() == "用当时的政策包重算，结果一致。"


def test_a_pack_that_is_gone_is_said_as_a_problem(page: PastPage):
    page.view.show_problem(Refused("政策包不在这台电脑上。", do="请先同步。", code="C-22"))

    assert page.view.problem.isVisible()


def test_it_leads_back_to_the_talk(page: PastPage):
    page.hands.click(page.view.again)

    assert page.room.went == [("assessment", LI)]


def test_a_test_made_meanwhile_comes_in(page: PastPage):
    page.room.do(lambda: page.tested(1000))

    page.room.changes.announce(frozenset({Noun.ASSESSMENT}))
    page.room.settle()

    assert len(page.view.table.rows.rows()) == 4


def test_a_household_never_tested_says_so(page: PastPage):
    page.screen.presenter.open(WU)
    page.room.settle()

    assert page.view.table.rows.rows() == ()
    assert not page.view.recompute.isEnabled()


def test_every_kind_of_difference_is_said_without_a_strange_word():
    month = Money.yuan(100)
    found = AssessmentDifferences(
        is_other_pack=True,
        suggested_before=None,
        suggested_after=Category.WATCHLIST,
        benefit_before=None,
        benefit_after=month,
        facts=(),
        values=(
            ValueChange("a", "低保标准", "500 元/月", "", "甲号 一"),
            ValueChange("b", "单人保的人群", "", "", "甲号 二"),
        ),
        lines=(
            LineChange(
                "全家",
                "养老金",
                month,
                None,
                Treatment.COUNTED,
                None,
            ),
            LineChange("全家", "房租", month, month, Treatment.COUNTED, Treatment.DISREGARDED),
        ),
        sums=(),
        outcomes=(
            OutcomeChange(
                Category.DIBAO,
                Outcome.UNKNOWN,
                Outcome.MEETS,
                None,
                month,
                ("甲。", "乙。", "丙。"),
            ),
        ),
    )

    said = [line for group in change_groups(found) for line in group.lines]

    assert said == [
        "两次用的不是同一版政策包",
        "初步看：还看不出来，或者都够不上 → 登记备案",
        "每月金额：没有 → 100.00 元",
        "低保标准：500 元/月 → —（甲号 一）",
        "单人保的人群：换了规定（甲号 二）",
        "全家 养老金：一年 100.00 元 → 没有",
        "全家 房租：一年 100.00 元 → 一年 100.00 元，从计入改成不计入",
        "低保：还定不了 → 符合，每月 100.00 元（甲；乙）",
    ]
    assert [text for text in said if strange_words(text)] == []


def test_what_does_not_recompute_is_named_in_words(page: PastPage):
    record = page.room.ask(lambda work: work.casework.assessments_of(LI))[0]
    found = page.room.do(lambda: page.room.desk.assessments.recompute(record.id))

    headline, detail = recomputed_text(
        Recomputed(found.record, found.answer, ("income_year", "lines", "novelty"))
    )

    assert headline == "用当时的政策包重算，有地方和当时不一样。"
    assert detail.startswith("不一样的是：一年收入、收入的算式、别的地方。")


def test_the_list_says_how_each_ended_and_nothing_of_it_is_cut(page: PastPage):
    page.view.resize(982, 482)
    page.room.settle()

    table = page.view.table
    for row, line in enumerate(table.rows.rows()):
        for column in range(4):
            index = table.model().index(row, column)
            assert table.sizeHintForIndex(index).width() <= table.columnWidth(column)
        assert line.cells[1].text in ("低保", "还看不出来")
    assert table.horizontalScrollBar().maximum() == 0


def test_a_test_without_a_rung_says_whether_anything_was_left_open(page: PastPage):
    desk = page.room.desk
    page.room.do(lambda: desk.assessments.save(WU, desk.assessments.start(WU)))
    page.room.do(lambda: page.tested(9000))

    page.screen.presenter.open(WU)
    page.room.settle()
    left_open = page.view.table.rows.rows()[0].cells[1].text
    page.screen.presenter.open(LI)
    page.room.settle()

    assert left_open == "还看不出来"
    assert page.view.table.rows.rows()[0].cells[1].text == "都够不上"


def test_coming_again_the_newest_test_is_the_one_looked_at(page: PastPage):
    page.press("Down", "Down")
    page.room.do(lambda: page.tested(1000))

    page.screen.presenter.open(LI)
    page.room.settle()

    newest = page.view.table.rows.rows()[0].key
    assert page.view.table.current_key() == newest
    assert "李建国 工资：900 元/月 → 1,000 元/月" in page.changes


def test_sums_are_written_as_amounts(page: PastPage):
    page.press("Down")

    assert "一年收入：3,600.00 元 → 10,800.00 元" in page.changes
