"""Puts the sync page together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.enrolment import Enrolment
from app.services.syncing import Syncing
from app.ui.shell.page import Bench, PageScreen
from app.ui.syncing.desk import SyncDesk
from app.ui.syncing.presenter import SyncPresenter
from app.ui.syncing.view import SyncView

if TYPE_CHECKING:
    from app.sync.road import Transport


def build_sync_screen(
    syncing: Syncing,
    enrolment: Enrolment,
    bench: Bench,
    *,
    road: Callable[[], Transport] | None = None,
) -> PageScreen:
    """Both halves of the sync page. `road` replaces the network of this machine in tests."""
    view = SyncView()
    presenter = SyncPresenter(
        view,
        bench.store,
        bench.work,
        SyncDesk(syncing, enrolment, bench.store, road),
        announce=bench.changes.announce,
        go=bench.go,
    )
    view.sync_requested.connect(presenter.sync)
    view.stop_requested.connect(presenter.stop)
    view.export_placed.connect(presenter.put_on_stick)
    view.import_placed.connect(presenter.take_from_stick)
    view.decided.connect(presenter.decide)
    view.put_off.connect(presenter.put_off)
    view.opened.connect(presenter.mend)
    return PageScreen(view, presenter, first=view.start)
