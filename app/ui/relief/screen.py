"""Puts the relief page together."""

from __future__ import annotations

from app.services.drafts import Drafts
from app.services.households import Households
from app.services.printing import Printing
from app.services.relief import ReliefCases
from app.ui.printing.outlet import Outlet
from app.ui.printing.press import Press
from app.ui.relief.desk import ReliefDesk
from app.ui.relief.presenter import ReliefPresenter
from app.ui.relief.side import ReliefSide
from app.ui.relief.view import ReliefView
from app.ui.shell.page import Bench, PageScreen


def build_relief_screen(
    relief: ReliefCases,
    households: Households,
    drafts: Drafts,
    printing: Printing,
    outlet: Outlet,
    bench: Bench,
) -> PageScreen:
    """Both halves of the relief page."""
    view = ReliefView(
        find=households.find,
        runner=bench.store,
        side=ReliefSide(bench.clock.today),
        now=bench.clock.now,
    )
    presenter = ReliefPresenter(
        view,
        bench.store,
        ReliefDesk(relief, households, drafts),
        Press(printing, bench.store, bench.work, outlet),
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.picked.connect(presenter.pick)
    view.named.connect(presenter.name)
    view.answered.connect(presenter.answer)
    view.amount_typed.connect(presenter.weigh)
    view.pay_requested.connect(presenter.pay)
    view.refer_requested.connect(presenter.refer)
    view.report_requested.connect(presenter.report)
    view.more_requested.connect(presenter.show_more)
    view.fund_requested.connect(presenter.open_fund)
    view.opened.connect(presenter.open_card)
    view.throw_away_requested.connect(presenter.throw_away)
    view.take_back_requested.connect(presenter.take_back)
    view.chosen.connect(presenter.choose)
    view.supplement_requested.connect(presenter.supplement)
    view.receipt_requested.connect(presenter.print_again)
    view.approval_requested.connect(presenter.print_approval)
    view.file_requested.connect(presenter.save_paper)
    view.placed.connect(presenter.put_into)
    return PageScreen(view, presenter, first=view.payee)
