"""Puts the home page together."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.today import Today
from app.ui.finding.search import Search
from app.ui.home.presenter import HomePresenter
from app.ui.home.remaking import Remaking
from app.ui.home.view import HomeView
from app.ui.printing.press import Press
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.picker import Find


def build_home_screen(
    today: Callable[[], Today],
    find: Find,
    search: Search,
    bench: Bench,
    *,
    remaking: Remaking | None = None,
    press: Press | None = None,
) -> PageScreen:
    """Both halves of the home page; `search` is the window's 政策找人, `press` makes the day's
    sheet."""
    view = HomeView(clock=bench.clock, find=find, runner=bench.store)
    presenter = HomePresenter(
        view,
        bench.store,
        search,
        today=today,
        go=bench.go,
        remaking=remaking,
        press=press,
        announce=bench.changes.announce,
    )
    view.turning.turned.connect(presenter.turn)
    view.started.connect(presenter.start)
    view.page_wanted.connect(presenter.open_page)
    view.household_wanted.connect(presenter.open_household)
    view.finding.stop_requested.connect(presenter.stop_search)
    view.finding.opened.connect(presenter.open_finding)
    view.sheet_wanted.connect(presenter.print_sheet)
    view.save_wanted.connect(presenter.save_sheet)
    view.placed.connect(presenter.put_sheet_into)
    return PageScreen(view, presenter, first=view.table, search=view.search)
