"""Puts the page of whole groups together."""

from __future__ import annotations

from functools import partial

from app.services.batches import Batches
from app.services.printing import Printing
from app.ui.printing.batch_presenter import BatchPresenter
from app.ui.printing.batch_press import BatchPress
from app.ui.printing.batch_view import BatchView
from app.ui.printing.outlet import Outlet
from app.ui.shell.page import Bench, PageScreen


def build_batch_screen(printing: Printing, outlet: Outlet, bench: Bench) -> PageScreen:
    """Both halves of the page."""
    view = BatchView()
    press = BatchPress(Batches(printing), bench.store, bench.work, outlet)
    presenter = BatchPresenter(view, press, announce=bench.changes.announce)
    view.group_chosen.connect(presenter.choose_group)
    view.purpose_chosen.connect(presenter.choose_purpose)
    view.duplex_chosen.connect(presenter.choose_duplex)
    view.print_requested.connect(presenter.print)
    view.save_requested.connect(presenter.save)
    view.placed.connect(presenter.put_into)
    view.stop_requested.connect(presenter.stop)
    view.opened.connect(partial(bench.go, "printing"))
    return PageScreen(view, presenter, first=view.group)
