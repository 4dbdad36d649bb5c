"""The print centre on a real vault: what can be had, what it looks like, where it goes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.documents.registry import form_of
from app.domain import documentno
from app.domain.households import HouseholdLine
from app.domain.problem import Unavailable
from app.services.paper_offers import PaperOffer
from app.ui.printing.printer import MachinePrinters, image_of, print_pages
from app.ui.printing.raster import picture, pictures
from app.ui.printing.table import COPIES, copies_text, missing_text, usual_copies
from tests import papers
from tests.papers import pdf_of
from tests.pdfs import joined
from tests.print_page import PrintPage
from tests.screens import texts
from tests.work_pages import LI, WU, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def test_what_can_be_had_is_ticked_and_what_is_missing_is_named(page: PrintPage):
    page.type("lgf").press("Return")

    assert page.ticked() == ["F01", "F02", "F03", "F15"]
    page.type("4")
    assert any(text.startswith("缺：没有先行救助") for text in texts(page.view.offers))


def test_the_preview_is_the_paper_itself(page: PrintPage):
    page.type("lgf").press("Return")

    image = page.view.preview.page._image
    assert image.width() > 1000
    assert image.height() > image.width()
    assert image.pixelColor(2, 2) == Qt.GlobalColor.white
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    )
    assert dark > 100
    assert page.view.preview.words.text().startswith("第 1 页，共")


def test_looking_is_not_printing(page: PrintPage):
    page.type("lgf").press("Return", "Ctrl+PgDown")

    assert page.view.preview.words.text().startswith("第 2 页")
    assert page.prints() == []


def serials(page: PrintPage) -> int:
    """The number the next paper will take."""
    return page.room.ask(
        lambda work: work.connection.exec_driver_sql("SELECT next_serial FROM device").scalar_one()
    )


def numbers(page: PrintPage, form: str) -> list[str]:
    """Numbers of the papers that left, in their order."""
    return page.room.ask(
        lambda work: [
            row[0]
            for row in work.connection.exec_driver_sql(
                "SELECT document_no FROM print_record WHERE form = ? ORDER BY printed_at, id",
                (form,),
            )
        ]
    )


def words(pdf: bytes) -> str:
    """Everything written on the pages."""
    book = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in book)


def test_looking_three_times_and_printing_once_takes_one_number(page: PrintPage):
    before = serials(page)

    for _ in range(3):
        page.screen.presenter.open(LI)
        page.room.settle()
    assert serials(page) == before
    page.press("Ctrl+P")

    assert serials(page) == before + 1
    assert documentno.parse(numbers(page, "F15")[0]).serial == before


def test_what_is_looked_at_says_so_and_what_is_printed_does_not(page: PrintPage):
    page.type("lgf").press("Return")
    seen = page.screen.presenter._proof("F15").paper

    page.press("Ctrl+P")
    printed = page.printers.sent[-1][0]

    assert "预览" in words(seen.pdf)
    assert "打印时编号" in words(seen.pdf)
    assert "打印时生成" in words(seen.pdf)
    assert seen.code == ""
    assert "预览" not in words(printed)


def test_a_number_whose_paper_did_not_leave_is_kept_for_it(page: PrintPage):
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    before = serials(page)
    page.type("lgf").press("Return", "Ctrl+P", "Ctrl+P")

    page.printers.problem = None
    page.press("Ctrl+P")

    assert serials(page) == before + 1
    assert documentno.parse(numbers(page, "F15")[0]).serial == before


def test_one_key_prints_what_is_ticked_and_records_it(page: PrintPage):
    page.type("lgf").press("Return", "Ctrl+P")

    assert sorted(page.prints()) == ["F01", "F02", "F03", "F15"]
    assert [pdf[:4] for pdf, _printer in page.printers.sent] == [b"%PDF"] * 4
    assert "村部的打印机" in page.view.said.headline.text()


def test_a_digit_takes_a_paper_out_of_the_pile(page: PrintPage):
    page.type("lgf").press("Return")
    page.view.offers.lines[0].box.setFocus()

    page.type("2").press("Ctrl+P")

    assert sorted(page.prints()) == ["F01", "F03", "F15"]


def test_one_copy_of_each_is_fewer_pages(page: PrintPage):
    page.type("lgf").press("Return")
    two = page.view.amount.text()
    page.view.copies.setFocus()

    page.type("1")
    one = page.view.amount.text()
    page.press("Ctrl+P")

    assert two != one
    pages = sum(len(pypdfium2.PdfDocument(pdf)) for pdf, _printer in page.printers.sent)
    assert f"共 {pages} 页" in one


def test_a_third_copy_is_made_where_there_is_somebody_to_keep_it(page: PrintPage):
    page.type("lgf").press("Return").type("2")
    page.view.copies.setFocus()

    page.type("3").press("Ctrl+P")

    prints = page.room.ask(lambda work: work.casework.household_prints(LI))
    kept = [words(pdf).count("（村（居）存）") for pdf, _printer in page.printers.sent]
    assert {one.form: one.copies for one in prints} == {"F01": 3, "F02": 2, "F03": 1}
    assert [bool(times) for times in sorted(kept)] == [False, False, True]


def test_a_second_print_says_that_it_is_one(page: PrintPage):
    page.type("lgf").press("Return", "Ctrl+P", "Ctrl+P")

    numbers = page.room.ask(
        lambda work: [
            row[0]
            for row in work.connection.exec_driver_sql(
                "SELECT reprint_no FROM print_record WHERE form = 'F01' ORDER BY reprint_no"
            )
        ]
    )
    assert numbers == [0, 1]
    assert "4 样已送到打印机" in page.view.said.headline.text()
    assert "都是补打，纸上印着第几次" in page.view.said.headline.text()
    assert "第1次补打" in words(page.printers.sent[-1][0]).replace(" ", "")


def test_a_first_print_is_not_called_one_and_of_a_pile_those_that_are_are_counted(page: PrintPage):
    page.type("lgf").press("Return")
    page.view.offers.lines[0].box.setFocus()
    page.type("234").press("Ctrl+P")
    assert page.view.said.headline.text().endswith("打印记录记好了。")

    page.type("2").press("Ctrl+P")

    assert "2 样已送到打印机" in page.view.said.headline.text()
    assert "其中 1 样是补打" in page.view.said.headline.text()


def test_without_a_printer_the_main_button_saves_one_pdf(page: PrintPage, tmp_path: Path):
    page.printers.names = ()
    page.screen.presenter.open(None)
    page.room.settle()
    page.type("lgf").press("Return")

    page.view.placed.emit(str(tmp_path / "申请材料"))
    page.room.settle()

    assert page.view.print.accessibleName() == "没有打印机：存成 PDF"
    whole = pypdfium2.PdfDocument(tmp_path / "申请材料.pdf")
    assert f"共 {len(whole)} 页" in page.view.amount.text()
    assert sorted(page.prints()) == ["F01", "F02", "F03", "F15"]


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_recorded(
    page: PrintPage, tmp_path: Path
):
    page.type("lgf").press("Return")

    page.view.placed.emit(str(tmp_path / "没有这个文件夹" / "a.pdf"))
    page.room.settle()

    assert "D-02" in page.view.problem.detail.text()
    assert page.prints() == []
    assert page.view.print.isEnabled()


def test_a_printer_that_does_not_take_it_is_said_and_nothing_is_recorded(page: PrintPage):
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.type("lgf").press("Return", "Ctrl+P")

    assert "P-50" in page.view.problem.detail.text()
    assert page.prints() == []
    assert page.view.print.isEnabled()


def test_a_household_without_papers_says_what_is_missing(page: PrintPage):
    page.type("zds").press("Return")

    assert page.ticked() == []
    assert not page.view.print.isEnabled()
    assert "缺什么写在左边" in page.view.preview.words.text()


def test_the_papers_of_another_household_replace_these(page: PrintPage):
    page.type("lgf").press("Return")
    line = HouseholdLine(id=WU, head_name="吴秀兰", place="二组9号", category="dibao", members=1)

    page.screen.presenter.pick(line)
    page.room.settle()

    assert page.ticked() == ["F15"]
    assert page.view.household.text().startswith("吴秀兰")


def test_a_wish_to_print_waits_for_the_paper_to_be_drawn(page: PrintPage):
    page.screen.presenter.open(LI)
    page.screen.presenter.print("")
    page.room.settle()
    page.screen.presenter.print("")
    page.screen.presenter.print("")
    page.room.settle()

    assert page.prints().count("F01") >= 1


def test_letters_typed_on_a_page_entered_again_look_for_somebody_else(page: PrintPage):
    page.type("lgf").press("Return")
    page.screen.presenter.open(None)
    page.room.settle()
    page.view.household.setFocus()

    page.type("wxl").press("Return")

    assert page.view.household.text().startswith("吴秀兰")
    assert page.ticked() == ["F15"]


def two_pages(page: PrintPage) -> bytes:
    page.type("lgf").press("Return", "Ctrl+P")
    return joined([pdf for pdf, _printer in page.printers.sent])


def ink_box(pdf: bytes) -> tuple[int, ...]:
    """Where the ink of the first page begins and ends."""
    page = image_of(picture(pdf, 0, width=600))
    inked = [
        (x, y)
        for y in range(page.height())
        for x in range(page.width())
        if page.pixelColor(x, y).lightness() < 128
    ]
    across, down = [x for x, _y in inked], [y for _x, y in inked]
    return (min(across), min(down), max(across), max(down))


def test_pages_reach_a_printer_edge_to_edge(page: PrintPage, tmp_path: Path):
    pdf = two_pages(page)
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))

    page.room.work.run(partial(print_pages, pdf, device), done=print, failed=print)
    page.room.settle()

    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(printed) == len(pypdfium2.PdfDocument(pdf))
    assert printed[0].get_size() == pytest.approx((595, 842), abs=2)
    assert ink_box((tmp_path / "out.pdf").read_bytes()) == pytest.approx(ink_box(pdf), abs=2)


@pytest.mark.parametrize(("leaves", "empty"), [(None, []), ((1, 1), [1]), ((2,), [])])
def test_a_copy_of_an_odd_number_of_pages_begins_on_a_sheet_of_its_own(
    page: PrintPage, tmp_path: Path, leaves: tuple[int, ...] | None, empty: list[int]
):
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    pdf = joined([pdf_of("SJ")] * 2)

    page.room.work.run(partial(print_pages, pdf, device, leaves=leaves), done=bool, failed=bool)
    page.room.settle()

    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    shades = [set(bytes(one.render(scale=0.2, grayscale=True).buffer)) for one in printed]
    assert [number for number, shade in enumerate(shades) if shade == {255}] == empty
    assert len(printed) == len(pypdfium2.PdfDocument(pdf)) + len(empty)
    assert len(pypdfium2.PdfDocument(pdf)) == 2


def test_a_printer_nobody_has_is_refused_in_one_sentence(room: Room):
    with pytest.raises(Unavailable) as unavailable:
        room.do(lambda: MachinePrinters().send(b"", "没有这台"))

    assert unavailable.value.code == "P-50"
    assert room.do(MachinePrinters().printers) is not None


def test_a_page_is_as_wide_as_asked_and_survives_as_an_image(page: PrintPage):
    pdf = two_pages(page)
    drawn = picture(pdf, 0, width=400)
    first = next(iter(pictures(pdf, dots_per_inch=72)))

    assert drawn.width == pytest.approx(400, abs=1)
    assert (image_of(drawn).width(), image_of(drawn).height()) == (drawn.width, drawn.height)
    assert first.width == pytest.approx(595, abs=2)


def test_as_many_copies_can_be_had_as_some_form_wants():
    offers = [
        PaperOffer("F01", "申请表", ready=True, missing=(), copies=2, entity_id="a"),
        PaperOffer("SJ", "收条", ready=False, missing=("没有先行救助",), copies=1, entity_id=None),
    ]

    most = max(len(form.holders + form.spare) for form in map(form_of, papers.USUAL))
    assert [number for number, _ in COPIES] == list(range(1, most + 1))
    assert usual_copies([replace(offers[0], copies=most)]) == most
    assert (usual_copies(offers), usual_copies(offers[1:]), usual_copies([])) == (2, 1, 1)
    assert copies_text(replace(offers[0], holders=("乡镇存", "县存"), spare=("村（居）存",))) == (
        "2 份：乡镇存、县存；选 3 份再加村（居）存"
    )
    assert missing_text(offers[1]) == "缺：没有先行救助"
