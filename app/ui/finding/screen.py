"""Puts the page of 政策找人 together."""

from __future__ import annotations

from app.services.reassessing import Reassessing
from app.ui.finding.presenter import FindingPresenter
from app.ui.finding.search import Search
from app.ui.finding.view import FindingView
from app.ui.shell.page import Bench, PageScreen


def build_finding_screen(reassessing: Reassessing, search: Search, bench: Bench) -> PageScreen:
    """Both halves of the page; `search` is the window's one."""
    view = FindingView()
    presenter = FindingPresenter(view, bench.store, reassessing, search, go=bench.go)
    view.opened.connect(presenter.start)
    view.chosen.connect(presenter.choose)
    view.stop_requested.connect(presenter.stop)
    view.go_on_requested.connect(presenter.go_on)
    view.anew_requested.connect(presenter.begin_anew)
    return PageScreen(view, presenter, first=view.table)
