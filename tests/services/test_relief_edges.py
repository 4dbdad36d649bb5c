"""The last day, hour and head that still go through, each beside the first that does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay
from app.services.relief_asked import Approval, MakeUp
from tests.relief import TODAY, asked, refusal
from tests.storefile import household_of

DAY = timedelta(days=1)
PARTS = (Money.yuan(200), Money.yuan(100))


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def test_thirty_days_ago_is_not_yet_long_ago(work, household):
    last = work.clock.now() - 30 * DAY

    late = asked(household, found_at=last - timedelta(seconds=1), event_note="  ")

    assert refusal(work.relief.report, late).code == "F-17"
    assert work.relief.report(asked(household, found_at=last)).found_at == last


def test_it_is_found_at_the_latest_now(work, household):
    now = work.clock.now()
    ahead = asked(household, found_at=now + timedelta(seconds=1))

    assert refusal(work.relief.pay, ahead).code == "F-16"
    assert work.relief.pay(asked(household, found_at=now)).found_at == now


def test_ten_strangers_want_no_word(work):
    crowd = {"payee_name": "车上的人", "event": EventKind.TRAFFIC}

    assert refusal(work.relief.report, asked(**crowd, persons=11, event_note=" ")).code == "F-17"
    assert work.relief.report(asked(**crowd, persons=10)).persons == 10
    assert refusal(work.relief.report, asked(**crowd, persons=0)).code == "F-18"


def test_a_household_is_helped_whole(work, household):
    assert work.relief.pay(asked(household, persons=2)).persons == 2


def test_the_days_of_the_papers_go_from_the_first_to_the_last(work, household):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=60)
    made = MakeUp(
        items=LATE_PAPERS, completed_on=TODAY, home_visited_on=TODAY,
        notice_from=TODAY, notice_to=TODAY + 60 * DAY,
    )  # fmt: skip

    assert work.relief.steps.make_up(paid.id, made).status is ReliefStatus.SUPPLEMENTED


def test_a_home_is_visited_before_its_papers_are_complete(work, household):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=5)
    made = MakeUp(items=LATE_PAPERS, completed_on=TODAY + DAY, home_visited_on=TODAY + 2 * DAY)

    assert refusal(work.relief.steps.make_up, paid.id, made).field == "home_visited_on"


def test_papers_of_parts_are_made_up_from_the_first_part_on(work, household):
    found = work.clock.now() - 3 * DAY
    paid = work.relief.pay(asked(household, parts=PARTS, found_at=found))
    early = MakeUp(items=LATE_PAPERS, completed_on=TODAY - DAY)

    assert refusal(work.relief.steps.make_up, paid.id, early).field == "completed_on"
    made = MakeUp(items=LATE_PAPERS, completed_on=TODAY, home_visited_on=TODAY - 3 * DAY)
    assert work.relief.steps.make_up(paid.id, made).paperwork_done_on == TODAY


def debt(work, relief, what):
    return next(one for one in work.relief.debts(relief.id) if what in one.what)


def test_papers_are_late_the_day_after_their_day(work, household):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=(paid.paperwork_due_on - TODAY).days)
    on_its_day = debt(work, paid, "待补手续")
    work.clock.advance(days=1)

    assert (on_its_day.overdue, debt(work, paid, "待补手续").overdue) == (False, True)


def test_a_part_is_late_the_day_after_its_day(work, household):
    paid = work.relief.pay(asked(household, parts=PARTS))
    ahead = debt(work, paid, "第 2 次")
    work.clock.advance(days=31)
    on_its_day = debt(work, paid, "第 2 次")
    work.clock.advance(days=1)
    after = debt(work, paid, "第 2 次")

    assert [(one.text, one.overdue) for one in (ahead, on_its_day, after)] == [
        ("4月2日给", False), ("今天给", False), ("4月2日给", True),
    ]  # fmt: skip


def test_the_chain_is_whole_from_whichever_end_it_is_seen(work, household):

    word = Approval("黄镇长", ApprovalWay.PHONE)
    first = work.relief.pay(asked(household))
    chain = [first.id]
    for parent, days in ((first.id, 5), (first.id, 6), (None, 7)):
        work.clock.advance(days=days)
        follows = chain[-1] if parent is None else parent
        more = asked(household, parent=follows, approval=word, amount=Money.yuan(days))
        chain.append(work.relief.pay(more).id)
    alone = work.relief.pay(asked(household, event=EventKind.TRAFFIC, apart="车祸"))

    for one in chain:
        assert [link.id for link in work.relief.case(one).chain] == chain
    assert [link.id for link in work.relief.case(alone.id).chain] == [alone.id]
