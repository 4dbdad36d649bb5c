"""Puts the settings page together."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.options.presenter import OptionsPresenter
from app.ui.options.view import OptionsView
from app.ui.preferences import Preferences
from app.ui.shell.page import PageScreen


def build_options_screen(
    version: str,
    preferences: Callable[[], Preferences],
    prefer: Callable[[Preferences], None],
) -> PageScreen:
    """Both halves of the settings page."""
    view = OptionsView(version)
    presenter = OptionsPresenter(view, preferences=preferences, prefer=prefer)
    view.size_chosen.connect(presenter.choose_size)
    view.dark_chosen.connect(presenter.choose_dark)
    view.minutes_chosen.connect(presenter.choose_minutes)
    return PageScreen(view, presenter, first=view.type_size)
