"""Calibrating a printer: the page goes out, four figures come back, a sentence says what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Refused
from app.ui.printing.calibration_screen import build_calibration_screen
from app.ui.printing.calibration_words import judged, read_lengths
from tests.hands import Hands
from tests.work_pages import PaperPrinters, Room


def measured(across="100", down="100", left="50", top="90") -> dict[str, Decimal]:
    return read_lengths({"across": across, "down": down, "left": left, "top": top})


def test_a_true_printer_is_said_to_be_one():
    verdict = judged(measured("100", "99.5", "50.5", "90"))

    assert verdict.is_good
    assert verdict.sentences == ("大小和位置都对，表可以放心打。",)


def test_a_page_made_to_fit_is_told_from_a_shift_and_how_to_mend_it_is_said():
    verdict = judged(measured("97", "97", "48.5", "87.3"))

    assert not verdict.is_good
    assert verdict.sentences == (
        "打小了 3%。请在打印机的设置里选“实际大小”，不要选“适合纸张”，再打一张。",
    )


@pytest.mark.parametrize(
    ("left", "top", "said", "good"),
    [
        ("53", "90", "整张偏右 3 毫米，表还在纸里，不要紧。", True),
        ("50", "82", "整张偏上 8 毫米，请把纸靠紧挡板，再打一张；还这样就请人看看打印机。", False),
    ],
)
def test_a_shift_is_told_with_its_side_and_whether_forms_still_fit(left, top, said, good):
    verdict = judged(measured(left=left, top=top))

    assert verdict == ((said,), good)


@pytest.mark.parametrize("typed", ["", "十厘米", "10", "1000", "NaN", "-100", "1e2000000"])
def test_what_is_no_measurement_is_refused_at_its_field(typed):
    with pytest.raises(Refused) as refused:
        measured(down=typed)

    assert (refused.value.code, refused.value.field) == ("P-60", "down")


def test_the_page_is_printed_measured_and_judged_by_keys(room: Room, qtbot: QtBot):
    printers = PaperPrinters()
    screen = build_calibration_screen(printers, room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen)
    hands = Hands(screen.view)

    hands.click(screen.view.print)
    room.settle()
    screen.view.fields["across"].setFocus()
    for figure in ("97", "97", "48.5", "87.3"):
        hands.type(figure)
        hands.press("Return")
    hands.press("Ctrl+Return")
    room.settle()

    assert printers.sent[0][0].startswith(b"%PDF")
    assert screen.view.verdict.headline.text().startswith("打小了 3%")


def test_a_wrong_figure_is_said_at_its_field(room: Room, qtbot: QtBot):
    screen = build_calibration_screen(PaperPrinters(), room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen)

    screen.view.done.click()
    room.settle()

    assert "P-60" in screen.view.problem.detail.text()
