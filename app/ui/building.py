"""How each page is made from the desk. A page's code is loaded when the page is first opened.

Most days she opens six of thirty pages, and an old laptop has neither the memory nor the time for
the rest at the start: hence the imports inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.ui.finding.search import Search
    from app.ui.printing.outlet import Outlet
    from app.ui.shell.page import Bench, PageScreen


@dataclass(frozen=True, slots=True)
class Building:
    """One method for each page, called when it is first opened."""

    desk: Desk
    bench: Bench
    outlet: Outlet
    search: Search
    """政策找人, shared by today's work and its own page."""

    def today(self) -> PageScreen:
        """今日工作."""
        from app.ui.home.remaking import Remaking
        from app.ui.home.screen import build_home_screen
        from app.ui.printing.press import Press

        desk, bench = self.desk, self.bench
        return build_home_screen(
            desk.worklist.today,
            desk.households.find,
            self.search,
            bench,
            remaking=Remaking(desk.worklist, bench.store, bench.work),
            press=Press(desk.printing, bench.store, bench.work, self.outlet),
        )

    def households(self) -> PageScreen:
        """家庭."""
        from app.ui.households.screen import build_households_screen

        people = self.desk.households
        return build_households_screen(people.lines, people.find, self.bench)

    def visits(self) -> PageScreen:
        """走访."""
        from app.ui.visits.screen import build_visit_screen

        desk = self.desk
        return build_visit_screen(
            desk.households, desk.visits, desk.visit_files, desk.drafts, self.bench
        )

    def assessment(self) -> PageScreen:
        """申请测算."""
        from app.ui.assessment.screen import build_assessment_screen

        desk = self.desk
        return build_assessment_screen(
            desk.assessments, desk.applications, desk.households, desk.drafts, self.bench
        )

    def relief(self) -> PageScreen:
        """先行救助."""
        from app.ui.relief.screen import build_relief_screen

        desk = self.desk
        return build_relief_screen(
            desk.relief, desk.households, desk.drafts, desk.printing, self.outlet, self.bench
        )

    def ledger(self) -> PageScreen:
        """台账统计."""
        from app.ui.exports.screen import build_export_screen

        desk = self.desk
        return build_export_screen(
            desk.exports, desk.visits, desk.households, desk.drafts, self.bench
        )

    def printing(self) -> PageScreen:
        """打印."""
        from app.ui.printing.screen import build_print_screen

        return build_print_screen(self.desk.printing, self.desk.households, self.outlet, self.bench)

    def syncing(self) -> PageScreen:
        """同步."""
        from app.ui.syncing.screen import build_sync_screen

        return build_sync_screen(self.desk.syncing, self.desk.enrolment, self.bench)

    def month(self) -> PageScreen:
        """这个月的走访."""
        from app.ui.month.screen import build_month_screen

        return build_month_screen(self.desk.rounds, self.bench)

    def sweep(self) -> PageScreen:
        """集中排查."""
        from app.ui.sweep.screen import build_sweep_screen

        return build_sweep_screen(self.desk.sweeps, self.bench)

    def finding(self) -> PageScreen:
        """政策找人."""
        from app.ui.finding.screen import build_finding_screen

        return build_finding_screen(self.desk.reassessing, self.search, self.bench)

    def standing(self) -> PageScreen:
        """复核渐退."""
        from app.ui.standing.desk import StandingDesk
        from app.ui.standing.screen import build_standing_screen

        desk = self.desk
        standing = StandingDesk(desk.standing_book, desk.graces, desk.standing)
        return build_standing_screen(standing, desk.printing, self.outlet, self.bench)

    def caring(self) -> PageScreen:
        """照料备案."""
        from app.ui.caring.desk import CaringDesk
        from app.ui.caring.screen import build_caring_screen

        desk = self.desk
        caring = CaringDesk(
            desk.caring_book,
            desk.care_agreements,
            desk.watchlist,
            desk.complaints,
            desk.case_plans,
        )
        return build_caring_screen(caring, self.bench)

    def applications(self) -> PageScreen:
        """申请."""
        from app.ui.applications.desk import ApplicationDesk
        from app.ui.applications.screen import build_applications_screen

        return build_applications_screen(ApplicationDesk.of(self.desk), self.bench)

    def relief_case(self) -> PageScreen:
        """先行救助的一笔."""
        from app.ui.relief_case.screen import build_case_screen

        return build_case_screen(self.desk.relief, self.desk.printing, self.outlet, self.bench)

    def fund(self) -> PageScreen:
        """备用金."""
        from app.ui.fund.screen import build_fund_screen

        return build_fund_screen(self.desk.fund, self.desk.printing, self.outlet, self.bench)

    def calibrating(self) -> PageScreen:
        """校准打印机."""
        from app.ui.printing.calibration_screen import build_calibration_screen

        return build_calibration_screen(self.outlet, self.bench)

    def checking(self) -> PageScreen:
        """核对一张纸."""
        from app.ui.printing.check_screen import build_check_screen

        return build_check_screen(self.desk.paper_checks, self.bench)

    def batch(self) -> PageScreen:
        """整组打印."""
        from app.ui.printing.batch_screen import build_batch_screen

        return build_batch_screen(self.desk.printing, self.outlet, self.bench)

    def reports(self) -> PageScreen:
        """报送."""
        from app.ui.reports.screen import build_report_screen

        return build_report_screen(self.desk.reports, self.desk.printing, self.outlet, self.bench)

    def visit_record(self) -> PageScreen:
        """一次走访."""
        from app.ui.visit_record.screen import build_record_screen

        desk = self.desk
        return build_record_screen(desk.visits, desk.visit_files, desk.households, self.bench)

    def referrals(self) -> PageScreen:
        """线索和转介."""
        from app.ui.referrals.screen import build_referral_screen

        return build_referral_screen(self.desk.referrals, self.desk.households.find, self.bench)

    def investigation(self) -> PageScreen:
        """入户调查."""
        from app.ui.investigation.screen import build_investigation_screen

        desk = self.desk
        return build_investigation_screen(
            desk.investigations, desk.households, desk.drafts, self.bench
        )

    def past(self) -> PageScreen:
        """历次测算."""
        from app.ui.past.screen import build_past_screen

        return build_past_screen(self.desk.assessments, self.desk.households, self.bench)

    def household(self) -> PageScreen:
        """一户."""
        from app.ui.household.desk import HouseholdDesk
        from app.ui.household.screen import build_household_screen

        desk = self.desk
        household = HouseholdDesk(desk.households, desk.lacks, desk.changes)
        return build_household_screen(household, self.bench)

    def family(self) -> PageScreen:
        """家里变动."""
        from app.ui.family.desk import FamilyDesk
        from app.ui.family.screen import build_family_screen

        desk = self.desk
        family = FamilyDesk(desk.households, desk.families, desk.duplicates, desk.drafts)
        return build_family_screen(family, self.bench)

    def facts(self) -> PageScreen:
        """改资料."""
        from app.ui.facts.desk import FactsDesk
        from app.ui.facts.screen import build_facts_screen

        desk = self.desk
        facts = FactsDesk(
            desk.households,
            desk.corrections,
            desk.duplicates,
            desk.drafts,
            desk.application_files,
        )
        return build_facts_screen(facts, self.bench)

    def roster(self) -> PageScreen:
        """导入名册."""
        from app.ui.roster.screen import build_roster_screen

        return build_roster_screen(self.desk.rosters, self.bench)
