"""The page of care agreements, the watch list and complaints on a real vault, by keys."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.care_states import CareEvent, CareStatus
from app.domain.caring import (
    AbilityKind,
    CareEnd,
    Complaint,
    ComplaintChannel,
    SelfCareAssessment,
)
from app.domain.case_plan_states import CaseEvent, CaseStage
from app.domain.people import SelfCare
from app.domain.watch_states import WatchEvent, WatchStatus
from app.domain.words import Word
from app.ui.caring.deeds import CaringForm, Start, asked_for
from app.ui.caring.desk import CaringDesk
from app.ui.caring.screen import build_caring_screen
from app.ui.household.desk import HouseholdDesk
from app.ui.household.screen import build_household_screen
from app.ui.standing.desk import StandingDesk
from app.ui.standing.screen import build_standing_screen
from app.ui.widgets.figures import DateEdit
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import WU, PaperPrinters, Room


class Page:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        desk = room.desk
        services = (desk.care_agreements, desk.watchlist, desk.complaints, desk.case_plans)
        self.screen = build_caring_screen(CaringDesk(desk.caring_book, *services), room.bench)
        qtbot.addWidget(self.screen.view)
        self.hands = Hands(self.screen.view)

    @property
    def view(self):
        return self.screen.view

    def show(self, subject: str | None = WU) -> Page:
        self.room.show(self.screen, subject)
        return self

    def press(self, *chords: str) -> Page:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def fill(self, *words: str) -> Page:
        """Compose a word, go on; the last one is confirmed."""
        for word in words:
            self.hands.compose(word)
            self.room.settle()
            self.press("Return")
        return self.press("Ctrl+Return")

    def deed(self, kind: Word) -> Page:
        """Tab to the deed's button and press it."""
        button = next(one for one in self.view.buttons if one.text().strip() == kind.label)
        for _ in range(40):
            if QApplication.focusWidget() is button:
                break
            self.press("Tab")
        assert QApplication.focusWidget() is button
        return self.press("Space")

    def file(self, subject: str = WU):
        return self.room.do(lambda: self.room.desk.caring_book.file(subject))

    def lines(self):
        return self.room.do(self.room.desk.caring_book.lines)

    def said(self):
        return "".join(texts(self.view))


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


def test_by_keys_from_the_draft_of_an_agreement_to_its_end(page):
    name = page.file().who
    page.show().deed(Start.DRAFT)
    page.fill(
        *(name, "韦阿姐", "13800000000", "邻居", "459901197203090026", "三组5号"),
        *("300", "做饭", "今天", "2026-12-31"),
    )
    made = page.file().at
    assert made.status is CareStatus.DRAFTED
    assert (made.carer_relation, made.carer_id_number, made.carer_address) == (
        "邻居", "459901197203090026", "三组5号",
    )  # fmt: skip
    page.deed(CareEvent.SIGN).press("Ctrl+Return")
    page.deed(CareEvent.BEGIN).press("Ctrl+Return")
    assert "应急预案缺" in page.said()
    page.deed(CareEvent.CHECK).press("1", "1", "Ctrl+Return")
    assert "应急预案有" in page.said()
    page.deed(CareEvent.TERMINATE).press("4").fill("搬去女儿家")
    page.deed(CareEvent.CLOSE).press("Ctrl+Return")

    found = page.file().records[0]
    assert (found.status, found.ended_by) == (CareStatus.CLOSED, CareEnd.MOVED)
    assert "搬走了" in page.said()


def test_by_keys_on_to_the_watch_list_with_the_paper_of_whoever_said_so(page):
    page.show().deed(Start.NOTICE).press("2").fill("欠账看病")
    page.deed(WatchEvent.VERIFY).fill("确实欠账")
    page.deed(WatchEvent.LIST).press("Ctrl+Return")
    assert "还没写是谁" in page.said()
    assert page.file().at.status is WatchStatus.VERIFIED

    page.hands.compose("县乡村振兴局")
    page.press("Return").fill("8号")

    assert page.file().at.status is WatchStatus.LISTED
    assert "还没比对过" in page.said()


