"""Where only children are left, somebody goes at once, whatever else stands in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.family import FamilyDeed, Newcomer
from app.domain.people import Relation
from app.domain.today import WorkKind
from app.services.referrals import Referrals
from tests.families import ON, deed
from tests.storefile import household_of
from tests.visiting import new_referral

BIRTHS = (date(1980, 5, 1), date(1982, 5, 1), date(2017, 5, 1))


@pytest.fixture
def home(work):
    """Parents and an eight-year-old."""
    made = household_of("韦大山", "覃阿妹", "韦小妹", door="7号")
    relations = (Relation.HEAD, Relation.SPOUSE, Relation.CHILD)
    members = tuple(
        replace(one, relation=relation, person=replace(one.person, birth=birth))
        for one, relation, birth in zip(made.members, relations, BIRTHS, strict=True)
    )
    made = replace(made, members=members)
    work.households.add_all([made])
    return made


def rows(work):
    return [one for one in work.worklist.everything() if one.kind is WorkKind.CHILDREN_ALONE]


def orphaned(work, home):
    work.families.do(deed(home, FamilyDeed.DEATH, 0, head=home.members[1].person.id))
    assert rows(work) == []
    work.families.do(deed(home, FamilyDeed.DEATH, 1, head=home.members[2].person.id))


def test_two_deaths_leave_a_child_and_an_urgent_row(work, home):
    orphaned(work, home)

    (row,) = rows(work)

    assert (row.household, row.page, row.due_on) == (home.id, "referrals", ON)

    assert "监护" in row.action
    assert work.worklist.check() == []


def test_somebody_grown_up_who_moves_in_ends_it(work, home):
    orphaned(work, home)
    uncle = Newcomer(name="韦大河", relation=Relation.OTHER, birth=date(1975, 1, 1), id_number=None)

    work.families.do(deed(home, FamilyDeed.JOIN, newcomer=uncle))

    assert rows(work) == []
    assert work.worklist.check() == []


def test_a_referral_made_since_ends_it(work, home):
    orphaned(work, home)

    Referrals(work.begin, work.clock).refer(new_referral(home))

    assert rows(work) == []


def test_with_the_eighteenth_birthday_it_is_over(work, home):
    orphaned(work, home)
    work.clock.advance(days=(date(2035, 4, 30) - work.clock.today()).days)
    assert [one.kind for one in work.worklist.today().items].count(WorkKind.CHILDREN_ALONE) == 1

    work.clock.advance(days=1)

    assert WorkKind.CHILDREN_ALONE not in {one.kind for one in work.worklist.today().items}
