"""Households as values: who heads one, where it is, and the words that go with it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ethnic_groups import ETHNIC_GROUPS, ethnic_group
from app.domain.households import Area, Category, Household
from app.domain.ids import HouseholdId, MemberId, PersonId
from app.domain.people import Member, Person, Relation
from app.domain.today import Today, WorkKind

HEAD = Member(
    id=MemberId("m1"),
    household=HouseholdId("h1"),
    person=Person(id=PersonId("p1"), name="韦某"),
    relation=Relation.HEAD,
)


def household(head: str | None) -> Household:
    """One household of one."""
    return Household(
        id=HouseholdId("h1"),
        area=Area.RURAL,
        village_code="459901103207",
        group_name="三组",
        door="12号",
        address="",
        phone=None,
        category=Category.NONE,
        monitoring_tag=None,
        benefit_month=None,
        poverty_cause=None,
        knock_note=None,
        bank_name=None,
        bank_account=None,
        head=None if head is None else PersonId(head),
        members=(HEAD,),
    )


def test_a_household_knows_its_head_and_its_place():
    assert household("p1").head_member is HEAD
    assert household("p1").place == "三组12号"


@pytest.mark.parametrize("head", [None, "p9"])
def test_a_household_may_have_no_head_on_record(head):
    assert household(head).head_member is None


def test_the_home_page_starts_without_recent_households():
    today = Today(
        on=date(2026, 3, 2),
        items=(),
        visits_due=0,
        visits_left_this_month=0,
        deadlines=0,
        paperwork=0,
        waiting_upload=0,
        differing=0,
    )

    assert today.recent == ()
    assert WorkKind.VISIT.label == "走访"


@pytest.mark.parametrize(
    ("text", "group"), [("壮", "壮"), ("壮族", "壮"), ("满族", "满"), ("火星族", None), ("", None)]
)
def test_a_people_is_known_with_and_without_its_suffix(text, group):
    assert len(ETHNIC_GROUPS) == 56
    assert ethnic_group(text) == group
