"""Packages in the print centre: what a purpose takes, in its order, with what is missing named."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.operations import AUDIT
from app.services.paper_packages import Purpose
from tests.print_page import PrintPage
from tests.screens import texts
from tests.work_pages import LI, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def shown(page: PrintPage) -> list[str]:
    return [line.form for line in page.view.offers.lines]


def words(pdf: bytes) -> str:
    book = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in book)


def drafted(page: PrintPage) -> list[dict]:
    """What the log keeps of drafts of this household."""
    return page.room.ask(
        lambda work: [
            {name: new for name, (_old, new) in patch.items()}
            for one, patch in work.operations_about(LI, (AUDIT,), 50)
            if one.kind == "paper.drafted"
        ]
    )


def test_a_digit_after_the_household_brings_the_papers_of_a_purpose(page: PrintPage):
    page.type("lgf").press("Return").type("2")

    assert page.view.purpose.value() is Purpose.APPLYING
    assert shown(page) == ["F01", "F02", "F03", "F05"]
    assert page.ticked() == ["F01", "F02", "F03"]
    assert any(text.startswith("缺：还没有测算") for text in texts(page.view))
    assert any(text.startswith("另外要附：户口本（还缺）") for text in texts(page.view))


def test_the_next_digit_ticks_a_paper_of_that_purpose(page: PrintPage):
    page.type("lgf").press("Return").type("22").press("Ctrl+P")

    assert sorted(page.prints()) == ["F01", "F03"]


def test_what_a_paper_leaves_to_be_written_by_hand_is_named_before_it_is_printed(page: PrintPage):
    page.type("lgf").press("Return").type("2")

    lines = {line.form: list(texts(line)) for line in page.view.offers.lines}
    assert any("银行卡号" in text and "手写" in text for text in lines["F01"])
    assert any(text.startswith("2 份：乡镇存、县存") for text in lines["F01"])


def test_a_file_begins_with_its_cover_and_only_the_cover_is_printed_unasked(page: PrintPage):
    page.type("lgf").press("Return").type("9")

    assert shown(page)[0] == "F28"
    assert {"F01", "F15"} <= set(shown(page))
    assert not {"F08L", "F23", "F24"} & set(shown(page))
    assert page.ticked() == ["F28"]


def test_the_papers_of_an_application_open_as_its_package(page: PrintPage):
    (application,) = page.room.ask(lambda work: work.casework.applications_of(LI))

    page.screen.presenter.open(application.id)
    page.room.settle()

    assert page.view.purpose.value() is Purpose.APPLYING
    assert page.ticked() == ["F01", "F02", "F03"]


def test_a_draft_takes_no_number_is_marked_and_is_still_an_operation(page: PrintPage):
    page.type("lgf").press("Return").type("2")

    page.view.draft.click()
    page.room.settle()
    page.press("Ctrl+P")

    text = words(page.printers.sent[0][0])
    assert "草稿" in text
    assert "校验码 打印时生成" in text
    assert page.prints() == []
    assert sorted(facts["form"] for facts in drafted(page)) == ["F01", "F02", "F03"]
    assert all(len(facts["content_sha256"]) == 64 for facts in drafted(page))


def test_every_copy_begins_on_a_sheet_of_its_own_on_both_sides(page: PrintPage, tmp_path: Path):
    page.type("lgf").press("Return").type("2")
    page.view.duplex.click()
    page.room.settle()
    said = page.view.amount.text()

    page.press("Ctrl+P")
    page.view.placed.emit(str(tmp_path / "双面.pdf"))
    page.room.settle()

    pages = [len(pypdfium2.PdfDocument(pdf)) for pdf, _printer in page.printers.sent]
    assert [sum(leaves) for leaves in page.printers.leaves] == pages
    sheets = sum(-(-count // 2) for leaves in page.printers.leaves for count in leaves)
    assert said == f"3 样，共 {sum(pages)} 页，双面 {sheets} 张"
    assert -(-len(pypdfium2.PdfDocument(tmp_path / "双面.pdf")) // 2) == sheets


def test_one_side_only_wants_no_new_sheets(page: PrintPage):
    page.type("lgf").press("Return", "Ctrl+P")

    assert set(page.printers.leaves) == {None}


def test_an_application_whose_applicant_left_still_shows_what_can_be_printed(page: PrintPage):
    room = page.room
    (application,) = room.ask(lambda work: work.casework.applications_of(LI))
    home = room.ask(lambda work: work.households.get(LI))
    left = next(one for one in home.members if one.person.id == application.applicant)
    others = [one.person.id for one in home.members if one is not left]
    room.do(
        lambda: room.desk.families.do(
            FamilyChange(
                household=LI, kind=FamilyDeed.DEATH, on=room.clock.today(),
                people=(left.person.id,), head=others[0] if others else None,
            )
        )
    )  # fmt: skip

    page.screen.presenter.open(application.id)
    room.settle()

    said = [one for one in texts(page.view.offers) if "不在这一户" in one]
    assert not page.view.problem.isVisible()
    assert said == ["缺：申请人不在这一户了"] * 3
    assert page.ticked() == []
