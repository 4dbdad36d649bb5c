"""What is under way in the practice village: every state worth knowing, on whatever day it is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.care_states import CareStatus
from app.domain.caring import FourCare
from app.domain.casework import ApplicationStatus, ReliefStatus
from app.domain.clock import china_date
from app.domain.grace_states import GraceStatus
from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.relief_words import EntryKind, InstalmentStatus
from app.domain.today import WorkKind
from app.domain.watch_states import WatchStatus
from app.practice.backdating import EarlierClock, on_days, tell, until
from app.practice.filings import Way
from app.practice.homes import Homes
from app.practice.under_way import UnderWay, set_going
from app.practice.village import practice_village
from app.services.desk import Desk, open_desk
from app.services.standing_book import LineKind
from app.store.entering import open_vault
from app.store.vault import OpenVault
from tests.fakes import StoppedClock
from tests.policies import PracticePolicies
from tests.vaults import PASSPHRASE, Kept
from tests.work_pages import fill_vault

S = ApplicationStatus
DAY = datetime(2026, 11, 22, 4, tzinfo=UTC)
FIRST_OF_MARCH = datetime(2026, 3, 1, 4, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, 4, tzinfo=UTC)
HOUSEHOLDS = 120


@dataclass
class Busy:
    """A village with its cases, and the desk to look at them."""

    clock: StoppedClock
    vault: OpenVault
    desk: Desk
    under_way: UnderWay

    @property
    def today(self) -> date:
        return self.clock.today()

    def status(self, way: Way) -> ApplicationStatus:
        return self.desk.applications.get(self.under_way.filings[way].id).status


def busy(template: Kept, folder: Path, at: datetime) -> Busy:
    """The village as it is at some time."""
    kept = Kept(folder / "vault", template.recovery)  # filled on its own day: it has a visit
    shutil.copytree(template.directory, kept.directory)
    clock, policies = StoppedClock(at), PracticePolicies()
    fill_vault(kept, StoppedClock())
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    desk = open_desk(vault, clock, policies)
    village = practice_village(households=HOUSEHOLDS)
    desk.households.add_all(village.households)
    ids = {one.head_member.person.id_number: one.id for one in village.households}
    return Busy(clock, vault, desk, set_going(vault, clock, policies, village, ids))


@pytest.fixture(scope="module")
def village(vault_template: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    made = busy(vault_template, tmp_path_factory.mktemp("busy"), DAY)
    yield made
    made.vault.close()


def test_an_application_stands_in_every_state_worth_knowing(village: Busy):
    assert {way: village.status(way) for way in Way} == {
        Way.DRAFT: S.DRAFT,
        Way.MATERIALS_MISSING: S.SUPPLEMENT_REQUESTED,
        Way.TO_INVESTIGATE: S.INVESTIGATING,
        Way.IN_REVIEW: S.IN_REVIEW,
        Way.ON_THE_BOARD: S.NOTICE_POSTED,
        Way.NOTICE_OVER: S.NOTICE_POSTED,
        Way.TO_BE_RETURNED: S.SENT_FOR_CONFIRMATION,
        Way.TO_BE_CONFIRMED: S.SENT_FOR_CONFIRMATION,
    }


def test_one_notice_hangs_and_another_has_hung_long_enough(village: Busy):
    def ends(way: Way) -> date:
        file = village.desk.application_files.get(village.under_way.filings[way].id)
        return file.notices[0].ends_on

    assert ends(Way.ON_THE_BOARD) > village.today > ends(Way.NOTICE_OVER)


def test_the_draft_lacks_pieces_and_the_township_asked_for_others(village: Busy):
    def open_pieces(way: Way) -> int:
        file = village.desk.application_files.get(village.under_way.filings[way].id)
        return sum(one.settled_on is None for one in file.materials)

    assert open_pieces(Way.DRAFT) >= 1
    assert open_pieces(Way.MATERIALS_MISSING) == 2
    assert open_pieces(Way.ON_THE_BOARD) == 0


def test_an_investigation_stands_behind_every_application_that_came_so_far(village: Busy):
    found = {
        way: village.desk.investigations.of_application(one.id)
        for way, one in village.under_way.filings.items()
    }

    assert {way for way, seen in found.items() if seen is not None} == set(Way) - {
        Way.DRAFT,
        Way.MATERIALS_MISSING,
        Way.TO_INVESTIGATE,
    }


def test_the_fund_runs_over_two_months_and_the_first_is_closed(village: Busy):
    state = village.desk.fund.state()

    assert {line.entry.booked_on.month for line in state.lines} == {10, 11}
    assert [one.month for one in state.months] == ["2026-10"]
    assert Counter(line.entry.kind for line in state.lines) == {EntryKind.IN: 2, EntryKind.OUT: 3}
    assert state.lines[-1].balance == state.balance


def test_relief_is_closed_owed_overdue_staged_reported_and_referred(village: Busy):
    purse, relief = village.under_way.purse, village.desk.relief
    late = {
        name: [debt.overdue for debt in relief.debts(getattr(purse, name).id)]
        for name in ("burnt", "overdue", "owed")
    }
    parts = [one.status for one in relief.case(purse.staged.id).instalments]

    assert late == {"burnt": [], "overdue": [True], "owed": [False]}
    assert relief.get(purse.burnt.id).status is ReliefStatus.CLOSED
    assert relief.get(purse.reported.id).status is ReliefStatus.REPORTED
    assert relief.get(purse.referred.id).status is ReliefStatus.REFERRED_UP
    assert parts == [InstalmentStatus.PAID, InstalmentStatus.PLANNED, InstalmentStatus.PLANNED]


def test_one_grace_runs_one_is_approved_and_one_proposed(village: Busy):
    supported = village.under_way.supported
    graces = [
        village.desk.standing_book.file(one.home.id).grace
        for one in (supported.running, supported.approved, supported.proposed)
    ]

    assert [one.status for one in graces] == [
        GraceStatus.RUNNING,
        GraceStatus.APPROVED,
        GraceStatus.PROPOSED,
    ]
    assert all(len(one.shares) == 6 and not one.is_open for one in graces)


def test_reviews_are_due_and_late_and_benefits_end_soon(village: Busy):
    lines = village.desk.standing_book.lines().lines
    found = Counter((one.kind, one.late) for one in lines)

    assert found[LineKind.REVIEW, False] == 1
    assert found[LineKind.REVIEW, True] == 2, "one late, one because somebody was born"
    assert found[LineKind.BENEFIT, False] == found[LineKind.BENEFIT, True] == 1
    assert found[LineKind.CERTIFICATE, False] == 1


def test_leads_wait_referrals_go_on_and_visits_are_planned(village: Busy):
    cases = {one.case.status for one in village.desk.referrals.lines()}
    plans = [i for i in village.desk.worklist.everything() if i.due_text.startswith("约好今天")]

    assert cases == {
        LeadStatus.OPEN,
        LeadStatus.VERIFIED,
        ReferralStatus.SENT,
        ReferralStatus.ACCEPTED,
    }
    assert any(item.kind is WorkKind.VISIT for item in plans)


def test_no_household_is_in_two_stories(village: Busy):
    supported, purse = village.under_way.supported, village.under_way.purse
    homes = [one.home.id for one in village.under_way.filings.values()]
    homes += [one.home.id for one in (supported.running, supported.approved, supported.proposed)]
    homes += [one.id for one in (supported.due, supported.late, supported.grown)]
    given = (purse.overdue, purse.owed, purse.staged, purse.referred)
    homes += [one.asked.household for one in given]

    assert len(set(homes)) == len(homes)


def test_todays_list_is_what_a_fresh_making_says(village: Busy):
    assert village.desk.worklist.check() == []


@pytest.mark.parametrize("at", [FIRST_OF_MARCH, NEW_YEAR])
def test_it_is_the_same_village_on_any_day(
    village: Busy, vault_template: Kept, tmp_path: Path, at: datetime
):
    """On the first of a month, after a Spring Festival, and where last month is last year."""
    other = busy(vault_template, tmp_path, at)
    supported = other.desk.standing_book.file(other.under_way.supported.running.home.id)
    late = other.desk.relief.debts(other.under_way.purse.overdue.id)

    assert other.under_way.known == village.under_way.known
    assert {way: other.status(way) for way in Way} == {way: village.status(way) for way in Way}
    assert supported.grace.status is GraceStatus.RUNNING
    assert [debt.overdue for debt in late] == [True]
    assert len(other.desk.fund.state().months) == 1
    other.vault.close()


def test_a_village_too_small_for_a_story_says_so(village: Busy):
    homes = Homes(village.desk, practice_village(households=3), {})

    with pytest.raises(LookupError):
        homes.take(lambda _made: True)


def test_deeds_happen_in_the_order_of_their_days():
    clock = EarlierClock(StoppedClock(DAY))
    today, said = clock.today(), []

    def say(word: str):
        return lambda: said.append((word, clock.today(), china_date(clock.evidence().wall)))

    long = until(date(2026, 11, 20), [(0, say("filed")), (9, say("posted"))])
    short = on_days([(date(2026, 11, 15), say("visited"))])
    tell([long, short], clock)

    assert said == [
        ("filed", date(2026, 11, 11), date(2026, 11, 11)),
        ("visited", date(2026, 11, 15), date(2026, 11, 15)),
        ("posted", date(2026, 11, 20), date(2026, 11, 20)),
    ]
    assert clock.today() == today


def test_a_story_does_nothing_tomorrow():
    clock = EarlierClock(StoppedClock(DAY))

    with pytest.raises(ValueError, match="to come"):
        tell([on_days([(date(2026, 11, 23), list)])], clock)


def test_somebody_is_looked_after_watched_and_complained_about(village: Busy):
    made, book = village.under_way.looked_after, village.desk.caring_book
    care = book.file(made.care).at
    entry = book.file(made.entry).at
    kinds = {item.kind for item in village.desk.worklist.everything()}

    assert (care.status, care.lacks) == (CareStatus.ACTIVE, (FourCare.PLAN,))
    assert village.today < care.ends_on <= village.today + timedelta(days=30)
    assert (entry.status, entry.compared_on) == (
        WatchStatus.LISTED,
        village.today - timedelta(days=32),
    )
    assert book.file(made.answered).at.answered_on is not None
    assert book.file(made.waiting).at.answered_on is None
    assert {
        WorkKind.CARE_AGREEMENT, WorkKind.WATCH, WorkKind.CASE_PLAN, WorkKind.COMPLAINT,
    } <= kinds  # fmt: skip


def test_every_row_of_the_list_says_why_by_which_rule_and_what_to_do_next(village: Busy):
    for item in village.desk.worklist.everything():
        assert all((item.why, item.rule, item.action, item.page)), item
        assert item.due_text


def test_of_an_application_the_list_has_one_row(village: Busy):
    filed = {one.id for one in village.under_way.filings.values()}
    rows = [i.entity_id for i in village.desk.worklist.everything() if i.entity_id in filed]

    assert sorted(rows) == sorted(set(rows))
    assert len(rows) > len(filed) // 2


def test_the_quarter_before_was_reported_with_its_figures(village: Busy):
    (told,) = (line.told for line in village.desk.reports.lines() if line.told is not None)

    assert told.quarter.last == told.told_on == date(2026, 9, 30)
    assert told.figures == village.desk.reports.figures(told.first, told.last)
