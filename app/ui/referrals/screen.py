"""Puts the page of leads and referrals together."""

from __future__ import annotations

from app.services.case_plans import CasePlans
from app.services.referrals import Referrals
from app.ui.caring.door import CaseDoor
from app.ui.referrals.fresh import LeadDesk
from app.ui.referrals.presenter import ReferralPresenter
from app.ui.referrals.view import ReferralView
from app.ui.shell.page import Bench, PageScreen
from app.ui.widgets.picker import Find


def build_referral_screen(referrals: Referrals, find: Find, bench: Bench) -> PageScreen:
    """Both halves of the page."""
    view = ReferralView(today=bench.clock.today, find=find, runner=bench.store)
    presenter = ReferralPresenter(
        view,
        bench.store,
        referrals,
        LeadDesk(referrals),
        CaseDoor(CasePlans(referrals.begin, referrals.clock)),
        today=bench.clock.today,
        announce=bench.changes.announce,
        mark_saved=bench.mark_saved,
        go=bench.go,
    )
    view.picked.connect(presenter.pick)
    view.moved.connect(presenter.move)
    view.handed_on.connect(presenter.hand_on)
    view.asked_until.connect(presenter.ask_until)
    view.new_requested.connect(presenter.begin_lead)
    view.lead_typed.connect(presenter.keep_lead)
    view.lead_dropped.connect(presenter.drop_lead)
    view.lead_noted.connect(presenter.note_lead)
    view.household_requested.connect(presenter.open_household)
    view.case_requested.connect(presenter.open_case)
    view.paper_requested.connect(presenter.print_paper)
    return PageScreen(view, presenter, first=view.cases)
