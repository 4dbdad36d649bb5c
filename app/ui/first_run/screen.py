"""Puts the first run together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.ui.doors import FirstRunDoors
from app.ui.first_run.presenter import FirstRunPresenter
from app.ui.first_run.view import FirstRunView
from app.ui.runner import Runner


class FirstRunHalves(NamedTuple):
    """Both halves; the window keeps this."""

    view: FirstRunView
    presenter: FirstRunPresenter


def build_first_run_screen(
    doors: FirstRunDoors, work: Runner, *, opened: Callable[[object, str], None]
) -> FirstRunHalves:
    """The first run; `opened` gets bootstrap's session and the page to begin with."""
    view = FirstRunView()
    presenter = FirstRunPresenter(view, work, doors=doors, opened=opened)
    view.on_requested.connect(presenter.go_on)
    view.back_requested.connect(presenter.go_back)
    view.practice_requested.connect(presenter.choose_practice)
    view.who.ticket_chosen.connect(presenter.read_ticket)
    view.passphrase.entered.connect(presenter.set_passphrase)
    view.sheet.print_requested.connect(presenter.print_sheet)
    view.sheet.confirmed.connect(presenter.confirm_sheet)
    view.roster.start_wanted.connect(presenter.start_with)
    view.roster.file_chosen.connect(presenter.import_roster)
    presenter.begin()
    return FirstRunHalves(view, presenter)
