"""A deed of a supported family is a 增减员 too: in the same transaction, seen by the next 复核."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.family import FamilyChange, FamilyDeed, Newcomer
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.people import Relation
from app.domain.problem import Refused
from app.domain.standing import ChangeKind, ReviewResult
from app.domain.today import WorkKind
from app.services import standing_papers
from app.services.standing import NewChange, NewReview, Standing
from tests.reassessing import interview
from tests.storefile import household_of

ON = date(2026, 3, 1)


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "韦建国", "韦小军")
    husband = replace(
        made.members[1],
        relation=Relation.SPOUSE,
        person=replace(made.members[1].person, id_number="459901196003090019"),
    )
    made = replace(made, members=(made.members[0], husband, made.members[2]))
    work.households.add_all([made])
    return made


@pytest.fixture
def other(work):
    made = household_of("赵大山", "陈阿秀", group="一组", door="3号")
    work.households.add_all([made])
    return made


def do(work, home, kind, *who, **more):
    people = tuple(home.members[at].person.id for at in who)
    asked = {"household": home.id, "kind": kind, "on": ON, "people": people} | more
    return work.families.do(FamilyChange(**asked))


def told(work, household):
    with work.begin() as unit:
        found = unit.standing.changes_of(HouseholdId(household))
    return [(one.kind, one.person_name, one.reason) for one in found]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FamilyDeed.BIRTH, "出生"),
        (FamilyDeed.MARRIAGE, "结婚进门"),
        (FamilyDeed.JOIN, "原来没有登记，补登"),
    ],
)
def test_who_comes_is_an_addition(work, home, kind, reason):
    do(work, home, kind, newcomer=Newcomer(name="韦小宝", relation=Relation.CHILD))

    assert told(work, home.id) == [(ChangeKind.ADD, "韦小宝", reason)]


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        (FamilyDeed.DEATH, {}, "去世。病故"),
        (FamilyDeed.MOVE_OUT, {"to_place": "省城"}, "迁出本村，迁到：省城。病故"),
    ],
)
def test_who_goes_is_a_reduction_with_what_she_noted(work, home, kind, more, reason):
    do(work, home, kind, 1, note="病故", **more)

    assert told(work, home.id) == [(ChangeKind.REMOVE, "韦建国", reason)]


def test_who_moves_next_door_leaves_one_household_and_joins_the_other(work, home, other):
    do(work, home, FamilyDeed.MOVE, 2, other=other.id, relation=Relation.OTHER)

    assert told(work, home.id) == [(ChangeKind.REMOVE, "韦小军", "去了赵大山户")]
    assert told(work, other.id) == [(ChangeKind.ADD, "韦小军", "从覃兰英户过来")]


def test_a_merger_brings_everybody(work, home, other):
    do(work, other, FamilyDeed.MERGE, other=home.id, relation=Relation.SIBLING)

    assert sorted(name for _kind, name, _why in told(work, home.id)) == ["赵大山", "陈阿秀"]
    assert {kind for kind, _name, _why in told(work, other.id)} == {ChangeKind.REMOVE}


def test_the_household_that_splits_off_receives_nothing_and_adds_nobody(work, home):
    son = home.members[2].person.id
    do(work, home, FamilyDeed.SPLIT, 2, leads=son)

    (line,) = work.households.find("韦小军")
    assert told(work, home.id) == [(ChangeKind.REMOVE, "韦小军", "分户，另立一户")]
    assert told(work, line.id) == []


def test_a_family_that_receives_nothing_has_nothing_to_tell(work):
    alone = replace(household_of("赵大山", "陈阿秀", door="9号"), category=Category.NONE)
    work.households.add_all([alone])

    do(work, alone, FamilyDeed.DEATH, 1)

    assert told(work, alone.id) == []


def test_another_head_is_no_addition_and_no_reduction(work, home):
    do(work, home, FamilyDeed.HEAD, head=home.members[1].person.id)

    assert told(work, home.id) == []


def test_somebody_on_record_who_comes_back_is_told_by_the_name_on_record(work, home):
    number = home.members[1].person.id_number
    do(work, home, FamilyDeed.MOVE_OUT, 1, to_place="省城")

    do(work, home, FamilyDeed.JOIN, newcomer=Newcomer(name="韦建国", id_number=number))

    assert {(kind, name) for kind, name, _why in told(work, home.id)} == {
        (ChangeKind.ADD, "韦建国"),
        (ChangeKind.REMOVE, "韦建国"),
    }


def test_what_was_taken_back_is_told_no_more(work, home):
    do(work, home, FamilyDeed.DEATH, 1)

    work.families.undo(home.id)

    assert told(work, home.id) == []
    assert titles(work, home) == []


def titles(work, home):
    """What today's list asks about the family."""
    kinds = (WorkKind.PERIODIC_REVIEW, WorkKind.FAMILY_REVIEW)
    return [one.kind for one in work.worklist.today().items if one.kind in kinds]


def test_today_asks_once_for_one_change_of_the_family(work, home):
    do(work, home, FamilyDeed.DEATH, 1)

    assert titles(work, home) == [WorkKind.FAMILY_REVIEW]


def test_the_operation_of_the_change_belongs_to_the_deed(work, home):
    do(work, home, FamilyDeed.DEATH, 1)

    with work.begin() as unit:
        kinds = unit.connection.exec_driver_sql(
            "SELECT DISTINCT kind FROM operation WHERE entity = 'composition_change'"
        )
        assert kinds.scalars().all() == ["family.death"]


def test_the_form_prints_who_left_as_that_person_stood(work, home):
    do(work, home, FamilyDeed.DEATH, 1)

    with work.begin() as unit:
        record = unit.standing.changes_of(home.id)[0]
        said = standing_papers.content_of(unit, work.rules, record, unit.households.get(home.id))

    (gone,) = said.removed
    assert (gone.id_number, gone.relation) == (home.members[1].person.id_number, "配偶")


def test_what_a_deed_told_is_not_told_again_by_hand(work, home):
    do(work, home, FamilyDeed.DEATH, 1)
    again = NewChange(
        household=home.id, kind=ChangeKind.REMOVE, name="韦建国", reason="去世", happened_on=ON
    )

    with pytest.raises(Refused) as caught:
        Standing(work.begin, work.clock, work.rules).change(again)

    assert caught.value.code == "G-26"
    Standing(work.begin, work.clock, work.rules).change(replace(again, name="韦小军"))


def test_a_review_closes_what_the_family_brought_about(work, home):
    do(work, home, FamilyDeed.DEATH, 1)
    work.clock.advance(hours=1)
    interview(work, home.id, 500)

    Standing(work.begin, work.clock, work.rules).review(
        NewReview(household=home.id, reviewed_on=work.clock.today(), result=ReviewResult.TESTED)
    )

    with work.begin() as unit:
        (looked,) = unit.standing.looked_at([home.id])
    assert looked.changed_on is None
