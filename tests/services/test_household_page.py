"""What the household page is told: everything that happened, what is missing, who lacks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.casework import EventKind, Met, ReliefWay
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.happening import Happening
from app.domain.money import Money
from app.services import timeline
from app.services.applications import FileApplication
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit
from tests.storefile import household_of

ON = date(2026, 3, 1)


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "韦小军", birth=date(1958, 3, 9), id_number=None)
    members = (
        replace(made.members[0], person=replace(made.members[0].person, id_number="1")),
        made.members[1],
    )
    made = replace(made, members=members, phone="19900005512", bank_account="62284800")
    work.households.add_all([made])
    return made


def pay(work, home):
    return work.relief.pay(
        PayRelief(
            household=home.id, payee_name="覃兰英", payee=home.members[0].person.id,
            event=EventKind.FIRE, amount=Money.yuan(300), way=ReliefWay.CASH,
        )
    )  # fmt: skip


def told(work, home):
    return {(one.kind, one.title) for one in work.households.history(home.id)}


def test_every_room_tells_what_it_knows(work, home):
    work.visits.record(RecordVisit(household=home.id, visited_on=ON, met=Met.SELF, note="挺好"))
    pay(work, home)
    work.applications.file(FileApplication(household=home.id, assessment=None))
    death = FamilyChange(
        household=home.id, kind=FamilyDeed.DEATH, on=ON, people=(home.members[1].person.id,)
    )
    work.families.do(death)

    assert {
        ("visit", "走访"), ("relief", "先行救助"), ("application", "申请"), ("family", "有人去世"),
    } <= told(work, home)  # fmt: skip


def test_the_newest_stands_first(work, home):
    for day in (3, 1, 2):
        work.visits.record(
            RecordVisit(household=home.id, visited_on=date(2026, 2, day), met=Met.SELF)
        )

    assert [one.on.day for one in work.households.history(home.id)] == [3, 2, 1]


def test_a_line_says_where_more_of_it_stands(work, home):
    paid = pay(work, home)

    line = next(one for one in work.households.history(home.id) if one.title == "先行救助")
    assert (line.page, line.target) == ("relief_case", paid.id)


def test_a_new_room_is_one_entry(work, home, monkeypatch):
    def of_roads(_work, _household):
        yield Happening(on=ON, kind="road", title="修路", detail="通了", entity_id="r-1")

    monkeypatch.setattr(timeline, "ROOMS", (*timeline.ROOMS, of_roads))

    assert ("road", "修路") in told(work, home)


def test_what_is_missing_is_named_with_whose_it_is(work, home):
    assert work.lacks.of(home.id) == ["韦小军的身份证号"]


def test_papers_an_application_and_relief_still_owe_are_missing_too(work, home):
    pay(work, home)
    work.applications.file(FileApplication(household=home.id, assessment=None))

    missing = work.lacks.of(home.id)

    assert "户口本" in missing
    assert any(one.startswith("先行救助（火灾）") for one in missing)
    assert len(missing) == len(set(missing))


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, True),
        ({"number": "2"}, False),
        ({"number": "2", "phone": None}, True),
        ({"number": "2", "bank_account": ""}, True),
        ({"number": "2", "birth": None}, True),
    ],
)
def test_the_list_knows_who_lacks_a_fact(work, changes, lacks):
    made = household_of("覃兰英", id_number=changes.get("number"), birth=changes.get("birth", ON))
    made = replace(
        made,
        phone=changes.get("phone", "19900005512"),
        bank_account=changes.get("bank_account", "62284800"),
    )
    work.households.add_all([made])

    (line,) = work.households.lines()

    assert line.lacks is lacks
