"""A 渐退 hears of a newer means test: whoever is poor again is not let go."""

from __future__ import annotations

import pytest

from app.domain.grace_states import GraceEvent as E
from app.domain.today import WorkKind
from tests.standing import GRANT, TIANJIN, TOWNSHIP, village_of
from tests.storefile import bare_engine


@pytest.fixture
def village(tmp_path, clock):
    engine = bare_engine(tmp_path)
    yield village_of(engine, clock, TOWNSHIP + TIANJIN)
    engine.dispose()


def grace_row(village):
    return next(one for one in village.worklist.today().items if one.kind is WorkKind.GRACE)


def test_a_proposal_hears_that_the_work_is_gone_again(village):
    village.tested()
    village.graces.propose(village.home.id)
    before = grace_row(village).why
    village.clock.advance(days=5)

    village.tested(incomes=[GRANT])

    row = grace_row(village)
    assert before == "渐退报上去了，等批"
    assert (row.why, row.action) == ("新的测算又在标准以内，不是渐退了", "取消渐退")


def test_one_that_runs_is_given_up_for_the_full_sum(village):
    village.tested()
    grace = village.graces.propose(village.home.id)
    village.step(grace, E.APPROVE)
    village.clock.advance(days=35)
    village.step(grace, E.BEGIN)

    village.tested(incomes=[GRANT])

    assert grace_row(village).action == "恢复保障"
