"""Puts the household page together."""

from __future__ import annotations

from app.ui.household.presenter import HouseholdPresenter, HouseholdServices
from app.ui.household.view import HouseholdView
from app.ui.shell.page import Bench, PageScreen


def build_household_screen(households: HouseholdServices, bench: Bench) -> PageScreen:
    """Both halves of the household page."""
    view = HouseholdView()
    presenter = HouseholdPresenter(
        view, bench.store, households=households, today=bench.clock.today, go=bench.go
    )
    view.verb_wanted.connect(presenter.do)
    view.line_opened.connect(presenter.follow)
    view.turned_over.connect(presenter.turn_over)
    view.reveal_turned.connect(presenter.reveal)
    return PageScreen(view, presenter, first=view.verbs[0])
