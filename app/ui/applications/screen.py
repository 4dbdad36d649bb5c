"""Puts the page of applications together."""

from __future__ import annotations

from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.presenter import ApplicationsPresenter
from app.ui.applications.view import ApplicationsView
from app.ui.shell.page import Bench, PageScreen


def build_applications_screen(desk: ApplicationDesk, bench: Bench) -> PageScreen:
    """Both halves of the page."""
    view = ApplicationsView(bench.clock.today)
    presenter = ApplicationsPresenter(
        view,
        bench.store,
        desk,
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.stage_chosen.connect(presenter.choose_stage)
    view.opened.connect(presenter.open_one)
    view.part_chosen.connect(presenter.choose_part)
    view.acted.connect(presenter.act)
    view.back_requested.connect(presenter.back)
    view.household_requested.connect(presenter.to_household)
    view.form.answered.connect(presenter.answer)
    view.form.done_requested.connect(presenter.finish)
    view.form.left.connect(presenter.put_aside)
    return PageScreen(view, presenter)
