"""The page of reviews and 渐退 on a real vault, by keys: from the proposal to its papers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.grace_states import GraceStatus
from app.domain.standing import (
    BenefitKind,
    CaseClass,
    CertificateKind,
    EndsBy,
    ReviewResult,
)
from app.services.standing import NewBenefit, NewCertificate
from app.ui.standing.deeds import DeedKind
from app.ui.standing.desk import StandingDesk
from app.ui.standing.screen import build_standing_screen
from tests.hands import Hands
from tests.screens import texts
from tests.standing import FROZEN, MANGSHI, TIANJIN, TOWNSHIP, grace_in_room
from tests.work_pages import WU, PaperPrinters, Room


class Page:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.printers = PaperPrinters()
        desk = room.desk
        self.screen = build_standing_screen(
            StandingDesk(desk.standing_book, desk.graces, desk.standing),
            desk.printing,
            self.printers,
            room.bench,
        )
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

    def compose(self, text: str) -> Page:
        self.hands.compose(text)
        self.room.settle()
        return self

    def deed(self, kind: DeedKind) -> Page:
        """Tab to the deed's button and press it."""
        return self.print(kind.label)

    def print(self, name: str) -> Page:
        """Tab to a button and press it."""
        button = next(one for one in self.view.buttons if one.text().strip() == name)
        for _ in range(40):
            if QApplication.focusWidget() is button:
                break
            self.press("Tab")
        assert QApplication.focusWidget() is button
        return self.press("Space")

    def file(self):
        return self.room.do(lambda: self.room.desk.standing_book.file(WU))

    def deeds(self):
        return [one.text() for one in self.view.buttons]

    def said(self):
        return "".join(texts(self.view))


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


@pytest.fixture
def graced(page: Page) -> Page:
    """A household whose test carries Tianjin's 渐退, where the township confirms."""
    grace_in_room(page.room, WU)
    return page.show()


def at(page: Page, day: date) -> None:
    page.room.clock.advance(days=(day - page.room.clock.today()).days)


def test_by_keys_from_the_proposal_to_the_running_grace(graced):
    graced.deed(DeedKind.PROPOSE).compose("儿子进厂上班").press("Ctrl+Return")
    assert graced.file().grace.status is GraceStatus.PROPOSED
    assert "儿子进厂上班" in graced.said()

    graced.deed(DeedKind.APPROVE).press("Return")
    graced.compose("镇民政办").press("Return").compose("练民渐3号").press("Ctrl+Return")
    assert graced.file().grace.status is GraceStatus.APPROVED

    at(graced, date(2026, 4, 1))
    graced.show().deed(DeedKind.BEGIN)
    assert graced.file().grace.status is GraceStatus.RUNNING
    assert [row.cells[3].text for row in graced.view.months.rows.rows()] == [
        "235.00 元", "470.00 元", "705.00 元", "823.00 元", "941.00 元", "1,059.00 元",
    ]  # fmt: skip


def test_a_step_that_cannot_be_done_says_so_and_the_page_takes_the_next(graced):
    graced.deed(DeedKind.PROPOSE).press("Ctrl+Return")
    graced.deed(DeedKind.APPROVE).press("Ctrl+Return")
    assert "还没写是谁定的" in graced.said()
    assert graced.view.fields.told_by.isVisible()


def test_a_deed_without_fields_that_is_refused_leaves_the_page_as_it_was(page):
    grace_in_room(page.room, WU, TOWNSHIP + MANGSHI)
    page.show().deed(DeedKind.PROPOSE).press("Ctrl+Return")
    page.deed(DeedKind.APPROVE).press("Return")
    page.compose("镇民政办").press("Return").compose("3号").press("Ctrl+Return")
    at(page, date(2026, 4, 1))

    page.show().deed(DeedKind.BEGIN)

    assert "县里还没说每月发几成" in page.said()
    assert page.file().grace.status is GraceStatus.APPROVED
    assert page.view.deeds.isEnabled()


def test_a_step_whose_day_has_not_come_is_told_and_not_offered(graced):
    graced.deed(DeedKind.PROPOSE).press("Ctrl+Return")
    graced.deed(DeedKind.APPROVE).press("Return")
    graced.compose("镇民政办").press("Return").compose("3号").press("Ctrl+Return")
    assert DeedKind.BEGIN.label not in graced.deeds()
    assert "2026年4月1日起才开始" in graced.said()

    at(graced, date(2026, 4, 1))
    graced.show().deed(DeedKind.BEGIN)
    assert DeedKind.END.label not in graced.deeds()
    assert "2026年9月30日满，第二天起可以记期满" in graced.said()
    assert not graced.view.buttons[0].text().startswith(DeedKind.REINSTATE.label)

    at(graced, date(2026, 9, 30))
    assert DeedKind.END.label not in graced.show().deeds()
    at(graced, date(2026, 10, 1))
    graced.show().deed(DeedKind.END)
    assert graced.file().grace.status is GraceStatus.ENDED