def test_by_keys_a_case_is_opened_and_its_first_step_written(page):
    """Beyond the words themselves: the button, a line, a day, and again."""
    page.show().deed(Start.OPEN_CASE)
    page.fill("孩子辍学，奶奶带不动", "3-6")
    opened = page.hands.count
    assert "【识别对象】" in page.said()
    assert "识别对象说定哪天做：2026年3月6日" in page.said()
    page.deed(CaseEvent.DONE).press("Ctrl+Return")
    assert "这一项要写清楚" in page.said()
    page.fill("是这一家，奶奶也说难", "镇社工站", "3-10")

    at = page.file().at
    assert (at.status, at.due_on, at.need) == (
        CaseStage.ANALYSE, date(2026, 3, 10), "孩子辍学，奶奶带不动",
    )  # fmt: skip
    assert "【分析需求】" in page.said()
    assert "识别对象：做完这一步，镇社工站，是这一家" in page.said()
    assert opened <= 20
    (line,) = page.lines()
    assert (line.due_on, line.record.id) == (date(2026, 3, 10), at.id)


def test_a_case_half_told_comes_up_again(page):
    page.show().deed(Start.OPEN_CASE)
    page.hands.compose("老人没人陪")
    page.room.settle()
    page.press("Return")

    page.show(None)
    page.show().press("Ctrl+Return")

    assert page.file().at.need == "老人没人陪"


def test_a_complaint_about_nobody_here_is_noted_from_the_list_and_answered(page):
    page.show(None)
    assert "现在没有照料协议" in page.said()
    page.deed(Start.COMPLAIN).press("2").fill("过路的人", "低保没有公示")
    (line,) = page.lines()
    assert isinstance(line.record, Complaint)
    page.press("Ctrl+B")
    assert "过路的人" in "".join(cell.text for cell in page.view.list.rows.rows()[0].cells)

    page.view.list.setFocus()
    page.press("Return")
    page.deed(Start.ANSWER).fill("已经补贴了")

    assert page.lines() == []
    assert "已经补贴了" in page.said()


def test_below_the_list_stands_what_made_the_day_of_the_line_at_hand(page):
    page.show().deed(Start.OPEN_CASE).fill("孩子辍学", "3-6")
    page.show(None).deed(Start.COMPLAIN).press("2").fill("过路的人", "低保没有公示")
    page.press("Ctrl+B")
    rules = []
    for _ in page.lines():
        rules.append(page.view.rule.text())
        page.press("Down")

    assert page.view.rule.isVisible()
    assert rules[0].startswith("最晚 2026年3月6日 星期五　依据：识别对象到跟踪问效，六步走（")
    assert "投诉" in rules[1]
    assert all("依据" in one for one in rules)


def test_a_day_that_may_be_left_out_says_which_day_it_is_then(page):
    day = page.show().view.fields.findChild(DateEdit, "caring-happened_on")

    assert day.placeholderText() == "不填就是今天"


def test_going_back_from_a_deed_keeps_what_was_typed(page):
    page.show().deed(Start.COMPLAIN).press("1").hands.compose("老李")
    page.room.settle()
    page.press("Return")

    page.view.back_requested.emit()
    page.room.settle()
    page.deed(Start.COMPLAIN)

    assert page.view.fields.findChild(type(page.view.fields.note), "caring-who").text() == "老李"


def test_a_record_that_is_gone_is_said_to_be_so(page):
    page.show("nobody")

    assert "找不到" in page.said()


def test_every_deed_asks_for_something():
    assert all(
        asked_for(deed) for words in (Start, CareEvent, WatchEvent, CaseEvent) for deed in words
    )


def test_a_household_and_the_page_of_reviews_lead_here(room: Room, qtbot: QtBot):
    desk = HouseholdDesk(room.desk.households, room.desk.lacks, room.desk.changes)
    household = build_household_screen(desk, room.bench)
    services = StandingDesk(room.desk.standing_book, room.desk.graces, room.desk.standing)
    reviews = build_standing_screen(services, room.desk.printing, PaperPrinters(), room.bench)
    for screen, subject in ((household, WU), (reviews, None)):
        qtbot.addWidget(screen.view)
        room.show(screen, subject)

        screen.view.caring.click()

    assert room.went == [("caring", WU), ("caring", None)]


