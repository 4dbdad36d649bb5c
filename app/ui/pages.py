"""Every page of the program, in the order of the navigation. A new page is one entry here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.ui.assessment.screen import build_assessment_screen
from app.ui.exports.screen import build_export_screen
from app.ui.finding.screen import build_finding_screen
from app.ui.finding.search import Search
from app.ui.home.screen import build_home_screen
from app.ui.household.screen import build_household_screen
from app.ui.households.screen import build_households_screen
from app.ui.past.screen import build_past_screen
from app.ui.printing.printer import MachinePrinters
from app.ui.printing.screen import build_print_screen
from app.ui.relief.screen import build_relief_screen
from app.ui.roster.screen import build_roster_screen
from app.ui.shell.page import Bench, Page
from app.ui.syncing.screen import build_sync_screen
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
    home = partial(build_home_screen, desk.worklist.today, find, search, bench)
    finding = partial(build_finding_screen, desk.reassessing, search, bench)
    past = partial(build_past_screen, desk.assessments, people, bench)
    households = partial(build_households_screen, people.lines, find, bench)
    visits = partial(build_visit_screen, people, desk.visits, drafts, bench)
    assessment = partial(
        build_assessment_screen, desk.assessments, desk.applications, people, drafts, bench
    )
    relief = partial(build_relief_screen, desk.relief, people, drafts, desk.printing, outlet, bench)
    ledger = partial(build_export_screen, desk.exports, desk.visits, people, drafts, bench)
    printing = partial(build_print_screen, desk.printing, people, outlet, bench)
    syncing = partial(build_sync_screen, desk.syncing, desk.enrolment, bench)
    household = partial(build_household_screen, people, bench)
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
        Page("finding", "政策找人", "今日", "home", finding, under="today"),
        Page("past", "历次测算", "测算", "file-text", past, under="assessment"),
        Page("household", "一户", "家庭", "users", household, under="households"),
        Page("roster", "导入名册", "家庭", "users", roster, under="households"),
    )
