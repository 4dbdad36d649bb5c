"""渐退 from the means test to the exit: the schedule, the word from above, the freeze, the list."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from app.domain.grace_states import GraceEvent as E
from app.domain.grace_states import GraceStatus as S
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.domain.standing import paid_by_month
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.services.graces import events_of, grace_in
from app.store import projection
from app.store.touched import touch
from tests.filing import refused
from tests.standing import FROZEN, MANGSHI, TIANJIN, TOWNSHIP, UNSAID, bury_all, village_of
from tests.storefile import bare_engine


@pytest.fixture
def engine(tmp_path):
    made = bare_engine(tmp_path)
    yield made
    made.dispose()


@pytest.fixture
def village(engine, clock):
    """A household in Tianjin's way of 渐退, where the township confirms."""
    return village_of(engine, clock)


@pytest.fixture
def grace(village):
    village.tested()
    return village.graces.propose(village.home.id, reason="儿子进厂上班")


def of(village, grace):
    with village.begin() as work:
        return grace_in(work, grace)


def at(village, day):
    """Go on to a day."""
    village.clock.advance(days=(day - village.clock.today()).days)


def running(village, grace):
    village.step(grace, E.APPROVE)
    at(village, date(2026, 4, 1))
    return village.step(grace, E.BEGIN)


def ended(village, grace):
    running(village, grace)
    at(village, date(2026, 10, 1))
    return village.step(grace, E.END)


def test_tianjin_pays_three_months_in_full_and_three_by_half(village, grace):
    """津民发〔2020〕19号 二(二): 235 yuan; half is 117.50, rounded up to the yuan."""
    found = of(village, grace)

    assert [(f"{m.share.month:%Y-%m}", m.share.percent, str(m.share.amount), str(m.so_far))
            for m in paid_by_month(found.shares)] == [
        ("2026-04", 100, "235.00", "235.00"),
        ("2026-05", 100, "235.00", "470.00"),
        ("2026-06", 100, "235.00", "705.00"),
        ("2026-07", 50, "118.00", "823.00"),
        ("2026-08", 50, "118.00", "941.00"),
        ("2026-09", 50, "118.00", "1059.00"),
    ]  # fmt: skip
    assert (found.status, found.ends_on) == (S.PROPOSED, date(2026, 9, 30))
    assert found.pack_sha256 == village.policies.packs[-1].sha256
    assert found.basis


def test_a_later_approval_moves_the_months_to_the_first_of_the_next(village, grace):
    at(village, date(2026, 5, 20))

    found = village.step(grace, E.APPROVE)

    assert (found.start_month, found.ends_on) == (date(2026, 6, 1), date(2026, 11, 30))
    assert [str(one.amount) for one in found.shares] == ["235.00"] * 3 + ["118.00"] * 3
    assert [one.month.month for one in found.shares] == [6, 7, 8, 9, 10, 11]
    assert (found.approved_on, found.paper_no) == (date(2026, 5, 20), "练民渐〔2026〕3号")


def test_what_was_approved_above_is_cancelled_by_the_same_word_only(village, grace):
    village.step(grace, E.APPROVE)

    for facts in ({"told_by": ""}, {"paper_no": " "}):
        problem = refused(village.step, grace, E.CANCEL, note="又没活干了", **facts)
        assert problem.code == "G-06"
    assert of(village, grace).status is S.APPROVED


def test_the_whole_road_to_the_exit(village, grace):
    assert ended(village, grace).status is S.ENDED

    assert village.step(grace, E.EXIT).status is S.EXITED


@pytest.fixture
def mangshi(engine, clock):
    village = village_of(engine, clock, TOWNSHIP + MANGSHI)
    village.tested()
    return village, village.graces.propose(village.home.id)


def test_mangshi_leaves_the_shares_open_until_somebody_says_them(mangshi):
    village, grace = mangshi
    found = of(village, grace)

    assert (found.shares, found.ends_on, found.is_open) == ((), None, True)
    assert (found.least_months, found.most_months) == (6, 12)


def test_mangshi_cannot_begin_before_the_shares_are_said(mangshi):
    village, grace = mangshi
    village.step(grace, E.APPROVE)
    at(village, date(2026, 4, 1))

    assert refused(village.step, grace, E.BEGIN).code == "G-08"
    village.step(grace, E.SCHEDULE, shares="6个月100%，3个月50%")
    assert village.step(grace, E.BEGIN).status is S.RUNNING


@pytest.mark.parametrize("told", ["5个月100%", "6个月100%，7个月50%"])
def test_what_lies_outside_the_span_is_refused_with_the_clause(mangshi, told):
    village, grace = mangshi

    refusal = refused(village.step, grace, E.SCHEDULE, shares=told)

    assert (refusal.code, refusal.field) == ("G-16", "shares")
    assert "6 到 12 个月" in refusal.what
    assert "示例文件" in refusal.what


