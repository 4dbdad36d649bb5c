"""The relief page: pays inside what the county allows, prints the receipt, chases the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from app.domain.casework import Relief
from app.domain.households import HouseholdLine
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.problem import Problem, Refused
from app.services.papers import RECEIPT, RELIEF
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Sheet, Wanted, file_name
from app.ui.relief.desk import Found, Opening, ReliefDesk, Standing
from app.ui.relief.form import Payee, ReliefForm, draft_key, next_field
from app.ui.relief.table import due_text, plain_yuan, too_much
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


class ReliefScreen(Protocol):
    """What the relief page can show."""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed and the cursor still stands where the page put it."""
        ...

    def put(self, form: ReliefForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        ...

    def show_form(self, form: ReliefForm) -> None:
        """Show the rows the answers call for."""
        ...

    def show_standing(self, standing: Standing, chosen: ReliefId | None) -> None:
        """What may be paid, what must follow, and what was paid."""
        ...

    def show_chosen(self, case: Relief | None) -> None:
        """What can be done about the payment chosen in the list."""
        ...

    def warn_amount(self, text: str) -> None:
        """A line under the amount, while there is time to change it."""
        ...

    def show_paid(self, headline: str, detail: str) -> None:
        """The payment stands; what happens next."""
        ...

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; `to_file` offers to save it."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def hide_paid(self) -> None:
        """A new form begins."""
        ...

    def say(self, text: str, *, undo: bool = False) -> None:
        """One line below the form."""
        ...

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        ...

    def lock(self) -> None:
        """Take no input while paying."""
        ...

    def unlock(self) -> None:
        """Take input again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong, at its field where it has one."""
        ...


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
        self._press = press
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._form = ReliefForm()
        self._line: HouseholdLine | None = None
        self._standing: Standing | None = None
        self._chosen: Relief | None = None
        self._paid: Relief | None = None
        self._sheets: tuple[Sheet, ...] = ()
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
        self._form = self._form.answered(field, value)
        self._screen.show_form(self._form)
        self._weigh()
        self._keep(field)

    def weigh(self, amount: Money | None) -> None:
        """The amount is being typed: say at once when it will not do."""
        allowed = self._standing
        over = "" if amount is None or allowed is None else too_much(amount, allowed.allowance)
        self._screen.warn_amount(over)

    def pay(self) -> None:
        """Record the payment and print its receipt."""
        try:
            request = self._form.request(draft_key(self._form.payee.household))
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.lock()
        self._store.run(partial(self._desk.pay, request), done=self._was_paid, failed=self._unpaid)

    def throw_away(self) -> None:
        """Forget the half-filled form, until the person takes it back."""
        self._thrown = (self._form, self._line)
        self._store.run(
            partial(self._desk.drop, self._form.payee.household),
            done=self._thrown_away,
            failed=self._screen.show_problem,
        )

    def take_back(self) -> None:
        """The form was not to be forgotten after all."""
        if self._thrown is not None:
            self._form, self._line = self._thrown
            self._thrown = None
            self._put()
            self._keep("payee")

    def choose(self, relief: object) -> None:
        """A line of the list was chosen."""
        cases = () if self._standing is None else self._standing.cases
        self._chosen = next((case for case in cases if case.id == relief), None)
        self._screen.show_chosen(self._chosen)

    def supplement(self) -> None:
        """The papers of the chosen payment have been handed in."""
        if self._chosen is not None:
            self._store.run(
                partial(self._desk.supplement, self._chosen.id),
                done=self._supplemented,
                failed=self._screen.show_problem,
            )

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
        if self._sheets:
            self._screen.ask_place(file_name([sheet.paper for sheet in self._sheets]))

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        if self._sheets:
            place = Path(path)
            self._press.file(
                self._sheets, place, done=partial(self._filed, place), failed=self._no_paper
            )

    def _opened(self, subject: str | None, opening: Opening) -> None:
        self._show_standing(opening.standing, opening.chosen)
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
            partial(self._desk.standing, self._form.payee.household),
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
        self._screen.put(self._form, self._line)
        self._screen.show_form(self._form)
        self._weigh()

    def _keep(self, at: str) -> None:
        self._store.run(
            partial(self._desk.keep, self._form.as_draft(at)),
            done=self._kept,
            failed=self._screen.show_problem,
        )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _was_paid(self, answer: tuple[Relief, Standing]) -> None:
        case, standing = answer
        self._screen.unlock()
        self._mark_saved()
        self._paid, self._form, self._line = case, ReliefForm(), None
        self._put()
        self._show_standing(standing, case.id)
        due = due_text(case.paperwork_due_on)
        self._screen.show_paid(
            f"已登记：{case.payee_name} {plain_yuan(case.amount)} 元，手续 {due}补齐",
            f"编号 {case.document_no}，正在做收条。",
        )
        self._announce(frozenset({Noun.RELIEF}))
        self._make(RECEIPT, case)

    def _unpaid(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _thrown_away(self, _nothing: None) -> None:
        self._form, self._line = ReliefForm(), None
        self._put()
        self._screen.say("这张没填完的不要了。", undo=True)
        self._screen.go_to("payee")

    def _supplemented(self, standing: Standing) -> None:
        self._mark_saved()
        self._show_standing(standing, None)
        self._screen.say("手续记成已补齐了。")
        self._announce(frozenset({Noun.RELIEF}))

    def _make(self, form: str, case: Relief) -> None:
        self._press.make(
            [Wanted(form, case.household, case.id)], done=self._made, failed=self._no_paper
        )

    def _made(self, sheets: tuple[Sheet, ...]) -> None:
        self._sheets = sheets
        self._press.ask_printers(done=self._send, failed=self._no_paper)

    def _send(self, printers: Sequence[str]) -> None:
        if not printers:
            what = self._paper_name()
            self._screen.tell_paper(
                f"{what}　这台电脑没有打印机，可以存成 PDF 带到镇上打。", to_file=True
            )
            return
        self._press.print(
            self._sheets,
            printers[0],
            done=partial(self._sent, printers[0]),
            failed=self._no_paper,
        )

    def _sent(self, printer: str) -> None:
        self._screen.tell_paper(f"{self._paper_name()}　已送到打印机 {printer}。", to_file=False)
        self._announce(frozenset({Noun.PRINT}))

    def _filed(self, path: Path) -> None:
        self._screen.tell_paper(f"{self._paper_name()}　存好了：{path.name}", to_file=False)
        self._announce(frozenset({Noun.PRINT}))

    def _paper_name(self) -> str:
        sheets = (
            f"{s.paper.title.replace('　', '')}（{s.paper.document_no}）" for s in self._sheets
        )
        return "、".join(sheets)

    def _no_paper(self, problem: Problem) -> None:
        """The payment stands; only the paper is missing, and can be made again from the list."""
        self._screen.show_problem(problem)
