"""The visit page: keeps every answer at once, knows whom it is about, records when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId, PersonId, VisitId
from app.domain.problem import Problem, Refused
from app.domain.visit_words import FollowUp, VisitKind
from app.domain.visiting import KeptFile, Strokes
from app.services.visit_roads import ANY_ROAD, RoadWord
from app.services.visits import MonthProgress
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner
from app.ui.visits.desk import Behind, Opening, VisitDesk
from app.ui.visits.form import VisitForm, draft_key, next_field

Go = Callable[[str, str | None], None]


class VisitScreen(FormScreen, Protocol):
    """What the visit page can show."""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed and the cursor still stands where the page put it."""
        ...

    def put(self, form: VisitForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        ...

    def show_form(self, form: VisitForm) -> None:
        """Fold the rows nobody can answer; offer relief where the answers call for it."""
        ...

    def show_road(self, word: RoadWord) -> None:
        """Whether a contact by this road settles what is asked for."""
        ...

    def show_behind(self, behind: Behind | None) -> None:
        """What to know before knocking."""
        ...

    def show_progress(self, progress: MonthProgress) -> None:
        """How far the month has come."""
        ...

    def offer_phrases(self, phrases: Mapping[str, tuple[str, ...]], last: str) -> None:
        """What Alt+digit inserts, by field, and `..` in the note."""
        ...

    def photo_is_in(self) -> None:
        """The picture was taken in; the field is free for the next."""
        ...

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        ...

    def say(self, text: str, *, undo: bool = False) -> None:
        """One line on top: what was done."""
        ...


class VisitPresenter:
    """Decides on the visit page. The form it holds is the one on the screen."""

    def __init__(
        self,
        screen: VisitScreen,
        store: Runner,
        work: Runner,
        desk: VisitDesk,
        *,
        photograph: Callable[[str], bytes],
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._work = work
        self._desk = desk
        self._photograph = photograph
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._behind: Behind | None = None
        self._phrases: Mapping[str, tuple[str, ...]] = {}
        self._roads = ANY_ROAD
        self._asks: frozenset[str] = frozenset()
        self._fresh_on = today()
        self._form = self._blank()
        self._thrown: Mapping[str, Any] | None = None
        self._put()

    def open(self, subject: str | None) -> None:
        """Go on with the form of `subject`, or with the one left unfinished last."""
        about = None if subject is None else HouseholdId(subject)
        self._store.run(
            partial(self._desk.opening, about, self._today()),
            done=partial(self._opened, about),
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Only the month's count can have changed; the form is the person's."""
        if nouns & {Noun.VISIT, Noun.SYNC, Noun.HOUSEHOLD}:
            self._store.run(
                self._desk.visits.month_progress,
                done=self._screen.show_progress,
                failed=self._screen.show_problem,
            )

    def pick(self, line: HouseholdLine) -> None:
        """This is the household. What was kept about it is read before anything is kept again."""
        before = self._form.household
        if before != line.id:
            self._form = self._form.answered("kind", None)
        self._form = self._form.answered("household", line.id)
        if before is None and self._form.visited_on == self._fresh_on != self._today():
            # the empty form lay open over midnight: this visit begins now
            self._fresh_on = self._today()
            self._form = self._form.answered("visited_on", self._fresh_on)
            self._screen.put(self._form, line)
        self._store.run(
            partial(self._desk.behind, line.id),
            done=partial(self._picked, before),
            failed=self._screen.show_problem,
        )

    def answer(self, field: str, value: object) -> None:
        """A field was committed."""
        if value is VisitKind.INVESTIGATION:  # two people and another form
            self._show_form()
            self._go("investigation", self._form.household)
            return
        self._form = self._form.answered(field, value)
        self._show_form()
        self._keep(field)
        if field == "follow_up":
            self._go_on_with(value)

    def add_photo(self, path: str) -> None:
        """Take a picture in: made again off the screen, encrypted, and only then named."""
        self._work.run(
            partial(self._photograph, path),
            done=self._taken,
            failed=self._screen.show_problem,
        )

    def drop_photo(self, at: int) -> None:
        """Take a picture out of the form again."""
        files = self._form.files
        self.answer("files", (*files[:at], *files[at + 1 :]))

    def look_back(self) -> None:
        """To the last visit of this household, to read it or add to it."""
        last = None if self._behind is None else self._behind.last
        if last is not None:
            self._go("visit_record", last.id)

    def see_cases(self) -> None:
        """To the leads and referrals; the form waits as a draft."""
        self._go("referrals", None)

    def cancel_plan(self, reason: str) -> None:
        """Nobody goes again on the day that was chosen."""
        if self._behind is not None:
            self._store.run(
                partial(self._desk.cancel_plan, self._behind.household.id, reason),
                done=self._plan_cancelled,
                failed=self._screen.show_problem,
            )

    def same_as_last(self) -> None:
        """Fill in what was found last time; the note stays the person's."""
        last = None if self._behind is None else self._behind.same
        if last is None:
            self._screen.say("这户还没有上一次问全了的走访，请一项一项地选。")
            return
        self._form = self._form.like(last)
        self._put()
        self._keep("need")
        self._screen.go_to(self._form.unasked)

    def relieve(self) -> None:
        """Leave the form as it is and pay first; it waits as a draft."""
        self._go("relief", self._form.household)

    def finish(self) -> None:
        """Record, and be ready for the next household."""
        self._record(then_print=False)

    def finish_and_print(self) -> None:
        """Record, and print the visit sheet."""
        self._record(then_print=True)

    def throw_away(self) -> None:
        """Forget the half-filled form; it can be taken back as long as the line stands there."""
        self._thrown = self._form.as_draft("household")
        household = self._form.household
        self._store.run(
            partial(self._desk.drop, household),
            done=self._thrown_away,
            failed=self._screen.show_problem,
        )

    def take_back(self) -> None:
        """The form was not to be forgotten after all."""
        if self._thrown is None:
            return
        self._form = VisitForm.of_draft(self._thrown, self._asks)
        self._thrown = None
        self._keep("household")
        self.open(self._form.household)

    def note_reveal(self) -> None:
        """A whole ID number was looked at: that goes into the log."""
        head = None if self._behind is None else self._behind.household.head
        if self._behind is not None and head is not None:
            self._store.run(
                partial(self._desk.note_reveal, self._behind.household.id, PersonId(head)),
                done=_nothing,
                failed=self._screen.show_problem,
            )

    def _blank(self) -> VisitForm:
        self._fresh_on = self._today()
        return VisitForm(household=None, visited_on=self._fresh_on, asks=self._asks)

    def _opened(self, subject: HouseholdId | None, opening: Opening) -> None:
        self._screen.show_progress(opening.progress)
        self._phrases, self._roads = opening.phrases, opening.roads
        self._asks = opening.asks
        self._form = replace(self._form, asks=self._asks)
        typing = not (self._form.is_blank and self._screen.is_untouched)
        if subject is None and (typing or opening.draft is None):
            self._show_behind(self._behind)
            self._show_form()
            return
        self._show_behind(opening.behind)
        if opening.draft is not None:
            self._restore(opening.draft)
        else:
            self._form = self._blank().answered("household", subject)
            self._settle_kind(opening.behind)
            self._put()
            self._screen.go_to("met")

    def _restore(self, draft: Mapping[str, Any]) -> None:
        undisturbed = self._screen.is_untouched
        self._form = VisitForm.of_draft(draft, self._asks)
        self._put()
        if undisturbed:
            self._screen.go_to(next_field(self._form, str(draft.get("at", ""))))
        self._screen.say("接着上次没填完的，每一项都还在。")

    def _picked(self, before: HouseholdId | None, behind: Behind) -> None:
        if behind.household.id != self._form.household:
            return  # somebody else was picked meanwhile
        self._show_behind(behind)
        if behind.draft is None:
            self._settle_kind(behind)
            self._show_form()
        else:
            kept = VisitForm.of_draft(behind.draft, self._asks)
            merged = kept.under(self._form, self._today())
            if merged != self._form:
                self._form = merged
                self._put()
                self._screen.say("这户有一张没填完的走访，接着填。")
        if before is not None and before != behind.household.id:
            self._store.run(
                partial(self._desk.drop, before), done=_nothing, failed=self._screen.show_problem
            )
        self._keep("household")

    def _settle_kind(self, behind: Behind | None) -> None:
        """The sort of visit today's list asks for, unless another was chosen."""
        if behind is not None and self._form.kind is VisitKind.ROUTINE:
            self._form = self._form.answered("kind", behind.kind)

    def _taken(self, jpeg: bytes) -> None:
        self._store.run(
            partial(self._desk.files.keep_photo, jpeg),
            done=self._photo_kept,
            failed=self._screen.show_problem,
        )

    def _photo_kept(self, kept: KeptFile) -> None:
        self._screen.photo_is_in()
        self.answer("files", (*self._form.files, kept))

    def _plan_cancelled(self, behind: Behind) -> None:
        self._mark_saved()
        self._show_behind(behind)
        self._screen.say("约好再去的那一天取消了，原因记在这一户的经过里。")
        self._announce(frozenset({Noun.VISIT}))

    def _show_behind(self, behind: Behind | None) -> None:
        self._behind = behind
        self._screen.show_behind(behind)
        last = "" if behind is None or behind.last is None else behind.last.note
        self._screen.offer_phrases(self._phrases, last)

    def _show_form(self) -> None:
        self._screen.show_form(self._form)
        self._screen.show_road(self._roads.word_on(self._form.channel))

    def _put(self) -> None:
        line = self._behind.line if self._behind is not None else None
        self._screen.put(self._form, line if self._form.household else None)
        self._show_form()

    def _keep(self, at: str) -> None:
        self._store.run(
            partial(self._desk.keep, self._form.as_draft(at)),
            done=self._kept,
            failed=self._screen.show_problem,
        )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _record(self, *, then_print: bool) -> None:
        try:
            request = self._form.request(draft_key(self._form.household), self._today())
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.record, request, self._signature()),
            done=partial(self._recorded, then_print),
            failed=self._not_recorded,
        )

    def _go_on_with(self, how: object) -> None:
        household = self._form.household
        if how in _ELSEWHERE:
            self._go(_ELSEWHERE[FollowUp(str(how))], household)
        elif how is FollowUp.CASE_PLAN and household is None:
            self._screen.say("先选是哪一户，再开个案。")
        elif how is FollowUp.CASE_PLAN and household is not None:
            prepare = partial(self._desk.to_case, household, self._form.noticed)
            done = partial(self._go, "caring")
            self._store.run(prepare, done=done, failed=self._screen.show_problem)

    def _signature(self) -> Strokes:
        """What was signed; nobody signs who was not at home."""
        return self._form.signature if "signature" in self._form.shown else ()

    def _recorded(self, then_print: bool, answer: tuple[VisitId, MonthProgress]) -> None:  # noqa: FBT001  # bound by partial
        household, behind = self._form.household, self._behind
        self._screen.unlock()
        self._mark_saved()
        self._start_over()
        self._screen.show_progress(answer[1])
        who = "" if behind is None else f"{behind.line.head_name} {behind.line.place}　"
        self._screen.say(f"{who}走访记好了，等着上传。")
        self._announce(frozenset({Noun.VISIT}))
        if then_print:
            self._go("printing", household)

    def _not_recorded(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _thrown_away(self, _nothing: None) -> None:
        self._start_over()
        self._screen.say("这张没填完的走访不要了。", undo=True)

    def _start_over(self) -> None:
        self._form = self._blank()
        self._show_behind(None)
        self._put()
        self._screen.go_to("household")


_ELSEWHERE: Final = {FollowUp.RELIEF: "relief", FollowUp.APPLICATION: "assessment"}
"""Pages where a need is gone on with at once; the visit waits as a draft."""


def _nothing(_answer: object) -> None:
    """Nobody waits for this answer."""
