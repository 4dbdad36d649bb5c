"""Every page of the program, in the order of the navigation. A new page is one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.building import Building
from app.ui.finding.search import Search
from app.ui.printing.printer import MachinePrinters
from app.ui.shell.page import Bench, Page

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.ui.printing.outlet import Outlet


PRINTS: Final = ("Ctrl+P",)
"""The key these pages answer themselves."""


def pages_of(desk: Desk, bench: Bench, printers: Outlet | None = None) -> tuple[Page, ...]:
    """The pages, not yet built. Those with `under` have no button of their own.

    `printers` None means those of this machine.
    """
    search = Search(desk.reassessing, bench.store, bench.work, bench.changes.announce)
    make = Building(desk, bench, printers or MachinePrinters(), search)
    return (
        Page("today", "今日工作", "今日", "home", make.today),
        Page("households", "家庭", "家庭", "users", make.households),
        Page("visits", "走访", "走访", "walk", make.visits, claims=PRINTS),
        Page("assessment", "申请测算", "测算", "file-text", make.assessment, claims=PRINTS),
        Page("relief", "先行救助", "救助", "urgent", make.relief),
        Page("ledger", "台账统计", "台账", "table", make.ledger),
        Page("printing", "打印", "打印", "printer", make.printing, claims=PRINTS),
        Page("syncing", "同步", "同步", "cloud-upload", make.syncing),
        Page("month", "这个月的走访", "今日", "home", make.month, under="today"),
        Page("sweep", "集中排查", "今日", "home", make.sweep, under="today"),
        Page("finding", "政策找人", "今日", "home", make.finding, under="today"),
        Page("standing", "复核渐退", "今日", "home", make.standing, under="today"),
        Page("caring", "照料备案", "今日", "home", make.caring, under="today"),
        Page("applications", "申请", "测算", "file-text", make.applications, under="assessment"),
        Page("relief_case", "先行救助的一笔", "救助", "urgent", make.relief_case, under="relief"),
        Page("fund", "备用金", "救助", "urgent", make.fund, claims=PRINTS, under="relief"),
        Page("calibrating", "校准打印机", "打印", "printer", make.calibrating, under="printing"),
        Page("checking", "核对一张纸", "打印", "printer", make.checking, under="printing"),
        Page("batch", "整组打印", "打印", "printer", make.batch, claims=PRINTS, under="printing"),
        Page("reports", "报送", "台账", "table", make.reports, claims=PRINTS, under="ledger"),
        Page("visit_record", "一次走访", "走访", "walk", make.visit_record, PRINTS, under="visits"),
        Page("referrals", "线索和转介", "走访", "walk", make.referrals, under="visits"),
        Page("investigation", "入户调查", "走访", "walk", make.investigation, under="visits"),
        Page("past", "历次测算", "测算", "file-text", make.past, under="assessment"),
        Page("household", "一户", "家庭", "users", make.household, under="households"),
        Page("family", "家里变动", "家庭", "users", make.family, under="households"),
        Page("facts", "改资料", "家庭", "users", make.facts, under="households"),
        Page("roster", "导入名册", "家庭", "users", make.roster, under="households"),
    )
