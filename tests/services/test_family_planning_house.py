"""What a household has as a whole goes along when all of it goes, and is asked about when not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.application_events import ApplicationEvent
from app.domain.family import FamilyDeed
from app.domain.households import (
    AssetItem,
    AssetKind,
    Category,
    ExpenseItem,
    ExpenseKind,
    IncomeItem,
    IncomeKind,
    Per,
)
from app.domain.ids import ItemId, ObligorId, new_id
from app.domain.money import Money
from app.domain.people import Obligor, Relation
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from tests.fakes import NOON
from tests.families import ON, deed, next_door, stands_as_logged
from tests.filing import refused
from tests.storefile import household_of

WHOLE = {"kind": IncomeKind.BUSINESS, "amount": Money.yuan(5_000), "per": Per.YEAR}
OWN = {"kind": IncomeKind.WAGE, "amount": Money.yuan(1_000), "per": Per.MONTH}
RENT = {"kind": next(iter(ExpenseKind)), "amount": Money.yuan(300), "per": Per.MONTH}
SAVINGS = {"kind": next(iter(AssetKind)), "amount": Money.yuan(300_000), "count": None}
TWICE = "两户的赡养人记到一起了，有重的请在重新测算时去掉一个。"
SON = {"name": "韦老二", "relation": "儿子", "monthly_income": Money.yuan(20_000)}


def item(made, **facts):
    return made(id=ItemId(new_id(NOON)), **facts)


@pytest.fixture
def rich(work):
    """Two people with savings, land they work together, a rent, and a son in town."""
    made = household_of("韦大福", "覃阿花", group="二组", door="9号")
    made = replace(
        made,
        category=Category.NONE,
        incomes=(
            item(IncomeItem, person=None, **WHOLE),
            item(IncomeItem, person=made.members[0].person.id, **OWN),
        ),
        expenses=(item(ExpenseItem, person=None, **RENT),),
        assets=(item(AssetItem, **SAVINGS),),
        obligors=(Obligor(id=ObligorId(new_id(NOON)), household=made.id, **SON),),
    )
    work.households.add_all([made])
    return made


@pytest.fixture
def other(work):
    return next_door(work)


def belongings(household):
    """What there is, without the ids."""
    money = [(one.person is None, one.amount, one.per) for one in household.incomes]
    rents = [(one.person is None, one.amount, one.per) for one in household.expenses]
    saved = [(one.kind, one.amount, one.count) for one in household.assets]
    bound = [(one.name, one.relation, one.monthly_income) for one in household.obligors]
    return sorted(money), rents, saved, bound


def merger(rich, other):
    return deed(rich, FamilyDeed.MERGE, other=other.id, relation=Relation.PARENT)


def test_a_merger_takes_everything_the_household_has(work, rich, other):
    before = belongings(rich)

    plan = work.families.plan(merger(rich, other))
    work.families.do(merger(rich, other))

    assert belongings(work.households.get(other.id)) == before
    assert belongings(work.households.get(rich.id)) == ([], [], [], [])
    assert "名下 3 项收入和支出、1 样存款和财产、1 个赡养人跟着过去。" in plan.will
    assert TWICE not in plan.look_at
    assert stands_as_logged(work)


def test_a_merger_taken_back_gives_everything_back(work, rich, other):
    before = belongings(work.households.get(rich.id))
    work.families.do(merger(rich, other))

    work.families.undo(rich.id)

    assert belongings(work.households.get(rich.id)) == before
    assert belongings(work.households.get(other.id)) == ([], [], [], [])
    assert stands_as_logged(work)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (FamilyDeed.SPLIT, {"door": "77号"}),
        (FamilyDeed.MOVE, {"relation": Relation.SIBLING}),
    ],
)
def test_where_some_stay_what_they_share_stays_and_is_asked_about(work, rich, other, kind, more):
    gone = rich.members[1].person.id
    more |= {"leads": gone} if kind is FamilyDeed.SPLIT else {"other": other.id}
    change = deed(rich, kind, 1, **more)

    plan = work.families.plan(change)
    work.families.do(change)

    assert belongings(work.households.get(rich.id)) == belongings(rich)
    assert (
        "存款、房子、赡养人和全家的收入支出还记在原来这一户，分走的请两户都重新测算。"
        in plan.look_at
    )


def test_who_owes_support_in_both_households_is_asked_about(work, rich, other):
    obligor = Obligor(id=ObligorId(new_id(NOON)), household=other.id, **SON)
    third = replace(household_of("侬阿公", door="5号"), category=Category.NONE)
    third = replace(third, obligors=(replace(obligor, household=third.id),))
    work.households.add_all([third])

    plan = work.families.plan(merger(rich, third))

    assert TWICE in plan.look_at


def test_who_lived_alone_and_moved_in_next_door_left_nobody_behind_but_did_not_vanish(work, other):
    alone = replace(household_of("侬阿公", door="5号"), category=Category.NONE)
    work.households.add_all([alone])
    change = deed(alone, FamilyDeed.MOVE, 0, other=other.id, relation=Relation.PARENT)
    filed = work.applications.file(FileApplication(household=alone.id, assessment=None))

    assert refused(work.families.do, change).code == "H-22"
    work.steps.take(
        TakeStep(
            application=filed.id,
            event=ApplicationEvent.WITHDRAW,
            happened_on=work.clock.today(),
            note="搬家",
        )
    )
    work.families.do(change)

    gone = work.households.get(alone.id)
    assert (gone.ended_on, gone.successor) == (ON, other.id)
