"""Puts the page of one completed visit together."""

from __future__ import annotations

from app.services.households import Households
from app.services.visit_files import VisitFiles
from app.services.visits import Visits
from app.ui.shell.page import Bench, PageScreen
from app.ui.visit_record.desk import RecordDesk
from app.ui.visit_record.presenter import RecordPresenter
from app.ui.visit_record.view import RecordView


def build_record_screen(
    visits: Visits, files: VisitFiles, households: Households, bench: Bench
) -> PageScreen:
    """Both halves of the page."""
    view = RecordView()
    presenter = RecordPresenter(
        view,
        bench.store,
        RecordDesk(visits, files, households),
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.added.connect(presenter.add)
    view.wanted.connect(presenter.look_at)
    view.dropped.connect(presenter.hide)
    view.take_back_requested.connect(presenter.bring_back)
    view.household_requested.connect(presenter.open_household)
    view.print_requested.connect(presenter.print)
    return PageScreen(view, presenter, first=view.addendum)
