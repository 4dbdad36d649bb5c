"""Puts the roster page together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.services.rosters import Rosters
from app.ui.roster.desk import RosterDesk
from app.ui.roster.presenter import RosterPresenter
from app.ui.roster.view import RosterView
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.places import open_with_its_program


def build_roster_screen(
    rosters: Rosters, bench: Bench, *, open_file: Callable[[Path], bool] = open_with_its_program
) -> PageScreen:
    """Both halves of the roster page."""
    view = RosterView()
    presenter = RosterPresenter(
        view,
        bench.work,
        take=RosterDesk(rosters, bench.store.call).take,
        open_file=open_file,
        announce=bench.changes.announce,
    )
    view.panel.file_chosen.connect(presenter.import_roster)
    view.panel.sheet_placed.connect(presenter.save_sheet)
    view.panel.sheet_wanted.connect(presenter.open_sheet)
    view.list_wanted.connect(partial(bench.go, "households", None))
    return PageScreen(view, presenter, first=view.panel.choose)
