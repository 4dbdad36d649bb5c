"""Puts the page that calibrates a printer together."""

from __future__ import annotations

from app.ui.printing.calibration_presenter import CalibrationPresenter
from app.ui.printing.calibration_view import CalibrationView
from app.ui.printing.outlet import Outlet
from app.ui.shell.page import Bench, PageScreen


def build_calibration_screen(outlet: Outlet, bench: Bench) -> PageScreen:
    """Both halves of the page."""
    view = CalibrationView()
    presenter = CalibrationPresenter(view, bench.work, outlet)
    view.print_requested.connect(presenter.print)
    view.measured.connect(presenter.judge)
    return PageScreen(view, presenter, first=view.fields["across"])
