"""A death in the family ends what the dead had applied for: one deed, one transaction."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.domain.application_events import ApplicationEvent as E
from app.domain.application_states import APPLICATION
from app.domain.casework import ApplicationStatus as S
from app.domain.family import FamilyChange, FamilyDeed
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.services.application_steps import close_by_death
from app.services.stepping import StepFacts
from app.services.timeline import timeline_of
from app.store import projection
from tests.fakes import NOON
from tests.filing import Filing, refused

LEGAL = [status for status in S if APPLICATION.may(status, E.DEATH)]
ILLEGAL = [status for status in S if status not in LEGAL]


@pytest.fixture
def filing(work):
    return Filing(work)


def forced(filing, status):
    """The application in a state, whatever led there."""
    with filing.work.begin() as unit:
        unit.connection.execute(
            update(table_of(ApplicationRow))
            .where(ApplicationRow.id == filing.id)
            .values(status=status)
        )
        unit.commit()


def death(filing, at=0, **changes):
    people = [one.person.id for one in filing.household.members]
    given = {"head": people[1]} if at == 0 else {}
    return FamilyChange(
        **(
            {
                "household": filing.household.id,
                "kind": FamilyDeed.DEATH,
                "on": filing.today,
                "people": (people[at],),
            }
            | given
            | changes
        )
    )


@pytest.mark.parametrize("status", LEGAL)
def test_an_open_application_ends_with_its_applicant(filing, status):
    forced(filing, status)

    filing.work.families.do(death(filing))

    step = filing.whole.steps[-1]
    assert (filing.status, filing.now.ended_on) == (S.CLOSED_BY_DEATH, filing.today)
    assert (step.event, step.before, step.after) == (E.DEATH, status, S.CLOSED_BY_DEATH)
    assert filing.now.end_reason == "申请人去世，家里变动里记的"


@pytest.mark.parametrize("status", ILLEGAL)
def test_what_is_decided_or_over_stands(filing, status):
    forced(filing, status)

    filing.work.families.do(death(filing))

    assert filing.status is status
    assert filing.whole.steps == ()


@pytest.mark.parametrize("status", ILLEGAL)
def test_nobody_ends_by_death_what_is_decided_or_over(filing, status):
    forced(filing, status)
    facts = StepFacts(happened_on=filing.today)

    now = filing.now
    with filing.work.begin() as unit:
        refusal = refused(close_by_death, unit, now, facts, at=NOON)

    assert refusal.code == "A-01"


def test_it_is_said_before_and_after(filing):
    number = filing.now.document_no

    plan = filing.work.families.plan(death(filing))
    filing.work.families.do(death(filing))

    told = [line for line in plan.will if "同时因去世终止" in line]
    assert len(told) == 1
    assert number in told[0]
    closed = filing.work.families.undoable(filing.household.id).closed
    assert [one.document_no for one in closed] == [number]
    with filing.work.begin() as unit:
        titles = [one.title for one in timeline_of(unit, filing.household.id)]
        assert "申请：因去世终止" in titles
        assert projection.differences(unit.connection) == []


def test_somebody_elses_death_leaves_it_open(filing):
    filing.work.families.do(death(filing, at=1))

    assert filing.status is S.DRAFT
    assert filing.work.families.undoable(filing.household.id).closed == ()


def test_who_leaves_otherwise_is_pointed_at_and_nothing_is_ended(filing):
    change = death(filing, kind=FamilyDeed.MOVE_OUT, to_place="省城")

    plan = filing.work.families.plan(change)
    filing.work.families.do(change)

    assert "请到申请里记撤回" in plan.look_at[0]
    assert filing.status is S.DRAFT


def test_with_the_last_one_of_a_family_everything_open_ends(filing):
    filing.work.families.do(death(filing, at=1))

    filing.work.families.do(death(filing, head=None))

    assert filing.status is S.CLOSED_BY_DEATH
    assert filing.work.households.get(filing.household.id).ended_on == filing.today


def test_a_death_told_late_stands_on_the_day_of_the_last_step(filing):
    filing.submitted()
    died_on = filing.today - timedelta(days=20)

    filing.work.families.do(death(filing, on=died_on))

    assert filing.now.ended_on == filing.whole.steps[-2].happened_on
    with filing.work.begin() as unit:
        head = unit.people.get(filing.household.members[0].person.id)
        assert head.died_on == died_on


def test_a_refused_deed_ends_nothing(filing):
    refusal = refused(filing.work.families.do, death(filing, on=date(2099, 1, 1)))

    assert refusal.code == "H-11"
    assert filing.status is S.DRAFT


def test_taking_the_deed_back_does_not_open_the_application_again(filing):
    filing.work.families.do(death(filing))

    filing.work.families.undo(filing.household.id)

    names = [one.person.name for one in filing.work.households.get(filing.household.id).members]
    assert names == ["覃兰英", "覃小雨"]
    assert filing.status is S.CLOSED_BY_DEATH
