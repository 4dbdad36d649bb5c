"""Puts the facts page together."""

from __future__ import annotations

from app.ui.facts.desk import FactsDesk
from app.ui.facts.presenter import FactsPresenter
from app.ui.facts.view import FactsView
from app.ui.shell.page import Bench, PageScreen


def build_facts_screen(desk: FactsDesk, bench: Bench) -> PageScreen:
    """Both halves. The subject is a household."""
    view = FactsView(bench.clock.today)
    presenter = FactsPresenter(
        view,
        bench.store,
        desk,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.throw_away_requested.connect(presenter.throw_away)
    view.home.clicked.connect(presenter.leave)
    view.application.clicked.connect(presenter.to_application)
    return PageScreen(view, presenter)
