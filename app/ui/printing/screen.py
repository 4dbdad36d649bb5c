"""Puts the print centre together."""

from __future__ import annotations

from functools import partial

from app.services.households import Households
from app.services.printing import Printing
from app.ui.printing.outlet import Outlet
from app.ui.printing.presenter import PrintPresenter
from app.ui.printing.press import Press
from app.ui.printing.view import PrintView
from app.ui.shell.page import Bench, PageScreen


def build_print_screen(
    printing: Printing, households: Households, outlet: Outlet, bench: Bench
) -> PageScreen:
    """Both halves of the print centre."""
    view = PrintView(find=households.find, runner=bench.store)
    presenter = PrintPresenter(
        view,
        bench.store,
        bench.work,
        Press(printing, bench.store, bench.work, outlet),
        households=households,
        announce=bench.changes.announce,
    )
    view.picked.connect(presenter.pick)
    view.ticked.connect(presenter.tick)
    view.looked_at.connect(presenter.look_at)
    view.purpose_chosen.connect(presenter.choose_purpose)
    view.duplex_chosen.connect(presenter.choose_duplex)
    view.draft_chosen.connect(presenter.choose_draft)
    view.copies_chosen.connect(presenter.choose_copies)
    view.turned.connect(presenter.turn)
    view.print_requested.connect(presenter.print)
    view.save_requested.connect(presenter.save)
    view.placed.connect(presenter.put_into)
    view.calibrate_requested.connect(partial(bench.go, "calibrating", None))
    view.check_requested.connect(partial(bench.go, "checking", None))
    view.batch_requested.connect(partial(bench.go, "batch", None))
    return PageScreen(view, presenter, first=view.household)
