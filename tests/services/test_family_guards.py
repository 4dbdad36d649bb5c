"""What a family deed takes, one guard at a time: each has a test nobody else would notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.family import FamilyChange, FamilyDeed, Newcomer
from app.domain.ids import HouseholdId, PersonId, new_id
from tests.fakes import NOON
from tests.filing import refused
from tests.storefile import household_of

ON = date(2026, 3, 1)
NOBODY = PersonId("019cacb3-f200-7000-8000-00000000dead")
D = FamilyDeed


@pytest.fixture
def home(work):
    """Three people, the youngest born last week."""
    made = household_of("覃兰英", "韦建国", "韦甜甜")
    youngest = made.members[2]
    born = replace(youngest, person=replace(youngest.person, birth=date(2026, 2, 25)))
    made = replace(made, members=(*made.members[:2], born))
    work.households.add_all([made])
    return made


def code(work, home, kind, *who, **changes):
    """How the deed is refused; numbers stand for the members."""
    named = {"people": tuple(home.members[at].person.id for at in who)}
    for key, value in changes.items():
        member = key in {"head", "leads"} and isinstance(value, int)
        named[key] = home.members[value].person.id if member else value
    change = FamilyChange(**({"household": home.id, "kind": kind, "on": ON} | named))
    problem = refused(work.families.do, change)
    assert refused(work.families.plan, change).code == problem.code
    return problem.code


def test_a_household_nobody_has_is_told_of(work, home):
    assert code(work, home, D.DEATH, 1, household=HouseholdId(new_id(NOON))) == "F-01"


@pytest.mark.parametrize("kind", [D.DEATH, D.MOVE_OUT, D.SPLIT])
def test_somebody_of_another_household_does_not_leave_this_one(work, home, kind):
    assert code(work, home, kind, people=(NOBODY,), leads=NOBODY, to_place="省城") == "H-13"


def test_people_move_one_at_a_time(work, home):
    assert code(work, home, D.MOVE, 1, 2) == "H-13"


@pytest.mark.parametrize("head", [0, NOBODY])
def test_the_head_that_follows_is_somebody_else_of_the_family(work, home, head):
    assert code(work, home, D.HEAD, head=head) == "H-15"


def test_who_leaves_does_not_head_what_stays(work, home):
    assert code(work, home, D.DEATH, 0, head=0) == "H-15"
    assert code(work, home, D.SPLIT, 0, 1, head=1, leads=0) == "H-15"


def test_who_stays_does_not_lead_what_splits_off(work, home):
    assert code(work, home, D.SPLIT, 1, leads=0) == "H-16"


@pytest.mark.parametrize("kind", [D.MOVE, D.MERGE])
def test_the_other_household_is_another_one_and_there(work, home, kind):
    who = (1,) if kind is D.MOVE else ()

    assert code(work, home, kind, *who, other=home.id) == "H-17"
    assert code(work, home, kind, *who, other=HouseholdId(new_id(NOON))) == "H-17"


@pytest.mark.parametrize("kind", [D.BIRTH, D.MARRIAGE, D.JOIN])
def test_somebody_who_comes_is_told_of(work, home, kind):
    assert code(work, home, kind) == "H-19"


def test_the_birth_of_who_stays_hinders_nobody(work, home):
    work.families.do(
        FamilyChange(
            household=home.id, kind=D.DEATH, on=date(2026, 2, 1),
            people=(home.members[1].person.id,),
        )
    )  # fmt: skip

    assert code(work, home, D.DEATH, 2, on=date(2026, 2, 24)) == "H-12"
    names = [one.person.name for one in work.households.get(home.id).members]
    assert names == ["覃兰英", "韦甜甜"]


def test_somebody_may_die_and_be_born_on_the_day_itself_and_come_today(work, home):
    today = work.clock.today()

    work.families.do(
        FamilyChange(
            household=home.id, kind=D.BIRTH, on=today, newcomer=Newcomer(name="小", birth=today)
        )
    )
    work.families.do(
        FamilyChange(
            household=home.id, kind=D.DEATH, on=date(2026, 2, 25),
            people=(home.members[2].person.id,),
        )
    )  # fmt: skip

    names = [one.person.name for one in work.households.get(home.id).members]
    assert names == ["覃兰英", "韦建国", "小"]
