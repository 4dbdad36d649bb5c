"""Puts the export page together."""

from __future__ import annotations

from functools import partial

from app.services.drafts import Drafts
from app.services.exports import Exports
from app.services.households import Households
from app.services.visits import Visits
from app.ui.exports.desk import ExportDesk
from app.ui.exports.presenter import ExportPresenter
from app.ui.exports.view import ExportView
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.places import documents_folder


def build_export_screen(
    exports: Exports,
    visits: Visits,
    households: Households,
    drafts: Drafts,
    bench: Bench,
    *,
    folder: str | None = None,
) -> PageScreen:
    """Both halves of the export page; its subject is a book, or none.

    `folder` is where files go unless another place is chosen.
    """
    view = ExportView(today=bench.clock.today)
    presenter = ExportPresenter(
        view,
        bench.store,
        ExportDesk(exports, visits, households, drafts),
        today=bench.clock.today,
        folder=folder or documents_folder(),
    )
    view.book_chosen.connect(presenter.choose_book)
    view.recipient_chosen.connect(presenter.choose_recipient)
    view.span_chosen.connect(presenter.choose_span)
    view.first_chosen.connect(presenter.choose_first)
    view.last_chosen.connect(presenter.choose_last)
    view.mask_chosen.connect(presenter.choose_mask)
    view.kind_chosen.connect(presenter.choose_kind)
    view.more_chosen.connect(presenter.choose_more)
    view.layout_chosen.connect(presenter.choose_layout)
    view.reason_said.connect(presenter.say_reason)
    view.passphrase_said.connect(presenter.say_passphrase)
    view.placed.connect(presenter.choose_place)
    view.reports_requested.connect(partial(bench.go, "reports", None))
    view.export_requested.connect(presenter.export)
    return PageScreen(view, presenter, first=view.recipient)
