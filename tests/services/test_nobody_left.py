"""A household nobody is left in: what is still to be done about it, and what cannot be any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.caring import WatchCause
from app.domain.casework import Met, ReliefStatus
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category
from app.domain.money import Money
from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.referral_words import HandOn, LeadSource
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import Afterwards, ApprovalWay
from app.domain.today import WorkKind
from app.domain.watch_states import WatchEvent
from app.services.caring_steps import CaringFacts
from app.services.due_family import TOLD_BY
from app.services.investigations import Investigations, RecordInvestigation
from app.services.referrals import Referrals
from app.services.relief_asked import Approval, MakeUp
from app.services.visit_following import NewLead
from app.services.watchlist import NewWatch, Watchlist
from tests.relief import asked as relief_asked
from tests.storefile import household_of
from tests.visiting import TODAY, asked, new_referral, refusal

AFTER = {WorkKind.RELIEF_FOLLOW_UP, WorkKind.RELIEF_TO_DIBAO}
AGREED = Approval("黄镇长", ApprovalWay.WRITTEN)


@pytest.fixture
def home(work):
    """Somebody on 低保 who lives alone."""
    made = household_of("覃兰英", id_number=None)
    work.households.add_all([made])
    return made


def die(work, home, on=TODAY):
    who = (home.members[0].person.id,)
    work.families.do(FamilyChange(household=home.id, kind=FamilyDeed.DEATH, on=on, people=who))


def rows(work, home):
    return [item for item in work.worklist.today().items if item.household == home.id]


def kinds(work, home):
    return {item.kind for item in rows(work, home)}


def test_the_office_is_to_be_told_until_the_table_is_printed(work, home):
    die(work, home)
    (row,) = rows(work, home)
    work.clock.advance(minutes=5)

    work.printing.record(work.printing.prepare(TOLD_BY, home.id))

    assert (row.kind, row.page, row.target) == (WorkKind.FAMILY_REVIEW, "standing", home.id)
    assert rows(work, home) == []


def test_a_table_printed_before_the_death_tells_nobody_of_it(work):
    couple = household_of("覃兰英", "韦建国", id_number=None)
    work.households.add_all([couple])
    for at, day in ((1, 20), (0, 27)):
        on = date(2026, 2, day)
        who = (couple.members[at].person.id,)
        work.families.do(
            FamilyChange(household=couple.id, kind=FamilyDeed.DEATH, on=on, people=who)
        )
        if at:
            work.printing.record(work.printing.prepare(TOLD_BY, couple.id))
        work.clock.advance(minutes=5)

    assert kinds(work, couple) == {WorkKind.FAMILY_REVIEW}


def test_the_office_that_knows_is_not_told_again(work, home):
    die(work, home)
    with work.begin() as unit:
        unit.change(
            kind="household.decided", entity="household", entity_id=home.id, subject=home.id,
            fields={"category": Category.NONE},
        )  # fmt: skip
        unit.commit()

    assert rows(work, home) == []


def test_nobody_is_to_be_looked_at_again_or_tested_where_nobody_is(work, home):
    paid = work.relief.pay(relief_asked(home))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS, afterwards=Afterwards.TO_DIBAO))
    work.clock.advance(days=25)
    before = kinds(work, home)

    die(work, home, TODAY + timedelta(days=25))

    assert before >= AFTER
    assert not kinds(work, home) & AFTER


def test_what_is_not_given_any_more_is_to_be_said_so(work, home):
    referred = work.relief.refer(relief_asked(home, amount=Money.yuan(2500)))
    work.relief.steps.approve(referred.id, AGREED)
    die(work, home)
    (row,) = [one for one in rows(work, home) if one.kind is WorkKind.RELIEF_TO_PAY]

    work.relief.steps.decline(referred.id, "人已经去世")

    assert "没有人了" in row.why
    assert (row.action, row.page) == ("记成不给了", "relief_case")
    assert WorkKind.RELIEF_TO_PAY not in kinds(work, home)


def test_a_part_that_is_not_given_any_more_is_to_be_said_so(work, home):
    paid = work.relief.pay(relief_asked(home, parts=(Money.yuan(200), Money.yuan(100))))
    die(work, home)
    work.clock.advance(days=31)
    (row,) = [one for one in rows(work, home) if one.kind is WorkKind.INSTALMENT]

    work.relief.steps.drop_part(paid.id, work.relief.case(paid.id).instalments[1].id)

    assert (row.action, "没有人了" in row.why) == ("记成不给了", True)
    assert WorkKind.INSTALMENT not in kinds(work, home)


def test_what_was_given_on_paper_is_looked_at_again_before_it_is_closed(work, home):
    referred = work.relief.refer(relief_asked(home, amount=Money.yuan(2500)))
    work.relief.steps.approve(referred.id, AGREED, Money.yuan(900))
    paid = work.relief.pay_known(referred.id)
    work.clock.advance(days=25)

    assert paid.status is ReliefStatus.PAID
    assert WorkKind.RELIEF_FOLLOW_UP in kinds(work, home)


def test_what_went_up_is_asked_for_no_more_where_nobody_is(work, home):
    referred = work.relief.refer(relief_asked(home, amount=Money.yuan(2500)))
    die(work, home)
    (row,) = [one for one in rows(work, home) if one.kind is WorkKind.RELIEF_DECISION]

    work.relief.steps.decline(referred.id, "人已经去世")

    assert (row.action, "没有人了" in row.why) == ("记成不给了", True)
    assert WorkKind.RELIEF_DECISION not in kinds(work, home)


def test_a_lead_and_a_referral_say_that_nobody_is_left(work, home):
    referrals = Referrals(work.begin, work.clock)
    lead = referrals.note_lead(
        NewLead(household=home.id, content="两天没出门", source=LeadSource.SELF, found_on=TODAY)
    )
    referral = referrals.refer(new_referral(home))
    before = {one.kind: one.action for one in rows(work, home)}
    die(work, home)
    after = {one.kind: (one.action, "没有人了" in one.why) for one in rows(work, home)}

    referrals.move_lead(lead, LeadEvent.DISMISS, "人已经去世")
    referrals.move(referral, ReferralEvent.WITHDRAW, "人已经去世")

    assert before[WorkKind.LEAD] == "去核实"
    assert after[WorkKind.LEAD] == ("记不用办", True)
    assert after[WorkKind.REFERRAL] == ("记不转了", True)
    assert not kinds(work, home) & {WorkKind.LEAD, WorkKind.REFERRAL}


def test_a_watched_household_nobody_is_left_in_is_taken_off(work, home):
    book = Watchlist(work.begin, work.clock)
    book.notice(
        NewWatch(
            household=home.id,
            cause=WatchCause.SUDDEN_DIFFICULTY,
            note="病了",
            noticed_on=TODAY,
        )
    )
    die(work, home)

    (row,) = [one for one in rows(work, home) if one.kind is WorkKind.WATCH]

    assert (row.action, "没有人了" in row.why) == ("记不用列入", True)


def test_nobody_is_visited_where_nobody_is(work, home):
    die(work, home, TODAY - timedelta(days=3))

    refused = refusal(work.visits.record, asked(home))

    assert (refused.code, refused.field) == ("F-86", "visited_on")
    assert "2月27日" in refused.what
    assert work.visits.last(home.id) is None


def test_nobody_is_investigated_where_nobody_is(work, home):
    die(work, home, TODAY - timedelta(days=3))
    investigations = Investigations(work.begin, work.clock)
    request = RecordInvestigation(
        household=home.id, investigated_on=TODAY, investigators=("王秀英", "韦志强"),
        respondent="邻居", answers={}, fits=True, conclusion="",
    )  # fmt: skip

    refused = refusal(investigations.record, request)
    investigations.record(replace(request, investigated_on=TODAY - timedelta(days=3)))

    assert (refused.code, refused.field) == ("F-88", "investigated_on")
    assert [one.investigated_on for one in investigations.of(home.id)] == [
        TODAY - timedelta(days=3)
    ]


def test_no_lead_referral_or_watch_is_begun_where_nobody_is(work, home):
    day = TODAY - timedelta(days=3)
    referrals, book = Referrals(work.begin, work.clock), Watchlist(work.begin, work.clock)
    lead = NewLead(household=home.id, content="断粮", source=LeadSource.SELF, found_on=TODAY)
    watch = NewWatch(
        household=home.id, cause=WatchCause.SUDDEN_DIFFICULTY, note="病了", noticed_on=TODAY
    )
    noted = referrals.note_lead(replace(lead, found_on=day))
    referrals.move_lead(noted, LeadEvent.VERIFY, "去看过")
    die(work, home, day)

    refused = [
        refusal(referrals.note_lead, lead),
        refusal(referrals.refer, new_referral(home)),
        refusal(referrals.hand_on, noted, HandOn.REFERRAL, "镇卫生院"),
        refusal(referrals.hand_on, noted, HandOn.APPLICATION),
        refusal(book.notice, watch),
    ]

    assert [(one.code, one.field) for one in refused] == [
        ("F-89", "on"), ("F-89", "on"), ("F-89", "way"), ("F-89", "way"), ("F-89", "noticed_on"),
    ]  # fmt: skip
    assert refused[0].what == "这一户 2月27日起已经没有人了，不能再记线索。"
    assert [len(referrals.of(home.id)), book.notice(replace(watch, noticed_on=day)) != ""] == [1, 1]
    assert referrals.hand_on(noted, HandOn.OTHERS, "镇派出所").line.is_over


def test_a_watch_that_is_over_is_not_taken_up_again_where_nobody_is(work, home):
    book = Watchlist(work.begin, work.clock)
    entry = book.notice(
        NewWatch(
            household=home.id, cause=WatchCause.SUDDEN_DIFFICULTY, note="病了", noticed_on=TODAY
        )
    )
    paper = {"told_by": "县乡村振兴局", "paper_no": "练振〔2026〕8号", "note": "核实了"}
    for event in (WatchEvent.VERIFY, WatchEvent.LIST, WatchEvent.OBSERVE):
        book.step(entry, event, CaringFacts(happened_on=TODAY, **paper))
    die(work, home)
    work.clock.advance(days=1)
    again = CaringFacts(happened_on=TODAY + timedelta(days=1), note="又病了")

    assert refusal(book.step, entry, WatchEvent.REOPEN, again).code == "F-89"


def test_a_visit_made_before_can_still_be_typed_in_and_is_not_gone_on_with(work, home):
    on = TODAY - timedelta(days=3)
    die(work, home, on)

    work.visits.record(asked(home, visited_on=on, note="还说了几句话"))
    work.visits.record(asked(home, visited_on=on, met=Met.NOBODY, again_on=TODAY))

    assert work.visits.last(home.id).note == "还说了几句话"
    assert work.visits.plan_of(home.id) is None
