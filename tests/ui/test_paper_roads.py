"""From a referral and from a care agreement it is one press to its papers."""

from __future__ import annotations

from datetime import date
from functools import partial

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.domain.caring import WatchCause
from app.services.care_agreements import NewCare
from app.services.watchlist import NewWatch
from app.ui.caring.desk import CaringDesk
from app.ui.caring.screen import build_caring_screen
from app.ui.printing.printer import print_pages
from app.ui.printing.screen import build_print_screen
from app.ui.referrals.screen import build_referral_screen
from tests import papers
from tests.visiting import new_referral
from tests.work_pages import WU, PaperPrinters, Room

TODAY = date(2026, 3, 2)


def referred(room: Room) -> str:
    home = room.do(lambda: room.desk.households.open(WU))
    return room.do(lambda: room.desk.referrals.refer(new_referral(home)))


def cared(room: Room) -> str:
    new = NewCare(
        household=WU, name="吴秀兰", carer="韦阿姐", starts_on=TODAY, ends_on=date(2026, 12, 31)
    )
    return room.do(lambda: room.desk.care_agreements.draft(new))


def caring_page(room: Room, qtbot: QtBot):
    desk = room.desk
    services = (desk.care_agreements, desk.watchlist, desk.complaints, desk.case_plans)
    screen = build_caring_screen(CaringDesk(desk.caring_book, *services), room.bench)
    qtbot.addWidget(screen.view)
    return screen


def test_a_referral_leads_to_its_sheet(room: Room, qtbot: QtBot):
    referral = referred(room)
    screen = build_referral_screen(room.desk.referrals, room.desk.households.find, room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen, referral)

    assert screen.view.paper.isVisible()
    screen.view.paper.click()

    assert room.went[-1] == ("printing", referral)


def test_an_agreement_leads_to_its_papers_and_an_entry_to_the_household_s(room, qtbot):
    care = cared(room)
    watch = NewWatch(
        household=WU, cause=WatchCause.AT_RISK_MARGINAL, note="欠账看病", noticed_on=TODAY
    )
    entry = room.do(lambda: room.desk.watchlist.notice(watch))
    screen = caring_page(room, qtbot)
    for subject in (care, entry):
        room.show(screen, subject)
        screen.view.papers.click()

    assert room.went[-2:] == [("printing", care), ("printing", WU)]


def test_the_list_of_what_is_in_hand_has_no_papers_of_its_own(room, qtbot):
    screen = caring_page(room, qtbot)
    room.show(screen, None)

    assert not screen.view.papers.isVisible()


def test_the_print_page_opened_with_an_agreement_ticks_its_papers_alone(room, qtbot):
    care = cared(room)
    screen = build_print_screen(
        room.desk.printing, room.desk.households, PaperPrinters(), room.bench
    )
    qtbot.addWidget(screen.view)
    room.show(screen, care)

    ticked = [line.form for line in screen.view.offers.lines if line.box.isChecked()]
    assert ticked == ["F13", "F14"]


def test_a_notice_for_the_board_reaches_the_printer_on_paper_twice_as_large(room, tmp_path):
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    pdf = papers.pdf_of("F07A3")

    room.work.run(partial(print_pages, pdf, device), done=print, failed=print)
    room.settle()

    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert printed[0].get_size() == pytest.approx((842, 1191), abs=2)
