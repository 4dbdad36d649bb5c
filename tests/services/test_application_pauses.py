"""Material is asked for and comes in as often as it takes, one asking at a time."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.rules.clocks import ClockKind
from tests.filing import TOLD, Filing
from tests.procedure import settle


@pytest.fixture
def filing(work):
    """One application that was accepted."""
    made = Filing(work)
    made.accepted()
    return made


def asked_and_brought(filing, name):
    filing.take(E.NEED_MATERIAL, materials=(name,), **TOLD)
    settle(filing, name)
    filing.take(E.MATERIAL_IN)


def test_after_all_has_come_in_something_else_may_be_asked_for(filing):
    asked_and_brought(filing, "费用单")

    asked_and_brought(filing, "离婚证")

    assert filing.status is S.ACCEPTED
    assert len(filing.whole.clocks[0].deadline.pauses) == 2


def test_what_has_come_in_does_not_come_in_again(filing):
    asked_and_brought(filing, "费用单")

    assert filing.refusal(E.MATERIAL_IN).code == "A-11"
    assert E.MATERIAL_IN not in filing.events()


def test_the_days_of_a_notice_run_only_while_it_hangs(work):
    filing = Filing(work).assessed()
    before = [one.deadline.kind for one in filing.whole.clocks]
    filing.post()

    notice = filing.whole.clocks[-1].deadline

    assert ClockKind.NOTICE not in before
    assert (notice.kind, notice.started_on) == (ClockKind.NOTICE, filing.today)
