"""Leads and referrals: lists them, moves the one at hand, takes a new lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final, Protocol

from app.domain.ids import LeadId
from app.domain.problem import Problem, Refused
from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.referral_words import HandOn
from app.domain.visiting import Lead, Referral
from app.services.referrals import CaseFile, CaseLine, Referrals
from app.ui.caring.door import CaseDoor
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.referrals.fresh import LeadDesk, NewLeadForm
from app.ui.referrals.table import noticed
from app.ui.runner import Runner

_PAGES: Final = {HandOn.APPLICATION: "assessment", HandOn.RELIEF: "relief"}
"""Where it is gone on with at once."""


class ReferralScreen(FormScreen, Protocol):
    """What the page can show."""

    def show_lines(self, lines: Sequence[CaseLine]) -> None:
        """Every lead and referral."""
        ...

    def show_case(self, file: CaseFile | None) -> None:
        """The one at hand, or nothing."""
        ...

    def show_new(self, form: NewLeadForm, *, keys: bool) -> None:
        """A lead to fill in, as far as it was told; `keys`: the cursor goes there."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...


class ReferralPresenter:
    """Decides on the page."""

    def __init__(
        self,
        screen: ReferralScreen,
        store: Runner,
        referrals: Referrals,
        fresh: LeadDesk,
        door: CaseDoor,
        *,
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._referrals = referrals
        self._fresh = fresh
        self._door = door
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._file: CaseFile | None = None

    def open(self, subject: str | None) -> None:
        """The list, with the lead or referral `subject` at hand, or the lead left half told."""
        self._load()
        if subject is not None:
            self.pick(subject)
            return
        self._store.run(self._fresh.unfinished, done=self._go_on, failed=self._failed)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A visit or the county may have brought one."""
        if nouns & {Noun.VISIT, Noun.SYNC}:
            self._load()

    def pick(self, case: object) -> None:
        """This one."""
        self._store.run(
            partial(self._referrals.open, str(case)), done=self._show, failed=self._failed
        )

    def move(self, event: object, note: str) -> None:
        """One step of the one at hand."""
        if self._file is None:
            return
        self._screen.lock()
        case = self._file.line.case
        if isinstance(case, Lead):
            job = partial(self._referrals.move_lead, case.id, LeadEvent(str(event)), note)
        else:
            job = partial(self._referrals.move, case.id, ReferralEvent(str(event)), note)
        self._store.run(job, done=self._moved, failed=self._failed)

    def ask_until(self, due_on: object) -> None:
        """Until when a lead is to be looked into, or the other side is asked to answer."""
        if self._file is None or not isinstance(due_on, date):
            return
        self._screen.lock()
        case = self._file.line.case
        if isinstance(case, Lead):
            job = partial(self._referrals.look_by, case.id, due_on)
        else:
            job = partial(self._referrals.ask_until, case.id, due_on)
        self._store.run(job, done=self._moved, failed=self._failed)

    def hand_on(self, way: object, to_org: str, note: str) -> None:
        """The lead at hand is gone on with: by whom, or on which page."""
        if self._file is None or not isinstance(self._file.line.case, Lead):
            return
        if not isinstance(way, HandOn):
            self._failed(
                Refused("还没选怎么接着办。", do="请按数字选一个。", code="F-81", field="way")
            )
            return
        self._screen.lock()
        self._store.run(
            partial(self._referrals.hand_on, self._file.line.case.id, way, to_org, note),
            done=partial(self._handed_on, way),
            failed=self._failed,
        )

    def begin_lead(self) -> None:
        """A new lead, or the one left half told."""
        self._file = None
        self._store.run(
            self._fresh.unfinished,
            done=lambda form: self._screen.show_new(form or NewLeadForm(), keys=True),
            failed=self._failed,
        )

    def keep_lead(self, form: NewLeadForm) -> None:
        """Something of the new lead was answered; it is kept at once."""
        self._store.run(
            partial(self._fresh.keep, form), done=self._kept, failed=self._screen.show_problem
        )

    def drop_lead(self) -> None:
        """The lead half told is not wanted."""
        self._store.run(self._fresh.drop, done=self._dropped, failed=self._failed)

    def note_lead(self, form: NewLeadForm) -> None:
        """Note the lead that was typed."""
        self._screen.lock()
        self._store.run(
            partial(self._fresh.note, form, self._today()), done=self._noted, failed=self._failed
        )

    def open_household(self) -> None:
        """Go to the household of the one at hand."""
        if self._file is not None and self._file.line.case.household is not None:
            self._go("household", self._file.line.case.household)

    def open_case(self) -> None:
        """Into the case of the household; what the one at hand is about goes along."""
        case = None if self._file is None else self._file.line.case
        household = None if case is None else case.household
        if case is None or household is None:
            return
        self._store.run(
            partial(self._door.prepare, household, noticed(case)),
            done=partial(self._go, "caring"),
            failed=self._failed,
        )

    def print_paper(self) -> None:
        """Go to the paper of the referral at hand."""
        if self._file is not None and isinstance(self._file.line.case, Referral):
            self._go("printing", self._file.line.case.id)

    def _go_on(self, form: NewLeadForm | None) -> None:
        if form is not None and self._file is None:
            self._screen.show_new(form, keys=False)
            self._screen.say("接着上次没记完的线索，每一项都还在。")

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _dropped(self, _nothing: None) -> None:
        self._screen.show_case(None)
        self._screen.say("这条没记完的线索不要了。")

    def _load(self) -> None:
        self._store.run(self._referrals.lines, done=self._screen.show_lines, failed=self._failed)

    def _show(self, file: CaseFile) -> None:
        self._file = file
        self._screen.show_case(file)

    def _moved(self, file: CaseFile) -> None:
        self._screen.unlock()
        self._mark_saved()
        self._show(file)
        self._screen.say(f"记好了：{file.line.case.status.label}。")
        self._load()
        self._announce(frozenset({Noun.VISIT}))

    def _handed_on(self, way: HandOn, file: CaseFile) -> None:
        self._moved(file)
        if way is HandOn.CASE_PLAN:
            self.open_case()
            return
        page = _PAGES.get(way)
        if page is not None:
            self._go(page, file.line.case.household)

    def _noted(self, lead: LeadId) -> None:
        self._screen.unlock()
        self._mark_saved()
        self._screen.say("线索记好了，排进今日工作。")
        self._load()
        self.pick(lead)
        self._announce(frozenset({Noun.VISIT}))

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
