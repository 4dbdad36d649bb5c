"""一户一档 as one file: cover first, contents list, and all points of PDF/A-2b that are kept
for one paper kept for the whole; blank forms are had by hand and stay out of it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from app.services.papers import KINDS
from tests import pdfs
from tests.print_page import PrintPage
from tests.whole_window import CRAMPED, WholeWindow
from tests.work_pages import Room

ACTING = {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/OpenAction", "/AA", "/GoToR"}


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def tick_all(page: PrintPage) -> list[str]:
    """Every paper that can be made, one after the other."""
    for line in page.view.offers.lines:
        if line.box.isEnabled() and not line.box.isChecked():
            line.box.click()
            page.room.settle()
    return page.ticked()


def keys_of(pdf: pikepdf.Pdf) -> set[str]:
    return {
        key
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
        for key in thing.keys()  # noqa: SIM118  # a stream is no mapping
    }


@pytest.fixture
def file(page: PrintPage, tmp_path: Path) -> Path:
    """What the print centre lays down for the whole file of a household."""
    page.type("lgf").press("Return").type("9")
    ticked = tick_all(page)
    assert {"F28", "F01", "F02", "F03", "F15"} <= set(ticked)
    assert ticked[0] == "F28"
    place = tmp_path / "一户一档.pdf"
    page.screen.presenter.put_into(str(place))
    page.room.settle()
    return place


def test_the_cover_and_the_list_come_first_and_every_paper_is_behind_them(file: Path):
    book = pypdfium2.PdfDocument(file.read_bytes())
    said = ["".join(one.get_textpage().get_text_range().split()) for one in book]

    assert "社会救助档案" in said[0]
    assert "一户一档" in said[0]
    assert "卷内目录" in said[1]
    assert any("走访（巡访）记录表" in one for one in said[2:])


def test_the_whole_file_keeps_the_points_of_its_papers(file: Path):
    pdf_bytes = file.read_bytes()
    with pdfs.opened(pdf_bytes) as pdf:
        (intent,) = pdf.Root.OutputIntents
        metadata = pdf.Root.Metadata.read_raw_bytes()
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[12:24] == b"mntrRGB XYZ "
        assert b"<pdfaid:part>2</pdfaid:part>" in metadata
        assert b"<pdfaid:conformance>B</pdfaid:conformance>" in metadata
        assert not pdf.is_encrypted
        assert keys_of(pdf).isdisjoint(ACTING)
        assert pdf.check_pdf_syntax() == []
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
        assert fonts
        assert all(re.match(r"/[A-Z]{6}\+", str(one.BaseFont)) for one in fonts)


def test_a_lister_of_fonts_finds_only_embedded_subsets_that_can_be_read_out(file: Path):
    lister = shutil.which("pdffonts")
    assert lister, "poppler-utils belongs to the tools of the tests"
    said = subprocess.run([lister, file], check=True, capture_output=True, text=True)
    rows = said.stdout.splitlines()[2:]

    assert rows
    for one in rows:
        embedded, subset, unicode = one.split()[-5:-2]
        assert (embedded, subset) == ("yes", "yes"), one
        assert unicode == "yes" or "Type 1" not in one, one


@pytest.mark.parametrize("form", [code for code, kind in KINDS.items() if kind.is_blank])
def test_every_blank_form_can_be_chosen_and_is_no_piece_of_a_file(page: PrintPage, form: str):
    page.type("lgf").press("Return").type("1")

    line = next(one for one in page.view.offers.lines if one.form == form)
    assert line.box.isEnabled()
    for other in page.view.offers.lines:
        if other.box.isChecked() is not (other.form == form):
            other.box.click()
            page.room.settle()
    page.press("Ctrl+P")

    (sent,) = page.printers.sent
    assert pypdfium2.PdfDocument(io.BytesIO(sent[0]))

    page.view.purpose.buttons[8].click()
    page.room.settle()

    assert form not in [one.form for one in page.view.offers.lines]


def test_a_batch_names_a_machine_that_keeps_what_it_printed(room: Room, qtbot: QtBot):
    window = WholeWindow(room, qtbot)
    window.printers.keeps = None
    window.show(CRAMPED)

    view = window.go("batch").view

    assert view.kept.isVisible()
    assert "一直留着" in view.kept.text()
