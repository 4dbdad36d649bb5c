"""贴确认公示 in today's list: from the county's word until it hangs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.procedure import NoticeKind
from app.domain.today import WorkKind as W
from app.models.base import table_of
from app.models.people import HouseholdRow
from app.services.applications import FileApplication
from tests.filing import Filing


@pytest.fixture
def filing(work):
    return Filing(work).sent()


def granted(filing, status=S.CONFIRMED, category="dibao"):
    filing.county_says(status, decided_on=filing.today, decided_category=category)
    filing.work.worklist.forget()
    return filing


def listed(filing):
    rows = filing.work.worklist.everything()
    return [row for row in rows if row.kind is W.NOTICE_TO_POST]


def test_nothing_is_to_be_put_up_before_the_county_has_agreed(filing):
    assert listed(filing) == []


@pytest.mark.parametrize("status", [S.CONFIRMED, S.PUBLISHED])
def test_what_was_granted_is_to_be_put_up_until_it_hangs(filing, status):
    granted(filing, status).work.clock.advance(days=200)
    (before,) = listed(filing)
    filing.post(kind=NoticeKind.F08)

    assert (before.page, before.target, before.due_text) == ("applications", filing.id, "早点贴")
    assert before.why == "县里确认了低保，确认公示还没贴"
    assert "国务院令第649号" in before.rule
    assert "第十一条" in before.rule
    assert "F08" in before.action
    assert listed(filing) == []


@pytest.mark.parametrize("status", [S.REFUSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.RETURNED])
def test_nothing_else_is_put_up(filing, status):
    granted(filing, status)

    assert listed(filing) == []


def test_what_the_law_does_not_name_says_whose_list_it_is(filing):
    (row,) = listed(granted(filing, category="marginal"))

    assert "649" not in row.rule
    assert "F08" in row.rule


def test_it_leads_to_a_page_that_offers_to_record_it(filing):
    granted(filing)

    assert "post_list" in {event.value for event in filing.events()}


@pytest.mark.parametrize("changes", [{"category": Category.NONE.value}, {"ended_on": True}])
def test_who_is_no_longer_supported_is_on_no_list(filing, changes):
    granted(filing)
    changes = {name: filing.today if value is True else value for name, value in changes.items()}
    with filing.work.begin() as unit:
        unit.connection.execute(update(table_of(HouseholdRow)).values(**changes))
        unit.commit()
    filing.work.worklist.forget()

    assert listed(filing) == []


def test_of_two_grants_the_newer_is_put_up(filing):
    granted(filing).post(kind=NoticeKind.F08)
    hung = listed(filing)
    filing.work.clock.advance(days=30)
    again = convert(filing)

    (row,) = listed(filing)

    assert hung == []
    assert row.target == again


def convert(filing):
    """Another application of the household, which the county granted, too."""
    request = FileApplication(household=filing.household.id, assessment=None)
    first, filing.id = filing.id, filing.work.applications.file(request).id
    again = granted(filing).id
    filing.id = first
    assert again != first
    assert filing.today > filing.now.decided_on + timedelta(days=1)
    return again
