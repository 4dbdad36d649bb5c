"""核对一张纸 in the window: a code or a file by keys, and one plain sentence for each answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.verification import printed_code
from app.services.applications import FileApplication
from app.services.desk import begin_in
from app.services.printing import Prepared, bundle, draw
from app.ui.printing.check_screen import build_check_screen
from tests import forgeries
from tests.hands import Hands
from tests.print_page import PrintPage
from tests.screens import texts
from tests.work_pages import LI, WU, Room


class CheckPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.qtbot = qtbot
        self.screen = build_check_screen(room.desk.paper_checks, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    @property
    def view(self):
        return self.screen.view

    def printed(self, form="F15", household=WU) -> Prepared:
        """A paper that has left the program."""
        prepared = self.room.do(lambda: self.room.desk.printing.prepare(form, household))
        self.room.do(lambda: self.room.desk.printing.record(prepared))
        return prepared

    def move_on(self) -> None:
        """The records have gone on."""
        with begin_in(self.room.vault, self.room.clock)() as work:
            work.connection.exec_driver_sql("UPDATE household SET address = '别的地方'")
            work.commit()

    def type(self, code: str) -> CheckPage:
        """A code as somebody types it who looks at the paper and not at the keys."""
        self.hands.type(code).press("Return")
        self.room.settle()
        return self

    def to(self, field: QWidget) -> None:
        """The window is in front again, and the cursor in `field`."""
        self.view.activateWindow()
        field.setFocus()
        self.qtbot.waitUntil(field.hasFocus)

    def choose(self, path: Path) -> CheckPage:
        """Ctrl+O, and the file in Qt's dialog."""
        self.hands.press("Ctrl+O")
        (dialog,) = self.view.findChildren(QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.close()
        self.room.settle()
        return self


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> CheckPage:
    return CheckPage(room, qtbot)


def test_two_keys_lead_from_the_print_centre_to_the_page(room: Room, qtbot: QtBot):
    centre = PrintPage(room, qtbot)

    centre.hands.press("Ctrl+K")

    assert room.went == [("checking", None)]
    assert centre.hands.count == 2


def test_a_code_says_whose_paper_it_is_who_printed_it_and_that_the_record_is_as_it_was(page):
    paper = page.printed()

    page.type(printed_code(paper.code).lower())

    assert "记录到现在没有改过" in page.view.verdict.headline.text()
    told = page.view.told.text()
    assert told.startswith("吴秀兰户（二组9号）的")
    assert "户主身份证 459901********" in told
    assert f"编号 {paper.stamp.document_no}" in told
    assert "2026年3月2日" in told
    assert "由王秀英打印，1 份" in told
    assert "19510309" not in "".join(texts(page.view))


def test_the_record_s_own_paper_lies_beside_the_code(page):
    paper = page.printed()

    page.type(paper.code)

    assert page.view.preview.words.text().startswith("第 1 页")


def test_the_code_of_the_next_paper_replaces_the_one_before(page: CheckPage):
    first, second = page.printed(), page.printed("F28")

    page.type(printed_code(first.code)).type(printed_code(second.code))

    assert page.view.code.text() == printed_code(second.code)
    assert f"编号 {second.stamp.document_no}" in page.view.told.text()


def test_keys_turn_the_pages_of_the_record_s_own_paper(page: CheckPage):
    desk = page.room.desk
    page.room.do(lambda: desk.applications.file(FileApplication(household=LI, assessment=None)))
    page.type(page.printed("F01", LI).code)
    pages = []

    for chord in ["Ctrl+PgDown"] * 6 + ["Ctrl+PgUp"]:
        page.hands.press(chord)
        page.room.settle()
        pages.append(page.view.preview.words.text())

    assert pages[:2] == ["第 2 页，共 6 页", "第 3 页，共 6 页"]
    assert pages[-3:] == ["第 6 页，共 6 页", "第 6 页，共 6 页", "第 5 页，共 6 页"]


def test_each_paper_of_a_file_has_its_own_laid_beside(page: CheckPage, tmp_path, monkeypatch):
    file = tmp_path / "一叠.pdf"
    file.write_bytes(bundle([page.printed("F15", WU), page.printed("F28", LI)]))
    page.choose(file)
    shown: list[int] = []
    monkeypatch.setattr(page.view, "show_page", lambda _page, _number, of: shown.append(of))

    for number in (1, 0, 1):
        page.screen.presenter.look_at(number)
    page.room.settle()

    assert shown == [2]  # F28 has two pages, and only the last one asked for is shown


def test_a_paper_of_a_record_that_has_changed_since_says_so(page: CheckPage):
    paper = page.printed()
    page.room.do(page.move_on)

    page.type(paper.code)

    assert page.view.verdict.headline.text().startswith("有这张表，")
    assert page.view.verdict.headline.text().endswith("对不了。")
    assert page.view.preview.words.text() == "记录里没有能对着看的这一张。"


@pytest.mark.parametrize(
    ("code", "said"),
    [("000000000000", "这台电脑没有打印过带这个校验码的表"), ("", "还没有输入校验码")],
)
def test_a_code_nobody_printed_is_one_sentence_and_can_be_typed_again(page: CheckPage, code, said):
    page.type(code)

    assert page.view.problem.headline.text().startswith(said)
    assert page.view.code.hasFocus()

    page.type(page.printed().code)

    assert not page.view.problem.isVisible()
    assert page.view.verdict.isVisible()


def test_every_paper_of_a_file_that_agrees_is_told_by_one_sentence(page: CheckPage, tmp_path: Path):
    papers = [page.printed(), page.printed("F28", LI)]
    file = tmp_path / "两户.pdf"
    file.write_bytes(bundle(papers))

    page.choose(file)

    assert page.view.verdict.headline.text() == "2 张都对得上：文件和记录一致。"
    assert page.view.papers.rows.rowCount() == len(papers)
    assert page.view.told.text().startswith("吴秀兰户")

    page.to(page.view.papers)
    page.hands.press("Down")
    page.room.settle()

    assert page.view.told.text().startswith("李桂芳户")


def test_a_changed_file_is_told_line_by_line(page: CheckPage, tmp_path: Path):
    paper = page.printed()
    file = tmp_path / "改过.pdf"
    changed = forgeries.replace(paper.content, head="韦阿英")
    file.write_bytes(forgeries.copy_of(paper, changed))

    page.choose(file)

    assert page.view.verdict.headline.text().startswith("1 张里有 1 张对不上")
    assert "韦阿英" in page.view.apart.toPlainText()
    assert "记录：" in page.view.apart.toPlainText()
    assert page.view.apart.isVisible()


def test_a_page_nobody_printed_is_told_as_one(page: CheckPage, tmp_path: Path):
    paper = page.printed()
    strange = replace(paper, code="0" * 12)
    file = tmp_path / "别处的.pdf"
    file.write_bytes(forgeries.copy_of(strange, paper.content))

    page.choose(file)

    assert "没有这台电脑认得的校验码" in page.view.told.text()


@pytest.mark.parametrize("damaged", [b"", b"hello", b"%PDF-1.7 and nothing more"])
def test_a_file_that_is_no_pdf_is_one_sentence(page: CheckPage, tmp_path: Path, damaged: bytes):
    file = tmp_path / "坏的.pdf"
    file.write_bytes(damaged)

    page.choose(file)

    assert page.view.problem.headline.text() == "这个文件不是能核对的 PDF。"


def test_a_pdf_cut_in_the_middle_is_one_sentence(page: CheckPage, tmp_path: Path):
    whole = draw(page.printed()).pdf
    file = tmp_path / "断了的.pdf"
    file.write_bytes(whole[: len(whole) // 3])

    page.choose(file)

    assert page.view.problem.headline.text() == "这个文件不是能核对的 PDF。"


def test_a_file_that_is_gone_is_one_sentence_and_nothing_is_lost(page: CheckPage, tmp_path: Path):
    page.choose(tmp_path / "拔了.pdf")

    assert page.view.problem.headline.text() == "这个文件读不出来。"
    assert "P-61" in page.view.problem.detail.text()
    assert page.view.check.isEnabled()


def test_what_is_checked_leaves_no_trace_in_the_records(page: CheckPage):
    paper = page.printed()
    before = page.room.ask(lambda work: len(work.casework.household_prints(WU)))

    page.type(paper.code)

    assert page.room.ask(lambda work: len(work.casework.household_prints(WU))) == before


def test_a_half_typed_code_is_not_checked_by_going_elsewhere(page: CheckPage):
    page.hands.type("12").press("Tab")
    page.room.settle()

    assert not page.view.problem.isVisible()


def test_a_file_that_is_being_checked_can_be_stopped_and_another_chosen(
    page: CheckPage, tmp_path: Path
):
    papers = [page.printed("F15", WU), page.printed("F28", LI)]
    file = tmp_path / "一叠.pdf"
    file.write_bytes(bundle(papers * 6))
    page.hands.press("Ctrl+O")
    (dialog,) = page.view.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    page.qtbot.waitUntil(page.view.progress.isVisible)

    page.view.progress.stop.click()
    page.room.settle()
    stopped = page.view.verdict.headline.text(), page.view.progress.isVisible()
    page.to(page.view.code)
    page.choose(file)

    assert stopped == ("停下了，没有核对完。", False)
    assert "12 张都对得上" in page.view.verdict.headline.text()


def test_a_save_waits_for_no_page_of_a_file_that_is_being_checked(page: CheckPage, tmp_path: Path):
    papers = [page.printed("F15", WU), page.printed("F28", LI)]
    file = tmp_path / "一叠.pdf"
    file.write_bytes(bundle(papers * 6))
    saved: list[int] = []
    page.view.file_chosen.emit(str(file))
    page.qtbot.waitUntil(page.view.progress.isVisible)

    page.room.store.run(lambda: 1, done=saved.append, failed=print)
    page.qtbot.waitUntil(lambda: saved == [1])
    meanwhile = page.view.progress.isVisible()
    page.room.settle()

    assert meanwhile
