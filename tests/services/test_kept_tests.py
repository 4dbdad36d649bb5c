"""A means test that is kept: what the household record learns from it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.households import IncomeKind
from app.domain.money import Money
from app.rules import facts as case
from app.rules.casefile import parse_case
from app.services.case_facts import facts_of
from app.services.case_told import nobody_asked
from tests.casework import head_of, interviewed
from tests.storefile import household_of


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def test_what_an_interview_learnt_is_the_households_record_afterwards(work, household):
    work.assessments.save(household.id, interviewed(work, household))

    (item,) = work.households.get(household.id).incomes
    again = work.assessments.start(household.id).household
    assert (item.kind, item.amount) == (IncomeKind.WAGE, Money.yuan(300))
    assert (len(again.incomes), again.expenses, again.assets) == (1, (), ())


def test_who_was_never_asked_is_not_taken_to_have_nothing(work, household):
    """The roster tells of the head's wage; of the other one nobody asked, nor of what is shared."""
    facts = interviewed(work, household)
    work.assessments.save(household.id, facts)
    told = work.assessments.start(household.id).household
    assert (told.incomes_unasked, told.expenses_unasked) == ((), ())

    head, other = (one.id for one in told.members)
    half = replace(told, incomes_unasked=(other,))
    work.assessments.save(household.id, replace(facts, household=half))

    assert work.assessments.start(household.id).household.incomes_unasked == (other,)
    record = work.households.get(household.id)
    fresh = nobody_asked(facts_of(record).household)
    assert (fresh.incomes_unasked, fresh.expenses_unasked) == ((other, None), ())
    newcomer = replace(half, members=half.members[:1], incomes_unasked=())
    after = facts_of(record, before=replace(facts, household=newcomer)).household
    assert after.incomes_unasked == (other,)
    never = replace(half, incomes=None, incomes_unasked=())
    after = facts_of(record, before=replace(facts, household=never)).household
    assert after.incomes_unasked == (other, None)
    assert head not in after.incomes_unasked


def test_saving_the_same_answers_again_changes_nothing_but_keeps_the_test(work, household):
    facts = interviewed(work, household)
    work.assessments.save(household.id, facts)
    before = head_of(work)

    work.assessments.save(household.id, facts)

    assert head_of(work) == before + 1


def test_an_income_nobody_mentions_any_more_is_removed(work, household):
    facts = interviewed(work, household)
    work.assessments.save(household.id, facts)

    without = replace(facts, household=replace(facts.household, incomes=()))
    work.assessments.save(household.id, without)

    assert work.households.get(household.id).incomes == ()


def test_obligors_named_in_an_interview_are_there_at_the_next(work, household):
    facts = interviewed(work, household)
    son = case.Obligor(id="o1", relation="son", monthly_income=Money.yuan(3000))
    facts = replace(facts, household=replace(facts.household, obligors=(son,)))
    work.assessments.save(household.id, facts)

    (told,) = work.assessments.start(household.id).household.obligors
    assert replace(told, id="o1") == son


def test_a_kept_test_recomputes_from_its_own_facts(work, household):
    kept = work.assessments.get(work.assessments.save(household.id, interviewed(work, household)))

    again = work.assessments.preview(parse_case(kept.facts.encode()))

    assert json.loads(kept.answer)["income_year"] == str(again.income_year)
    assert kept.pack_sha256 == again.pack_sha256


def test_tests_of_one_instant_stand_in_one_order_everywhere(work, household):
    facts = interviewed(work, household)
    for _ in range(6):
        work.assessments.save(household.id, facts)

    with work.begin() as unit:
        kept = unit.casework.assessments_of(household.id)
        newest = unit.casework.newest_assessment(household.id)

    assert len({one.made_at for one in kept}) == 1
    assert [one.id for one in kept] == sorted((one.id for one in kept), reverse=True)
    assert newest.id == kept[0].id
