"""Puts the means test page together."""

from __future__ import annotations

from app.services.applications import Applications
from app.services.assessments import Assessments
from app.services.drafts import Drafts
from app.services.households import Households
from app.ui.assessment.desk import AssessmentDesk
from app.ui.assessment.filing import Filing
from app.ui.assessment.presenter import AssessmentPresenter
from app.ui.assessment.view import AssessmentView
from app.ui.shell.page import Bench, PageScreen


def build_assessment_screen(
    assessments: Assessments,
    applications: Applications,
    households: Households,
    drafts: Drafts,
    bench: Bench,
) -> PageScreen:
    """Both halves of the means test page."""
    view = AssessmentView(today=bench.clock.today, find=households.find, runner=bench.store)
    desk = AssessmentDesk(assessments, applications, households, drafts)
    presenter = AssessmentPresenter(
        view,
        bench.store,
        desk,
        Filing(
            view,
            bench.store,
            desk,
            announce=bench.changes.announce,
            mark_saved=bench.mark_saved,
            go=bench.go,
        ),
        today=bench.clock.today,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.picked.connect(presenter.pick)
    view.chosen.connect(presenter.choose)
    view.answered.connect(presenter.answer)
    view.next_requested.connect(presenter.go_on)
    view.back_requested.connect(presenter.go_back)
    view.step_requested.connect(presenter.go_to)
    view.next_step_requested.connect(presenter.go_to_next_step)
    view.previous_step_requested.connect(presenter.go_to_previous_step)
    view.open_requested.connect(presenter.go_to_open)
    view.explained.connect(presenter.explain)
    view.asked.connect(presenter.ask)
    view.trial_requested.connect(presenter.turn_trial)
    view.past_requested.connect(presenter.look_back)
    view.save_requested.connect(presenter.save)
    view.apply_requested.connect(presenter.apply)
    view.print_requested.connect(presenter.print)
    view.other_requested.connect(presenter.leave)
    view.filed_requested.connect(presenter.to_applications)
    return PageScreen(view, presenter, first=view.chooser.field)