def test_six_to_twelve_months_are_taken_and_worked_out(mangshi):
    village, grace = mangshi

    found = village.step(grace, E.APPROVE, shares="3个月100%，3个月80%=190，6个月50%")

    amounts = [str(one.amount) for one in found.shares]
    assert amounts == ["235.00"] * 3 + ["190.00"] * 3 + ["118.00"] * 6
    assert found.ends_on == date(2027, 3, 31)


def test_what_is_settled_is_not_said_again(village, grace):
    assert refused(village.step, grace, E.SCHEDULE, shares="6个月100%").code == "G-15"
    assert refused(village.step, grace, E.APPROVE, shares="6个月100%").code == "G-15"
    same = "3个月100%，3个月50%"
    assert refused(village.step, grace, E.SCHEDULE, shares=same).code == "G-15"


def test_open_sums_are_filled_in_and_known_ones_kept(engine, clock):
    toml = TOWNSHIP + TIANJIN.replace(
        'value = { mode = "up", step = "1.00", on = "household_total" }',
        "county_must_supply = true",
    )
    village = village_of(engine, clock, toml)
    village.tested()
    grace = village.graces.propose(village.home.id)

    assert [one.amount for one in of(village, grace).shares][3:] == [None] * 3
    assert refused(village.step, grace, E.SCHEDULE, shares="3个月90%，3个月50%=118").code == "G-15"
    for other in ("3个月100%", "3个月100%，6个月50%=118"):
        assert refused(village.step, grace, E.SCHEDULE, shares=other).code == "G-15"
    found = village.step(grace, E.SCHEDULE, shares="3个月100%，3个月50%=118")
    assert found.shares[-1].amount == Money(118_00)
    assert not found.is_open


def test_without_a_test_that_carries_a_grace_none_is_proposed(village):
    village.tested(incomes=())

    assert refused(village.graces.propose, village.home.id).code == "G-03"


def test_two_at_a_time_are_refused(village, grace):
    assert refused(village.graces.propose, village.home.id).code == "G-04"

    village.step(grace, E.CANCEL, note="不干了")
    assert village.graces.propose(village.home.id) != grace


def test_where_the_county_confirms_its_word_is_not_the_villages(engine, clock):
    village = village_of(engine, clock, TIANJIN)
    village.tested()
    grace = village.graces.propose(village.home.id)

    refusal = refused(village.step, grace, E.APPROVE)

    assert refusal.code == "G-05"
    assert "第二条" in refusal.what
    found = of(village, grace)
    with village.begin() as work:
        assert events_of(found, village.rules.terms(work)) == (E.CANCEL,)
    assert village.step(grace, E.CANCEL, note="报错了").status is S.CANCELLED


@pytest.mark.parametrize(("lacks", "field"), [("told_by", "told_by"), ("paper_no", "paper_no")])
def test_the_townships_word_comes_with_who_and_which_paper(village, grace, lacks, field):
    refusal = refused(village.step, grace, E.APPROVE, **{lacks: " "})

    assert (refusal.code, refusal.field) == ("G-06", field)


def test_it_begins_on_the_first_of_its_month_and_not_before(village, grace):
    village.step(grace, E.APPROVE)
    at(village, date(2026, 3, 31))

    assert refused(village.step, grace, E.BEGIN).code == "G-09"


def test_it_ends_after_its_last_day_and_not_on_it(village, grace):
    running(village, grace)
    at(village, date(2026, 9, 30))

    assert refused(village.step, grace, E.END).code == "G-10"


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 3)])
def test_a_step_is_neither_before_the_last_one_nor_to_come(village, grace, day):
    assert refused(village.step, grace, E.APPROVE, happened_on=day).code == "G-07"


def test_a_step_is_not_before_the_one_taken_last(village, grace):
    running(village, grace)
    at(village, date(2026, 10, 1))
    early = date(2026, 3, 31)

    assert refused(village.step, grace, E.END, happened_on=early).code == "G-07"
    assert village.step(grace, E.END, happened_on=date(2026, 10, 1)).status is S.ENDED


@pytest.mark.parametrize("event", [E.REINSTATE, E.CANCEL])
def test_coming_back_and_giving_up_say_why(village, grace, event):
    running(village, grace)

    assert refused(village.step, grace, event).code == "G-13"
    assert village.step(grace, event, note="厂子关了，又没活干了").status in {
        S.REINSTATED,
        S.CANCELLED,
    }


@pytest.mark.parametrize(("pack", "code"), [(FROZEN, "G-11"), (UNSAID, "G-12")])
def test_nobody_leaves_while_exits_are_frozen_and_the_clause_is_said(village, grace, pack, code):
    ended(village, grace)
    village.under(TOWNSHIP + TIANJIN + pack)

    refusal = refused(village.step, grace, E.EXIT)

    assert refusal.code == code
    assert "示例文件" in refusal.what
    assert of(village, grace).status is S.ENDED
    assert "先不退" in refusal.safe


