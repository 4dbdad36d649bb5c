"""What the two who went there conclude (F04) is heard before anything hangs on the board."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.services.investigations import Investigations, RecordInvestigation
from tests.filing import TWO, Filing, refused


@pytest.fixture
def filing(work):
    return Filing(work)


def look(filing, *, fits, of=None):
    """Two people went there and wrote it down."""
    return Investigations(filing.work.begin, filing.work.clock).record(
        RecordInvestigation(
            household=filing.household.id,
            investigated_on=filing.today,
            investigators=TWO,
            respondent="覃兰英",
            answers={},
            fits=fits,
            conclusion="属实" if fits else "有两套房",
            application=of,
        )
    )


def action(filing):
    rows = filing.work.worklist.today().items
    return next(one.action for one in rows if one.kind is WorkKind.APPLICATION)


def assessed(filing, *, fits):
    filing.checked()
    found = look(filing, fits=fits, of=filing.id)
    return filing.take(E.INVESTIGATED, investigators=TWO, investigation=found)


def test_what_was_found_unfit_at_the_door_does_not_hang_as_agreed_to(filing):
    assessed(filing, fits=False)

    refusal = refused(filing.post)

    assert (refusal.code, filing.status) == ("A-50", S.ASSESSED)
    assert action(filing) == "入户调查说不符合，告诉镇里"


def test_who_goes_there_again_and_finds_it_fits_may_post(filing):
    assessed(filing, fits=False)
    filing.work.clock.advance(days=1)

    look(filing, fits=True)

    assert filing.post().status is S.NOTICE_POSTED


def test_what_was_found_in_another_case_is_not_held_against_this_one(filing):
    look(filing, fits=False)
    filing.submitted().take(E.WITHDRAW, note="不申请了")
    filing.work.clock.advance(days=1)
    request = FileApplication(household=filing.household.id, assessment=None)
    filing.id = filing.work.applications.file(request).id

    assert assessed(filing, fits=True).post().status is S.NOTICE_POSTED


def test_the_step_names_whom_the_record_names(filing):
    filing.checked()
    found = look(filing, fits=True, of=filing.id)

    refusal = filing.refusal(E.INVESTIGATED, investigators=("丙某", "丁某"), investigation=found)

    assert (refusal.code, refusal.field) == ("A-40", "investigators")
    assert all(name in refusal.do for name in TWO)
