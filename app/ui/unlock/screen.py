"""Puts the unlock page together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from app.ui.unlock.presenter import UnlockPresenter
from app.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from app.ui.doors import UnlockDoors
    from app.ui.resident import Resident
    from app.ui.runner import Runner


class UnlockHalves(NamedTuple):
    """Both halves; the window keeps this."""

    view: UnlockView
    presenter: UnlockPresenter


def build_unlock_screen(
    resident: Resident,
    doors: Callable[[], UnlockDoors],
    work: Runner,
    *,
    locked: bool,
    opened: Callable[[object], None],
) -> UnlockHalves:
    """The unlock page; `doors` is called when something is asked of them, and `opened` gets
    bootstrap's session."""
    view = UnlockView(resident, locked=locked)
    presenter = UnlockPresenter(view, work, doors=doors, opened=opened)
    view.unlock_requested.connect(presenter.unlock)
    view.remedy_chosen.connect(presenter.choose)
    view.remedy_dropped.connect(presenter.drop)
    view.recover_requested.connect(presenter.recover)
    view.print_requested.connect(presenter.print_recovery)
    view.recovery_confirmed.connect(presenter.confirm_recovery)
    view.county_wanted.connect(presenter.want_county)
    return UnlockHalves(view, presenter)
