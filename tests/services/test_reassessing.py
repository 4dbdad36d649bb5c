"""政策找人: the village held against a new standard, in pieces, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.casework import Met
from app.domain.households import AssetKind, Category
from app.domain.money import Money
from app.domain.problem import Problem
from app.domain.reassessment import Change
from app.rules import facts as case
from app.services import reassessing
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.reassessing import CHUNK, Reassessing
from app.services.visits import RecordVisit
from app.sync.road import run_here
from tests.cases import RESOURCES, practice, region
from tests.published import publish
from tests.reassessing import interviewed, lowered, raised, settle

APRIL = date(2026, 4, 1)


@pytest.fixture
def village(work):
    """The use cases, with the practice county's first standard published."""
    work.rules = GroundRules(Policies(RESOURCES), work.clock)
    work.assessments = replace(work.assessments, rules=work.rules)
    work.worklist = replace(work.worklist, rules=work.rules)
    work.reassessing = Reassessing(work.begin, work.clock, work.rules)
    publish(work, practice())
    return work


def found_of(work, household):
    lines = work.reassessing.found(tuple(Change))
    return next(line for line in lines if line.household == household.id)


@pytest.mark.parametrize(
    ("wage", "recorded", "change", "after", "month"),
    [
        (1080, Category.NONE, Change.NEWLY_MEETS, Category.DIBAO, 20),
        (1080, Category.MARGINAL, Change.NEWLY_MEETS, Category.DIBAO, 20),
        (1080, Category.DIBAO, Change.SAME, Category.DIBAO, 20),
        (300, Category.DIBAO, Change.AMOUNT, Category.DIBAO, 800),
        (300, Category.NONE, Change.AMOUNT, Category.DIBAO, 800),
        (5000, Category.NONE, Change.SAME, None, None),
        (1640, Category.NONE, Change.NEWLY_MEETS, Category.MARGINAL, None),
    ],
)
def test_a_raised_standard_brings_in_those_below_it(village, wage, recorded, change, after, month):
    household = interviewed(village, "覃兰英", wage, recorded=recorded)
    publish(village, raised())

    done = village.reassessing.run(run_in_store=run_here)

    line = found_of(village, household)
    assert (line.change, line.after) == (change, after)
    assert line.after_month == (None if month is None else Money.yuan(month))
    assert (line.who, line.place, line.recorded) == ("覃兰英", "三组1号", recorded)
    assert (done.pack_version, done.since, done.on) == ("2026.2", APRIL, APRIL)
    assert done.counts == {change: 1}
    assert done.is_finished


def test_a_lowered_standard_names_those_who_go(village):
    household = interviewed(village, "覃兰英", 1000, recorded=Category.DIBAO)
    publish(village, lowered())

    village.reassessing.run(run_in_store=run_here)

    line = found_of(village, household)
    assert (line.change, line.before, line.after) == (
        Change.NO_LONGER,
        Category.DIBAO,
        Category.MARGINAL,
    )
    assert line.before_month == Money.yuan(50)


def test_a_household_nobody_interviewed_says_what_to_ask(village):
    household = settle(village, "韦阿婆")
    publish(village, raised())

    village.reassessing.run(run_in_store=run_here)

    line = found_of(village, household)
    assert (line.change, line.before, line.after) == (Change.ASK, None, None)
    assert "家里有哪些收入" in line.ask
    assert len(line.ask) <= 6


def test_facts_recorded_without_a_test_are_held_against_the_pack_before(village):
    savings = (case.Asset(kind=AssetKind.DEPOSIT, amount=Money.yuan(100)),)
    household = interviewed(village, "覃兰英", 1080, assets=savings)
    with village.begin() as unit:
        unit.connection.exec_driver_sql("DELETE FROM assessment")
        unit.commit()
    publish(village, raised())

    village.reassessing.run(run_in_store=run_here)

    line = found_of(village, household)
    assert (line.change, line.before, line.after) == (
        Change.NEWLY_MEETS,
        Category.MARGINAL,
        Category.DIBAO,
    )


def test_facts_that_cannot_stand_are_asked_about_and_stop_nobody(village):
    unborn = settle(village, "覃后生", door="1号")
    with village.begin() as unit:
        unit.change(
            kind="person.changed",
            entity="person",
            entity_id=unborn.members[0].person.id,
            subject=unborn.id,
            fields={"birth_on": date(2026, 5, 1)},
        )
        unit.commit()
    known = interviewed(village, "覃兰英", 300, door="2号")
    publish(village, raised())

    village.reassessing.run(run_in_store=run_here)

    assert found_of(village, unborn).change is Change.ASK
    assert "出生日期" in found_of(village, unborn).ask[0]
    assert found_of(village, known).change is Change.AMOUNT


def test_the_list_begins_with_those_who_come_in_and_goes_by_door(village):
    for name, wage, door in (("一", 300, "10号"), ("二", 1080, "9号"), ("三", 300, "2号")):
        interviewed(village, name, wage, door=door)
    publish(village, raised())

    village.reassessing.run(run_in_store=run_here)

    assert [line.who for line in village.reassessing.found()] == ["二", "三", "一"]


