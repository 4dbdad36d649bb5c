"""Puts the month page together."""

from __future__ import annotations

from app.services.month_rounds import MonthRounds
from app.ui.month.presenter import MonthPresenter
from app.ui.month.view import MonthView
from app.ui.shell.page import Bench, PageScreen


def build_month_screen(rounds: MonthRounds, bench: Bench) -> PageScreen:
    """Both halves of the month page."""
    view = MonthView()
    presenter = MonthPresenter(
        view, bench.store, month=rounds.month, today=bench.clock.today, go=bench.go
    )
    view.moved.connect(presenter.move)
    view.opened.connect(presenter.start)
    view.sweep_wanted.connect(presenter.open_sweep)
    return PageScreen(view, presenter, first=view.grid)
