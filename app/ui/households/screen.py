"""Puts the list of households together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.households import HouseholdLine
from app.ui.households.presenter import HouseholdsPresenter
from app.ui.households.view import HouseholdsView
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.picker import Find


def build_households_screen(
    lines: Callable[[], Sequence[HouseholdLine]], find: Find, bench: Bench
) -> PageScreen:
    """Both halves of the list."""
    view = HouseholdsView()
    presenter = HouseholdsPresenter(
        view, bench.store, lines=lines, find=find, today=bench.clock.today, go=bench.go
    )
    view.sieved.connect(presenter.sift)
    view.first_wanted.connect(presenter.open_first)
    view.opened.connect(presenter.open_household)
    view.import_wanted.connect(presenter.open_import)
    return PageScreen(view, presenter, first=view.table, search=view.search)
