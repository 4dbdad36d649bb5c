"""Puts the family page together."""

from __future__ import annotations

from app.ui.family.desk import FamilyDesk
from app.ui.family.presenter import FamilyPresenter
from app.ui.family.view import FamilyView
from app.ui.shell.page import Bench, PageScreen


def build_family_screen(desk: FamilyDesk, bench: Bench) -> PageScreen:
    """Both halves. The subject is a household."""
    view = FamilyView(bench.clock.today, desk.households.find, bench.store)
    presenter = FamilyPresenter(
        view,
        bench.store,
        desk,
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.confirm_requested.connect(presenter.confirm)
    view.back_requested.connect(presenter.back)
    view.form.throw.clicked.connect(presenter.throw_away)
    view.home.clicked.connect(presenter.leave)
    view.undo_requested.connect(presenter.undo)
    return PageScreen(view, presenter, first=view.deeds)
