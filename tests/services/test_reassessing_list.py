"""What 政策找人 puts on today's list, and what goes when a household goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.households import Category
from app.domain.reassessment import Change
from app.domain.today import WorkKind
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.reassessing import Reassessing
from app.services.standard_changes import turning_day
from app.store.local import forget_household
from app.sync.road import run_here
from tests.cases import RESOURCES, layered, practice, value_toml
from tests.published import publish
from tests.reassessing import interviewed, lowered, raised


@pytest.fixture
def village(work):
    """The use cases, with the practice county's first standard published."""
    work.rules = GroundRules(Policies(RESOURCES), work.clock)
    work.assessments = replace(work.assessments, rules=work.rules)
    work.worklist = replace(work.worklist, rules=work.rules)
    work.reassessing = Reassessing(work.begin, work.clock, work.rules)
    publish(work, practice())
    return work


def reviews(work):
    return [item for item in work.worklist.today().items if item.kind is WorkKind.REVIEW]


def test_todays_list_names_them_until_they_are_tested_again(village):
    household = interviewed(village, "覃兰英", 1080)
    before = village.worklist.today()
    publish(village, raised())
    village.reassessing.run(run_in_store=run_here)

    (item,) = reviews(village)
    assert item.household == household.id
    assert item.why == "新标准后可能符合低保，每月约 20 元"
    assert item.rule == "练习县（示例） 2026.2 版，2026年4月1日起"
    assert village.worklist.today().deadlines == before.deadlines
    village.clock.advance(minutes=5)
    village.assessments.save(household.id, village.assessments.start(household.id))

    assert reviews(village) == []


def test_todays_list_says_who_may_go_and_leaves_out_who_came_in_already(village):
    interviewed(village, "覃兰英", 1000, recorded=Category.DIBAO)
    publish(village, lowered())
    village.reassessing.run(run_in_store=run_here)

    assert [item.why for item in reviews(village)] == ["新标准后可能不再符合低保，要重新测算"]


def test_when_the_county_took_them_in_they_leave_todays_list(village):
    household = interviewed(village, "覃兰英", 1080)
    publish(village, raised())
    village.reassessing.run(run_in_store=run_here)
    with village.begin() as unit:
        unit.change(
            kind="decided",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"category": Category.DIBAO},
        )
        unit.commit()

    assert reviews(village) == []


def test_nothing_of_a_household_that_was_erased_stays(village):
    household, other = interviewed(village, "覃兰英", 1080), interviewed(village, "韦阿婆", 1080)
    publish(village, raised())
    village.reassessing.run(run_in_store=run_here)
    for each in (household, other):
        village.drafts.keep(f"visit:{each.id}", {"note": "药快吃完了"})

    with village.begin() as unit:
        unit.local.note_opened(household.id)
        forget_household(unit.connection, household.id)
        unit.commit()

    assert [line.household for line in village.reassessing.found(tuple(Change))] == [other.id]
    assert village.drafts.keys() == [f"visit:{other.id}"]
    with village.begin() as unit:
        assert unit.local.recent(5) == []


def test_a_household_gone_meanwhile_is_left_out_and_its_line_dropped(village):
    gone, stays = interviewed(village, "覃兰英", 1080), interviewed(village, "韦阿婆", 1080)
    village.reassessing.run(run_in_store=run_here)
    with village.begin() as unit:
        unit.change(
            kind="household.removed",
            entity="household",
            entity_id=gone.id,
            subject=gone.id,
            fields={"is_removed": True},
        )
        unit.commit()
    publish(village, raised())

    done = village.reassessing.run(run_in_store=run_here)

    assert (done.households, done.done) == (1, 1)
    assert [line.household for line in village.reassessing.found(tuple(Change))] == [stays.id]


def test_the_turning_day_is_the_next_one_announced_or_the_last_one_past():
    pack = layered(
        value_toml(
            "dibao_standard",
            'value = 500\nunit = "元/月"\nvalid_from = 2021-07-01\nvalid_to = 2026-05-31',
        )
        + value_toml("dibao_standard", 'value = 600\nunit = "元/月"\nvalid_from = 2026-06-01')
    )
    june = date(2026, 6, 1)

    assert turning_day(pack, june - timedelta(days=93)) < june - timedelta(days=93)
    assert turning_day(pack, june - timedelta(days=92)) == june
    assert turning_day(pack, june) == june
    assert turning_day(pack, june + timedelta(days=9)) == june
