"""Puts the page of 入户调查 together."""

from __future__ import annotations

from app.services.drafts import Drafts
from app.services.households import Households
from app.services.investigations import Investigations
from app.ui.investigation.desk import InvestigationDesk
from app.ui.investigation.presenter import InvestigationPresenter
from app.ui.investigation.view import InvestigationView
from app.ui.shell.page import Bench, PageScreen


def build_investigation_screen(
    investigations: Investigations, households: Households, drafts: Drafts, bench: Bench
) -> PageScreen:
    """Both halves of the page."""
    view = InvestigationView(today=bench.clock.today)
    presenter = InvestigationPresenter(
        view,
        bench.store,
        InvestigationDesk(investigations, households, drafts),
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.answered.connect(presenter.answer)
    view.finish_requested.connect(presenter.finish)
    view.back_requested.connect(presenter.back)
    return PageScreen(view, presenter, first=view.first)
