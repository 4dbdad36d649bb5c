"""`export` on the command line: every book, and a password that stands only on the screen."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from app.cli.main import EXIT_REFUSED, run
from tests.fakes import StoppedClock
from tests.laptops import open_laptop
from tests.locked_workbooks import opened
from tests.vaults import PASSPHRASE

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def export(kept, tmp_path, capsys):
    """Exports a book of a vault with one visit in it; status, and what was said where."""
    laptop = open_laptop(kept, StoppedClock())
    laptop.visit(laptop.add_household().id)
    laptop.vault.close()
    word = tmp_path / "word"
    word.write_text(PASSPHRASE, encoding="utf-8")

    def go(book: str, *words: object) -> tuple[int, str, str]:
        asked = ["export", book, "--vault", kept.directory, "--passphrase-file", word, *words]
        status = run(list(map(str, asked)), clock=StoppedClock(), screenshots=lambda *_all: [])
        said = capsys.readouterr()
        return status, said.out, said.err

    return go


def test_whole_numbers_are_locked_and_the_password_is_only_said(export, tmp_path):
    path = tmp_path / "x.xlsx"

    status, out, err = export("visits", *MARCH, "--mask", "full", "--reason", "核对", "-o", path)

    (password,) = re.findall(r"[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}", err)
    assert status == 0
    assert password not in out
    book = openpyxl.load_workbook(BytesIO(opened(path.read_bytes(), password)))
    assert book.active["A1"].value == "序号"


def test_a_board_gets_what_may_hang_there_unless_more_is_asked(export, tmp_path):
    status, _out, _err = export("visits", *MARCH, "--for", "notice_board", "-o", tmp_path / "x.csv")
    heads = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()[0]
    refused, _out, said = export(
        "visits", *MARCH, "--for", "notice_board", "--phone", "-o", tmp_path / "y.csv"
    )

    assert status == 0
    assert "走访情况" not in heads
    assert refused == EXIT_REFUSED
    assert "E-20" in said


@pytest.mark.parametrize("month", ["2026-03", "2026Q1"])
def test_a_report_is_of_a_month_or_a_quarter(export, tmp_path, month):
    status, out, _err = export("report", "--month", month, "-o", tmp_path / "x.csv")

    assert status == 0
    assert out.startswith(str(tmp_path / "x.csv"))
    assert "1 户次" in (tmp_path / "x.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(("book", "words", "code"), [
    ("fund", ("--month", "2026-03"), "M-47"),
    ("watched", (), "E-06"),
    ("visits", (*MARCH, "--layout", "没有"), "E-12"),
])  # fmt: skip
def test_what_is_not_there_is_one_sentence(export, tmp_path, book, words, code):
    status, out, err = export(book, *words, "-o", tmp_path / "x.xlsx")

    assert status == EXIT_REFUSED
    assert out == ""
    assert code in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_a_county_s_columns_are_asked_for_by_their_id(export, tmp_path):
    export("visits", *MARCH, "--layout", "example-visits", "-o", tmp_path / "x.xlsx")

    assert openpyxl.load_workbook(tmp_path / "x.xlsx").active["A1"].value == "走访时间"
