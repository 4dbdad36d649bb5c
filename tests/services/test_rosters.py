"""Taking in a roster: read through the child, then all of it or nothing."""

from __future__ import annotations

import pytest

from app.domain.problem import Refused
from app.domain.roster import RosterHousehold
from app.practice.roster_file import write_roster
from app.practice.village import practice_village
from app.services.roster_doubles import Sifted
from app.services.rosters import ImportRoster, RosterImported, Rosters, read_roster
from tests.fakes import StoppedClock
from tests.roster_files import TODAY, id_number, person, workbook


class Shelf:
    """Where households are put; remembers each delivery."""

    def __init__(self) -> None:
        self.deliveries: list[list[RosterHousehold]] = []

    def store(self, households: list[RosterHousehold]) -> Sifted:
        self.deliveries.append(households)
        return Sifted(tuple(households), ())


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def rosters(shelf) -> Rosters:
    return Rosters(shelf.store, StoppedClock())


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """(path, numbers of the bad rows) of a village's roster with three bad rows."""
    path = tmp_path_factory.mktemp("rosters") / "spoilt.xlsx"
    return path, write_roster(path, practice_village(3, 60), spoil=True)


def test_a_good_roster_goes_in_whole_and_at_once(rosters, shelf, tmp_path):
    village = practice_village(3, 30)
    write_roster(tmp_path / "roster.xlsx", village)

    imported = rosters.import_(ImportRoster(report=rosters.read(tmp_path / "roster.xlsx")))

    assert imported == RosterImported(households=30, people=village.people, skipped=())
    assert [len(delivery) for delivery in shelf.deliveries] == [30]


def test_three_bad_rows_are_found_where_they_are(spoilt):
    path, bad = spoilt

    report = read_roster(path, on=TODAY)

    assert report.bad_rows == bad
    assert [(p.row, p.column, p.code) for p in report.problems] == [
        (bad[0], "证件号码", "I-05"),
        (bad[1], "证件号码", "I-03"),
        (bad[2], "出生日期", "R-42"),
    ]


def test_a_roster_with_bad_rows_is_refused_whole(rosters, shelf, spoilt):
    report = rosters.read(spoilt[0])

    with pytest.raises(Refused) as refused:
        rosters.import_(ImportRoster(report=report))

    assert refused.value.code == "R-20"
    assert "3行" in refused.value.what
    assert shelf.deliveries == []


def test_bad_rows_may_be_skipped_with_their_whole_households(rosters, shelf, spoilt):
    path, bad = spoilt

    imported = rosters.import_(ImportRoster(report=rosters.read(path), skip_bad_rows=True))

    assert imported.households == 57
    assert len(imported.skipped) == 3
    assert all(row in skipped.rows for row, skipped in zip(bad, imported.skipped, strict=True))
    stored = {household.number for household in shelf.deliveries[0]}
    assert stored.isdisjoint(skipped.number for skipped in imported.skipped)


@pytest.mark.parametrize(
    "wrong", [{"户编号": ""}, {"户编号": "没这一户"}, {"与户主关系": "户主", "姓名": "何有田"}]
)
def test_a_row_nobody_can_say_the_household_of_is_not_skipped(rosters, shelf, tmp_path, wrong):
    path = tmp_path / "astray.xlsx"
    child = {"与户主关系": "子女", "姓名": "何小满", "证件号码": id_number(12, 3), "出生日期": ""}
    path.write_bytes(workbook([person(), person(**(child | wrong))]))

    with pytest.raises(Refused) as refused:
        rosters.import_(ImportRoster(report=rosters.read(path), skip_bad_rows=True))

    assert (refused.value.code, shelf.deliveries) == ("R-26", [])


def test_nothing_is_stored_when_every_household_is_bad(rosters, shelf, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook([person(姓名="")]))

    with pytest.raises(Refused) as refused:
        rosters.import_(ImportRoster(report=rosters.read(path), skip_bad_rows=True))

    assert refused.value.code == "R-21"
    assert shelf.deliveries == []


def test_a_store_that_fails_is_not_hidden(tmp_path):
    def _full(_households: list[RosterHousehold]) -> Sifted:
        raise Refused("名册里有人已经在本机的户档案里了。", do="请核对。", code="R-30")

    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook([person()]))
    rosters = Rosters(_full, StoppedClock())

    with pytest.raises(Refused, match="已经在本机"):
        rosters.import_(ImportRoster(report=rosters.read(path)))


def test_births_are_judged_by_the_clock_it_is_given(tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook([person(证件号码=id_number(age=0), 出生日期="")]))

    assert read_roster(path, on=TODAY).problems == ()
    (problem,) = read_roster(path, on=TODAY.replace(year=TODAY.year - 1)).problems
    assert problem.code == "I-04"


def test_two_readings_of_one_file_make_different_ids(tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook([person()]))

    first, second = (read_roster(path, on=TODAY).households[0].household for _ in range(2))

    assert first.id != second.id
    assert first.members[0].person.name == second.members[0].person.name


def test_the_error_sheet_can_be_mended_and_taken_in(rosters, spoilt, tmp_path):
    import openpyxl

    path, bad = spoilt
    report = rosters.read(path)
    sheet_path = tmp_path / "错误表.xlsx"
    good = tmp_path / "good.xlsx"
    write_roster(good, practice_village(3, 60))
    right = {row.number: row for row in read_roster(good, on=TODAY).table.rows}

    rosters.write_error_sheet(sheet_path, report)
    book = openpyxl.load_workbook(sheet_path)
    headings = [cell.value for cell in book.active[2]]
    for row in bad:
        for column in ("证件号码", "出生日期"):
            book.active.cell(row, headings.index(column) + 1).value = right[row].cells[column]
    book.save(sheet_path)

    mended = rosters.read(sheet_path)
    assert mended.problems == ()
    assert len(mended.households) == 60
