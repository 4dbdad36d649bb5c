"""Families over time: who comes, who goes, and where a household goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.family import FamilyDeed, Newcomer, seen_from, through
from app.domain.households import Category
from app.domain.money import Money
from app.domain.people import Education, Marriage, PersonStatus
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from tests.families import (
    ON,
    R,
    couple_and_children,
    deed,
    names,
    next_door,
    relations,
    stands_as_logged,
)
from tests.storefile import household_of


@pytest.fixture
def home(work):
    return couple_and_children(work)


@pytest.fixture
def other(work):
    return next_door(work)


def refusal(work, change):
    with pytest.raises(Refused) as caught:
        work.families.do(change)
    with pytest.raises(Refused):
        work.families.plan(change)
    return caught.value


def test_a_newborn_belongs_to_the_household_from_its_birthday(work, home):
    child = Newcomer(name="韦小宝", relation=R.GRANDCHILD, birth=ON)

    work.families.do(deed(home, FamilyDeed.BIRTH, newcomer=child))

    found = work.households.get(home.id)
    assert names(found) == ["覃兰英", "韦建国", "韦小军", "韦甜甜", "韦小宝"]
    assert found.members[-1].person.birth == ON
    assert stands_as_logged(work)


def test_the_dead_keep_their_record_and_leave_the_household(work, home):
    work.families.do(deed(home, FamilyDeed.DEATH, 1))

    with work.begin() as unit:
        person = unit.people.get(home.members[1].person.id)
        (gone,) = unit.families.gone_from(home.id)
    assert (person.status, person.died_on) == (PersonStatus.DEAD, ON)
    assert (gone.name, gone.on, gone.by) == ("韦建国", ON, FamilyDeed.DEATH)
    assert names(work.households.get(home.id)) == ["覃兰英", "韦小军", "韦甜甜"]
    (line,) = work.households.find("韦建国")
    assert (line.matched, line.left) == (None, "韦建国")


def test_the_wage_of_somebody_who_left_no_longer_counts(work, home):
    work.families.do(deed(home, FamilyDeed.MOVE_OUT, 2, to_place="省城"))

    assert work.households.get(home.id).incomes == ()


def test_when_the_head_dies_the_next_one_is_named_and_relations_are_told_anew(work, home):
    work.families.do(deed(home, FamilyDeed.DEATH, 0, head=home.members[2].person.id))

    found = work.households.get(home.id)
    assert found.head_member.person.name == "韦小军"
    assert relations(found) == {
        "韦建国": R.PARENT, "韦小军": R.HEAD, "韦甜甜": R.OTHER,
    }  # fmt: skip


def test_another_head_makes_the_husband_the_wife_s_spouse(work, home):
    work.families.do(deed(home, FamilyDeed.HEAD, head=home.members[1].person.id))

    assert relations(work.households.get(home.id)) == {
        "覃兰英": R.SPOUSE, "韦建国": R.HEAD, "韦小军": R.CHILD, "韦甜甜": R.GRANDCHILD,
    }  # fmt: skip


def test_a_split_makes_a_household_that_names_its_origin(work, home):
    son = home.members[2].person.id
    work.families.do(deed(home, FamilyDeed.SPLIT, 2, 3, leads=son, group_name="五组", door="8号"))

    (line,) = work.households.find("5组8号") or work.households.find("五组8号")
    made = work.households.get(line.id)
    assert (made.split_from, made.category, made.benefit_month) == (home.id, Category.NONE, None)
    assert (made.head, names(made)) == (son, ["韦小军", "韦甜甜"])
    assert [one.person for one in made.incomes] == [son]
    assert names(work.households.get(home.id)) == ["覃兰英", "韦建国"]
    assert stands_as_logged(work)


def test_both_sides_of_a_split_name_each_other(work, home):
    work.families.do(deed(home, FamilyDeed.SPLIT, 2, leads=home.members[2].person.id))

    (line,) = work.households.find("韦小军")
    with work.begin() as unit:
        (here,), (there,) = unit.families.events_of(home.id), unit.families.events_of(line.id)
    assert (here.other, there.other, here.deed) == (line.id, home.id, there.deed)


def test_a_move_within_the_village_takes_the_person_and_the_wage_along(work, home, other):
    work.families.do(deed(home, FamilyDeed.MOVE, 2, other=other.id, relation=R.OTHER))

    there = work.households.get(other.id)
    assert names(there) == ["赵大山", "陈阿秀", "韦小军"]
    assert there.incomes[0].amount == Money.yuan(1800)
    assert [line.id for line in work.households.find("韦小军")] == [other.id]
    assert stands_as_logged(work)


def test_a_merged_household_has_ended_and_can_still_be_opened(work, home, other):
    change = deed(other, FamilyDeed.MERGE, other=home.id, relation=R.SIBLING)

    work.families.do(change)

    gone = work.households.get(other.id)
    assert (gone.ended_on, gone.successor, gone.members) == (ON, home.id, ())
    assert [line.id for line in work.households.lines()] == [home.id]
    assert relations(work.households.get(home.id))["赵大山"] is R.SIBLING
    assert stands_as_logged(work)


def test_the_last_to_leave_ends_the_household_and_nobody_is_to_be_visited_there(work, clock):
    alone = household_of("覃兰英")
    work.households.add_all([alone])

    work.families.do(deed(alone, FamilyDeed.DEATH, 0))

    assert work.households.get(alone.id).ended_on == ON
    kinds = [item.kind for item in work.worklist.today().items if item.household == alone.id]
    assert kinds == [WorkKind.FAMILY_REVIEW]


@pytest.mark.parametrize("kind", [FamilyDeed.DEATH, FamilyDeed.MOVE_OUT, FamilyDeed.BIRTH])
def test_a_change_of_the_family_of_a_benefit_is_put_on_today_s_list(work, home, kind):
    newcomer = Newcomer(name="韦小宝", relation=R.GRANDCHILD)

    work.families.do(deed(home, kind, 3, newcomer=newcomer, to_place="外省"))

    (row,) = [item for item in work.worklist.today().items if item.kind.value == "family_review"]
    assert (row.household, row.page) == (home.id, "assessment")
    assert kind.label in row.why


def test_a_family_without_a_benefit_asks_for_no_review(work, other):
    work.families.do(deed(other, FamilyDeed.DEATH, 1))

    assert not [item for item in work.worklist.today().items if item.kind.value == "family_review"]


def test_the_plan_says_everything_before_anything_is_written(work, home):
    change = deed(home, FamilyDeed.DEATH, 0, head=home.members[2].person.id)

    plan = work.families.plan(change)

    assert plan.will == (
        "覃兰英记为2026年3月1日去世，不再算这一户的人；以前的记录都留着。",
        "这一户由韦小军当户主。",
        "覃兰英户（三组12号）是低保，会排进今日工作去复核；享受的待遇本机不改，由县里定。",
    )
    assert plan.look_at == ("韦甜甜和户主的关系推不准，先记成“其他”。",)
    assert len(work.households.get(home.id).members) == len(home.members)


@pytest.mark.parametrize(
    ("kind", "who", "changes", "code"),
    [
        (FamilyDeed.DEATH, (1,), {"on": date(2026, 3, 3)}, "H-11"),
        (FamilyDeed.DEATH, (), {}, "H-13"),
        (FamilyDeed.DEATH, (1, 2), {}, "H-13"),
        (FamilyDeed.SPLIT, (0, 1, 2, 3), {}, "H-14"),
        (FamilyDeed.DEATH, (0,), {}, "H-15"),
        (FamilyDeed.HEAD, (), {}, "H-15"),
        (FamilyDeed.SPLIT, (2,), {}, "H-16"),
        (FamilyDeed.MOVE, (2,), {}, "H-17"),
        (FamilyDeed.BIRTH, (), {"newcomer": Newcomer(name=" ")}, "H-19"),
        (FamilyDeed.BIRTH, (), {"newcomer": Newcomer(name="小", relation=R.HEAD)}, "H-18"),
        (FamilyDeed.JOIN, (), {"newcomer": Newcomer(name="小", birth=date(2027, 1, 1))}, "H-11"),
        (FamilyDeed.JOIN, (), {"newcomer": Newcomer(name="小", phone="没有")}, "H-30"),
        (FamilyDeed.JOIN, (), {"newcomer": Newcomer(name="小", id_number="45")}, "I-01"),
        (FamilyDeed.MOVE_OUT, (2,), {"to_place": " "}, "H-21"),
    ],
)
def test_a_deed_that_cannot_stand_is_refused_and_nothing_is_written(
    work, home, kind, who, changes, code
):
    problem = refusal(work, deed(home, kind, *who, **changes))

    assert problem.code == code
    assert work.households.get(home.id) == replace(home, version=0)


def test_a_day_before_the_birth_of_who_leaves_is_refused(work):
    made = household_of("覃兰英", "韦建国", birth=date(2026, 2, 1))
    work.households.add_all([made])

    assert refusal(work, deed(made, FamilyDeed.DEATH, 1, on=date(2026, 1, 1))).code == "H-12"


def test_a_household_that_has_ended_takes_no_more_changes(work, home, other):
    work.families.do(deed(other, FamilyDeed.MERGE, other=home.id, relation=R.OTHER))

    assert refusal(work, deed(other, FamilyDeed.DEATH, 0)).code == "H-10"
    assert refusal(work, deed(home, FamilyDeed.MOVE, 1, other=other.id)).code == "H-17"


def test_there_is_one_head_in_the_other_household_too(work, home, other):
    change = deed(home, FamilyDeed.MOVE, 1, other=other.id, relation=R.HEAD)

    assert refusal(work, change).code == "H-18"


def test_somebody_who_lives_in_the_village_moves_and_does_not_come_twice(work, home):
    number = "459901195803090020"
    work.households.add_all([household_of("黄有财", id_number=number, door="9号")])
    twin = Newcomer(name="黄有财", id_number=number)

    assert refusal(work, deed(home, FamilyDeed.JOIN, newcomer=twin)).code == "H-20"


def test_somebody_who_comes_back_is_the_same_person(work, home, other):
    number = "459901195803090020"
    guest = household_of("黄有财", "黄二妹", door="9号")
    first = replace(guest.members[1], person=replace(guest.members[1].person, id_number=number))
    guest = replace(guest, members=(guest.members[0], first))
    work.households.add_all([guest])
    work.families.do(deed(guest, FamilyDeed.MOVE_OUT, 1, to_place="外省"))

    back = Newcomer(name="黄二妹", id_number=number, relation=R.SPOUSE)
    work.families.do(deed(other, FamilyDeed.MARRIAGE, newcomer=back))

    assert work.households.get(other.id).members[-1].person.id == first.person.id


def test_what_is_told_of_who_comes_stands_with_them(work, home):
    told = {
        "marriage": Marriage.MARRIED, "education": Education.MIDDLE,
        "hukou_address": "练习县白石镇老街8号",
    }  # fmt: skip

    work.families.do(deed(home, FamilyDeed.JOIN, newcomer=Newcomer(name="黄二妹", **told)))

    person = work.households.get(home.id).members[-1].person
    assert {key: getattr(person, key) for key in told} == told
    assert stands_as_logged(work)


def test_what_is_told_of_who_comes_back_is_kept_and_the_rest_stays(work, home, other):
    number = "459901195803090020"
    guest = household_of("黄有财", "黄二妹", door="9号")
    before = replace(
        guest.members[1].person, id_number=number, phone="19900000009", education=Education.HIGH
    )
    guest = replace(guest, members=(guest.members[0], replace(guest.members[1], person=before)))
    work.households.add_all([guest])
    work.families.do(deed(guest, FamilyDeed.MOVE_OUT, 1, to_place="外省"))
    there = "练习县白石镇老街8号"
    back = Newcomer(name="黄二妹", id_number=number, marriage=Marriage.MARRIED, hukou_address=there)

    work.families.do(deed(other, FamilyDeed.MARRIAGE, newcomer=back))

    person = work.households.get(other.id).members[-1].person
    assert (person.marriage, person.education, person.phone) == (
        Marriage.MARRIED, Education.HIGH, "19900000009",
    )  # fmt: skip
    assert person.hukou_address == there

    work.families.undo(other.id)

    with work.begin() as unit:
        assert unit.people.get(before.id).marriage is None


def test_an_application_under_way_is_ended_before_a_merger(work, home, other):
    work.applications.file(FileApplication(household=home.id, assessment=None))

    assert refusal(work, deed(home, FamilyDeed.MERGE, other=other.id)).code == "H-22"


def test_an_application_that_loses_its_applicant_is_pointed_at(work, home):
    work.applications.file(FileApplication(household=home.id, assessment=None))

    left = {"head": home.members[1].person.id, "to_place": "省城"}
    gone = work.families.plan(deed(home, FamilyDeed.MOVE_OUT, 0, **left))
    other = work.families.plan(deed(home, FamilyDeed.MOVE_OUT, 3, to_place="省城"))

    assert gone.look_at[0] == "覃兰英有没办完的申请，请到申请里记撤回，或换人申请。"
    assert other.look_at == ()


@pytest.mark.parametrize(
    ("head", "theirs", "now"),
    [
        (R.CHILD, R.HEAD, R.PARENT), (R.CHILD, R.SPOUSE, R.PARENT), (R.CHILD, R.CHILD, R.SIBLING),
        (R.CHILD, R.GRANDCHILD, R.OTHER), (R.SPOUSE, R.CHILD, R.CHILD),
        (R.PARENT, R.HEAD, R.CHILD), (R.PARENT, R.SPOUSE, R.CHILD_IN_LAW),
        (R.PARENT, R.CHILD, R.GRANDCHILD), (R.SIBLING, R.PARENT, R.PARENT),
        (R.CHILD_IN_LAW, R.CHILD, R.OTHER), (R.GRANDCHILD, R.HEAD, R.GRANDPARENT),
        (R.OTHER, R.CHILD, R.OTHER), (R.HEAD, R.CHILD, R.CHILD), (R.HEAD, R.HEAD, R.HEAD),
    ],
)  # fmt: skip
def test_what_somebody_is_to_a_new_head(head, theirs, now):
    assert seen_from(head, theirs) is now


def test_what_somebody_is_through_a_relative():
    assert through(R.CHILD, R.SPOUSE) is R.CHILD_IN_LAW
    assert through(R.SIBLING, R.CHILD) is R.OTHER
