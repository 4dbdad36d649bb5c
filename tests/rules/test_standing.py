"""What the pack says of those already supported: who confirms, the freeze, how often to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application_events import Actor
from app.domain.households import IncomeItem, IncomeKind, Per
from app.domain.ids import ItemId
from app.domain.money import Money
from app.domain.people import Labour
from app.domain.standing import CaseClass
from app.rules.grounds import Ground
from app.rules.standing import confirms, freeze_of, last_word, review_class, shares_of
from app.rules.terms import Found, terms_of
from app.rules.values import GraceStep, Rounding
from tests.cases import ON, practice, region
from tests.people import household

APRIL = date(2026, 4, 1)
TIANJIN = (GraceStep(3, 100), GraceStep(3, 50))


def terms(**changed):
    """The practice county's terms with some values put in place; None takes one out."""
    found = terms_of(practice(), ON)
    values = dict(found.values)
    for name, value in changed.items():
        values.pop((name, None), None)
        if value is not None:
            values[name, None] = Found(value, Ground("某办法", "第一条"))
    return replace(found, values=values)


@pytest.mark.parametrize(
    ("value", "actor"),
    [
        ("township", Actor.TOWNSHIP),
        ("county", Actor.COUNTY),
        ("district", Actor.COUNTY),
        ("city", Actor.COUNTY),
        (None, Actor.COUNTY),
    ],
)
def test_who_confirms_also_approves_a_grace(value, actor):
    hand = confirms(terms(confirm_authority=value))

    assert hand.actor is actor
    assert (hand.ground is None) == (value is None)


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        ("national", "乡镇审核、县民政局确认"),
        ("tianjin", "乡镇审核、区民政局确认"),
        ("mangshi", "乡镇审核、市民政局确认"),
        ("guangdong", "由谁确认，县里还没给"),
        ("dahua", "由谁确认，县里还没给"),
        ("practice", "以乡镇审核确认为准"),
    ],
)
def test_whose_word_a_test_waits_for_is_said_as_the_document_has_it(pack, said):
    """Tianjin has districts, 芒市 is a city; Guangdong has both and many towns (domain §6)."""
    assert said in last_word(terms_of(region(pack), ON))


@pytest.mark.parametrize("value", [True, False, None])
def test_whether_exits_are_frozen_comes_with_its_clause(value):
    freeze = freeze_of(terms(exit_suspended=value))

    assert freeze.frozen is value
    assert freeze.basis


def home_of(labour, *incomes):
    home = household()
    members = tuple(replace(one, person=replace(one.person, labour=labour)) for one in home.members)
    return replace(home, members=members, incomes=incomes)


WAGE = IncomeItem(
    id=ItemId("i"), person=None, kind=IncomeKind.WAGE, amount=Money(100), per=Per.MONTH
)


@pytest.mark.parametrize(
    ("labour", "incomes", "expected"),
    [
        (Labour.NONE, (), CaseClass.STABLE),
        (Labour.NONE, (replace(WAGE, kind=IncomeKind.LAND_TRANSFER),), CaseClass.STABLE),
        (Labour.NONE, (replace(WAGE, amount=Money(0)),), CaseClass.STABLE),
        (Labour.NONE, (WAGE,), CaseClass.OTHER),
        (Labour.PARTIAL, (), CaseClass.OTHER),
        (Labour.ABLE, (), CaseClass.OTHER),
        (Labour.UNKNOWN, (), CaseClass.OTHER),
    ],
)
def test_the_longer_clock_is_for_those_nobody_of_whom_can_work(labour, incomes, expected):
    assert review_class(home_of(labour, *incomes)) is expected


def test_tianjin_pays_three_whole_and_three_half_months_rounded_up_to_the_yuan():
    found = shares_of(
        terms(amount_rounding=Rounding("up", 100, "household_total")),
        Money(235_00),
        TIANJIN,
        APRIL,
        heads=1,
    )

    assert [str(one.amount) for one in found] == ["235.00"] * 3 + ["118.00"] * 3
    assert found[0].month == APRIL
    assert found[-1].month == date(2026, 9, 1)


def test_without_a_rounding_the_halves_stay_open():
    found = shares_of(terms(amount_rounding=None), Money(235_00), TIANJIN, APRIL, heads=1)

    assert [one.amount for one in found][3:] == [None] * 3
