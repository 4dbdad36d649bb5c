"""The work pages as tests of all of them build them: with data, with their longest forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from app.domain.casework import EventKind, ReliefWay
from app.domain.family import FamilyDeed
from app.domain.money import Money
from app.domain.standing import BenefitKind, ChangeKind
from app.services.relief_asked import PayRelief
from app.services.standing import NewBenefit, NewChange
from app.ui.assessment.screen import build_assessment_screen
from app.ui.caring.deeds import Start
from app.ui.caring.desk import CaringDesk
from app.ui.caring.screen import build_caring_screen
from app.ui.exports.screen import build_export_screen
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from app.ui.family.desk import FamilyDesk
from app.ui.family.screen import build_family_screen
from app.ui.finding.screen import build_finding_screen
from app.ui.finding.search import Search
from app.ui.fund.deeds import FundDeed
from app.ui.fund.screen import build_fund_screen
from app.ui.home.screen import build_home_screen
from app.ui.household.desk import HouseholdDesk
from app.ui.household.screen import build_household_screen
from app.ui.households.screen import build_households_screen
from app.ui.month.screen import build_month_screen
from app.ui.past.screen import build_past_screen
from app.ui.printing.batch_screen import build_batch_screen
from app.ui.printing.calibration_screen import build_calibration_screen
from app.ui.printing.check_screen import build_check_screen
from app.ui.printing.screen import build_print_screen
from app.ui.relief.screen import build_relief_screen
from app.ui.relief_case.deeds import DeedKind
from app.ui.relief_case.screen import build_case_screen
from app.ui.reports.screen import build_report_screen
from app.ui.roster.screen import build_roster_screen
from app.ui.shell.page import PageScreen
from app.ui.standing.deeds import DeedKind as StandingDeed
from app.ui.standing.desk import StandingDesk
from app.ui.standing.screen import build_standing_screen
from app.ui.sweep.screen import build_sweep_screen
from app.ui.syncing.screen import build_sync_screen
from app.ui.theme.scale import TypeSize
from app.ui.visits.screen import build_visit_screen
from tests.standing import grace_in_room
from tests.work_pages import LI, WU, PaperPrinters, Room

SIZES = [  # by size of type: putting on another look is what costs
    (TypeSize.STANDARD, 982, 511),
    (TypeSize.STANDARD, 1093, 481),
    (TypeSize.STANDARD, 1198, 665),
    (TypeSize.STANDARD, 982, 483),
    (TypeSize.LARGE, 960, 511),
    (TypeSize.LARGE, 1233, 665),
    (TypeSize.EXTRA, 1211, 665),
    (TypeSize.EXTRA, 938, 466),
]
"""What a page has to itself at 1093 × 543 and 1366 × 697; 1198 × 665 shows its side panel, too,
982 × 483 and 938 × 466 are 1093 × 543 below the stripe of the practice village."""


def visits(room: Room) -> PageScreen:
    desk = room.desk
    return build_visit_screen(
        desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
    )


def relief(room: Room) -> PageScreen:
    desk = room.desk
    return build_relief_screen(
        desk.relief, desk.households, desk.drafts, desk.printing, PaperPrinters(), room.bench
    )


def relief_case(room: Room) -> PageScreen:
    desk = room.desk
    return build_case_screen(desk.relief, desk.printing, PaperPrinters(), room.bench)


def a_payment(room: Room) -> str:
    """Staged relief, paid out of a fund, to be looked at."""
    desk = room.desk
    paid = room.do(desk.relief.all)
    if paid:
        return paid[0].id
    room.do(lambda: desk.fund.put_in(Money.yuan(5000), room.clock.today()))
    request = PayRelief(
        household=WU,
        payee_name="吴秀兰",
        event=EventKind.FIRE,
        amount=Money.yuan(800),
        way=ReliefWay.GOODS,
        goods="大米 20 袋、棉被 2 床",
        parts=(Money.yuan(500), Money.yuan(300)),
    )
    return room.do(lambda: desk.relief.pay(request)).id


def fund(room: Room) -> PageScreen:
    a_payment(room)
    desk = room.desk
    return build_fund_screen(desk.fund, desk.printing, PaperPrinters(), room.bench)


def making_up(room: Room) -> PageScreen:
    """The fields of the longest deed of one record."""
    return relief_case(room)


def putting_in(room: Room) -> PageScreen:
    """The fields of a deed of the fund."""
    return fund(room)


ASKED: dict[Callable[[Room], PageScreen], object] = {
    making_up: DeedKind.MAKE_UP,
    putting_in: FundDeed.PUT_IN,
}


def assessment(room: Room) -> PageScreen:
    desk = room.desk
    return build_assessment_screen(
        desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
    )


def printing(room: Room) -> PageScreen:
    desk = room.desk
    return build_print_screen(desk.printing, desk.households, PaperPrinters(), room.bench)


def batch(room: Room) -> PageScreen:
    return build_batch_screen(room.desk.printing, PaperPrinters(), room.bench)


def calibrating(room: Room) -> PageScreen:
    return build_calibration_screen(PaperPrinters(), room.bench)


def checking(room: Room) -> PageScreen:
    """With what came of a paper that agrees."""
    screen = build_check_screen(room.desk.paper_checks, room.bench)
    room.settle()
    prepared = room.do(lambda: room.desk.printing.prepare("F15", WU))
    room.do(lambda: room.desk.printing.record(prepared))
    screen.presenter.check_code(prepared.code)
    room.settle()
    return screen


def syncing(room: Room) -> PageScreen:
    return build_sync_screen(room.desk.syncing, room.desk.enrolment, room.bench)


def exports(room: Room) -> PageScreen:
    desk = room.desk
    return build_export_screen(
        desk.exports, desk.visits, desk.households, desk.drafts, room.bench, folder="练习"
    )


def roster(room: Room) -> PageScreen:
    return build_roster_screen(room.desk.rosters, room.bench)


def past(room: Room) -> PageScreen:
    return build_past_screen(room.desk.assessments, room.desk.households, room.bench)


def finding(room: Room) -> PageScreen:
    reassessing, bench = room.desk.reassessing, room.bench
    search = Search(reassessing, bench.store, bench.work, bench.changes.announce)
    return build_finding_screen(reassessing, search, bench)


def today(room: Room) -> PageScreen:
    desk, bench = room.desk, room.bench
    search = Search(desk.reassessing, bench.store, bench.work, bench.changes.announce)
    return build_home_screen(desk.worklist.today, desk.households.find, search, bench)


def month(room: Room) -> PageScreen:
    return build_month_screen(room.desk.rounds, room.bench)


def sweep(room: Room) -> PageScreen:
    return build_sweep_screen(room.desk.sweeps, room.bench)


def standing(room: Room) -> PageScreen:
    desk = room.desk
    asked = StandingDesk(desk.standing_book, desk.graces, desk.standing)
    return build_standing_screen(asked, desk.printing, PaperPrinters(), room.bench)


def in_grace(room: Room) -> PageScreen:
    """A household in 渐退, with a benefit and somebody who has left."""
    desk = room.desk
    if not room.do(lambda: desk.standing_book.file(WU)).grace:
        grace_in_room(room, WU)
        room.do(lambda: desk.graces.propose(WU, reason="儿子进县城鞋厂上班"))
        change = NewChange(
            household=WU,
            kind=ChangeKind.REMOVE,
            name="吴小妹",
            reason="出嫁",
            happened_on=room.clock.today(),
        )
        room.do(lambda: desk.standing.change(change))
        care = NewBenefit(
            household=WU,
            kind=BenefitKind.DISABILITY_CARE,
            since=room.clock.today(),
            ends_on=date(2026, 5, 1),
        )
        room.do(lambda: desk.standing.receive(care))
    return standing(room)


def receiving(room: Room) -> PageScreen:
    """The fields of the longest deed."""
    return in_grace(room)


def caring(room: Room) -> PageScreen:
    """The fields of an agreement that is to be written."""
    desk = room.desk
    services = (desk.care_agreements, desk.watchlist, desk.complaints, desk.case_plans)
    return build_caring_screen(CaringDesk(desk.caring_book, *services), room.bench)


def reporting(room: Room) -> PageScreen:
    """The fields of a report."""
    desk = room.desk
    return build_report_screen(desk.reports, desk.printing, PaperPrinters(), room.bench)


def family(room: Room) -> PageScreen:
    desk = FamilyDesk(
        room.desk.households, room.desk.families, room.desk.duplicates, room.desk.drafts
    )
    return build_family_screen(desk, room.bench)


def splitting(room: Room) -> PageScreen:
    """The longest of the forms."""
    screen = family(room)
    screen.presenter.open(LI)
    room.settle()
    screen.presenter.choose(FamilyDeed.SPLIT)
    room.settle()
    return screen


def households(room: Room) -> PageScreen:
    people = room.desk.households
    return build_households_screen(people.lines, people.find, room.bench)


def household(room: Room) -> PageScreen:
    desk = HouseholdDesk(room.desk.households, room.desk.lacks, room.desk.changes)
    return build_household_screen(desk, room.bench)


def facts(room: Room) -> PageScreen:
    desk = FactsDesk(
        room.desk.households, room.desk.corrections, room.desk.duplicates, room.desk.drafts
    )
    return build_facts_screen(desk, room.bench)


ASKED[receiving] = StandingDeed.RECEIVE
ASKED[caring] = Start.DRAFT
SCREENS = [
    standing,
    in_grace,
    receiving,
    caring,
    reporting,
    households,
    household,
    family,
    splitting,
    facts,
    visits,
    relief,
    relief_case,
    making_up,
    fund,
    putting_in,
    assessment,
    printing,
    batch,
    calibrating,
    checking,
    syncing,
    exports,
    roster,
    past,
    finding,
    today,
    month,
    sweep,
]
BUTTONS = {
    visits: attrgetter("save"),
    relief: attrgetter("pay"),
    assessment: attrgetter("card.next"),
    making_up: attrgetter("fields.confirm"),
    putting_in: attrgetter("confirm"),
    receiving: attrgetter("fields.confirm"),
    caring: attrgetter("fields.confirm"),
    reporting: attrgetter("fields.confirm"),
    syncing: attrgetter("start"),
    printing: attrgetter("print"),
    batch: attrgetter("print"),
    exports: attrgetter("export"),
    today: attrgetter("sheet"),
}
SUBJECTS = {
    in_grace: WU,
    receiving: WU,
    caring: WU,
    reporting: "2026Q1",
    family: LI,
    facts: LI,
    household: WU,
    visits: WU,
    relief: WU,
    assessment: LI,
    printing: WU,
    past: LI,
}


def loaded(build: Callable[[Room], PageScreen], room: Room) -> PageScreen:
    """The screen with its data on view."""
    screen = build(room)
    subject = a_payment(room) if build in (relief_case, making_up) else SUBJECTS.get(build)
    screen.presenter.open(subject)
    room.settle()
    if build in ASKED:
        screen.presenter.choose(ASKED[build])
    if build is reporting:
        screen.presenter.begin()
        room.settle()
    return screen
