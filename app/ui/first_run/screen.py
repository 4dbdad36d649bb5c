"""Puts the first run together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app.ui.doors import FirstRunDoors
from app.ui.first_run.presenter import FirstRunPresenter
from app.ui.first_run.view import FirstRunView
from app.ui.nouns import Noun
from app.ui.roster.presenter import RosterPresenter
from app.ui.runner import Runner
from app.ui.widgets.places import open_with_its_program


class FirstRunHalves(NamedTuple):
    """Both halves, and the roster page's own; the window keeps this."""

    view: FirstRunView
    presenter: FirstRunPresenter
    roster: RosterPresenter


def build_first_run_screen(
    doors: FirstRunDoors,
    work: Runner,
    *,
    opened: Callable[[object, str], None],
    open_file: Callable[[Path], bool] = open_with_its_program,
) -> FirstRunHalves:
    """The first run; `opened` gets bootstrap's session and the page to begin with."""
    view = FirstRunView()
    presenter = FirstRunPresenter(view, work, doors=doors, opened=opened)
    view.on_requested.connect(presenter.go_on)
    view.back_requested.connect(presenter.go_back)
    view.practice_requested.connect(presenter.choose_practice)
    view.who.ticket_chosen.connect(presenter.read_ticket)
    view.who.code_given.connect(presenter.fetch_ticket)
    view.passphrase.entered.connect(presenter.set_passphrase)
    view.sheet.print_requested.connect(presenter.print_sheet)
    view.sheet.confirmed.connect(presenter.confirm_sheet)
    view.roster.start_wanted.connect(presenter.start_with)
    roster = RosterPresenter(
        view, work, take=presenter.take_roster, open_file=open_file, announce=_nobody_listens
    )
    view.roster.panel.file_chosen.connect(roster.import_roster)
    view.roster.panel.sheet_placed.connect(roster.save_sheet)
    view.roster.panel.sheet_wanted.connect(roster.open_sheet)
    presenter.begin()
    return FirstRunHalves(view, presenter, roster)


def _nobody_listens(_nouns: frozenset[Noun]) -> None:
    """There is no page yet that shows what came in."""
