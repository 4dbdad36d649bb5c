"""The six ways to show a number, as they stand in every kind of file that left."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.documents.visit_log import LogOptions
from app.domain.masking import Mask
from tests import pdfs
from tests.exporting import NUMBER, cells, order, village_of
from tests.locked_workbooks import opened

HEAD = "身份证号"
SHOWN = {
    Mask.FULL: NUMBER,
    Mask.MIDDLE_8: "459901********0027",
    Mask.MIDDLE_6: "459901******090027",
    Mask.LAST_8: "4599011958********",
    Mask.ONLY_LAST_4: "**************0027",
}
HIDDEN = [mask for mask in Mask if mask is not Mask.FULL]
TABLES = [(".xlsx", mask) for mask in Mask] + [(".csv", mask) for mask in HIDDEN]


@pytest.fixture
def village(work):
    return village_of(work)


def table_of(path: Path, password: str = "") -> list[list[object]]:
    """The rows of a table that left, as whoever gets it opens it."""
    data = path.read_bytes()
    if path.suffix == ".csv":
        return [list(row) for row in csv.reader(data.decode("utf-8-sig").splitlines())]
    return cells(opened(data, password) if password else data)


def numbers_in(heads: list[object], *rows: list[object]) -> list[object]:
    """What stands under the number's head, beside the name."""
    at, name = heads.index(HEAD), heads.index("户主")
    return [row[at] for row in rows if row[name] == "覃兰英"]


def test_every_mask_is_looked_at():
    assert set(SHOWN) | {Mask.NONE} == set(Mask)


@pytest.mark.parametrize(("ending", "mask"), TABLES)
def test_a_table_shows_as_much_of_a_number_as_its_mask(village, tmp_path, ending, mask):
    path = tmp_path / f"x{ending}"

    report = village.exports.write(order(path, options=LogOptions(mask=mask)))

    table = table_of(path, report.password)
    assert bool(report.password) == (mask is Mask.FULL)
    assert (HEAD in table[0]) == (mask is not Mask.NONE)
    if mask is not Mask.NONE:
        assert numbers_in(*table) == [SHOWN[mask]]


@pytest.mark.parametrize("mask", HIDDEN)
def test_a_printed_log_shows_as_much_of_a_number_as_its_mask(village, tmp_path, mask):
    path = tmp_path / "x.pdf"

    village.exports.write(order(path, options=LogOptions(mask=mask)))

    text = "".join(pdfs.written(path.read_bytes()).split())
    assert (HEAD in text) == (mask is not Mask.NONE)
    for other, shown in SHOWN.items():
        assert (shown in text) == (other is mask)
