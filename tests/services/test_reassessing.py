"""政策找人: the village held against a new standard, in pieces, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.casework import Met, WorkKind
from app.domain.households import AssetKind, Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou, Labour, Living, PersonStatus, Student
from app.domain.problem import Problem
from app.domain.reassessment import Change
from app.rules import facts as case
from app.services import reassessing
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.reassessing import CHUNK, Reassessing
from app.services.standard_changes import turning_day
from app.services.visits import RecordVisit
from app.store.local import forget_household
from app.sync.road import run_here
from tests.cases import RESOURCES, layered, practice, value_toml
from tests.published import publish
from tests.storefile import household_of

APRIL = date(2026, 4, 1)
NEWER = RESOURCES / "policies" / "practice" / "changes" / "2026-04-01_practice.toml"


def raised():
    """The practice county's change: 6,300 becomes 6,600 yuan a year on the first of April."""
    return Policies(RESOURCES).parse([*practice().files, (NEWER.name, NEWER.read_bytes())])


def lowered():
    """An invented change the other way, at once."""
    files = [
        (name, data.replace(b"value = 6300", b"value = 5000")) for name, data in raised().files
    ]
    files[-1] = (
        files[-1][0],
        files[-1][1].replace(b"value = 6600", b"value = 5000").replace(b"2026.2", b"2026.3"),
    )
    return Policies(RESOURCES).parse(files)


@pytest.fixture
def village(work):
    """The use cases, with the practice county's first standard published."""
    work.rules = GroundRules(Policies(RESOURCES), work.clock)
    work.assessments = replace(work.assessments, rules=work.rules)
    work.worklist = replace(work.worklist, rules=work.rules)
    work.reassessing = Reassessing(work.begin, work.clock, work.rules)
    publish(work, practice())
    return work


def settle(work, name, *, recorded=Category.NONE, door="1号"):
    """A household of two of whom nothing is known but that they are here."""
    household = replace(
        household_of(name, f"{name}儿", door=door, birth=date(1990, 1, 1)), category=recorded
    )
    work.households.add_all([household])
    return household


def interviewed(work, name, wage, *, recorded=Category.NONE, door="1号", assets=()):
    """The same after a whole interview: so many yuan a month for the two of them."""
    household = settle(work, name, recorded=recorded, door=door)
    facts = work.assessments.start(household.id)
    members = tuple(
        replace(
            member,
            hukou=Hukou.LOCAL,
            living=Living.TOGETHER,
            status=PersonStatus.NORMAL,
            student=Student.NONE,
            labour=Labour.ABLE,
            disabled=False,
            serious_illness=False,
            receives=(),
        )
        for member in facts.household.members
    )
    sums = (
        case.Income(
            member=members[0].id, kind=IncomeKind.WAGE, amount=Money.yuan(wage), per=Per.MONTH
        ),
    )
    known = replace(
        facts.household, members=members, incomes=sums, expenses=(), assets=assets, obligors=()
    )
    work.assessments.save(household.id, replace(facts, household=known))
    return household


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
    assert item.rule == "练习县（示例） 2026.2 版，2026-04-01 起"
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
