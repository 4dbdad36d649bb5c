"""The roster the practice county sends: what is written is what is read back."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from app.documents.roster_rows import a_year
from app.domain.households import Household
from app.domain.people import Person
from app.domain.roster_columns import COLUMNS
from app.practice.roster_file import write_roster
from app.practice.village import practice_village
from app.services.rosters import read_roster
from tests.roster_files import TODAY


@pytest.fixture(scope="module")
def village():
    return practice_village()


@pytest.fixture(scope="module")
def read(village, tmp_path_factory):
    """The report of the whole village's roster, written and read back."""
    path = tmp_path_factory.mktemp("roster") / "花名册.xlsx"
    write_roster(path, village)
    return read_roster(path, on=TODAY)


def _same(person: Person) -> Person:
    """`person` without what a roster does not carry."""
    return replace(person, id="", monitored=None)


def _money(household: Household) -> list[object]:
    names = {member.person.id: member.person.id_number for member in household.members}
    incomes: dict[object, int] = {}
    for item in household.incomes:
        key = (names.get(item.person), item.kind)
        incomes[key] = incomes.get(key, 0) + a_year(item).fen
    return [
        incomes,
        sorted((names[e.person], e.kind, e.amount.fen) for e in household.expenses),
        [(a.kind, a.amount, a.count) for a in household.assets],
        [
            (o.name, o.relation, o.birth, o.monthly_income, o.maintenance_month, o.status)
            for o in household.obligors
        ],
    ]


def test_the_roster_reads_back_without_a_problem(village, read):
    assert read.problems == ()
    assert (len(read.households), read.people) == (320, village.people)
    assert [each.number for each in read.households] == [m.number for m in village.members]


def test_everybody_reads_back_the_same(village, read):
    for before, after in zip(village.households, read.households, strict=True):
        assert [(_same(m.person), m.relation, m.living) for m in before.members] == [
            (_same(m.person), m.relation, m.living) for m in after.household.members
        ]


def test_every_household_reads_back_the_same(village, read):
    blank = {"id": "", "head": None, "members": (), "obligors": (), "incomes": ()}
    for before, after in zip(village.households, read.households, strict=True):
        bare = [replace(h, **blank, expenses=(), assets=()) for h in (before, after.household)]
        assert bare[0] == bare[1]
        assert _money(before) == _money(after.household)


def test_it_looks_like_a_provincial_export(village, tmp_path):
    write_roster(tmp_path / "r.xlsx", practice_village(3, 20))

    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active

    assert sheet["A1"].value.startswith("练习县低收入人口花名册")
    assert [cell.value for cell in sheet[2]] == [column.heading for column in COLUMNS]
    kinds = {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None}
    assert kinds == {"s"}
    assert sheet["A3"].value == "1"


def test_a_spoilt_roster_differs_in_exactly_three_cells(village, tmp_path):
    bad = write_roster(tmp_path / "bad.xlsx", village, spoil=True)
    write_roster(tmp_path / "good.xlsx", village)

    sheets = [
        openpyxl.load_workbook(
            io.BytesIO((tmp_path / name).read_bytes()), read_only=True
        ).active.iter_rows(values_only=True)
        for name in ("bad.xlsx", "good.xlsx")
    ]
    different = [
        (number, place)
        for number, (spoilt, good) in enumerate(zip(*sheets, strict=True), 1)
        for place, (one, other) in enumerate(zip(spoilt, good, strict=True))
        if one != other
    ]

    assert tuple(row for row, _ in different) == bad
    assert len(set(bad)) == 3


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_any_village_can_be_spoilt_in_exactly_three_rows(seed, tmp_path):
    bad = write_roster(tmp_path / "r.xlsx", practice_village(seed, 25), spoil=True)

    assert read_roster(tmp_path / "r.xlsx", on=TODAY).bad_rows == bad
