"""Puts the page of reviews and 渐退 together."""

from __future__ import annotations

from functools import partial

from app.services.printing import Printing
from app.ui.printing.outlet import Outlet
from app.ui.printing.press import Press
from app.ui.shell.page import Bench, PageScreen
from app.ui.standing.desk import StandingDesk
from app.ui.standing.presenter import StandingPresenter
from app.ui.standing.view import StandingView


def build_standing_screen(
    desk: StandingDesk, printing: Printing, outlet: Outlet, bench: Bench
) -> PageScreen:
    """Both halves. The subject is a household; without one it is the list."""
    view = StandingView(bench.clock.today)
    presenter = StandingPresenter(
        view,
        bench.store,
        desk,
        Press(printing, bench.store, bench.work, outlet),
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
    )
    view.opened.connect(presenter.open_line)
    view.chosen.connect(presenter.choose)
    view.benefit_opened.connect(presenter.choose_benefit)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.all_requested.connect(presenter.show_all)
    view.caring_requested.connect(partial(bench.go, "caring", None))
    view.grace_paper_requested.connect(presenter.print_grace)
    view.change_paper_requested.connect(presenter.print_changes)
    view.file_requested.connect(presenter.save_paper)
    view.placed.connect(presenter.put_into)
    return PageScreen(view, presenter)
