"""The print centre: what a household can have, what it will look like, and out it goes.

What is looked at are proofs. Numbers are taken only when something is printed or saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.documents.pdfium import Picture
from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.households import Households
from app.services.paper_offers import PaperOffer
from app.services.paper_packages import Purpose
from app.ui.nouns import Announce, Noun
from app.ui.printing.pile import Pile
from app.ui.printing.press import Press, Proof, Sheet, Wanted, file_name
from app.ui.printing.raster import picture
from app.ui.printing.shown import PrintScreen
from app.ui.printing.table import kept_text, pages_text, sent_text, unprintable_text
from app.ui.runner import Runner

_Key = tuple[str, str | None, int | None, bool]


class Found(NamedTuple):
    """Whom the papers are for, and what they can have."""

    line: HouseholdLine
    pile: Pile
    wrong: tuple[Problem, ...] = ()
    """What is wrong with the county's own files for forms."""


class PrintPresenter:
    """Decides in the print centre."""

    def __init__(
        self,
        screen: PrintScreen,
        store: Runner,
        work: Runner,
        press: Press,
        *,
        households: Households,
        announce: Announce,
    ) -> None:
        self._screen = screen
        self._store = store
        self._work = work
        self._press = press
        self._households = households
        self._announce = announce
        self._subject: str | None = None
        self._household: HouseholdId | None = None
        self._pile = Pile()
        self._left: frozenset[str] = frozenset()
        self._printers: tuple[str, ...] = ()
        self._proofs: dict[_Key, Proof] = {}
        self._wish: Callable[[], None] | None = None
        self._asked = 0
        self._drawing = 0

    def open(self, subject: str | None) -> None:
        """Show what `subject` can have: a household, an application or a test; without one, what
        was shown last is looked up again."""
        self._press.ask_printers(done=self._show_printers, failed=self._screen.show_problem)
        if subject is None:
            self._screen.ready_to_find()
        about = subject or self._subject
        if about is not None:
            self._load(about)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """What was recorded elsewhere changes what the papers say."""
        if nouns - {Noun.PRINT, Noun.DRAFT} and self._subject is not None:
            self._load(self._subject)

    def pick(self, line: HouseholdLine) -> None:
        """For this household."""
        self._load(line.id)

    def tick(self, form: str) -> None:
        """To be printed, or not any more."""
        offer = self._pile.offer(form)
        if offer is None or not offer.ready:
            return
        self._pile = self._pile.ticking(form)
        self._show_ticked()
        self._look()

    def choose_purpose(self, purpose: object) -> None:
        """The papers of another purpose."""
        if isinstance(purpose, Purpose) and self._household is not None:
            self._pile = self._pile.for_purpose(purpose)
            self._show_pile()

    def choose_draft(self, draft: bool) -> None:  # noqa: FBT001  # a tick box says it
        """To be read and talked over first, or for good."""
        self._pile = replace(self._pile, draft=draft, page=0)
        self._look()

    def choose_duplex(self, duplex: bool) -> None:  # noqa: FBT001  # a tick box says it
        """On both sides of the paper, or on one."""
        self._pile = replace(self._pile, duplex=duplex)
        self._show_amount()

    def look_at(self, form: str) -> None:
        """Show this one in the preview."""
        if form != self._pile.current:
            self._pile = replace(self._pile, current=form, page=0)
            self._show_ticked()
            self._look()

    def choose_copies(self, copies: object) -> None:
        """So many of each."""
        chosen = copies if isinstance(copies, int) else None
        self._pile = replace(self._pile, copies=chosen, page=0)
        self._look()

    def turn(self, by: int) -> None:
        """To another page of the form looked at."""
        proof = self._proof(self._pile.current)
        page = self._pile.page + by
        if proof is not None and 0 <= page < proof.paper.pages:
            self._pile = replace(self._pile, page=page)
            self._draw_page(proof)

    def print(self, printer: str) -> None:
        """Print what is ticked, as soon as it has been seen."""
        if self._printers:
            self._wish_for(partial(self._print, printer or self._printers[0]))
        else:
            self.save()

    def save(self) -> None:
        """Put what is ticked into one PDF, as soon as it has been seen."""
        self._wish_for(self._ask_place)

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        if self._chosen():
            place = Path(path)
            target = (
                place if place.suffix.lower() == ".pdf" else place.with_name(f"{place.name}.pdf")
            )
            self._make(partial(self._file, target))

    def _load(self, subject: str) -> None:
        self._subject = subject
        self._asked += 1
        self._store.run(
            partial(self._look_up, subject),
            done=partial(self._loaded, self._asked),
            failed=self._screen.show_problem,
        )

    def _look_up(self, subject: str) -> Found:
        """On the store thread: who, what they can have, and what of it was asked for."""
        choice = self._press.printing.choice(subject)
        record = self._households.open(choice.household)
        head = record.head_member
        line = HouseholdLine(
            id=record.id,
            head_name="" if head is None else head.person.name,
            place=record.place,
            category=record.category,
            members=len(record.members),
        )
        wanted = {need.form: need.entity_id for need in choice.papers or ()}
        about = {need.form: need.entity_id for need in choice.others} | wanted
        offers = tuple(
            replace(offer, entity_id=about.get(offer.form, offer.entity_id))
            for offer in self._press.printing.offers(record.id)
        )
        forms = None if choice.papers is None else frozenset(wanted)
        attached = self._press.printing.attached(record.id)
        pile = Pile.of(offers, attached, forms, duplex=self._pile.duplex)
        return Found(line, pile, self._press.printing.wrong_files())

    def _loaded(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        is_another = found.line.id != self._household
        self._household, self._pile, self._proofs = found.line.id, found.pile, {}
        self._screen.show_household(found.line)
        if is_another and self._wish is not None:
            self._wish = None
            self._screen.say("前一户的表还没有画好，没有打。要打，请再找到那一户。")
        self._show_pile()
        for problem in found.wrong[:1]:
            self._screen.show_problem(problem)

    def _show_pile(self) -> None:
        pile = self._pile
        self._screen.show_offers(pile.purpose, pile.shown, pile.beside)
        self._show_ticked()
        self._look()

    def _show_ticked(self) -> None:
        self._screen.show_ticked(self._pile.ticked, self._pile.current)

    def _show_amount(self) -> None:
        papers = [proof.paper for proof in self._chosen()]
        self._screen.show_amount(
            pages_text(papers, duplex=self._pile.duplex), unprintable_text(papers)
        )

    def _look(self) -> None:
        """Draw what is ticked or looked at and not drawn yet."""
        pile = self._pile
        offers = [
            one
            for one in pile.shown
            if one.ready and (one.form in pile.ticked or one.form == pile.current)
        ]
        lacking = [offer for offer in offers if self._proof(offer.form) is None]
        if not lacking:
            self._seen(())
            return
        self._drawing += 1
        self._press.proof(self._wanted(lacking), done=self._drew, failed=self._not_drawn)

    def _wanted(self, offers: Sequence[PaperOffer]) -> list[Wanted]:
        return [
            Wanted(
                offer.form, self._household, offer.entity_id, self._pile.copies, self._pile.draft
            )
            for offer in offers
        ]

    def _drew(self, proofs: tuple[Proof, ...]) -> None:
        self._drawing -= 1
        self._seen(proofs)

    def _seen(self, proofs: tuple[Proof, ...]) -> None:
        for proof in proofs:
            self._proofs[self._key(proof.paper.form, proof.sketch.entity_id)] = proof
        self._show_amount()
        current = self._proof(self._pile.current)
        if current is None:
            self._screen.show_no_page(self._why_no_page())
        else:
            self._draw_page(current)
        wish, self._wish = self._wish, None
        if wish is not None:
            self._when_seen(wish)

    def _not_drawn(self, problem: Problem) -> None:
        self._drawing -= 1
        self._wish = None
        self._screen.show_no_page("这份表还画不出来。")
        self._screen.show_problem(problem)

    def _draw_page(self, proof: Proof) -> None:
        self._work.run(
            partial(picture, proof.paper.pdf, self._pile.page, width=self._screen.preview_width()),
            done=partial(self._drawn, proof, self._pile.page),
            failed=self._screen.show_problem,
        )

    def _drawn(self, proof: Proof, number: int, page: Picture) -> None:
        if proof is self._proof(self._pile.current) and number == self._pile.page:
            self._screen.show_page(page, number + 1, proof.paper.pages)

    def _wish_for(self, wish: Callable[[], None]) -> None:
        """Do it as soon as everything was seen; what could not be drawn is tried once more."""
        self._when_seen(wish)
        if self._wish is not None and not self._drawing:
            self._look()

    def _when_seen(self, wish: Callable[[], None]) -> None:
        """Do it now, or when the proofs have come back from being drawn."""
        if not self._pile.ticked:
            self._screen.say("没有打勾的表。按数字键打勾，或者先去补上缺的。")
        elif len(self._chosen()) == len(self._pile.chosen):
            wish()
        else:
            self._wish = wish

    def _make(self, send: Callable[[tuple[Sheet, ...]], None]) -> None:
        """Number and draw what is ticked, then `send` it."""
        self._screen.lock()
        made = partial(self._made, send)
        self._press.make(self._wanted(self._pile.chosen), done=made, failed=self._not_gone)

    def _made(self, send: Callable[[tuple[Sheet, ...]], None], sheets: tuple[Sheet, ...]) -> None:
        """What was looked at is what leaves; a paper that says something else by now is shown."""
        changed = [each for each in sheets if not self._was_seen(each)]
        if not changed:
            send(sheets)
            return
        self._screen.unlock()
        self._proofs = {}
        title = changed[0].paper.title.replace("　", "")
        self._screen.say(f"“{title}”的内容刚才变了，还没有打。请看一眼新的，再按一次打印。")
        self._look()

    def _was_seen(self, sheet: Sheet) -> bool:
        proof = self._proof(sheet.paper.form)
        return proof is None or proof.sketch.content == sheet.prepared.content

    def _print(self, printer: str) -> None:
        self._make(partial(self._send, printer))

    def _send(self, printer: str, sheets: tuple[Sheet, ...]) -> None:
        self._press.print(
            sheets,
            printer,
            done=partial(self._printed, sheets, printer),
            failed=partial(self._not_all_gone, self._household),
            gone=self._has_gone,
            duplex=self._pile.duplex,
        )

    def _has_gone(self, sheet: Sheet) -> None:
        """What has left is not printed again when the others are tried once more."""
        self._left |= {sheet.paper.form}

    def _file(self, path: Path, sheets: tuple[Sheet, ...]) -> None:
        self._press.file(
            sheets,
            path,
            done=partial(self._filed, path),
            failed=self._not_gone,
            duplex=self._pile.duplex,
        )

    def _printed(self, sheets: tuple[Sheet, ...], printer: str) -> None:
        again = sum(sheet.is_again for sheet in sheets)
        self._gone(sent_text(len(sheets), again, printer))

    def _ask_place(self) -> None:
        self._screen.ask_place(file_name([proof.paper for proof in self._chosen()]))

    def _filed(self, path: Path) -> None:
        self._gone(f"已存成 {path.name}，放在 {path.parent}")

    def _not_all_gone(self, household: HouseholdId | None, problem: Problem) -> None:
        """Untick what has left, and say what stopped the rest."""
        left, self._left = self._left, frozenset()
        if left:
            if household == self._household:
                self._pile = self._pile.without(left)
            self._show_ticked()
            self._proofs = {}
            self._announce(frozenset({Noun.PRINT}))
            self._look()
        self._not_gone(problem)

    def _gone(self, text: str) -> None:
        """What has left is a print; printing it again is a reprint, drawn anew."""
        self._left = frozenset()
        self._screen.unlock()
        self._proofs = {}
        self._screen.say(text)
        self._announce(frozenset({Noun.PRINT}))
        self._look()

    def _not_gone(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _show_printers(self, names: Sequence[str]) -> None:
        self._printers = tuple(names)
        self._screen.show_printers(names)
        if names:
            self._press.ask_kept(names, done=self._show_kept, failed=self._screen.show_problem)

    def _show_kept(self, seconds: int | None) -> None:
        self._screen.show_kept(kept_text(seconds))

    def _chosen(self) -> tuple[Proof, ...]:
        """The proofs of what is ticked, in the order of the list."""
        found = (self._proof(offer.form) for offer in self._pile.chosen)
        return tuple(proof for proof in found if proof is not None)

    def _proof(self, form: str) -> Proof | None:
        offer = self._pile.offer(form)
        return None if offer is None else self._proofs.get(self._key(form, offer.entity_id))

    def _key(self, form: str, entity_id: str | None) -> _Key:
        return form, entity_id, self._pile.copies, self._pile.draft

    def _why_no_page(self) -> str:
        if not self._pile.offers:
            return "先在左边找到一户。"
        return "这一户现在还没有能打的表，缺什么写在左边。"
