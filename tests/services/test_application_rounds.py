"""A second way through the offices has its own clock; an ending authorisation is signed anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import SignedKind
from app.domain.today import WorkKind as W
from app.services.due_procedure import procedure_due
from app.services.stepping import StepFacts, application_in, record_step, this_round
from tests.cases import layered, value_toml
from tests.filing import TOLD, Filing
from tests.published import publish

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def due(filing):
    with filing.work.begin() as unit:
        rows = procedure_due(unit, filing.work.rules, filing.household.id)
        return {row.kind: row for row in rows}


def taken_up_anew(filing):
    """Accepted, extended and waited for; the county returns it, and it is a draft again."""
    filing.accepted().take(E.EXTEND, note="案情复杂", **TOLD)
    filing.take(E.NEED_MATERIAL, materials=("离婚证",), **TOLD)
    filing.work.clock.advance(days=30)
    filing.county_says(S.RETURNED)
    with filing.work.begin() as unit:
        application = application_in(unit, filing.id)
        facts = StepFacts(happened_on=filing.today)
        record_step(unit, application, E.REWORK, facts, at=filing.work.clock.now())
        unit.commit()
    return filing


def test_a_draft_taken_up_anew_has_no_clock_of_the_time_before(filing):
    taken_up_anew(filing)

    assert filing.status is S.DRAFT
    assert W.APPLICATION not in due(filing)
    assert filing.whole.clocks == ()


def test_the_second_acceptance_runs_its_own_time(filing):
    taken_up_anew(filing).take(E.SUBMIT).take(E.ACCEPT, **TOLD)

    row = due(filing)[W.APPLICATION]
    clock = filing.whole.clocks[0].deadline

    assert (row.appears_on, row.due_on) == (filing.today, clock.due_on)
    assert (clock.started_on, clock.extended, clock.pauses) == (filing.today, False, ())


def test_the_second_acceptance_may_be_extended_once_and_asked_material_for(filing):
    taken_up_anew(filing).take(E.SUBMIT).take(E.ACCEPT, **TOLD)

    assert {E.EXTEND, E.NEED_MATERIAL} <= filing.events()
    filing.take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)
    filing.take(E.EXTEND, note="又复杂", **TOLD)
    assert filing.refusal(E.EXTEND, note="再延", **TOLD).code == "A-21"


def test_material_of_the_time_before_does_not_come_in_now(filing):
    taken_up_anew(filing).take(E.SUBMIT).take(E.ACCEPT, **TOLD)

    assert filing.refusal(E.MATERIAL_IN).code == "A-11"


def test_where_means_are_checked_first_they_are_checked_for_each_round(filing):
    publish(filing.work, layered(value_toml("check_before_acceptance", "value = true")))
    filing.submitted().take(E.PRECHECK, told_by="镇民政办").take(E.ACCEPT, **TOLD)
    filing.county_says(S.RETURNED)
    filing.take(E.RESUBMIT)

    assert filing.refusal(E.ACCEPT, **TOLD).code == "A-09"
    assert W.APPLICATION not in due(filing)


def test_a_round_begins_with_the_newest_of_its_beginnings(filing):
    filing.accepted().take(E.EXTEND, note="案情复杂", **TOLD)

    assert [one.event for one in this_round(filing.whole.steps)] == [E.ACCEPT, E.EXTEND]
    assert list(this_round(())) == []


def authorised_until(filing):
    return [
        one.paper.valid_to for one in filing.whole.signatures
        if one.kind is SignedKind.AUTHORISATION
    ]  # fmt: skip


@pytest.mark.parametrize("longer", [400, None])
def test_an_authorisation_that_ends_soon_is_signed_anew(filing, longer):
    filing.sign(valid_to=filing.today + 10 * DAY)
    until = None if longer is None else filing.today + longer * DAY
    filing.work.clock.advance(days=1)

    filing.sign(valid_to=until)

    assert authorised_until(filing) == [until, until]
    assert not any(one.ends_soon for one in filing.whole.signatures)
    row = due(filing).get(W.AUTHORISATION_ENDS)
    assert (row and row.due_on) == until


def test_one_signed_anew_on_the_same_day_is_the_one_that_counts(filing):
    filing.sign(valid_to=filing.today + 10 * DAY)
    filing.work.clock.advance(hours=1)

    filing.sign(valid_to=filing.today + 90 * DAY)

    assert authorised_until(filing) == [filing.today + 90 * DAY] * 2


@pytest.mark.parametrize("days", [90, 80])
def test_one_that_is_no_longer_than_what_holds_is_not_written_again(filing, days):
    filing.sign(valid_to=filing.today + 90 * DAY)
    with filing.work.begin() as unit:
        before = len(unit.procedure.signed(filing.household.id))

    filing.sign(valid_to=filing.today + days * DAY)

    with filing.work.begin() as unit:
        assert len(unit.procedure.signed(filing.household.id)) == before


def test_what_holds_for_good_and_a_declaration_are_not_written_again(filing):
    filing.sign()
    with filing.work.begin() as unit:
        before = len(unit.procedure.signed(filing.household.id))

    filing.sign(valid_to=filing.today + 900 * DAY).sign(kind=SignedKind.DECLARATION)

    with filing.work.begin() as unit:
        assert len(unit.procedure.signed(filing.household.id)) == before
