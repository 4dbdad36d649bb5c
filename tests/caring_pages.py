"""The page 照料备案 as another page leads to it, and two hands."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.domain.caring import CasePlan
from app.ui.caring.desk import CaringDesk
from app.ui.caring.screen import build_caring_screen
from app.ui.shell.page import PageScreen
from tests.hands import Hands
from tests.work_pages import WU, Room


def caring_screen(room: Room) -> PageScreen:
    desk = room.desk
    services = (desk.care_agreements, desk.watchlist, desk.complaints, desk.case_plans)
    return build_caring_screen(CaringDesk(desk.caring_book, *services), room.bench)


def case_opened(room: Room, qtbot: QtBot) -> list[CasePlan]:
    """The cases of the household after the page was opened as it was asked for, and confirmed."""
    page, subject = room.went[-1]
    assert page == "caring"
    screen = caring_screen(room)
    qtbot.addWidget(screen.view)
    room.show(screen, subject)
    Hands(screen.view).press("Ctrl+Return")
    room.settle()
    cases: list[CasePlan] = room.ask(lambda work: work.caring.case_plans_of(WU))
    return cases
