"""Puts the page of care agreements, the watch list, cases and complaints together."""

from __future__ import annotations

from app.ui.caring.desk import CaringDesk
from app.ui.caring.presenter import CaringPresenter
from app.ui.caring.view import CaringView
from app.ui.shell.page import Bench, PageScreen


def build_caring_screen(desk: CaringDesk, bench: Bench) -> PageScreen:
    """Both halves. The subject is a household or a record; without one it is the list."""
    view = CaringView(bench.clock.today)
    presenter = CaringPresenter(
        view,
        bench.store,
        desk,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.opened.connect(presenter.open_record)
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.all_requested.connect(presenter.show_all)
    view.papers_requested.connect(presenter.print_papers)
    return PageScreen(view, presenter)
