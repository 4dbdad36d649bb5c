"""A roster file read through the real child process: every failure is one clear sentence."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest

from app.domain.problem import Refused, Unavailable
from app.services import roster_reading
from app.services.roster_reading import CHILD_VERB, ChildLimits, child_command, read_rows
from tests.roster_files import HEADINGS, SHEET, edited, person, repacked, workbook

GOOD = workbook([person()])


@pytest.fixture
def put(tmp_path):
    """Writes bytes to a file and says where."""

    def _put(data: bytes):
        path = tmp_path / "花名册.xlsx"
        path.write_bytes(data)
        return path

    return _put


def _refused(path, **options) -> Refused:
    with pytest.raises(Refused) as refused:
        read_rows(path, **options)
    return refused.value


def test_a_good_roster_comes_back_as_rows_of_text(put):
    rows = read_rows(put(GOOD))

    assert [number for number, _ in rows] == [1, 2, 3]
    assert rows[1] == (2, HEADINGS)
    assert all(isinstance(cell, str) for _, cells in rows for cell in cells)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert _refused(tmp_path / "没有.xlsx").code == "R-01"
    assert _refused(tmp_path).code == "R-01"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "R-03", "空的"),
        (b"not a zip", "R-04", "不是 .xlsx"),
        (GOOD[:-30], "R-06", "没有拷贝完整"),
        (repacked(GOOD, lambda p: p | {"xl/vbaProject.bin": b"x"}), "R-08", "宏"),
        (
            edited(GOOD, SHEET, lambda xml: xml.replace(b"?>", b"?><!DOCTYPE a>", 1)),
            "R-09",
            "没有打开它",
        ),
        (edited(GOOD, SHEET, lambda _: b"<worksheet><sheetData>"), "R-10", "坏了"),
        (repacked(GOOD, lambda p: {"xl/a.xml": p[SHEET]}), "R-10", "坏了"),
        (workbook([person(姓名="=A1")]), "R-12", "第3行第F列是公式"),
        (workbook([person()], sheets={"二": [["x"]]}), "R-14", "好几张工作表"),
        (workbook([person(备注="长" * 501)]), "R-15", "第3行第AT列的字太多"),
        (workbook(title=None, headings=[]), "R-17", "一个人也没有"),
    ],
)
def test_every_bad_file_gets_its_sentence_and_changes_nothing(put, data, code, said):
    refused = _refused(put(data))

    assert refused.code == code
    assert said in refused.what
    assert refused.safe == "什么都没有改动。"
    assert refused.do.endswith("。")
    assert "何有田" not in str(refused)


def test_a_file_that_swells_in_memory_stops_at_the_limit(put):
    """One text of twelve million characters: seven megabytes packed, far more while parsed."""
    text = b"<si><t>" + hashlib.shake_256(b"roster").hexdigest(6 << 20).encode() + b"</t></si>"
    data = edited(
        GOOD, "xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", text + b"</sst>")
    )

    assert len(read_rows(put(data))) == 3
    assert len(read_rows(put(GOOD), limits=ChildLimits(memory=50 << 20))) == 3
    assert _refused(put(data), limits=ChildLimits(memory=50 << 20)).code == "R-11"


def test_a_child_that_needs_too_much_processor_is_refused(put):
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(4, 500_000))
    data = edited(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))

    assert _refused(put(data), limits=ChildLimits(cpu=1)).code == "R-11"


def test_a_child_that_takes_too_long_is_ended(put):
    assert _refused(put(GOOD), limits=ChildLimits(wall=0.01)).code == "R-11"


def test_a_machine_that_cannot_start_the_child_says_so(put, monkeypatch):
    monkeypatch.setattr(roster_reading, "child_command", lambda: ["/nowhere/python"])

    with pytest.raises(Unavailable) as unavailable:
        read_rows(put(GOOD))

    assert unavailable.value.code == "R-19"


@pytest.mark.parametrize(
    "answer",
    [
        *("", "[]", "{}", "[1]", '{"rows": 1}', '{"rows": [1]}', '{"rows": [[1, 2]]}'),
        *('{"rows": [["1", ["a"]]]}', '{"rows": [[1, [2]]]}', '{"rows": [[1, ["a"], 3]]}'),
        *('{"refused": "R-99"}', '{"refused": ["R-12"]}', "\\xff", "null", '"refused"'),
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(put, monkeypatch, answer):
    program = f"import sys; sys.stdin.buffer.read(); sys.stdout.write({answer!r})"
    monkeypatch.setattr(
        roster_reading, "child_command", lambda: [sys.executable, "-I", "-c", program]
    )

    assert _refused(put(GOOD)).code == "R-10"


def test_a_child_that_ends_badly_is_not_believed(put, monkeypatch):
    answer = json.dumps({"rows": [[1, ["a"]]]})
    program = f"import sys; sys.stdin.buffer.read(); print({answer!r}); sys.exit(1)"
    monkeypatch.setattr(
        roster_reading, "child_command", lambda: [sys.executable, "-I", "-c", program]
    )

    assert _refused(put(GOOD)).code == "R-10"


def test_nothing_a_child_writes_to_its_error_output_is_seen(put):
    """Through a pipe, because the child may not write into a file anyway."""
    path = put(edited(GOOD, SHEET, lambda xml: xml[:-40]))
    program = (
        "import sys, pathlib\n"
        "from app.services.roster_reading import read_rows, Refused\n"
        "try: read_rows(pathlib.Path(sys.argv[1]))\n"
        "except Refused as refused: print(refused.code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, check=False, timeout=60
    )

    assert (done.stdout.split(), done.stderr) == ([b"R-10"], b"")


def test_the_environment_cannot_disarm_the_child(put, monkeypatch, tmp_path):
    (tmp_path / "openpyxl.py").write_text("raise SystemExit(9)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
    monkeypatch.chdir(tmp_path)

    assert len(read_rows(put(GOOD))) == 3
    assert os.environ["OPENPYXL_DEFUSEDXML"] == "False"


def test_a_packaged_program_becomes_the_child_by_its_verb(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert child_command() == [sys.executable, CHILD_VERB]
