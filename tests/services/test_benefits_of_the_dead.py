"""What somebody received by name does not go on after them without a word."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.family import FamilyDeed
from app.domain.households import Category
from app.domain.people import Relation
from app.domain.standing import BenefitKind
from app.domain.today import WorkKind
from app.services.standing import NewBenefit, Standing
from tests.families import couple_and_children, deed, next_door


@pytest.fixture
def home(work):
    return couple_and_children(work)


@pytest.fixture
def standing(work):
    return Standing(work.begin, work.clock, work.rules)


def receive(standing, home, *who):
    names = tuple(home.members[at].person.name for at in who)
    return standing.receive(
        NewBenefit(household=home.id, kind=BenefitKind.ELDERLY, since=date(2026, 1, 5), names=names)
    )


def rows(work):
    return [one for one in work.worklist.everything() if one.kind is WorkKind.BENEFIT_ENDS]


@pytest.mark.parametrize("category", [Category.DIBAO, Category.NONE])
def test_the_benefit_of_the_dead_is_to_be_stopped_and_is_gone_with_it(
    work, home, standing, category
):
    with work.begin() as unit:
        unit.change(
            kind="household.corrected", entity="household", entity_id=home.id,
            subject=home.id, fields={"category": category},
        )  # fmt: skip
        unit.commit()
    made = receive(standing, home, 1)
    assert rows(work) == []

    work.families.do(deed(home, FamilyDeed.DEATH, 1))

    (row,) = rows(work)
    assert row.why == f"韦建国去世了，{BenefitKind.ELDERLY.label}还记着在发"
    assert row.action == "告诉发的单位，停这项"
    assert work.worklist.check() == []
    standing.stop(made, date(2026, 3, 1), "去世")
    assert rows(work) == []


def test_what_others_still_receive_goes_on(work, home, standing):
    receive(standing, home, 0, 1)

    work.families.do(deed(home, FamilyDeed.DEATH, 1))

    assert rows(work) == []


def test_a_death_taken_back_takes_the_row_along(work, home, standing):
    receive(standing, home, 1)
    work.families.do(deed(home, FamilyDeed.DEATH, 1))

    work.families.undo(home.id)

    assert rows(work) == []
    assert work.worklist.check() == []


def test_who_moved_next_door_and_died_there_is_missed_where_the_benefit_is_recorded(
    work, home, standing
):
    made = receive(standing, home, 1)
    other = next_door(work)
    work.families.do(deed(home, FamilyDeed.MOVE, 1, other=other.id, relation=Relation.SIBLING))
    now = work.households.get(other.id)
    at = next(n for n, one in enumerate(now.members) if one.person.name == "韦建国")

    work.families.do(deed(now, FamilyDeed.DEATH, at))

    assert [(one.household, one.entity_id) for one in rows(work)] == [(home.id, made)]
    assert work.worklist.check() == []
