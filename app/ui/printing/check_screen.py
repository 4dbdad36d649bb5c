"""Puts the page that checks a paper against its record together."""

from __future__ import annotations

from app.services.paper_checks import PaperChecks
from app.services.paper_findings import PaperFindings
from app.ui.printing.check_presenter import CheckPresenter
from app.ui.printing.check_view import CheckView
from app.ui.shell.page import Bench, PageScreen


def build_check_screen(checks: PaperChecks, bench: Bench) -> PageScreen:
    """Both halves of the page."""
    view = CheckView()
    presenter = CheckPresenter(view, bench.store, bench.work, PaperFindings(checks))
    view.code_typed.connect(presenter.check_code)
    view.file_chosen.connect(presenter.check_file)
    view.stop_requested.connect(presenter.stop)
    view.looked_at.connect(presenter.look_at)
    view.turned.connect(presenter.turn)
    return PageScreen(view, presenter, first=view.code)
