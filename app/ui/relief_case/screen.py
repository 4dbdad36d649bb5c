"""Puts the page of one 先行救助 together."""

from __future__ import annotations

from app.services.printing import Printing
from app.services.relief import ReliefCases
from app.ui.printing.outlet import Outlet
from app.ui.printing.press import Press
from app.ui.relief_case.desk import CaseDesk
from app.ui.relief_case.presenter import CasePresenter
from app.ui.relief_case.view import ReliefCaseView
from app.ui.shell.page import Bench, PageScreen


def build_case_screen(
    relief: ReliefCases, printing: Printing, outlet: Outlet, bench: Bench
) -> PageScreen:
    """Both halves. The subject is a record."""
    view = ReliefCaseView(bench.clock.today)
    presenter = CasePresenter(
        view,
        bench.store,
        CaseDesk(relief),
        Press(printing, bench.store, bench.work, outlet),
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.chain_opened.connect(presenter.open_other)
    view.approval_requested.connect(presenter.print_approval)
    view.late_papers_requested.connect(presenter.print_late_papers)
    view.receipt_requested.connect(presenter.print_receipt)
    view.file_requested.connect(presenter.save_paper)
    view.placed.connect(presenter.put_into)
    return PageScreen(view, presenter)
