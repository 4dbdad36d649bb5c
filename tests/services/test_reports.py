"""Quarterly reports: on the list until told, figures from the records, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.caring import WatchCause
from app.domain.casework import EventKind, Met, ReliefWay
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.referral_states import ReferralEvent
from app.domain.referral_words import LeadSource
from app.domain.relief_words import CheckResult
from app.domain.reports import VILLAGE, Quarter
from app.domain.today import WorkKind
from app.domain.watch_states import WatchEvent
from app.services.caring_steps import CaringFacts
from app.services.due_reports import first_untold
from app.services.referrals import Referrals
from app.services.relief_asked import MakeUp, PayRelief
from app.services.reports import LONGEST, NewReport, Reports
from app.services.visit_following import NewLead
from app.services.watchlist import NewWatch, Watchlist
from app.store import feed
from tests.cases import layered, value_toml
from tests.filing import Filing
from tests.news import Entry
from tests.published import publish
from tests.storefile import household_of
from tests.visiting import asked, new_referral, refusal

TODAY = date(2026, 3, 2)
FIRST = Quarter(2026, 1)
DAY = timedelta(days=1)
UNIT = 'unit = "季末月的日"'


@pytest.fixture
def reports(work):
    return Reports(work.begin, work.clock, work.rules)


def told(**changes):
    said = {"quarter": FIRST, "first": date(2026, 1, 1), "last": TODAY, "told_on": TODAY}
    return NewReport(**(said | {"told_to": "镇民政办"} | changes))


def rows(work):
    found = [one for one in work.worklist.everything() if one.kind is WorkKind.REPORT]
    assert work.worklist.check() == []
    return found


def wait_until(work, day):
    work.clock.advance(days=(day - work.clock.today()).days)


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


# the list


def test_it_stands_in_the_list_ten_days_before_with_its_rule_and_is_late_after(work, home):
    wait_until(work, date(2026, 3, 9))
    assert rows(work) == []

    wait_until(work, date(2026, 3, 10))
    (row,) = rows(work)
    wait_until(work, date(2026, 3, 21))
    (late,) = rows(work)

    assert (row.due_on, row.overdue, late.overdue) == (date(2026, 3, 20), False, True)
    assert "20日前报送" in row.rule
    assert (row.page, row.target) == ("reports", "2026Q1")
    assert "2026年第1季度" in row.why


def test_once_told_the_next_quarter_is_asked_for(work, home, reports):
    wait_until(work, date(2026, 3, 20))
    today = work.clock.today()

    reports.tell(told(last=today, told_on=today))

    assert rows(work) == []
    wait_until(work, date(2026, 6, 20))
    assert [one.target for one in rows(work)] == ["2026Q2"]


def test_quarters_nobody_reported_come_one_after_another(work, home, reports):
    wait_until(work, date(2026, 7, 1))
    assert [one.target for one in rows(work)] == ["2026Q1"]
    today = work.clock.today()

    reports.tell(told(last=date(2026, 3, 31), told_on=today))

    assert [one.target for one in rows(work)] == ["2026Q2"]


def test_a_pack_that_gives_no_day_asks_for_nothing(work, home, reports):
    publish(work, layered(value_toml("quarterly_report_due", f"county_must_supply = true\n{UNIT}")))
    wait_until(work, date(2026, 7, 1))

    assert rows(work) == []
    assert {line.due_on for line in reports.lines()} == {None}


def test_a_village_that_began_after_the_day_owes_the_next_quarter():
    assert first_untold(frozenset(), date(2026, 3, 20), 20) == Quarter(2026, 1)
    assert first_untold(frozenset(), date(2026, 3, 21), 20) == Quarter(2026, 2)


def test_what_a_colleague_reported_is_not_asked_for_again(work, home, reports):
    wait_until(work, date(2026, 3, 20))
    assert [one.target for one in rows(work)] == ["2026Q1"]
    body = {
        "quarter": "2026Q1", "first_on": "2026-01-01", "last_on": "2026-03-19",
        "told_on": "2026-03-19", "told_to": "镇民政办", "progress": "", "problems": "",
        "experience": "", "suggestions": "", "figures": {"visits": 4}, "handler": "李四",
        "recorded_at": instant_text(work.clock.now()),
    }  # fmt: skip

    with work.begin() as unit:
        entry = Entry("upsert", "village_report", "r-1", VILLAGE, 1, body)
        feed.apply_news(unit.connection, [entry], work.clock.now())
        unit.commit()

    assert rows(work) == []
    (kept,) = reports.open(FIRST).reports
    assert (kept.handler, kept.figures.visits, kept.figures.leads) == ("李四", 4, 0)


# figures


def test_the_figures_are_what_the_records_say(work, home, reports):
    other = household_of("韦大山", id_number=None)
    work.households.add_all([other])
    before = date(2025, 12, 31)
    for day, met in ((TODAY, Met.SELF), (TODAY, Met.NOBODY), (before, Met.SELF)):
        work.visits.record(asked(home, visited_on=day, met=met))
    work.visits.add(work.visits.record(asked(other)), "补一句")
    referrals = Referrals(work.begin, work.clock)
    for day in (TODAY, before):
        lead = NewLead(content="断药", found_on=day, source=LeadSource.SELF, household=home.id)
        referrals.note_lead(lead)
    sent = referrals.refer(new_referral(home, consented=True))
    referrals.refer(new_referral(home))
    for event in (ReferralEvent.SEND, ReferralEvent.RECEIVE, ReferralEvent.ACCEPT):
        referrals.move(sent, event)
    Filing(work).submitted()
    Filing(work)
    watch = Watchlist(work.begin, work.clock)
    entry = watch.notice(
        NewWatch(household=home.id, cause=WatchCause.DIFFICULTIES, note="欠账", noticed_on=TODAY)
    )
    facts = CaringFacts(happened_on=TODAY, told_by="镇民政办", paper_no="1号", note="去看了")
    for event in (WatchEvent.VERIFY, WatchEvent.LIST):
        watch.step(entry, event, facts)

    figures = reports.figures(date(2026, 1, 1), TODAY)

    assert (figures.visits, figures.leads, figures.applications) == (2, 1, 1)
    assert (figures.referred, figures.answered, figures.listed) == (1, 1, 1)
    assert reports.figures(before, before).visits == 1


def pay(work, home, yuan, name="覃兰英"):
    return work.relief.pay(
        PayRelief(
            household=home.id, payee_name=name, event=EventKind.FIRE,
            amount=Money.yuan(yuan), way=ReliefWay.CASH,
        )
    )  # fmt: skip


def test_a_payment_taken_back_is_none_and_papers_owed_are_counted_at_the_last_day(
    work, home, reports
):
    other = household_of("韦大山", id_number=None)
    work.households.add_all([other])
    kept = pay(work, home, 300)
    back = pay(work, other, 100, "韦大山")
    work.relief.steps.reverse(back.id, "登记错了")
    due = kept.paperwork_due_on
    wait_until(work, due + 5 * DAY)

    figures = reports.figures(date(2026, 1, 1), due + 5 * DAY)

    assert (figures.relief, figures.relief_sum, figures.overdue_papers) == (1, Money.yuan(300), 1)
    assert reports.figures(date(2026, 1, 1), due).overdue_papers == 0


def test_a_report_keeps_its_figures_whatever_comes_later(work, home, reports):
    work.visits.record(asked(home))
    made = reports.tell(told())
    work.visits.record(asked(home))

    kept = reports.open(FIRST)

    assert (made.figures.visits, kept.reports[0].figures.visits, kept.figures.visits) == (1, 1, 2)


# telling


def test_a_second_report_puts_the_first_right_and_both_stay(work, home, reports):
    first = reports.tell(told(progress="走了 30 户"))
    work.clock.advance(minutes=1)

    second = reports.tell(told(progress="走了 31 户"))

    found = reports.open(FIRST)
    assert (first.corrects, second.corrects) == (None, first.id)
    assert [one.progress for one in found.reports] == ["走了 31 户", "走了 30 户"]
    assert found.line.told == second


def test_the_same_report_once_more_is_no_second_one(work, home, reports):
    made = reports.tell(told(progress="走了 30 户"))
    work.clock.advance(minutes=1)

    problem = refusal(reports.tell, told(progress=" 走了 30 户 "))

    assert (problem.code, "3月2日报给镇民政办" in problem.what) == ("T-06", True)
    assert reports.open(FIRST).reports == (made,)


def test_the_same_words_about_other_figures_or_another_day_are_another_report(work, home, reports):
    first = reports.tell(told())
    work.clock.advance(minutes=1)
    work.visits.record(asked(home))
    second = reports.tell(told())
    work.clock.advance(days=1)
    third = reports.tell(told(told_on=TODAY + DAY))

    assert (second.corrects, third.corrects) == (first.id, second.id)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"first": TODAY + DAY, "last": TODAY}, "T-01", "last"),
        ({"last": TODAY + DAY}, "T-01", "last"),
        ({"told_on": TODAY + DAY}, "T-02", "told_on"),
        ({"told_on": TODAY - DAY}, "T-02", "told_on"),
        ({"told_to": "  "}, "T-03", "told_to"),
        ({"experience": "字" * (LONGEST + 1)}, "T-04", "experience"),
        ({"quarter": Quarter(2026, 2)}, "T-05", None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(work, reports, changes, code, field):
    problem = refusal(reports.tell, told(**changes))

    assert (problem.code, problem.field) == (code, field)
    assert reports.open(FIRST).reports == ()


def test_a_quarter_to_come_is_not_opened(reports):
    assert refusal(reports.open, Quarter(2026, 2)).code == "T-05"
    assert refusal(reports.figures, TODAY, TODAY + DAY).code == "T-01"


def test_the_list_says_what_was_told_and_what_is_late(work, home, reports):
    wait_until(work, date(2026, 6, 25))
    reports.tell(told(last=date(2026, 3, 31), told_on=date(2026, 4, 1)))

    lines = reports.lines()

    assert [(one.quarter.key, one.told is not None, one.late) for one in lines] == [
        ("2026Q2", False, True),
        ("2026Q1", True, False),
    ]
    assert HouseholdId(VILLAGE) not in {one.id for one in work.households.lines()}


def test_papers_owed_for_relief_in_parts_are_counted_from_the_first_part(work, home, reports):
    given = work.relief.pay(staged(home))
    assert given.paid_at is None
    late = work.clock.today() + 60 * DAY
    wait_until(work, late)

    figures = reports.figures(date(2026, 1, 1), late)

    assert figures.overdue_papers == 1
    assert reports.figures(date(2026, 1, 1), date(2026, 3, 2)).overdue_papers == 0


def staged(home):
    return PayRelief(
        household=home.id, payee_name="覃兰英", event=EventKind.FIRE, amount=Money.yuan(600),
        parts=(Money.yuan(200), Money.yuan(400)), way=ReliefWay.CASH,
    )  # fmt: skip


def test_papers_found_wrong_in_time_are_not_overdue_afterwards(work, home, reports):
    given = pay(work, home, 300)
    wrong = MakeUp(text="不符", result=CheckResult.RECOVER)
    work.clock.advance(days=1)
    work.relief.steps.make_up(given.id, wrong)
    due = given.paperwork_due_on + 5 * DAY
    wait_until(work, due)

    assert reports.figures(date(2026, 1, 1), due).overdue_papers == 0