def test_it_is_due_once_for_what_a_published_pack_says(village):
    assert not village.reassessing.is_due()  # nobody lives here
    interviewed(village, "覃兰英", 1080)
    assert village.reassessing.is_due()

    village.reassessing.run(run_in_store=run_here)
    assert not village.reassessing.is_due()
    publish(village, raised())
    assert village.reassessing.is_due()
    village.reassessing.run(run_in_store=run_here)
    village.clock.advance(days=35)  # the announced day is past

    assert not village.reassessing.is_due()


def test_before_the_county_published_anything_it_is_not_due(work):
    settle(work, "覃兰英")

    assert not Reassessing(work.begin, work.clock, work.rules).is_due()


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        ("tianjin", "最后以乡镇审核、区民政局确认为准。"),
        ("mangshi", "最后以乡镇审核、市民政局确认为准。"),
        ("national", "最后以乡镇审核、县民政局确认为准。"),
        ("guangdong", "最后以乡镇审核和确认为准；由谁确认，县里还没给。"),
    ],
)
def test_the_pass_says_whose_word_it_waits_for_as_the_pack_has_it(village, pack, said):
    settle(village, "韦阿婆")
    publish(village, region(pack))

    stopped = village.reassessing.run(run_in_store=run_here, stop=lambda: True)
    done = village.reassessing.run(run_in_store=run_here)

    assert {stopped.last_word, done.last_word} == {said}
    assert village.reassessing.latest() == done


def test_on_request_it_starts_over(village):
    interviewed(village, "覃兰英", 1080)
    first = village.reassessing.run(run_in_store=run_here)
    village.clock.advance(minutes=1)

    again = village.reassessing.run(run_in_store=run_here, anew=True)

    assert again.id != first.id
    assert village.reassessing.latest() == again


def test_stopped_it_goes_on_where_it_was_even_after_a_restart(village):
    homes = [settle(village, f"户{n}", door=f"{n}号") for n in range(2 * CHUNK + 3)]
    publish(village, raised())
    steps = []

    def watch(done: int, total: int) -> None:
        steps.append((done, total))

    stopped = village.reassessing.run(
        run_in_store=run_here, watch=watch, stop=lambda: len(steps) == 1
    )
    assert (stopped.done, stopped.is_finished) == (CHUNK, False)
    assert village.reassessing.latest() == stopped
    assert village.reassessing.is_due()
    restarted = Reassessing(village.begin, village.clock, GroundRules(Policies(), village.clock))

    finished = restarted.run(run_in_store=run_here, watch=watch)

    assert finished.id == stopped.id
    every = len(homes)
    assert steps == [(CHUNK, every), (2 * CHUNK, every), (every, every)]
    assert (finished.done, finished.households) == (len(homes), len(homes))


def test_what_is_told_before_it_goes_on_another_day_stops_nobody(village):
    """It goes on as of the day it began, when the declaration had not been made."""
    for n in range(CHUNK):
        settle(village, f"户{n}", door=f"{n}号")
    last = interviewed(village, "覃兰英", 300, door=f"{CHUNK}号")
    stopped = village.reassessing.run(run_in_store=run_here, stop=lambda: True)
    village.clock.advance(days=3)
    facts = village.assessments.start(last.id)
    first, *others = facts.household.members
    members = (replace(first, self_declared_on=village.clock.today()), *others)
    village.assessments.save(
        last.id, replace(facts, household=replace(facts.household, members=members))
    )

    done = village.reassessing.run(run_in_store=run_here)

    assert done.on == stopped.on < village.clock.today()
    assert found_of(village, last).change is Change.SAME


def test_between_two_jobs_a_visit_is_saved(village, monkeypatch):
    """No job of the store holds more than a few households, and none leaves it locked."""
    homes = [settle(village, f"户{n}", door=f"{n}号") for n in range(2 * CHUNK)]
    publish(village, raised())
    visit = RecordVisit(household=homes[0].id, visited_on=village.clock.today(), met=Met.SELF)
    read, inside = [], []
    outside = []
    whole = reassessing.line_of

    def in_store(job):
        inside.append(job)
        answer = job()
        inside.pop()
        village.visits.record(visit)
        if isinstance(answer, list):
            read.append(len(answer))
        return answer

    def noted(one, task):
        outside.append(not inside)
        return whole(one, task)

    monkeypatch.setattr(reassessing, "line_of", noted)

    village.reassessing.run(run_in_store=in_store)

    assert read == [CHUNK, CHUNK]
    assert outside == [True] * 2 * CHUNK


def test_a_failing_store_is_heard_of(village):
    settle(village, "覃兰英")

    def full(job):
        raise Problem("磁盘满了。", do="", code="D-01")

    with pytest.raises(Problem, match="磁盘满了"):
        village.reassessing.run(run_in_store=full)
