"""A paper about a day says who headed the household then, where it was and on which rung."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.documents.visit_log import LogOptions
from app.domain.family import FamilyChange, FamilyDeed, Newcomer
from app.domain.households import Category
from app.domain.masking import Mask
from app.domain.people import Relation
from app.services.exports import ExportBook
from app.services.homes_then import home_on
from app.services.household_corrections import Correction
from tests.casework import TODAY, interviewed, visit
from tests.exporting import order
from tests.families import deed
from tests.storefile import household_of

WHOLE = LogOptions(mask=Mask.NONE, phone=True)


@pytest.fixture
def home(work):
    """Two people on 低保, visited and tested today; then the head dies."""
    made = household_of("韦大山", "韦小雨", door="8号")
    made = replace(made, category=Category.DIBAO, phone="19900001111")
    work.households.add_all([made])
    return made


def logged(work, tmp_path):
    """Head, rung and telephone of each line of March's log."""
    path = tmp_path / "x.csv"
    work.exports.write(order(path, ExportBook.VISITS, options=WHOLE))
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    at = next(n for n, one in enumerate(rows) if "户主" in one)
    names = [rows[at].index(one) for one in ("户主", "类别", "电话")]
    return [
        tuple(row[one] for one in names)
        for row in rows[at + 1 :]
        if row[names[0] : names[0] + 1] not in ([], [""])
    ]


def dies(work, home):
    """Two days later the head dies, and the other one heads the household."""
    work.clock.advance(days=2)
    work.families.do(
        replace(deed(home, FamilyDeed.DEATH, 0, head=home.members[1].person.id), on=TODAY + DAYS)
    )


DAYS = timedelta(days=2)


def call(work, home, number):
    work.corrections.correct(Correction(household=home.id, fields={"phone": number}))


def test_the_log_names_who_was_visited_and_not_who_follows(work, home, tmp_path):
    work.visits.record(visit(home))
    before = logged(work, tmp_path)
    dies(work, home)
    call(work, home, "19900002222")
    work.visits.record(replace(visit(home), visited_on=TODAY + DAYS))

    after = logged(work, tmp_path)

    assert before == [("韦大山", "低保", "19900001111")]
    assert after == [*before, ("韦小雨", "低保", "19900002222")]


def test_the_sheet_of_a_visit_names_who_was_visited(work, home):
    work.visits.record(visit(home))
    dies(work, home)

    said = work.printing.sketch("F15", home.id).content

    assert (said.head, said.persons) == ("韦大山", 2)


def test_a_test_names_who_headed_the_household_on_its_day(work, home):
    work.assessments.save(home.id, interviewed(work, home))
    dies(work, home)

    said = work.printing.sketch("F05", home.id).content

    assert (said.head, said.listed) == ("韦大山", 2)


def test_what_was_changed_and_changed_back_is_what_it_was(work, home):
    for number in ("19900002222", "19900003333"):
        work.clock.advance(days=1)
        call(work, home, number)
    with work.begin() as unit:
        now = unit.households.get(home.id)
        told = [home_on(unit, now, TODAY + timedelta(days=n)).phone for n in range(3)]
        early = home_on(unit, now, date(2020, 1, 1))

    assert told == ["19900001111", "19900002222", "19900003333"]
    assert early.named_head.name == "韦大山"


def test_a_household_without_a_telephone_then_has_none_on_the_paper(work):
    made = household_of("韦大山")
    work.households.add_all([made])
    work.clock.advance(days=1)
    call(work, made, "19900002222")
    with work.begin() as unit:
        then = home_on(unit, unit.households.get(made.id), TODAY)

    assert then.phone is None
    assert then.place == made.place


def test_of_what_was_written_down_late_the_last_word_on_a_day_counts(work, home):
    for number, on in (("19900002222", 3), ("19900003333", 1)):
        with work.begin() as unit:
            unit.change(
                kind="household.corrected", entity="household", entity_id=home.id, subject=home.id,
                fields={"phone": number}, on=TODAY + timedelta(days=on),
            )  # fmt: skip
            unit.commit()
    with work.begin() as unit:
        now = unit.households.get(home.id)
        told = [home_on(unit, now, TODAY + timedelta(days=n)).phone for n in (0, 2)]

    assert told == ["19900001111", "19900003333"]


def test_who_belonged_to_it_then_are_those_who_lived_there(work, home):
    dies(work, home)
    work.clock.advance(days=2)
    work.families.do(
        FamilyChange(
            household=home.id, kind=FamilyDeed.BIRTH, on=TODAY + 2 * DAYS,
            newcomer=Newcomer(name="韦小妹", relation=Relation.CHILD, birth=TODAY + 2 * DAYS),
        )
    )  # fmt: skip
    with work.begin() as unit:
        now = unit.households.get(home.id)
        then = [home_on(unit, now, TODAY + n * DAYS).members for n in range(3)]

    assert [[one.person.name for one in members] for members in then] == [
        ["韦大山", "韦小雨"], ["韦小雨"], ["韦小雨", "韦小妹"],
    ]  # fmt: skip
