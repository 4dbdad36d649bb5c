"""What only a means test asks is carried from one test to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import IncomeItem, IncomeKind, Per
from app.domain.ids import HouseholdId, ItemId, ObligorId
from app.domain.money import Money
from app.domain.people import Labour, Obligor
from app.rules import facts as case
from app.services.case_facts import as_of, facts_of
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
    facts = told(
        work.assessments.start(household.id),
        excused_from_work=True, back_at_work=True, labour=Labour.PARTIAL, labour_loss=True,
        receives=(),
    )  # fmt: skip
    work.assessments.save(household.id, facts)

    first = work.assessments.start(household.id).household.members[0]

    assert (first.excused_from_work, first.receives) == (True, ())
    assert (first.back_at_work, first.labour_loss) == (True, True)


def test_of_whoever_is_able_to_work_by_now_a_finding_of_lost_labour_is_not_kept(household):
    before = told(facts_of(household), labour=Labour.PARTIAL, labour_loss=True)
    person = replace(household.members[0].person, labour=Labour.ABLE)
    recorded = replace(household, members=(replace(household.members[0], person=person),))

    assert facts_of(recorded, before=before).household.members[0].labour_loss is None


def test_a_benefit_on_no_list_is_another_benefit_and_the_record_keeps_its_word(work, household):
    with work.begin() as begun:
        begun.change(
            kind="person.corrected", entity="person", entity_id=household.members[0].person.id,
            subject=household.id, fields={"receives": ["五保", "dibao"]},
        )  # fmt: skip
        begun.commit()

    facts = work.assessments.start(household.id)
    work.assessments.save(household.id, facts)

    assert facts.household.members[0].receives == ("other", "dibao")
    (member, _) = work.households.get(household.id).members
    assert member.person.receives == ("五保", "dibao")


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


def item(number: int, **facts: object) -> IncomeItem:
    of_a_year = {"kind": IncomeKind.WAGE, "amount": Money.yuan(900), "per": Per.MONTH}
    return IncomeItem(id=ItemId(f"i{number}"), person=None, **(of_a_year | facts))


def test_months_on_record_are_those_of_a_year(household):
    recorded = replace(household, incomes=(item(1, months=8), item(2)))

    some, whole = facts_of(recorded).household.incomes

    assert (some.months, some.months_in) == (8, ((12, 8),))
    assert (whole.months, whole.months_in) == (12, ())


def test_what_was_asked_about_a_window_is_kept_while_the_source_stays_as_it_was(household):
    once = {"kind": IncomeKind.CHARITY, "per": Per.ONCE}
    recorded = replace(household, incomes=(item(1, months=8), item(2, months=7), item(3, **once)))
    plain = facts_of(recorded)
    asked = (
        replace(plain.household.incomes[0], months_in=((6, 3), (12, 8))),
        plain.household.incomes[1],
        replace(plain.household.incomes[2], received_on=date(2026, 1, 5)),
    )
    before = replace(plain, household=replace(plain.household, incomes=asked))

    kept = facts_of(recorded, before=before).household.incomes
    changed = facts_of(replace(recorded, incomes=(item(1, months=9),)), before=before)

    assert kept == asked
    assert changed.household.incomes[0].months_in == ((12, 9),)


def test_whether_it_is_a_first_job_is_kept_until_the_record_has_its_day(work, household):
    facts = told(work.assessments.start(household.id), first_job=True)
    work.assessments.save(household.id, facts)
    begun = told(facts, first_employed_on=work.clock.today())

    again = work.assessments.start(household.id)
    work.assessments.save(household.id, begun)
    with_day = work.assessments.start(household.id)

    assert again.household.members[0].first_job is True
    assert with_day.household.members[0].first_employed_on == work.clock.today()


def test_on_an_earlier_day_nothing_that_came_later_had_happened(household):
    """A new standard is tried from its own first day, which may lie before what was told."""
    day = date(2026, 1, 1)
    later, before = date(2026, 2, 1), date(2025, 12, 1)
    facts = told(
        facts_of(household), first_job=True, first_employed_on=later, self_declared_on=later
    )
    sums = tuple(
        case.Income(member=None, kind=IncomeKind.CHARITY, amount=Money(1), per=Per.ONCE,
                    received_on=on)
        for on in (later, before, None)
    )  # fmt: skip
    facts = replace(facts, household=replace(facts.household, incomes=sums))

    then = as_of(facts, day).household

    first = then.members[0]
    assert (first.first_job, first.first_employed_on, first.self_declared_on) == (False, None, None)
    assert [one.received_on for one in then.incomes or ()] == [before, None]
    assert as_of(facts, later) == facts
    unasked = replace(facts, household=replace(facts.household, incomes=None))
    assert as_of(unasked, day).household.incomes is None
