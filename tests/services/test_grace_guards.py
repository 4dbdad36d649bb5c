"""Guards of 渐退: what only came from elsewhere, and what is offered to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.grace_states import GraceEvent
from app.domain.grace_states import GraceEvent as E
from app.domain.grace_states import GraceStatus as S
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.services.grace_guards import require_months_over
from app.services.graces import events_of, under_way
from tests.filing import refused
from tests.standing import MANGSHI, TIANJIN, TOWNSHIP, Village, village_of
from tests.standing_papers import grace
from tests.storefile import bare_engine


def test_a_grace_whose_months_nobody_told_is_not_over():
    told = grace()
    silent = replace(told, shares=())

    with pytest.raises(Refused) as caught:
        require_months_over(silent, told.ends_on + timedelta(days=1))

    assert caught.value.code == "G-08"


def test_one_whose_months_are_over_is():
    told = grace()

    require_months_over(told, told.ends_on + timedelta(days=1))


# what the village may record


def offered(village: Village, **grace_fields: object) -> tuple[GraceEvent, ...]:
    with village.begin() as work:
        return events_of(replace(grace(), **grace_fields), village.rules.terms(work))


@pytest.fixture
def engine(tmp_path):
    made = bare_engine(tmp_path)
    yield made
    made.dispose()


@pytest.mark.parametrize("status", [S.APPROVED, S.RUNNING])
def test_what_the_county_approved_the_village_does_not_give_up(engine, clock, status):
    assert E.CANCEL not in offered(village_of(engine, clock, TIANJIN), status=status)


def test_where_the_township_confirms_the_village_records_its_word(engine, clock):
    proposed = offered(village_of(engine, clock), status=S.PROPOSED)

    assert {E.APPROVE, E.CANCEL} <= set(proposed)


def test_months_are_asked_for_while_they_are_open_only(engine, clock):
    village = village_of(engine, clock)

    assert E.SCHEDULE in offered(village, status=S.PROPOSED, shares=())
    assert E.SCHEDULE not in offered(village, status=S.PROPOSED)


def test_a_schedule_says_months(engine, clock):
    village = village_of(engine, clock, TOWNSHIP + MANGSHI)
    village.tested()
    proposed = village.graces.propose(village.home.id)

    assert refused(village.step, proposed, E.SCHEDULE, shares=" ").code == "G-14"


def test_only_what_is_decided_above_needs_its_word(engine, clock):
    village = village_of(engine, clock)
    village.tested()
    approved = village.graces.propose(village.home.id)
    village.step(approved, E.APPROVE)
    village.clock.advance(days=(date(2026, 4, 1) - village.clock.today()).days)

    assert village.step(approved, E.BEGIN, told_by="", paper_no="").status is S.RUNNING


def test_a_household_that_is_not_there_is_proposed_for_nothing(engine, clock):
    village = village_of(engine, clock)

    assert refused(village.graces.propose, HouseholdId("nobody")).code == "F-01"


def test_one_that_is_over_is_not_under_way(engine, clock):
    village = village_of(engine, clock)
    village.tested()
    given_up = village.graces.propose(village.home.id)
    with village.begin() as work:
        before = under_way(work, village.home.id)
    village.step(given_up, E.CANCEL, note="不干了")

    with village.begin() as work:
        assert under_way(work, village.home.id) is None
    assert before.id == given_up
