"""What only a means test asks is carried from one test to the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.ids import HouseholdId, ObligorId
from app.domain.people import Obligor
from app.rules import facts as case
from app.services.case_facts import facts_of
from tests.storefile import household_of


@pytest.fixture
def household(work):
    """One household of two, in the vault."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def told(facts, **changes):
    """`facts` with the first person changed."""
    first, *others = facts.household.members
    members = (replace(first, **changes), *others)
    return replace(facts, household=replace(facts.household, members=members))


def test_what_the_record_has_no_room_for_is_kept(work, household):
    facts = told(work.assessments.start(household.id), excused_from_work=True, receives=())
    work.assessments.save(household.id, facts)

    first = work.assessments.start(household.id).household.members[0]

    assert (first.excused_from_work, first.receives) == (True, ())


def test_what_the_record_says_stands_before_it(household):
    before = told(facts_of(household), receives=())
    person = replace(household.members[0].person, receives=("dibao",))
    recorded = replace(household, members=(replace(household.members[0], person=person),))

    assert facts_of(recorded, before=before).household.members[0].receives == ("dibao",)


def test_an_obligor_of_the_record_keeps_what_was_asked_of_him(household):
    son = Obligor(
        id=ObligorId("o1"), household=HouseholdId(household.id), name="儿", relation="son"
    )
    other = replace(son, id=ObligorId("o2"))
    recorded = replace(household, obligors=(son, other))
    asked = case.Obligor(
        id="o1", relation="son", receives=("dibao",), within_property_limits=True,
        disability=case.Disability(),
    )  # fmt: skip
    before = facts_of(household)
    before = replace(before, household=replace(before.household, obligors=(asked,)))

    first, second = facts_of(recorded, before=before).household.obligors

    assert first == asked
    assert second == case.Obligor(id="o2", relation="son")


def test_somebody_new_since_the_last_test_is_as_recorded(household):
    before = facts_of(household)
    before = replace(before, household=replace(before.household, members=()))

    assert facts_of(household, before=before).household.members == (
        facts_of(household).household.members
    )
