"""A county's roster: read by the laptop program beside, entered whole, told to the villages."""

from __future__ import annotations

import sys

import pytest

from app.domain.problem import Problem
from app.sync.protocol.enrolment import Village
from county_server.__main__ import main
from county_server.roster import Record, Rosters, read_roster
from tests.counties import VILLAGE
from tests.roster_files import id_number, person, workbook


@pytest.fixture
def rosters(office):
    return Rosters(office.county, office.database, office.clock)


def household(number: int, village: str | None = VILLAGE.code, id_no: str | None = None):
    """The records of one household of one person."""
    subject, who = f"h-{number}", f"p-{number}"
    return [
        Record(entity="household", entity_id=subject, subject=subject,
               fields={"area": "rural", "village_code": village, "head_person_id": who}),
        Record(entity="person", entity_id=who, subject=subject,
               fields={"name": "甲", "id_number": id_no or id_number(serial=number)}),
        Record(entity="household_member", entity_id=f"m-{number}", subject=subject,
               fields={"household_id": subject, "person_id": who}),
    ]  # fmt: skip


def refused(work) -> str:
    with pytest.raises(Problem) as caught:
        work()
    return caught.value.code


def test_new_households_reach_the_village_and_known_ones_stay_as_they_are(office, rosters):
    device = office.device()
    first = rosters.enter(household(1) + household(2))
    again = rosters.enter(household(2) + household(3))

    told = [e for page in office.pull(device) for e in page.entries]

    assert (first.households, first.people, first.known) == (2, 2, 0)
    assert (again.households, again.known) == (1, 1)
    assert sorted(e.entity_id for e in told if e.entity == "household") == ["h-1", "h-2", "h-3"]
    assert {e.scope for e in told if e.entity == "person"} == {VILLAGE.code}
    assert office.status()["documents"]["person"] == 3


def test_a_household_of_no_known_village_stops_all_of_it(office, rosters):
    office.device()

    assert refused(lambda: rosters.enter(household(1) + household(2, "459901009009"))) == "K-40"
    assert refused(lambda: rosters.enter(household(1, None))) == "K-40"
    assert "household" not in office.status()["documents"]


def test_rows_without_a_village_are_of_the_one_named_besides(office, rosters):
    home = Village("459901002001", "新村")

    rosters.enter(household(1, None), home)

    told = [e for page in office.pull(office.device(home)) for e in page.entries]
    assert [e.body["village_code"] for e in told if e.entity == "household"] == [home.code]


def test_nobody_new_is_said_and_not_called_done(office, rosters):
    office.device()
    rosters.enter(household(1))

    assert refused(lambda: rosters.enter(household(1))) == "K-41"


def test_a_workbook_goes_in_as_typed(office, tmp_path, capsys):
    office.device()
    file = tmp_path / "roster.xlsx"
    rows = [person(村代码=VILLAGE.code), person(村代码=VILLAGE.code, 证件号码="1", 姓名="坏行",
                                             户编号="2", 户主姓名="坏行")]  # fmt: skip
    file.write_bytes(workbook(rows))
    typed = ["import-roster", "--data", str(tmp_path / "county"), str(file), "--skip-bad-rows"]

    status = main(typed)

    said = capsys.readouterr().out
    assert status == 0
    assert "导入 1 户 1 人" in said
    assert "第 4 行" in said
    assert office.status()["documents"]["household"] == 1


def test_the_readers_own_sentence_is_told(tmp_path):
    says = "import sys; sys.stderr.write('有行不对（编号 R-20）\\n'); raise SystemExit(2)"

    with pytest.raises(Problem) as caught:
        read_roster(tmp_path / "x", skip_bad_rows=False, reader=[sys.executable, "-c", says])

    assert "R-20" in caught.value.what


@pytest.mark.parametrize(
    ("says", "code"), [("print('{}')", "K-43"), ("raise SystemExit(1)", "K-42")]
)
def test_a_reader_that_fails_enters_nothing(tmp_path, says, code):
    reader = [sys.executable, "-c", says]

    assert refused(lambda: read_roster(tmp_path / "x", skip_bad_rows=False, reader=reader)) == code
    missing = [str(tmp_path / "nothing")]
    assert refused(lambda: read_roster(tmp_path, skip_bad_rows=False, reader=missing)) == "K-43"
