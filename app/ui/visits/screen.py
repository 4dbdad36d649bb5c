"""Puts the visit page together."""

from __future__ import annotations

from app.services.drafts import Drafts
from app.services.households import Households
from app.services.visit_files import VisitFiles
from app.services.visits import Visits
from app.ui.shell.page import Bench, PageScreen
from app.ui.visits.desk import VisitDesk
from app.ui.visits.photo import photograph
from app.ui.visits.presenter import VisitPresenter
from app.ui.visits.view import VisitView


def build_visit_screen(
    households: Households, visits: Visits, files: VisitFiles, drafts: Drafts, bench: Bench
) -> PageScreen:
    """Both halves of the visit page."""
    view = VisitView(today=bench.clock.today, find=households.find, runner=bench.store)
    presenter = VisitPresenter(
        view,
        bench.store,
        bench.work,
        VisitDesk(households, visits, drafts, files),
        photograph=photograph,
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.picked.connect(presenter.pick)
    view.answered.connect(presenter.answer)
    view.photo_requested.connect(presenter.add_photo)
    view.photo_dropped.connect(presenter.drop_photo)
    view.last_requested.connect(presenter.look_back)
    view.plan_cancelled.connect(presenter.cancel_plan)
    view.cases_requested.connect(presenter.see_cases)
    view.same_requested.connect(presenter.same_as_last)
    view.relief_requested.connect(presenter.relieve)
    view.finish_requested.connect(presenter.finish)
    view.print_requested.connect(presenter.finish_and_print)
    view.throw_away_requested.connect(presenter.throw_away)
    view.take_back_requested.connect(presenter.take_back)
    view.revealed.connect(presenter.note_reveal)
    return PageScreen(view, presenter, first=view.household)
