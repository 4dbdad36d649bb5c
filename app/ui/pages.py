"""Every page of the program, in the order of the navigation. A new page is one entry here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.screen import build_applications_screen
from app.ui.assessment.screen import build_assessment_screen
from app.ui.caring.desk import CaringDesk
from app.ui.caring.screen import build_caring_screen
from app.ui.exports.screen import build_export_screen
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from app.ui.family.desk import FamilyDesk
from app.ui.family.screen import build_family_screen
from app.ui.finding.screen import build_finding_screen
from app.ui.finding.search import Search
from app.ui.fund.screen import build_fund_screen
from app.ui.home.remaking import Remaking
from app.ui.home.screen import build_home_screen
from app.ui.household.desk import HouseholdDesk
from app.ui.household.screen import build_household_screen
from app.ui.households.screen import build_households_screen
from app.ui.investigation.screen import build_investigation_screen
from app.ui.month.screen import build_month_screen
from app.ui.past.screen import build_past_screen
from app.ui.printing.batch_screen import build_batch_screen
from app.ui.printing.calibration_screen import build_calibration_screen
from app.ui.printing.press import Press
from app.ui.printing.printer import MachinePrinters
from app.ui.printing.screen import build_print_screen
from app.ui.referrals.screen import build_referral_screen
from app.ui.relief.screen import build_relief_screen
from app.ui.relief_case.screen import build_case_screen
from app.ui.reports.screen import build_report_screen
from app.ui.roster.screen import build_roster_screen
from app.ui.shell.page import Bench, Page
from app.ui.standing.desk import StandingDesk
from app.ui.standing.screen import build_standing_screen
from app.ui.sweep.screen import build_sweep_screen
from app.ui.syncing.screen import build_sync_screen
from app.ui.visit_record.screen import build_record_screen
from app.ui.visits.screen import build_visit_screen

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.ui.printing.outlet import Outlet


PRINTS: Final = ("Ctrl+P",)
"""The key these pages answer themselves."""


def pages_of(desk: Desk, bench: Bench, printers: Outlet | None = None) -> tuple[Page, ...]:
    """The pages, not yet built. Those with `under` have no button of their own.

    `printers` None means those of this machine.
    """
    people, drafts, find = desk.households, desk.drafts, desk.households.find
    outlet = printers or MachinePrinters()
    search = Search(desk.reassessing, bench.store, bench.work, bench.changes.announce)
    home = partial(
        build_home_screen,
        desk.worklist.today,
        find,
        search,
        bench,
        remaking=Remaking(desk.worklist, bench.store, bench.work),
        press=Press(desk.printing, bench.store, bench.work, outlet),
    )
    month = partial(build_month_screen, desk.rounds, bench)
    sweep = partial(build_sweep_screen, desk.sweeps, bench)
    finding = partial(build_finding_screen, desk.reassessing, search, bench)
    past = partial(build_past_screen, desk.assessments, people, bench)
    households = partial(build_households_screen, people.lines, find, bench)
    visits = partial(build_visit_screen, people, desk.visits, desk.visit_files, drafts, bench)
    record = partial(build_record_screen, desk.visits, desk.visit_files, people, bench)
    referrals = partial(build_referral_screen, desk.referrals, find, bench)
    investigation = partial(build_investigation_screen, desk.investigations, people, drafts, bench)
    assessment = partial(
        build_assessment_screen, desk.assessments, desk.applications, people, drafts, bench
    )
    filing = ApplicationDesk(
        files=desk.application_files,
        applications=desk.applications,
        steps=desk.application_steps,
        materials=desk.application_materials,
        signatures=desk.application_signatures,
        publicity=desk.application_publicity,
        drafts=drafts,
    )
    standing = partial(
        build_standing_screen,
        StandingDesk(desk.standing_book, desk.graces, desk.standing),
        desk.printing,
        outlet,
        bench,
    )
    caring = partial(
        build_caring_screen,
        CaringDesk(desk.caring_book, desk.care_agreements, desk.watchlist, desk.complaints),
        bench,
    )
    applications = partial(build_applications_screen, filing, bench)
    relief = partial(build_relief_screen, desk.relief, people, drafts, desk.printing, outlet, bench)
    case = partial(build_case_screen, desk.relief, desk.printing, outlet, bench)
    fund = partial(build_fund_screen, desk.fund, desk.printing, outlet, bench)
    ledger = partial(build_export_screen, desk.exports, desk.visits, people, drafts, bench)
    reports = partial(build_report_screen, desk.reports, desk.printing, outlet, bench)
    printing = partial(build_print_screen, desk.printing, people, outlet, bench)
    batch = partial(build_batch_screen, desk.printing, outlet, bench)
    calibrating = partial(build_calibration_screen, outlet, bench)
    syncing = partial(build_sync_screen, desk.syncing, desk.enrolment, bench)
    household = partial(
        build_household_screen, HouseholdDesk(people, desk.lacks, desk.changes), bench
    )
    family = partial(
        build_family_screen,
        FamilyDesk(people, desk.families, desk.duplicates, desk.drafts),
        bench,
    )
    facts = partial(
        build_facts_screen,
        FactsDesk(people, desk.corrections, desk.duplicates, desk.drafts, desk.application_files),
        bench,
    )
    roster = partial(build_roster_screen, desk.rosters, bench)
    return (
        Page("today", "今日工作", "今日", "home", home),
        Page("households", "家庭", "家庭", "users", households),
        Page("visits", "走访", "走访", "walk", visits, claims=PRINTS),
        Page("assessment", "申请测算", "测算", "file-text", assessment, claims=PRINTS),
        Page("relief", "先行救助", "救助", "urgent", relief),
        Page("ledger", "台账统计", "台账", "table", ledger),
        Page("printing", "打印", "打印", "printer", printing, claims=PRINTS),
        Page("syncing", "同步", "同步", "cloud-upload", syncing),
        Page("month", "这个月的走访", "今日", "home", month, under="today"),
        Page("sweep", "集中排查", "今日", "home", sweep, under="today"),
        Page("finding", "政策找人", "今日", "home", finding, under="today"),
        Page("standing", "复核渐退", "今日", "home", standing, under="today"),
        Page("caring", "照料备案", "今日", "home", caring, under="today"),
        Page("applications", "申请", "测算", "file-text", applications, under="assessment"),
        Page("relief_case", "先行救助的一笔", "救助", "urgent", case, under="relief"),
        Page("fund", "备用金", "救助", "urgent", fund, claims=PRINTS, under="relief"),
        Page("calibrating", "校准打印机", "打印", "printer", calibrating, under="printing"),
        Page("batch", "整组打印", "打印", "printer", batch, claims=PRINTS, under="printing"),
        Page("reports", "报送", "台账", "table", reports, claims=PRINTS, under="ledger"),
        Page("visit_record", "一次走访", "走访", "walk", record, claims=PRINTS, under="visits"),
        Page("referrals", "线索和转介", "走访", "walk", referrals, under="visits"),
        Page("investigation", "入户调查", "走访", "walk", investigation, under="visits"),
        Page("past", "历次测算", "测算", "file-text", past, under="assessment"),
        Page("household", "一户", "家庭", "users", household, under="households"),
        Page("family", "家里变动", "家庭", "users", family, under="households"),
        Page("facts", "改资料", "家庭", "users", facts, under="households"),
        Page("roster", "导入名册", "家庭", "users", roster, under="households"),
    )
