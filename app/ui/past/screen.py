"""Puts the page of earlier tests together."""

from __future__ import annotations

from app.services.assessments import Assessments
from app.services.households import Households
from app.ui.past.presenter import PastDesk, PastPresenter
from app.ui.past.view import PastView
from app.ui.shell.page import Bench, PageScreen


def build_past_screen(assessments: Assessments, households: Households, bench: Bench) -> PageScreen:
    """Both halves of the page of earlier tests."""
    view = PastView()
    presenter = PastPresenter(view, bench.store, PastDesk(assessments, households), go=bench.go)
    view.chosen.connect(presenter.choose)
    view.marked.connect(presenter.mark)
    view.recompute_requested.connect(presenter.recompute)
    view.again_requested.connect(presenter.test_again)
    return PageScreen(view, presenter, first=view.table)
