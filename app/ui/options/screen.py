"""Puts the settings page together."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.access.presenter import AccessPresenter
from app.ui.doors import AccessDoors
from app.ui.options.presenter import OptionsPresenter, PaperHand
from app.ui.options.view import OptionsView
from app.ui.preferences import Preferences
from app.ui.runner import Runner
from app.ui.shell.page import PageScreen


def build_options_screen(
    version: str,
    preferences: Callable[[], Preferences],
    prefer: Callable[[Preferences], None],
    doors: AccessDoors,
    work: Runner,
    store: Runner,
    hand: PaperHand,
) -> PageScreen:
    """Both halves of the settings page; `doors` run on `work`, `hand` on `store`."""
    view = OptionsView(version)
    access = AccessPresenter(view.access, work, doors)
    presenter = OptionsPresenter(
        view,
        preferences=preferences,
        prefer=prefer,
        opened=access.start_over,
        store=store,
        hand=hand,
    )
    view.access.change_requested.connect(access.change_passphrase)
    view.access.sheet_requested.connect(access.draw_sheet)
    view.access.print_requested.connect(access.print_sheet)
    view.access.sheet_confirmed.connect(access.confirm_sheet)
    view.size_chosen.connect(presenter.choose_size)
    view.dark_chosen.connect(presenter.choose_dark)
    view.minutes_chosen.connect(presenter.choose_minutes)
    view.hand_chosen.connect(presenter.choose_hand)
    return PageScreen(view, presenter, first=view.type_size)
