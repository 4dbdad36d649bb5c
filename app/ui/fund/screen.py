"""Puts the reserve fund's page together."""

from __future__ import annotations

from app.services.fund import ReserveFunds
from app.services.printing import Printing
from app.ui.fund.desk import FundDesk
from app.ui.fund.presenter import FundPresenter
from app.ui.fund.view import FundView
from app.ui.printing.outlet import Outlet
from app.ui.printing.press import Press
from app.ui.shell.page import Bench, PageScreen


def build_fund_screen(
    fund: ReserveFunds, printing: Printing, outlet: Outlet, bench: Bench
) -> PageScreen:
    """Both halves. No subject."""
    view = FundView(bench.clock.today)
    presenter = FundPresenter(
        view,
        bench.store,
        FundDesk(fund),
        Press(printing, bench.store, bench.work, outlet),
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.entry_chosen.connect(presenter.choose_entry)
    view.entry_opened.connect(presenter.open_relief)
    view.month_chosen.connect(presenter.choose_month)
    view.print_requested.connect(presenter.print_ledger)
    view.sheet_requested.connect(presenter.save_sheet)
    view.sheet_placed.connect(presenter.put_sheet_into)
    view.file_requested.connect(presenter.save_paper)
    view.placed.connect(presenter.put_into)
    return PageScreen(view, presenter)
