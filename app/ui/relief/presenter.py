"""The relief page: pays inside what the county allows, prints the receipt, chases the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.domain.casework import Relief
from app.domain.households import HouseholdLine
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.problem import Problem, Refused
from app.domain.relief_words import FundSource
from app.services.papers import RECEIPT, RELIEF
from app.services.relief_asked import REFERABLE
from app.services.relief_checks import TOLD_BEFORE
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.desk import MAKE_UP, Found, Opening, Paid, ReliefDesk, Standing
from app.ui.relief.face import ReliefScreen
from app.ui.relief.form import MORE, Payee, ReliefForm, draft_key, next_field
from app.ui.relief.papers import PaperErrand
from app.ui.relief.table import due_text, is_over_cap, plain_yuan, too_much
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]
_NOTED: Final = "接着先记下的这一件：看过了就填给多少、怎么给。"


class ReliefPresenter:
    """Decides on the relief page."""

    def __init__(
        self,
        screen: ReliefScreen,
        store: Runner,
        desk: ReliefDesk,
        press: Press,
        *,
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._papers = PaperErrand(screen, press, announce=announce)
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._form = self._offered = ReliefForm()
        self._line: HouseholdLine | None = None
        self._standing: Standing | None = None
        self._chosen: Relief | None = None
        self._paid: Relief | None = None
        self._more = False
        self._may_go_up = False
        self._thrown: tuple[ReliefForm, HouseholdLine | None] | None = None
        self._put()

    def open(self, subject: str | None) -> None:
        """Go on with the form of `subject`, or show the payment it names."""
        self._store.run(
            partial(self._desk.opening, subject),
            done=partial(self._opened, subject),
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """The county may have raised the quota or taken a paper in."""
        if nouns & {Noun.RELIEF, Noun.SYNC}:
            self._look_up()

    def pick(self, line: HouseholdLine) -> None:
        """Somebody of this household."""
        self._line = line
        self._form = self._form.answered("payee", Payee(name=line.head_name, household=line.id))
        self._store.run(
            partial(self._desk.found, line.id, line.matched),
            done=self._picked,
            failed=self._screen.show_problem,
        )

    def name(self, text: str) -> None:
        """Somebody nobody here knows: the name is enough, the rest is made up for later."""
        if self._form.payee.household is not None or text != self._form.payee.name:
            self._line = None
            self.answer("payee", Payee(name=text))
            self._look_up()

    def answer(self, field: str, value: object) -> None:
        """A field was committed."""
        self._screen.hide_paid()
        self._may_go_up = self._may_go_up and field in {"note", *MORE}
        self._form = self._form.answered(field, value)
        self._screen.show_form(self._form)
        self._weigh()
        if field == "persons":
            self._look_up()
        self._keep(field)

    def weigh(self, amount: Money | None) -> None:
        """The amount is being typed: say at once when it will not do."""
        if amount is None or self._standing is None:
            self._screen.warn_amount("")
            self._screen.offer_referral(offered=False)
            return
        allowed = self._standing.allowance
        if self._form.approver.strip():
            allowed = replace(allowed, cap=None)  # it binds until somebody above has agreed
        from_budget = self._form.source is FundSource.BUDGET
        self._screen.warn_amount(too_much(amount, allowed, from_budget=from_budget))
        over = is_over_cap(amount, allowed)
        self._screen.offer_referral(offered=over or self._may_go_up)

    def pay(self) -> None:
        """Record the payment and print its receipt."""
        try:
            request = self._form.request(self._key)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.lock()
        self._store.run(partial(self._desk.pay, request), done=self._was_paid, failed=self._unpaid)

    def report(self) -> None:
        """Note who and what; the money comes when somebody has looked (先记下，去看了再给)."""
        try:
            request = self._form.report(self._key)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.report, request), done=self._was_noted, failed=self._unpaid
        )

    def refer(self) -> None:
        """Do not pay; send the same answers up, with the approval form ready (转上级)."""
        try:
            request = self._form.request(self._key)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.refer, request), done=self._was_referred, failed=self._unpaid
        )

    def show_more(self) -> None:
        """There is more to say than the four answers."""
        self._more = True
        self._screen.show_more(shown=True)
        self._screen.go_to(MORE[0])

    def open_card(self, relief: object) -> None:
        """One record with everything about it."""
        if isinstance(relief, str):
            self._go("relief_case", relief)

    def open_fund(self) -> None:
        """The reserve fund."""
        self._go("fund", None)

    def throw_away(self) -> None:
        """Forget the half-filled form, until the person takes it back."""
        self._thrown = (self._form, self._line)
        self._store.run(
            partial(self._desk.drop, self._key),
            done=self._thrown_away,
            failed=self._screen.show_problem,
        )

    def take_back(self) -> None:
        """The form was not to be forgotten after all."""
        if self._thrown is not None:
            self._form, self._line = self._thrown
            self._thrown = None
            self._put()
            self._look_up()
            self._keep("payee")

    def choose(self, relief: object) -> None:
        """A line of the list was chosen."""
        cases = () if self._standing is None else self._standing.cases
        self._chosen = next((case for case in cases if case.id == relief), None)
        self._screen.show_chosen(self._chosen)

    def supplement(self) -> None:
        """Papers of the chosen payment have been handed in: its record asks which."""
        if self._chosen is not None:
            self._go("relief_case", f"{MAKE_UP}{self._chosen.id}")

    def print_again(self) -> None:
        """The receipt of the chosen payment once more."""
        if self._chosen is not None:
            self._make(RECEIPT, self._chosen)

    def print_approval(self) -> None:
        """The approval form F17a of the payment just made, or of the chosen one."""
        case = self._paid or self._chosen
        if case is not None:
            self._make(RELIEF, case)

    def save_paper(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        self._papers.save()

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        self._papers.put_into(path)

    def _opened(self, subject: str | None, opening: Opening) -> None:
        self._show_standing(opening.standing, opening.chosen)
        if opening.follows is not None:
            self._follow(opening, opening.follows)
            return
        if opening.noted is not None:
            self._go_on(opening, opening.noted)
            return
        if subject is None and self._form == self._offered:
            self._leave_offered()
        typing = not (self._form.is_blank and self._screen.is_untouched)
        if (subject is None or opening.chosen is not None) and (typing or opening.draft is None):
            return
        self._line = None if opening.found is None else opening.found.line
        if opening.draft is not None:
            self._restore(opening.draft, opening.payee)
        elif opening.found is not None:
            self._form = ReliefForm(payee=opening.found.payee)
            self._put()
            self._screen.go_to("event")

    def _follow(self, opening: Opening, first: Relief) -> None:
        """The form for what follows on an earlier record: who above agreed is asked too."""
        self._line = None if opening.found is None else opening.found.line
        self._more = True
        self._form = ReliefForm(
            payee=opening.payee, event=first.event, place=first.event_place, parent=first.id
        )
        self._offered = self._form
        self._put()
        self._screen.go_to("amount")

    def _go_on(self, opening: Opening, noted: Relief) -> None:
        """The same form, filled with what was noted or typed since."""
        self._line = None if opening.found is None else opening.found.line
        self._form = self._offered = ReliefForm.of_noted(noted, opening.payee)
        if opening.draft is not None:
            self._form = ReliefForm.of_draft(opening.draft, opening.payee)
        self._put()
        self._screen.go_to("amount")

    def _leave_offered(self) -> None:
        """Nobody typed into what a record had filled in: it stays in the list, and whoever comes
        in haste finds an empty form.
        """
        if not self._form.is_blank:
            self._form, self._offered, self._line = ReliefForm(), ReliefForm(), None
            self._put()
            self._look_up()
            self._screen.go_to("payee")

    def _restore(self, draft: Mapping[str, Any], payee: Payee) -> None:
        undisturbed = self._screen.is_untouched
        self._form = ReliefForm.of_draft(draft, payee)
        self._put()
        if undisturbed:
            self._screen.go_to(next_field(self._form, str(draft.get("at", ""))))
        self._screen.say("接着上次没填完的。钱还没登记。")

    def _picked(self, found: Found) -> None:
        if found.line.id != self._form.payee.household:
            return
        if self._standing is not None:
            standing = replace(self._standing, allowance=found.allowance)
            self._show_standing(standing)
        self.answer("payee", found.payee)

    def _look_up(self) -> None:
        """What may be paid to the one in the form, and what was paid."""
        self._store.run(
            partial(self._desk.standing, self._form.payee.household, self._form.persons),
            done=self._show_standing,
            failed=self._screen.show_problem,
        )

    def _show_standing(self, standing: Standing, chosen: ReliefId | None = None) -> None:
        self._standing = standing
        self._screen.show_standing(standing, chosen)
        if chosen is not None or self._chosen is not None:
            self.choose(chosen or (None if self._chosen is None else self._chosen.id))

    def _weigh(self) -> None:
        self.weigh(self._form.amount)

    def _put(self) -> None:
        self._more = self._more and not self._form.is_blank
        self._screen.put(self._form, self._line)
        self._screen.show_form(self._form)
        self._screen.show_more(shown=self._more or self._form.has_more)
        self._screen.show_follows(self._follows_text())
        self._screen.show_noted(_NOTED if self._form.known is not None else "")
        self._weigh()

    @property
    def _key(self) -> str:
        """Under which the form at hand is kept."""
        return draft_key(self._form.payee.household, self._form.known)

    def _keep(self, at: str) -> None:
        self._store.run(
            partial(self._desk.keep, self._form.as_draft(at)),
            done=self._kept,
            failed=self._screen.show_problem,
        )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _follows_text(self) -> str:
        """What the form follows on, in words."""
        if self._form.parent is None:
            return ""
        return "跟进救助：接着上一笔帮，要先有镇上同意；写清谁同意的、怎么同意的。"

    def _was_paid(self, paid: Paid) -> None:
        case = paid.relief
        self._begin_anew(paid)
        due = due_text(case.paperwork_due_on)
        papers = f"手续 {due}补齐" if case.paperwork_due_on else f"要补手续，{due}"
        self._screen.show_paid(
            f"已登记：{case.payee_name} {plain_yuan(case.amount)} 元，{papers}",
            f"编号 {case.document_no}，正在做收条。",
        )
        self._papers.make(Wanted(RECEIPT, case.household, paid.receipt))

    def _was_noted(self, noted: Paid) -> None:
        case = noted.relief
        self._begin_anew(noted)
        self._screen.show_paid(
            f"先记下了：{case.payee_name}，{case.event.label}，钱还没给",
            f"编号 {case.document_no}，排进今日工作；去看了从那里接着填。",
        )

    def _was_referred(self, referred: Paid) -> None:
        case = referred.relief
        self._begin_anew(referred)
        self._screen.show_paid(
            f"已转上级：{case.payee_name} {plain_yuan(case.amount)} 元，钱还没给",
            f"编号 {case.document_no}，正在做审批表。",
        )
        self._papers.make(Wanted(RELIEF, case.household, case.id))

    def _begin_anew(self, done: Paid) -> None:
        """The form is empty again; what was recorded stands chosen in the list."""
        self._screen.unlock()
        self._mark_saved()
        self._may_go_up = False
        self._paid, self._form, self._line = done.relief, ReliefForm(), None
        self._put()
        self._show_standing(done.standing, done.relief.id)
        self._announce(frozenset({Noun.RELIEF}))

    def _unpaid(self, problem: Problem) -> None:
        self._may_go_up = problem.code in REFERABLE | {TOLD_BEFORE}
        self._screen.offer_referral(offered=self._may_go_up)
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _thrown_away(self, _nothing: None) -> None:
        self._form, self._line = ReliefForm(), None
        self._put()
        self._look_up()
        self._screen.say("这张没填完的不要了。", undo=True)
        self._screen.go_to("payee")

    def _make(self, form: str, case: Relief) -> None:
        self._papers.make(Wanted(form, case.household, case.id))
