"""The print centre: what a household can have, what it will look like, and out it goes.

What is looked at are proofs. Numbers are taken only when something is printed or saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.households import Households
from app.services.printing import PaperOffer
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Proof, Sheet, Wanted, file_name
from app.ui.printing.raster import Picture, picture
from app.ui.printing.table import pages_text, unprintable_text
from app.ui.runner import Runner

_Key = tuple[str, str | None, int | None]


class Found(NamedTuple):
    """Whom the papers are for, what they can have, and the forms asked for (None: all)."""

    line: HouseholdLine
    offers: tuple[PaperOffer, ...]
    wanted: frozenset[str] | None


class PrintScreen(Protocol):
    """What the print centre can show."""

    def show_household(self, line: HouseholdLine) -> None:
        """For whom."""
        ...

    def ready_to_find(self) -> None:
        """Letters typed now look for somebody else."""
        ...

    def show_offers(self, offers: Sequence[PaperOffer], ticked: frozenset[str]) -> None:
        """The forms, with what is missing for each."""
        ...

    def show_ticked(self, ticked: frozenset[str], current: str) -> None:
        """Which ones are to be printed, and which one is looked at."""
        ...

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers; none means files only."""
        ...

    def show_amount(self, text: str, warning: str) -> None:
        """How much paper it will take; what will have to be written by hand."""
        ...

    def show_page(self, page: Picture, number: int, of: int) -> None:
        """One page as it will be printed, but for the mark of a preview."""
        ...

    def show_no_page(self, why: str) -> None:
        """Why there is no picture."""
        ...

    def preview_width(self) -> int:
        """How many pixels wide the picture should be."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...

    def lock(self) -> None:
        """Take no input while printing."""
        ...

    def unlock(self) -> None:
        """Take input again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


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
        self._offers: tuple[PaperOffer, ...] = ()
        self._ticked: frozenset[str] = frozenset()
        self._left: frozenset[str] = frozenset()
        self._current = ""
        self._page = 0
        self._copies: int | None = None
        self._printers: tuple[str, ...] = ()
        self._proofs: dict[_Key, Proof] = {}
        self._wish: Callable[[], None] | None = None
        self._asked = 0

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
        offer = self._offer(form)
        if offer is None or not offer.ready:
            return
        self._ticked ^= {form}
        self._current, self._page = form, 0
        self._screen.show_ticked(self._ticked, self._current)
        self._look()

    def look_at(self, form: str) -> None:
        """Show this one in the preview."""
        if form != self._current:
            self._current, self._page = form, 0
            self._screen.show_ticked(self._ticked, self._current)
            self._look()

    def choose_copies(self, copies: object) -> None:
        """So many of each."""
        self._copies = copies if isinstance(copies, int) else None
        self._page = 0
        self._look()

    def turn(self, by: int) -> None:
        """To another page of the form looked at."""
        proof = self._proof(self._current)
        if proof is not None and 0 <= self._page + by < proof.paper.pages:
            self._page += by
            self._draw_page(proof)

    def print(self, printer: str) -> None:
        """Print what is ticked, as soon as it has been seen."""
        if self._printers:
            self._when_seen(partial(self._print, printer or self._printers[0]))
        else:
            self.save()

    def save(self) -> None:
        """Put what is ticked into one PDF, as soon as it has been seen."""
        self._when_seen(self._ask_place)

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
        return Found(line, offers, forms)

    def _loaded(self, asked: int, found: Found) -> None:
        if asked != self._asked:
            return
        self._household, self._offers, self._proofs = found.line.id, found.offers, {}
        ready = [
            offer.form
            for offer in self._offers
            if offer.ready and (offer.usual if found.wanted is None else offer.form in found.wanted)
        ]
        self._ticked = frozenset(ready)
        self._current, self._page, self._copies = (ready or [""])[0], 0, None
        self._screen.show_household(found.line)
        self._screen.show_offers(self._offers, self._ticked)
        self._screen.show_ticked(self._ticked, self._current)
        self._look()

    def _look(self) -> None:
        """Draw what is ticked or looked at and not drawn yet."""
        forms = [o.form for o in self._offers if o.form in self._ticked or o.form == self._current]
        offers = [o for form in forms if (o := self._offer(form)) is not None and o.ready]
        lacking = [offer for offer in offers if self._proof(offer.form) is None]
        if not lacking:
            self._seen(())
            return
        self._press.proof(self._wanted(lacking), done=self._seen, failed=self._not_seen)

    def _wanted(self, offers: Sequence[PaperOffer]) -> list[Wanted]:
        return [
            Wanted(offer.form, self._household, offer.entity_id, self._copies) for offer in offers
        ]

    def _seen(self, proofs: tuple[Proof, ...]) -> None:
        for proof in proofs:
            self._proofs[(proof.paper.form, proof.sketch.entity_id, self._copies)] = proof
        papers = [proof.paper for proof in self._chosen()]
        self._screen.show_amount(pages_text(papers), unprintable_text(papers))
        current = self._proof(self._current)
        if current is None:
            self._screen.show_no_page(self._why_no_page())
        else:
            self._draw_page(current)
        wish, self._wish = self._wish, None
        if wish is not None:
            self._when_seen(wish)

    def _not_seen(self, problem: Problem) -> None:
        self._wish = None
        self._screen.show_no_page("这份表还画不出来。")
        self._screen.show_problem(problem)

    def _draw_page(self, proof: Proof) -> None:
        self._work.run(
            partial(picture, proof.paper.pdf, self._page, width=self._screen.preview_width()),
            done=partial(self._drawn, proof, self._page),
            failed=self._screen.show_problem,
        )

    def _drawn(self, proof: Proof, number: int, page: Picture) -> None:
        if proof is self._proof(self._current) and number == self._page:
            self._screen.show_page(page, number + 1, proof.paper.pages)

    def _when_seen(self, wish: Callable[[], None]) -> None:
        """Do it now, or when the proofs have come back from being drawn."""
        if not self._ticked:
            self._screen.say("没有打勾的表。按数字键打勾，或者先去补上缺的。")
        elif len(self._chosen()) == len(self._ticked):
            wish()
        else:
            self._wish = wish

    def _make(self, send: Callable[[tuple[Sheet, ...]], None]) -> None:
        """Number and draw what is ticked, then `send` it."""
        self._screen.lock()
        ticked = [offer for offer in self._offers if offer.form in self._ticked]
        self._press.make(self._wanted(ticked), done=send, failed=self._not_gone)

    def _print(self, printer: str) -> None:
        self._make(partial(self._send, printer))

    def _send(self, printer: str, sheets: tuple[Sheet, ...]) -> None:
        self._press.print(
            sheets,
            printer,
            done=partial(self._printed, len(sheets), printer),
            failed=self._not_all_gone,
            gone=self._has_gone,
        )

    def _has_gone(self, sheet: Sheet) -> None:
        """What has left is not printed again when the others are tried once more."""
        self._left |= {sheet.paper.form}

    def _file(self, path: Path, sheets: tuple[Sheet, ...]) -> None:
        self._press.file(sheets, path, done=partial(self._filed, path), failed=self._not_gone)

    def _printed(self, count: int, printer: str) -> None:
        self._gone(f"{count} 样已送到打印机 {printer}，打印记录记好了。")

    def _ask_place(self) -> None:
        self._screen.ask_place(file_name([proof.paper for proof in self._chosen()]))

    def _filed(self, path: Path) -> None:
        self._gone(f"已存成 {path.name}，放在 {path.parent}")

    def _not_all_gone(self, problem: Problem) -> None:
        """Untick what has left, and say what stopped the rest."""
        left, self._left = self._left, frozenset()
        if left:
            self._ticked -= left
            self._current = min(self._ticked, default=self._current)
            self._screen.show_ticked(self._ticked, self._current)
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

    def _chosen(self) -> tuple[Proof, ...]:
        """The proofs of what is ticked, in the order of the list."""
        found = (self._proof(offer.form) for offer in self._offers if offer.form in self._ticked)
        return tuple(proof for proof in found if proof is not None)

    def _proof(self, form: str) -> Proof | None:
        offer = self._offer(form)
        return None if offer is None else self._proofs.get((form, offer.entity_id, self._copies))

    def _offer(self, form: str) -> PaperOffer | None:
        return next((offer for offer in self._offers if offer.form == form), None)

    def _why_no_page(self) -> str:
        if not self._offers:
            return "先在左边找到一户。"
        return "这一户现在还没有能打的表，缺什么写在左边。"
