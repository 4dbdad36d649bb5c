"""Puts the page of reports together."""

from __future__ import annotations

from functools import partial

from app.domain.exporting import ExportBook
from app.services.printing import Printing
from app.services.reports import Reports
from app.ui.printing.outlet import Outlet
from app.ui.printing.press import Press
from app.ui.reports.desk import ReportDesk
from app.ui.reports.presenter import ReportPresenter
from app.ui.reports.view import ReportView
from app.ui.shell.page import Bench, PageScreen


def build_report_screen(
    reports: Reports, printing: Printing, outlet: Outlet, bench: Bench
) -> PageScreen:
    """Both halves. The subject is the key of a quarter; without one it is the list."""
    view = ReportView(bench.clock.today)
    presenter = ReportPresenter(
        view,
        bench.store,
        ReportDesk(reports),
        Press(printing, bench.store, bench.work, outlet),
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
    )
    view.opened.connect(presenter.open_quarter)
    view.begin_requested.connect(presenter.begin)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.all_requested.connect(presenter.show_all)
    view.paper_requested.connect(presenter.print)
    view.file_requested.connect(presenter.save_paper)
    view.placed.connect(presenter.put_into)
    view.sheet_requested.connect(partial(bench.go, "ledger", ExportBook.REPORT.value))
    return PageScreen(view, presenter)
