"""Two families of a village, and one way to say what happens in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.family import FamilyChange
from app.domain.households import Category, IncomeItem, IncomeKind, Per
from app.domain.ids import ItemId, new_id
from app.domain.money import Money
from app.domain.people import Relation
from app.store import projection
from tests.fakes import NOON
from tests.storefile import household_of

ON = date(2026, 3, 1)


R = Relation


def couple_and_children(work):
    """Four people on 低保: she, her husband, a son with a wage, a grandchild."""
    made = household_of("覃兰英", "韦建国", "韦小军", "韦甜甜")
    relations = (R.HEAD, R.SPOUSE, R.CHILD, R.GRANDCHILD)
    members = tuple(
        replace(one, relation=relation)
        for one, relation in zip(made.members, relations, strict=True)
    )
    wage = IncomeItem(
        id=ItemId(new_id(NOON)),
        person=members[2].person.id,
        kind=IncomeKind.WAGE,
        amount=Money.yuan(1800),
        per=Per.MONTH,
    )
    made = replace(made, members=members, incomes=(wage,))
    work.households.add_all([made])
    return made


def next_door(work):
    """Two people next door, on no benefit."""
    made = household_of("赵大山", "陈阿秀", group="一组", door="3号")
    made = replace(made, category=Category.NONE)
    work.households.add_all([made])
    return made


def deed(home, kind, *who, **changes):
    people = tuple(home.members[at].person.id for at in who)
    return FamilyChange(
        **({"household": home.id, "kind": kind, "on": ON, "people": people} | changes)
    )


def names(household):
    return [one.person.name for one in household.members]


def relations(household):
    return {one.person.name: one.relation for one in household.members}


def stands_as_logged(work):
    with work.begin() as unit:
        return projection.differences(unit.connection) == []
