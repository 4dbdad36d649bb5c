"""Puts the sweep page together."""

from __future__ import annotations

from app.services.sweeps import Sweeps
from app.ui.shell.page import Bench, PageScreen
from app.ui.sweep.presenter import SweepPresenter
from app.ui.sweep.view import SweepView


def build_sweep_screen(sweeps: Sweeps, bench: Bench) -> PageScreen:
    """Both halves of the sweep page."""
    view = SweepView()
    presenter = SweepPresenter(view, bench.store, coverage=sweeps.coverage, go=bench.go)
    view.opened.connect(presenter.start)
    return PageScreen(view, presenter, first=view.groups)
