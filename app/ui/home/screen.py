"""Puts the home page together."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.casework import Today
from app.ui.home.presenter import HomePresenter
from app.ui.home.view import HomeView
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.picker import Find


def build_home_screen(today: Callable[[], Today], find: Find, bench: Bench) -> PageScreen:
    """Both halves of the home page."""
    view = HomeView(find=find, runner=bench.store)
    presenter = HomePresenter(view, bench.store, today=today, go=bench.go)
    view.started.connect(presenter.start)
    view.page_wanted.connect(presenter.open_page)
    view.household_wanted.connect(presenter.open_household)
    return PageScreen(view, presenter, first=view.table, search=view.search)