def test_one_who_ended_may_come_back_while_exits_are_frozen(village, grace):
    ended(village, grace)
    village.under(TOWNSHIP + TIANJIN + FROZEN)

    assert village.step(grace, E.REINSTATE, note="又没活干了").status is S.REINSTATED


def test_where_nobody_is_left_it_is_to_be_given_up(village, grace):
    bury_all(village)
    (row,) = village.listed(WorkKind.GRACE)

    village.step(grace, E.CANCEL, note="人都去世了")

    assert (row.action, "没有人了" in row.why) == ("取消渐退", True)
    assert village.listed(WorkKind.GRACE) == []


def test_where_nobody_is_left_in_a_running_one_it_is_said_at_once(village, grace):
    """Not a month before its end: until then the money is paid."""
    running(village, grace)
    bury_all(village)

    (row,) = village.listed(WorkKind.GRACE)

    assert (row.action, "没有人了" in row.why) == ("取消渐退", True)


def test_what_only_the_county_decides_it_is_asked_for(village, grace):
    running(village, grace)
    at(village, date(2026, 10, 1))
    village.under(TIANJIN)
    village.step(grace, E.END)
    (row,) = village.listed(WorkKind.GRACE)
    bury_all(village)
    (after,) = village.listed(WorkKind.GRACE)

    assert row.action == "问县里：退出还是恢复"
    assert after.action == "告诉县里，请县里取消"


def test_the_list_says_what_is_next_all_the_way(village, grace):
    (row,) = village.listed(WorkKind.GRACE)
    assert (row.why, row.page, row.target) == ("渐退报上去了，等批", "standing", village.home.id)

    village.step(grace, E.APPROVE)
    (row,) = village.listed(WorkKind.GRACE)
    assert (row.action, row.due_on) == ("开始渐退", date(2026, 4, 1))

    at(village, date(2026, 4, 1))
    village.step(grace, E.BEGIN)
    assert village.listed(WorkKind.GRACE) == []

    at(village, date(2026, 8, 30))
    assert village.listed(WorkKind.GRACE) == []
    at(village, date(2026, 8, 31))
    (row,) = village.listed(WorkKind.GRACE)
    assert (row.due_on, row.overdue) == (date(2026, 9, 30), False)
    assert "满了退出低保" in row.why

    at(village, date(2026, 10, 1))
    village.step(grace, E.END)
    (row,) = village.listed(WorkKind.GRACE)
    assert row.action == "办退出或恢复"

    village.step(grace, E.EXIT)
    assert village.listed(WorkKind.GRACE) == []


def test_every_step_is_a_row_with_its_day_and_paper(village, grace):
    running(village, grace)

    with village.begin() as work:
        steps = work.standing.grace_steps(grace)

    assert [(one.number, one.event, one.after) for one in steps] == [
        (1, E.APPROVE, S.APPROVED),
        (2, E.BEGIN, S.RUNNING),
    ]
    assert steps[0].paper_no == "练民渐〔2026〕3号"


def test_a_refused_step_leaves_nothing_behind(village, grace):
    with pytest.raises(Refused):
        village.step(grace, E.EXIT)

    with village.begin() as work:
        assert work.standing.grace_steps(grace) == []


def test_a_grace_nobody_knows_is_refused(village):
    assert refused(village.step, "019cacb3-0000-7000-8000-00000000dead", E.APPROVE).code == "G-02"


def test_the_countys_word_arrives_by_sync_and_moves_the_list(village):
    assessment = village.tested()
    body = {
        "household_id": village.home.id,
        "assessment_id": assessment,
        "pack_sha256": "0" * 64,
        "rule": "渐退",
        "basis": "示例文件 一",
        "former_fen": 23500,
        "start_month": "2026-04-01",
        "shares": [{"month": "2026-04", "percent": 100, "fen": 23500}],
        "heads": 1,
        "reason": "",
        "status": "approved",
        "proposed_on": "2026-03-01",
        "approved_on": "2026-03-02",
        "approved_by": "县民政局",
        "paper_no": "3号",
        "handler": "测试协理员",
        "recorded_at": instant_text(village.clock.now()),
    }
    document = {
        "entity": "grace_period",
        "entity_id": "g-1",
        "subject": village.home.id,
        "version": 2,
        "body": body,
    }
    with village.begin() as work:
        work.connection.execute(insert(table_of(ServerDocumentRow)), document)
        projection.rebuild(work.connection, "grace_period", "g-1")
        touch(work.connection, "grace_period", village.home.id)
        work.commit()

    found = of(village, "g-1")
    (row,) = village.listed(WorkKind.GRACE)
    assert (found.status, found.ends_on) == (S.APPROVED, date(2026, 4, 30))
    assert (row.action, row.due_on) == ("开始渐退", date(2026, 4, 1))
