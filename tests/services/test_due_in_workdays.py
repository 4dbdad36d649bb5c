"""What is left of a clock of working days is said in working days, on today's list as elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.caring import ComplaintChannel
from app.domain.casework import ApplicationStatus as S
from app.domain.casework import Health
from app.domain.households import Category
from app.domain.today import WorkKind
from app.services.complaints import Complaints, NewComplaint
from tests.filing import TOLD, Filing
from tests.procedure import settle, under
from tests.storefile import household_of
from tests.visiting import asked


@pytest.fixture
def filing(work):
    return Filing(work)


def rows(work, *kinds):
    assert work.worklist.check() == []
    return [one for one in work.worklist.everything() if one.kind in kinds]


def said(filing, *kinds):
    """What today's list says is left, and what the page of the application does."""
    (row,) = [one for one in rows(filing.work, *kinds) if one.entity_id == filing.id]
    (clock,) = [one for one in filing.whole.clocks if one.reading is not None][:1]
    return row.due_text, clock.reading.text


def test_of_an_application_both_pages_say_the_same(filing):
    filing.accepted()
    filing.work.clock.advance(days=1)

    assert said(filing, WorkKind.APPLICATION) == ("还剩 29 个工作日", "还剩 29 个工作日")


def test_so_they_do_after_the_clock_stood_for_material(filing):
    filing.accepted()
    filing.work.clock.advance(days=1)
    filing.take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)
    filing.work.clock.advance(days=7)
    settle(filing, "费用单")
    filing.take(E.MATERIAL_IN)
    filing.work.clock.advance(days=1)

    today, page = said(filing, WorkKind.APPLICATION)

    assert today == page
    assert page.endswith("个工作日")


def test_so_they_do_once_it_is_over(filing):
    filing.sent()
    filing.work.clock.advance(days=60)

    today, page = said(filing, WorkKind.WITH_COUNTY)

    assert today == page
    assert (page.startswith("超期"), page.endswith("个工作日")) == (True, True)


def test_so_it_is_where_the_county_sent_it_back(filing):
    filing.sent().county_says(S.RETURNED, decision_note="银行卡号没有填")
    filing.work.worklist.forget()
    filing.work.worklist.today()

    today, page = said(filing, WorkKind.RETURNED)

    assert (today, page.endswith("个工作日")) == (page, True)


def test_so_it_is_where_who_applied_has_left(filing):
    filing.accepted()
    with filing.work.begin() as begun:
        begun.change(
            kind="household.corrected", entity="household_member",
            entity_id=filing.household.members[0].id, subject=filing.household.id,
            fields={"is_removed": True},
        )  # fmt: skip
        begun.commit()

    (row,) = rows(filing.work, WorkKind.APPLICATION)

    assert row.why == "申请人不在这户了"
    assert row.due_text == "还剩 30 个工作日"


def test_so_is_the_time_to_tell_of_a_refusal(filing):
    filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超标准")
    filing.work.worklist.forget()
    filing.work.worklist.today()

    assert said(filing, WorkKind.REFUSAL_NOTICE) == ("还剩 3 个工作日", "还剩 3 个工作日")


def test_a_limit_the_county_gave_in_days_is_counted_in_days(filing):
    under(filing.work, refusal_notice_workdays='value = 5\nunit = "天"')
    filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超标准")
    filing.work.worklist.forget()
    filing.work.worklist.today()

    assert said(filing, WorkKind.REFUSAL_NOTICE) == ("还剩 5 天", "还剩 5 天")


def test_so_are_the_answer_to_a_complaint_and_an_assessment_of_self_care(work):
    home = replace(household_of("黄阿公"), category=Category.TEKUN)
    work.households.add_all([home])
    work.visits.record(asked(home, health=Health.IMPAIRED))
    Complaints(work.begin, work.clock).receive(
        NewComplaint(
            household=home.id, channel=ComplaintChannel.PHONE, content="没有公示",
            received_on=date(2026, 3, 2),
        )
    )  # fmt: skip

    found = {one.kind: one.due_text for one in rows(work, WorkKind.SELF_CARE, WorkKind.COMPLAINT)}

    assert found == {
        WorkKind.SELF_CARE: "还剩 10 个工作日",
        WorkKind.COMPLAINT: "还剩 7 个工作日",
    }
