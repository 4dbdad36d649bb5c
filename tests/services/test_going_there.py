"""Where the pack asks to go there (大化 二(三)3): what a call leaves undone."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import Channel, Met
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.visits import RecordVisit
from tests.storefile import household_of


class _Dahua(Policies):
    """大化's pack stands for the shipped one."""

    def load(self, pack_id: str):
        del pack_id
        return super().load("dahua")


@pytest.fixture
def rules(clock):
    return GroundRules(_Dahua(), clock)


@pytest.fixture
def home(work):
    made = household_of("覃兰英", id_number=None)
    work.households.add_all([made])
    return made


def call(work, home):
    work.visits.record(
        RecordVisit(
            household=home.id,
            visited_on=work.clock.today(),
            met=Met.PHONE,
            channel=Channel.PHONE,
        )
    )


def test_who_was_only_called_is_late_all_the_same(work, home):
    call(work, home)
    work.clock.at = work.clock.at.replace(month=5, day=1)
    call(work, home)

    found = next(one for one in work.worklist.today().items if one.household == home.id)

    assert (found.overdue, found.due_on) == (True, date(2026, 4, 30))
    assert "不算上门" in found.why
