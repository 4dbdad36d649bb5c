"""Books that leave: what each says, when there is one, and what the log of deeds keeps."""

from __future__ import annotations

import csv
import hashlib
from datetime import date

import openpyxl
import pytest

from app.documents.visit_log import LogOptions
from app.domain.exporting import ExportBook
from tests import pdfs
from tests.casework import refusal, visit
from tests.exporting import cells, last_deed, order, village_of


@pytest.fixture
def village(work):
    return village_of(work)


def test_every_export_says_in_the_log_what_left_for_whom_and_why(village, tmp_path):
    path = tmp_path / "x.xlsx"

    report = village.exports.write(order(path))

    kind, facts = last_deed(village)
    assert kind == "visits.exported"
    assert facts == {
        "book": "visits",
        "recipient": "township",
        "first": "2026-03-01",
        "last": "2026-03-31",
        "rows": 2,
        "persons": 2,
        "mask": "middle_8",
        "phone": False,
        "place": True,
        "health": False,
        "note": True,
        "kind": ".xlsx",
        "layout": "",
        "reason": "月底报镇民政办",
        "usual_reason": False,
        "locked": False,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    assert (report.rows, report.persons, report.password) == (2, 2, "")


@pytest.mark.parametrize("shown", ["phone", "place", "health", "note"])
def test_the_log_says_what_was_shown_and_nothing_else(village, tmp_path, shown):
    four = {"phone": False, "place": False, "health": False, "note": False} | {shown: True}

    village.exports.write(order(tmp_path / "x.csv", options=LogOptions(**four)))

    facts = last_deed(village)[1]
    assert {name: facts[name] for name in four} == four


@pytest.mark.parametrize("book", ExportBook)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_table_says_who_made_it_where_and_when_and_of_what(village, tmp_path, book, ending):
    path = tmp_path / f"x{ending}"
    village.exports.write(order(path, book))

    if ending == ".csv":
        said = path.read_text("utf-8-sig")
    else:
        workbook = openpyxl.load_workbook(path)
        assert "测试协理员" in workbook.properties.creator
        rows = cells(path.read_bytes())
        said = "\n".join([workbook.active.oddFooter.left.text, *(str(c) for r in rows for c in r)])
    is_read_in = (book, ending) == (ExportBook.ROSTER, ".csv")
    assert ("测试协理员 · 7 号电脑 · 2026年3月2日 12:00 导出" in said) is not is_read_in
    assert ("月初结余" in said, "合计" in said) == (book is ExportBook.FUND,) * 2
    assert ("测试村　2026年3月" in said) is (book is ExportBook.REPORT)


def test_an_ending_in_capitals_is_the_same_kind_of_file(village, tmp_path):
    path = tmp_path / "X.CSV"

    village.exports.write(order(path))

    assert path.read_text("utf-8-sig").startswith('"序号"')
    assert last_deed(village)[1]["kind"] == ".csv"


def test_a_reason_that_nobody_typed_is_known_as_such(village, tmp_path):
    village.exports.write(order(tmp_path / "x.csv", reason="报镇民政办"))

    assert last_deed(village)[1]["usual_reason"] is True


@pytest.mark.parametrize(
    ("book", "ending"),
    [
        (book, ending)
        for book in ExportBook
        for ending in (".xlsx", ".csv", ".pdf")
        if (book, ending) != (ExportBook.ROSTER, ".pdf")
    ],
)
def test_every_book_leaves_in_every_kind_and_each_is_a_deed(village, tmp_path, book, ending):
    path = tmp_path / f"x{ending}"

    report = village.exports.write(order(path, book))

    data = path.read_bytes()
    if ending == ".xlsx":
        assert len(cells(data)) > report.rows
    elif ending == ".csv":
        lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
        around = {ExportBook.FUND: 4, ExportBook.REPORT: 3, ExportBook.ROSTER: 1}.get(book, 2)
        assert len(lines) == report.rows + around  # heads, who made it; what stands above and below
        assert len({len(line) for line in lines}) == 1
    else:
        assert pdfs.text_of(data)
    assert last_deed(village)[0] == f"{book.value}.exported"


def test_what_each_book_says(village, tmp_path):
    def said(book: ExportBook) -> str:
        path = tmp_path / f"{book.value}.csv"
        village.exports.write(order(path, book))
        return path.read_text("utf-8-sig")

    assert "拨入" in said(ExportBook.FUND)
    assert "覃兰英" in said(ExportBook.WATCHED)
    assert "走访（见到人的）" in said(ExportBook.REPORT)
    assert "2 户次" in said(ExportBook.REPORT)


@pytest.mark.parametrize(
    ("book", "first", "last", "code"),
    [
        (ExportBook.FUND, date(2026, 3, 2), date(2026, 3, 31), "E-05"),
        (ExportBook.FUND, date(2026, 1, 1), date(2026, 3, 31), "E-05"),
        (ExportBook.FUND, date(2025, 1, 1), date(2025, 1, 31), "M-47"),
        (ExportBook.REPORT, date(2026, 1, 1), date(2026, 12, 31), "E-05"),
        (ExportBook.VISITS, date(2025, 1, 1), date(2025, 1, 31), "E-02"),
    ],
)
def test_a_time_a_book_does_not_have_is_said(village, tmp_path, book, first, last, code):
    asked = order(tmp_path / "x.xlsx", book, first=first, last=last)

    assert refusal(village.exports.write, asked).code == code


def test_a_quarter_is_a_time_of_a_report(village, tmp_path):
    path = tmp_path / "x.xlsx"

    village.exports.write(order(path, ExportBook.REPORT, first=date(2026, 1, 1)))

    assert "2026年第1季度" in str(cells(path.read_bytes())[0])


@pytest.mark.parametrize("note", [True, False])
def test_a_watch_list_without_what_is_the_matter_does_not_say_it(village, tmp_path, note):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.WATCHED, options=LogOptions(note=note)))

    text = path.read_text("utf-8-sig")
    assert ("欠账看病" in text, "主要情况" in text) == (note, note)


@pytest.mark.parametrize("place", [True, False])
def test_a_watch_list_says_the_group_at_most(village, tmp_path, place):
    path = tmp_path / "x.csv"

    village.exports.write(order(path, ExportBook.WATCHED, options=LogOptions(place=place)))

    text = path.read_text("utf-8-sig")
    assert ("住址" in text, "三组" in text, "12号" in text) == (place, place, False)


def test_an_empty_watch_list_is_not_exported(work, tmp_path):
    asked = order(tmp_path / "x.xlsx", ExportBook.WATCHED)

    assert refusal(work.exports.write, asked).code == "E-06"


def test_a_form_keeps_its_columns(village, tmp_path):
    asked = order(tmp_path / "x.pdf", layout="example-visits")

    assert refusal(village.exports.write, asked).code == "E-13"


def test_what_was_added_to_a_visit_leaves_with_it(village, tmp_path):
    (home,) = (one for one in village.households.lines() if one.head_name == "覃兰英")
    made = village.visits.record(visit(home, note="家里没人"))
    village.clock.advance(days=3)
    village.visits.add(made, "是去住院了")
    path = tmp_path / "x.csv"

    report = village.exports.write(order(path))

    text = path.read_text("utf-8-sig")
    assert report.rows == 3
    assert "家里没人" in text
    assert "2026年3月5日测试协理员补记：是去住院了" in text