# what is half told


def half_told(room: Room, qtbot: QtBot, subject: str | None = WU) -> Page:
    page = Page(room, qtbot).show(subject)
    page.view.chosen.emit(Start.COMPLAIN)
    room.settle()
    page.view.answered.emit("content", "没有公示")
    page.view.answered.emit("channel", ComplaintChannel.LETTER)
    room.settle()
    page.view.hide()
    return page


@pytest.mark.parametrize("subject", [None, WU])
def test_a_deed_half_told_comes_up_again_and_is_done(room: Room, qtbot: QtBot, subject):
    half_told(room, qtbot, subject)

    again = Page(room, qtbot).show(subject)
    again.screen.presenter.confirm()
    room.settle()

    (made,) = room.ask(lambda work: work.caring.complaints())
    assert (made.household, made.content, made.channel) == (
        subject,
        "没有公示",
        ComplaintChannel.LETTER,
    )
    assert room.do(room.desk.drafts.keys) == []


def test_a_deed_put_aside_does_not_come_up_again(room: Room, qtbot: QtBot):
    half_told(room, qtbot).screen.presenter.back()
    room.settle()

    again = Page(room, qtbot).show()

    assert again.screen.presenter._deed is None
    assert room.do(room.desk.drafts.keys) == []


def test_what_was_half_told_of_one_record_comes_up_with_that_record(room: Room, qtbot: QtBot):
    page = Page(room, qtbot).show()
    desk = page.screen.presenter._desk
    file = room.do(lambda: desk.see(WU))
    for content in ("第一件", "第二件"):
        form = CaringForm(content=content)
        room.do(partial(desk.do, file, Start.COMPLAIN, form))
    first = room.ask(lambda work: work.caring.complaints_about(WU))[-1]
    page = Page(room, qtbot).show(first.id)
    page.view.chosen.emit(Start.ANSWER)
    room.settle()
    page.view.answered.emit("answer", "贴了，拍了照")
    room.settle()
    page.view.hide()

    again = Page(room, qtbot).show(WU)
    again.screen.presenter.confirm()
    room.settle()

    answered = room.ask(lambda work: work.caring.complaint(first.id))
    assert answered.answer == "贴了，拍了照"


def test_a_deed_that_can_no_more_be_done_stays_away(room: Room, qtbot: QtBot):
    page = Page(room, qtbot).show()
    desk = page.screen.presenter._desk
    seen = room.do(lambda: desk.see(WU))
    made = room.do(lambda: desk.do(seen, Start.COMPLAIN, CaringForm(content="没有公示")))
    page = Page(room, qtbot).show(made.at.id)
    page.view.chosen.emit(Start.ANSWER)
    room.settle()
    page.view.answered.emit("answer", "贴了")
    room.settle()
    page.view.hide()
    today = room.clock.today()
    room.do(lambda: room.desk.complaints.answer(made.at.id, today, "另一台电脑答复了"))

    assert Page(room, qtbot).show(made.at.id).screen.presenter._deed is None


def test_by_keys_what_two_assessors_saw_is_written_down_and_printed(page):
    name = page.file().who
    page.show().deed(Start.ASSESS)
    page.hands.compose(name)
    page.press("Return", "6", "7", "Return")
    for assessor in ("韦一", "韦二"):
        page.hands.compose(assessor)
        page.press("Return")
    page.press("2").fill("扶着能走两步", "今天")

    (found,) = [one for one in page.file().records if isinstance(one, SelfCareAssessment)]
    assert [act for act, can in found.acts.items() if not can] == [SelfCare.WALK, SelfCare.BATH]
    assert (found.kind, found.assessors) == (AbilityKind.REVIEW, ("韦一", "韦二"))
    assert found.note == "扶着能走两步"
    assert "半护理，做不了：屋里走动、洗澡" in page.said()

    page.view.papers.click()
    page.room.settle()

    assert page.room.went[-1] == ("printing", found.id)