def test_where_the_county_decides_the_deeds_are_not_offered_and_it_says_why(page):
    grace_in_room(page.room, WU, TIANJIN)
    page.show().deed(DeedKind.PROPOSE).press("Ctrl+Return")

    assert DeedKind.APPROVE.label not in page.deeds()
    assert "由县里定" in page.said()


def test_a_freeze_of_exits_stands_on_the_page_with_its_clause(page):
    grace_in_room(page.room, WU, TOWNSHIP + TIANJIN + FROZEN)
    page.show().deed(DeedKind.PROPOSE).press("Ctrl+Return")

    assert "现在暂停退出，满了也先不退（示例文件" in page.said()


def test_open_shares_are_typed_as_they_were_told(page):
    grace_in_room(page.room, WU, TOWNSHIP + MANGSHI)
    page.show().deed(DeedKind.PROPOSE).press("Ctrl+Return")
    assert "一共 6 到 12 个月" in page.said()

    page.deed(DeedKind.SCHEDULE).compose("6个月100%").press("Ctrl+Return")

    assert len(page.file().grace.shares) == 6
    assert DeedKind.SCHEDULE.label not in page.deeds()


def test_a_review_by_keys_starts_the_clock(page):
    page.show().deed(DeedKind.REVIEW).press("1", "1", "Ctrl+Return")

    (review,) = page.file().reviews
    assert (review.result, review.case_class) == (ReviewResult.NO_CHANGE, CaseClass.STABLE)
    assert page.file().review.due_on == date(2027, 3, 2)


def test_who_leaves_makes_the_review_due_and_prints_its_table(page):
    page.show().deed(DeedKind.REMOVE)
    page.compose("吴小妹").press("Return").compose("出嫁").press("Ctrl+Return")

    assert page.file().review.due_on == date(2026, 3, 2)
    page.print("增减员表")
    assert len(page.printers.sent) == 1


def test_the_notice_of_a_grace_is_printed(graced):
    graced.deed(DeedKind.PROPOSE).press("Ctrl+Return")

    graced.print("渐退告知书")

    assert len(graced.printers.sent) == 1


def test_a_benefit_is_recorded_and_stopped_from_its_line(page):
    page.show().deed(DeedKind.RECEIVE).press("4", "Return")
    page.press("Ctrl+Return")
    (benefit,) = page.file().benefits
    assert benefit.to_month is None

    page.view.benefits.setFocus()
    page.press("Return")
    page.compose("换了别的").press("Ctrl+Return")

    (benefit,) = page.file().benefits
    assert benefit.stop_reason == "换了别的"
    page.view.benefits.setFocus()
    page.press("Return")
    assert page.view.record.isVisible()


def test_going_back_keeps_what_was_typed(page):
    page.show().deed(DeedKind.REMOVE).compose("吴小妹").press("Return")
    page.view.back_requested.emit()
    page.room.settle()
    assert page.view.record.isVisible()

    page.deed(DeedKind.REMOVE)

    assert page.view.fields.name.text() == "吴小妹"


def test_the_list_leads_to_a_household_and_back(graced):
    graced.deed(DeedKind.PROPOSE).press("Ctrl+Return")
    graced.press("Ctrl+B")
    assert graced.view.overview.isVisible()

    graced.press("Return")

    assert graced.view.record.isVisible()
    assert "吴秀兰" in graced.view.title.text()


def test_below_the_list_stands_what_made_the_day_of_the_line_at_hand(page):
    """Two lines of one household, each with its own."""
    standing = page.room.desk.standing
    grant = NewBenefit(
        household=WU,
        kind=BenefitKind.OTHER,
        since=date(2026, 1, 1),
        ends_on=date(2026, 3, 10),
        ends_by=EndsBy.TERM,
    )
    page.room.do(lambda: standing.receive(grant))
    card = NewCertificate(
        household=WU, name="吴秀兰", kind=CertificateKind.DISABILITY, valid_to=date(2026, 3, 20)
    )
    page.room.do(lambda: standing.certify(card))
    page.show(None)
    first = page.view.rule.text()

    page.press("Down")

    assert first == "最晚 2026年3月10日 星期二　依据：批的期限到了要重新认定"
    assert page.view.rule.text().endswith("　依据：残疾人两项补贴要有在有效期里的残疾证")
    assert page.view.rule.isVisible()


def test_an_empty_list_says_so(page):
    page.show(None)

    assert page.view.nobody.isVisible()
