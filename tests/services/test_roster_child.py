"""What the child reads and what it will not, called in this process."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime, time

import pytest

from app.services.roster_child import UnacceptableError, read_rows
from app.services.roster_reading import child_command
from tests.roster_files import HEADINGS, SHEET, edited, person, repacked, workbook

GOOD = workbook([person()])
GOOD_SHEET = zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)


def _refused(data: bytes) -> dict[str, object]:
    with pytest.raises(UnacceptableError) as unacceptable:
        read_rows(data)
    return unacceptable.value.answer


def _column(*values: object) -> list[str]:
    """The texts read from cells holding `values`."""
    rows = read_rows(workbook([{"备注": value, "序号": "1"} for value in values]))
    place = HEADINGS.index("备注")
    return [cells[place] if len(cells) > place else "" for _, cells in rows[2:]]


def test_rows_keep_their_numbers_and_blank_ones_are_left_out():
    rows = read_rows(workbook([person(), {}, person()]))

    assert [number for number, _ in rows] == [1, 2, 3, 5]
    assert rows[1][1] == HEADINGS


@pytest.mark.parametrize(
    ("was", "row", "now"),
    [
        (b'<row r="5"', 3, b'<row r="3"'),
        (b'<row r="5"', 4, b'<row r="4"'),
        (b'r="B4"', 4, b'r="A4"'),
        (b'r="C4"', 4, b'r="A4"'),
        (b'r="C4"', 4, b'r="C9"'),
    ],
    ids=["row goes back", "row twice", "cell twice", "cell goes back", "cell of another row"],
)
def test_what_does_not_come_in_order_is_refused_for_somebody_would_be_left_out(was, row, now):
    good = workbook([person(), person(序号="1", 县="乙"), person()])
    assert was in zipfile.ZipFile(io.BytesIO(good)).read(SHEET)

    refused = _refused(edited(good, SHEET, lambda sheet: sheet.replace(was, now)))

    assert (refused["refused"], refused["row"]) == ("R-23", row)


@pytest.mark.parametrize("number", [3, 4], ids=["goes back", "twice"])
def test_a_whole_row_out_of_its_order_is_refused_by_its_own_number(number):
    good = workbook([person(), person(序号="1", 县="乙"), person()])
    moved = rb'r="\g<1>%d"' % number

    refused = _refused(edited(good, SHEET, lambda sheet: re.sub(rb'r="([A-Z]*)5"', moved, sheet)))

    assert (refused["refused"], refused["row"]) == ("R-23", number)


def test_rows_and_cells_without_a_number_stand_where_they_come():
    people = [dict.fromkeys(HEADINGS, "1")] * 2

    rows = read_rows(
        edited(workbook(people), SHEET, lambda sheet: re.sub(rb' r="[A-Z]*\d+"', b"", sheet))
    )

    assert [number for number, _ in rows] == [1, 2, 3, 4]


def test_cells_come_out_as_a_person_would_type_them():
    assert _column(" 何\u200b有田\ufeff ", 395, 395.5, 0.1 + 0.2, True, False, -3) == [
        *("何有田", "395", "395.5", "0.3", "是", "否", "-3")
    ]


def test_a_number_with_lost_figures_shows_that_it_is_one():
    assert _column(459901198603020000.0, 1e15, 999999999999999.0) == [
        *("4.59901198603020E+17", "1.00000000000000E+15", "999999999999999")
    ]


def test_dates_come_out_as_dates(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(
        [
            datetime(1979, 5, 3),  # noqa: DTZ001  # Excel knows no zones
            date(1980, 1, 2),
            time(8, 30),
            "x",
        ]
    )
    book.save(tmp_path / "dates.xlsx")

    ((_, cells),) = read_rows((tmp_path / "dates.xlsx").read_bytes())
    assert cells == ["1979-05-03", "1980-01-02", "08:30:00", "x"]


@pytest.mark.parametrize("formula", ["=1+1", "=HYPERLINK(1)"])
def test_a_formula_is_refused_by_row_and_column(formula):
    assert _refused(workbook([person(), person(姓名=formula)])) == {
        "refused": "R-12",
        "row": 4,
        "column": "F",
    }


@pytest.mark.parametrize("kind", ['t="array" ref="AN1"', 't="dataTable" ref="AN1" r1="A1"'])
def test_formulas_of_rarer_kinds_are_refused_too(kind):
    cell = f'<c r="AN1"><f {kind}>1+1</f><v>2</v></c></row>'.encode()

    answer = _refused(edited(GOOD, SHEET, lambda xml: xml.replace(b"</row>", cell, 1)))

    assert answer == {"refused": "R-12", "row": 1, "column": "AN"}


def test_a_text_that_looks_like_a_formula_is_one():
    disguised = edited(
        workbook([person(姓名="公式在此")]),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace("公式在此".encode(), b"=cmd|calc"),
    )

    assert _refused(disguised)["refused"] == "R-12"


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>',
        b"<!--" + b" " * (1 << 20) + b"--><!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_document_type_is_refused_wherever_it_stands(part, doctype):
    data = edited(GOOD, part, lambda xml: xml.replace(b"?>", b"?>" + doctype, 1))

    assert _refused(data)["refused"] == "R-09"


def test_a_document_type_cannot_hide_between_two_mouthfuls():
    """The part is searched a megabyte at a time."""
    start = GOOD_SHEET.index(b"?>") + 2
    padding = b"<!--" + b" " * ((1 << 20) - start - 11) + b"-->"
    data = edited(GOOD, SHEET, lambda xml: xml.replace(b"?>", b"?>" + padding + b"<!DOCTYPE a>", 1))

    assert _refused(data)["refused"] == "R-09"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_document_type_cannot_hide_in_another_encoding(encoding):
    data = edited(GOOD, SHEET, lambda xml: xml.decode().encode(encoding))

    assert _refused(data)["refused"] == "R-09"


def test_a_declared_encoding_other_than_utf_8_is_refused():
    data = edited(GOOD, SHEET, lambda xml: xml.replace(b"UTF-8", b"cp037", 1))

    assert _refused(data)["refused"] == "R-09"


def test_macros_by_content_type_are_refused():
    data = edited(
        GOOD, "[Content_Types].xml", lambda xml: xml.replace(b"sheet.main", b"macroEnabled.main")
    )

    assert _refused(data)["refused"] == "R-08"


def test_two_filled_sheets_are_one_too_many():
    assert _refused(workbook([person()], sheets={"说明": [["怎么填"]]}))["refused"] == "R-14"


def test_empty_and_hidden_sheets_do_not_count():
    data = workbook([person()], sheets={"空": [], "字典": [["汉族"]]}, hidden=["字典"])

    assert len(read_rows(data)) == 3


def test_an_empty_workbook_is_refused():
    assert _refused(workbook(title=None, headings=[]))["refused"] == "R-17"


def test_a_cell_of_many_words_is_refused_by_row_and_column():
    assert _refused(workbook([person(备注="长" * 501)])) == {
        "refused": "R-15",
        "row": 3,
        "column": "AT",
    }


def test_a_sheet_wider_than_any_roster_is_refused():
    headings = [*HEADINGS, *(f"列{n}" for n in range(40))]

    assert _refused(workbook(headings=headings, people=[]))["refused"] == "R-18"


def test_a_sheet_longer_than_the_limit_is_refused():
    row = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(4, 20_100))
    data = edited(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"))

    assert _refused(data)["refused"] == "R-13"


def test_a_sheet_of_too_many_words_in_all_is_refused():
    row = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(4, 17_500)
    )
    data = repacked(
        workbook([person()], title="长" * 490),
        lambda parts: parts | {SHEET: parts[SHEET].replace(b"</sheetData>", row + b"</sheetData>")},
    )

    assert _refused(data)["refused"] == "R-13"


def test_the_size_a_sheet_claims_is_not_believed():
    def _grow(xml: bytes) -> bytes:
        start = xml.index(b"<dimension")
        end = xml.index(b"/>", start)
        return xml[:start] + b'<dimension ref="A1:XFD1048576"' + xml[end:]

    assert len(read_rows(edited(GOOD, SHEET, _grow))) == 3


def test_a_part_whose_content_lies_about_its_size_cannot_be_read():
    data = repacked(GOOD, lambda parts: parts)
    at = data.find(b"PK\x01\x02")
    lying = bytearray(data)
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")

    with pytest.raises(Exception, match=r"CRC|crc|syntax|element|Error|token"):
        read_rows(bytes(lying))


@pytest.mark.parametrize(
    ("program", "limits"),
    [
        ("x = bytearray(400 << 20)", ("314572800", "30")),
        ("while True: pass", ("1073741824", "1")),
        (
            "import os; os.write(os.open('left-behind', os.O_CREAT | os.O_WRONLY), b'x')",
            ("1073741824", "30"),
        ),
    ],
)
def test_its_limits_bind_the_process(program, limits, tmp_path):
    """The same call the child makes first, in a process that then misbehaves."""
    script = child_command()[-1]
    code = (
        "import runpy, sys;"
        f"child = runpy.run_path({script!r});"
        f"child['limit_myself'](memory={limits[0]}, cpu={limits[1]})\n{program}"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=20,
    )

    assert done.returncode != 0
    assert not (tmp_path / "left-behind").exists() or not (tmp_path / "left-behind").read_bytes()


def test_the_environment_cannot_switch_the_xml_defence_off(monkeypatch):
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
    code = (
        "import runpy, sys;"
        f"child = runpy.run_path({child_command()[-1]!r});"
        "child['read_rows'](sys.stdin.buffer.read());"
        "import openpyxl; sys.exit(not openpyxl.DEFUSEDXML)"
    )

    done = subprocess.run([sys.executable, "-I", "-c", code], input=GOOD, check=False, timeout=20)

    assert done.returncode == 0


def test_it_imports_nothing_of_the_program():
    script = child_command()[-1]
    code = (
        "import runpy, sys;"
        f"runpy.run_path({script!r});"
        "sys.exit(any(name.split('.')[0] in ('app', 'openpyxl') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-I", "-c", code], check=False)

    assert done.returncode == 0
