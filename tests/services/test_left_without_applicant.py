"""Who applied has died, the application has ended; somebody asks the others what they need."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from tests.filing import Filing
from tests.reassessing import interview


@pytest.fixture
def filing(work):
    return Filing(work, category=Category.NONE)


def dies(filing):
    """The applicant; the other one heads the household now."""
    first, second = (one.person.id for one in filing.household.members)
    death = FamilyChange(
        household=filing.household.id, kind=FamilyDeed.DEATH, on=filing.today,
        people=(first,), head=second,
    )  # fmt: skip
    filing.work.families.do(death)


def rows(filing):
    assert filing.work.worklist.check() == []
    found = filing.work.worklist.today().items
    return [one for one in found if one.kind is WorkKind.FAMILY_REVIEW]


def test_the_others_are_asked_whether_they_still_need_it(filing):
    filing.submitted()

    dies(filing)

    (row,) = rows(filing)
    assert filing.status is S.CLOSED_BY_DEATH
    assert (row.page, row.target, row.who) == ("assessment", filing.household.id, "覃小雨")
    assert "公示" not in row.why


def test_what_hangs_on_the_board_is_taken_down(filing):
    filing.posted()

    dies(filing)

    assert "公示要撕下来" in rows(filing)[0].why


@pytest.mark.parametrize("how", ["test", "application"])
def test_it_is_asked_until_they_are_tested_or_apply(filing, how):
    filing.submitted()
    dies(filing)
    filing.work.clock.advance(days=1)

    if how == "test":
        interview(filing.work, filing.household.id, 500)
    else:
        filing.work.applications.file(
            FileApplication(household=filing.household.id, assessment=None)
        )

    assert rows(filing) == []


def test_nobody_is_asked_where_nobody_is_left_nor_after_three_months(filing):
    filing.submitted()
    dies(filing)
    filing.work.clock.advance(days=100)
    late = filing.work.worklist.today().items
    dies_too = FamilyChange(
        household=filing.household.id, kind=FamilyDeed.DEATH, on=filing.today,
        people=(filing.household.members[1].person.id,),
    )  # fmt: skip
    filing.work.families.do(dies_too)

    assert WorkKind.FAMILY_REVIEW not in {one.kind for one in late}
    assert rows(filing) == []


def test_who_withdrew_and_died_later_ended_nothing(filing):
    filing.submitted().take(E.WITHDRAW, note="不申请了")

    dies(filing)

    assert rows(filing) == []
