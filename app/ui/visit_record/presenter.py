"""One completed visit: to read, to add to, never to change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.domain.ids import VisitId
from app.domain.problem import Problem
from app.domain.strokes import strokes_of
from app.domain.visit_words import FilePurpose
from app.domain.visiting import Strokes, VisitFile
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner
from app.ui.visit_record.desk import RecordDesk, SeenVisit


class RecordScreen(Protocol):
    """What the page can show."""

    def show_visit(self, seen: SeenVisit) -> None:
        """The visit."""
        ...

    def show_photo(self, file_id: str, jpeg: bytes) -> None:
        """One picture, large."""
        ...

    def show_signature(self, strokes: Strokes) -> None:
        """What was signed."""
        ...

    def say(self, text: str, *, undo: bool = False) -> None:
        """What was done."""
        ...

    def clear_addendum(self) -> None:
        """What was typed is written; the field is free."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class RecordPresenter:
    """Decides on the page of one visit."""

    def __init__(
        self,
        screen: RecordScreen,
        store: Runner,
        desk: RecordDesk,
        *,
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._seen: SeenVisit | None = None
        self._hidden = ""

    def open(self, subject: str | None) -> None:
        """Show the visit `subject`, or the one shown last."""
        visit = subject or (None if self._seen is None else self._seen.visit.id)
        if visit is None:
            self._go("visits", None)
            return
        self._run(partial(self._desk.see, VisitId(visit)), self._show)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """The county may have said something about it."""
        if self._seen is not None and Noun.SYNC in nouns:
            self.open(None)

    def add(self, text: str) -> None:
        """Add to the visit."""
        if self._seen is not None:
            self._run(partial(self._desk.add, self._seen.visit.id, text), self._added)

    def look_at(self, file: object) -> None:
        """Show one picture."""
        if isinstance(file, VisitFile):
            self._run(
                partial(self._desk.files.read, file.kept),
                partial(self._screen.show_photo, file.id),
            )

    def hide(self, file_id: object) -> None:
        """Take a picture away; it can be brought back as long as the line stands there."""
        if self._seen is not None:
            self._hidden = str(file_id)
            self._run(partial(self._desk.hide, self._seen.visit.id, self._hidden), self._was_hidden)

    def bring_back(self) -> None:
        """The picture was not to go."""
        if self._seen is not None and self._hidden:
            job = partial(self._desk.bring_back, self._seen.visit.id, self._hidden)
            self._run(job, self._show)

    def open_household(self) -> None:
        """Go to whom the visit was made."""
        if self._seen is not None:
            self._go("household", self._seen.household.id)

    def print(self) -> None:
        """Go to the papers of this household."""
        if self._seen is not None:
            self._go("printing", self._seen.household.id)

    def _run(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._store.run(job, done=done, failed=self._screen.show_problem)

    def _show(self, seen: SeenVisit) -> None:
        self._seen = seen
        self._screen.show_visit(seen)
        signed = [one for one in seen.files if one.kept.purpose is FilePurpose.SIGNATURE]
        if signed:
            self._run(partial(self._read_signature, signed[-1]), self._screen.show_signature)

    def _read_signature(self, file: VisitFile) -> Strokes:
        return strokes_of(self._desk.files.read(file.kept))

    def _added(self, seen: SeenVisit) -> None:
        self._mark_saved()
        self._screen.clear_addendum()
        self._show(seen)
        self._screen.say("补记好了，原来的走访没有改。")
        self._announce(frozenset({Noun.VISIT}))

    def _was_hidden(self, seen: SeenVisit) -> None:
        self._mark_saved()
        self._show(seen)
        self._screen.say("照片拿掉了。", undo=True)
