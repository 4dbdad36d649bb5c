"""Who died or moved away is still found where they lived last: the record is kept there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.family import FamilyDeed, Newcomer
from app.domain.identity import make_id_number
from app.domain.people import PersonStatus, Relation
from app.ui.widgets.answers import who_lives_there
from tests.families import couple_and_children, deed, next_door, stands_as_logged
from tests.storefile import household_of


@pytest.fixture
def home(work):
    return couple_and_children(work)


@pytest.fixture
def other(work):
    return next_door(work)


def found(work, text):
    return [(line.id, line.left, line.is_over) for line in work.households.find(text)]


def test_a_dead_member_is_found_and_said_to_be_gone(work, other):
    work.families.do(deed(other, FamilyDeed.DEATH, 1))

    assert found(work, "陈阿秀") == [(other.id, "陈阿秀", False)]
    assert found(work, "赵大山") == [(other.id, None, False)]
    (line,) = work.households.find("cax")
    assert who_lives_there(line) == "1 口人　陈阿秀去世或搬走了，资料在这里"


def test_a_household_nobody_is_left_in_is_found_by_everything_it_was_found_by(work, other):
    work.families.do(deed(other, FamilyDeed.DEATH, 1))
    work.families.do(deed(other, FamilyDeed.DEATH, 0))

    for text in ("赵大山", "zds", "陈阿秀", "3号"):
        assert [one[0] for one in found(work, text)] == [other.id]
    (line,) = work.households.find("赵大山")
    assert line.is_over
    assert who_lives_there(line) == "没有人住了　赵大山去世或搬走了，资料在这里"
    assert other.id not in [one.id for one in work.households.lines()]


def test_who_lives_there_comes_before_who_does_no_more(work, home, other):
    work.families.do(deed(other, FamilyDeed.DEATH, 0, head=other.members[1].person.id))
    living = next_door(work)

    assert found(work, "赵大山") == [(living.id, None, False), (other.id, "赵大山", False)]


def test_who_moved_within_the_village_is_found_where_they_live_now(work, home, other):
    son = home.members[2].person.name
    work.families.do(deed(home, FamilyDeed.MOVE, 2, other=other.id, relation=Relation.CHILD))

    assert [(one[0], one[1]) for one in found(work, son)] == [(other.id, None)]


def test_who_moved_and_died_is_found_at_the_last_place_only(work, home, other):
    son = home.members[2]
    work.families.do(deed(home, FamilyDeed.MOVE, 2, other=other.id, relation=Relation.CHILD))
    now = work.households.get(other.id)
    at = next(n for n, one in enumerate(now.members) if one.person.id == son.person.id)
    work.families.do(deed(now, FamilyDeed.DEATH, at))

    assert found(work, son.person.name) == [(other.id, son.person.name, False)]


def test_a_death_taken_back_is_no_more_gone(work, other):
    work.families.do(deed(other, FamilyDeed.DEATH, 1))
    work.families.undo(other.id)

    assert found(work, "陈阿秀") == [(other.id, None, False)]


def test_who_was_recorded_dead_and_comes_back_is_alive(work, clock):
    number = make_id_number("459901", date(1949, 12, 31), 2)
    home = household_of("覃大", "覃二", id_number=None, door="6号")
    second = home.members[1]
    person = replace(second.person, id_number=number, birth=date(1949, 12, 31))
    home = replace(home, members=(home.members[0], replace(second, person=person)))
    work.households.add_all([home])
    work.families.do(deed(home, FamilyDeed.DEATH, 1))
    back = Newcomer(name="覃二", relation=Relation.SPOUSE, id_number=number)
    join = deed(home, FamilyDeed.JOIN, newcomer=back)

    plan = work.families.plan(join)
    work.families.do(join)

    assert "这次改回来" in plan.will[0]
    (there,) = [
        one.person for one in work.households.get(home.id).members if one.person.id == person.id
    ]
    assert there.status is PersonStatus.NORMAL
    assert stands_as_logged(work)
