"""A change of a family taken back, and what stands in the way of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.domain.caring import WatchCause
from app.domain.casework import Met
from app.domain.family import FamilyDeed, Newcomer
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.people import HouseholdRow
from app.services.applications import FileApplication
from app.services.visits import RecordVisit
from tests.families import (
    ON,
    R,
    couple_and_children,
    deed,
    names,
    next_door,
    stands_as_logged,
)


@pytest.fixture
def home(work):
    return couple_and_children(work)


@pytest.fixture
def other(work):
    return next_door(work)


@pytest.mark.parametrize(
    ("kind", "who", "changes"),
    [
        (FamilyDeed.DEATH, (0,), {"head": 2}),
        (FamilyDeed.SPLIT, (2, 3), {"leads": 2}),
        (FamilyDeed.MOVE, (2,), {"other": True}),
        (FamilyDeed.MERGE, (), {"other": True}),
        (FamilyDeed.BIRTH, (), {"newcomer": Newcomer(name="韦小宝", relation=R.CHILD)}),
        (FamilyDeed.HEAD, (), {"head": 1}),
    ],
)
def test_a_deed_is_undone_by_a_reversing_operation(work, clock, home, other, kind, who, changes):
    for name in ("head", "leads"):
        if name in changes:
            changes = changes | {name: home.members[changes[name]].person.id}
    if "other" in changes:
        changes = changes | {"other": other.id}
    before = work.households.get(home.id), work.households.get(other.id)
    work.families.do(deed(home, kind, *who, **changes))
    clock.advance(minutes=1)

    work.families.undo(home.id)

    assert (work.households.get(home.id), work.households.get(other.id)) == before
    assert work.families.undoable(home.id) is None
    assert [line.id for line in work.households.lines()] == sorted(
        [home.id, other.id], key=[other.id, home.id].index
    )
    assert stands_as_logged(work)


def test_nothing_to_undo_is_said(work, home):
    with pytest.raises(Refused) as caught:
        work.families.undo(home.id)

    assert caught.value.code == "H-23"


def test_what_was_changed_since_is_not_undone(work, home):
    work.families.do(deed(home, FamilyDeed.DEATH, 1))
    with work.begin() as unit:
        unit.change(
            kind="person.corrected", entity="person", entity_id=home.members[1].person.id,
            subject=home.id, fields={"died_on": date(2026, 2, 28)},
        )  # fmt: skip
        unit.commit()

    with pytest.raises(Refused) as caught:
        work.families.undo(home.id)

    assert caught.value.code == "H-24"


def test_a_split_that_was_visited_meanwhile_is_not_undone(work, home):
    work.families.do(deed(home, FamilyDeed.SPLIT, 2, leads=home.members[2].person.id))
    (line,) = work.households.find("韦小军")
    work.visits.record(RecordVisit(household=line.id, visited_on=ON, met=Met.SELF))

    with pytest.raises(Refused) as caught:
        work.families.undo(home.id)

    assert caught.value.code == "H-24"


def test_a_split_of_which_anything_else_was_recorded_is_not_undone(work, home):
    work.families.do(deed(home, FamilyDeed.SPLIT, 2, leads=home.members[2].person.id))
    (line,) = work.households.find("韦小军")
    with work.begin() as unit:
        unit.change(
            kind="watch.noticed", entity="watch_entry", entity_id="watch-1", subject=line.id,
            fields={
                "household_id": line.id, "cause": WatchCause.SUDDEN_DIFFICULTY.value,
                "note": "", "noticed_on": ON, "status": "noticed",
                "handler": "王秀英", "recorded_at": work.clock.now(),
            },
            new=True,
        )  # fmt: skip
        unit.commit()

    with pytest.raises(Refused) as caught:
        work.families.undo(home.id)

    assert caught.value.code == "H-24"


@pytest.mark.parametrize(("kind", "who"), [(FamilyDeed.MOVE, (2,)), (FamilyDeed.MERGE, ())])
def test_who_was_counted_in_the_other_household_since_is_not_simply_put_back(
    work, home, other, kind, who
):
    work.families.do(deed(home, kind, *who, other=other.id))
    work.applications.file(FileApplication(household=other.id, assessment=None))

    with pytest.raises(Refused) as caught:
        work.families.undo(home.id)

    assert caught.value.code == "H-24"
    assert "韦小军" in names(work.households.get(other.id))


@pytest.mark.parametrize(("kind", "who"), [(FamilyDeed.MOVE, (2,)), (FamilyDeed.MERGE, ())])
def test_a_visit_to_the_household_they_went_to_hinders_no_undoing(work, home, other, kind, who):
    before = work.households.get(home.id)
    work.families.do(deed(home, kind, *who, other=other.id))
    work.visits.record(RecordVisit(household=other.id, visited_on=ON, met=Met.SELF))

    work.families.undo(home.id)

    assert work.households.get(home.id) == before
    assert stands_as_logged(work)


def test_a_death_told_by_mistake_is_taken_back_and_who_was_counted_meanwhile_is_counted_anew(
    work, clock, home
):
    work.families.do(deed(home, FamilyDeed.DEATH, 1))
    work.applications.file(FileApplication(household=home.id, assessment=None))
    clock.advance(minutes=1)

    work.families.undo(home.id)

    row = next(i for i in work.worklist.today().items if i.kind is WorkKind.FAMILY_REVIEW)
    assert "韦建国" in names(work.households.get(home.id))
    assert "撤销家里变动" in row.why


def test_a_death_taken_back_before_anybody_was_counted_asks_for_nothing(work, clock, home):
    work.families.do(deed(home, FamilyDeed.DEATH, 1))
    clock.advance(minutes=1)

    work.families.undo(home.id)

    assert WorkKind.FAMILY_REVIEW not in {i.kind for i in work.worklist.today().items}


def test_a_death_taken_back_where_nothing_is_received_asks_for_nothing(work, clock, home):
    with work.begin() as unit:
        unit.connection.execute(update(table_of(HouseholdRow)).values(category="none"))
        unit.commit()
    work.families.do(deed(home, FamilyDeed.DEATH, 1))
    work.applications.file(FileApplication(household=home.id, assessment=None))
    clock.advance(minutes=1)

    work.families.undo(home.id)

    assert WorkKind.FAMILY_REVIEW not in {i.kind for i in work.worklist.today().items}


def test_a_child_counted_since_its_birth_may_still_be_taken_back(work, clock, home):
    before = work.households.get(home.id)
    child = Newcomer(name="韦小宝", relation=R.CHILD)
    work.families.do(deed(home, FamilyDeed.BIRTH, newcomer=child))
    work.applications.file(FileApplication(household=home.id, assessment=None))
    clock.advance(minutes=1)

    work.families.undo(home.id)

    assert names(work.households.get(home.id)) == names(before)


def test_a_deed_ends_the_draft_it_was_told_in(work, home):
    work.drafts.keep("family:x", {"deed": "death"})

    work.families.do(deed(home, FamilyDeed.DEATH, 1), draft_key="family:x")

    assert work.drafts.get("family:x") is None
