"""The page of applications: a list, one application, or one deed about it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

from app.domain.casework import ApplicationStatus as Status
from app.domain.problem import Problem
from app.services.application_file import ApplicationFile, ListLine
from app.ui.applications.asking import Deed
from app.ui.applications.deeds import deed_of
from app.ui.applications.deeds_signed import (
    converting,
    declaring,
    proxying,
    replacing,
    revoking,
    settling,
    signing,
)
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.keys import Jump, Start
from app.ui.applications.table import Part, Stage, statuses_of
from app.ui.form_screen import FormScreen
from app.ui.nouns import Noun
from app.ui.runner import Runner

_SHOWN: Final = frozenset(
    {Noun.APPLICATION, Noun.SYNC, Noun.HOUSEHOLD, Noun.ASSESSMENT, Noun.PRINT}
)
_PARTS: Final = {
    "signatures": Part.SIGNED,
    "materials": Part.MATERIALS,
}
"""Sections of what is missing that are a part of this page."""


class ApplicationsScreen(FormScreen, Protocol):
    """What the page can show."""

    def show_list(self, stage: Stage, lines: Sequence[ListLine]) -> None:
        """The applications of a stage."""
        ...

    def show_file(self, file: ApplicationFile, part: Part) -> None:
        """One application, and a part of it."""
        ...

    def show_deed(self, deed: Deed, values: dict[str, Any]) -> None:
        """The questions of a deed."""
        ...

    def take_keys(self) -> None:
        """To what is worked with on the sheet in front."""
        ...

    def say(self, text: str) -> None:
        """It is done."""
        ...


class ApplicationsPresenter:
    """Decides on the page of applications."""

    def __init__(
        self,
        screen: ApplicationsScreen,
        store: Runner,
        desk: ApplicationDesk,
        *,
        today: Callable[[], date],
        announce: Callable[[frozenset[Noun]], None],
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._stage = Stage.OPEN
        self._part = Part.DO
        self._fresh = False
        """Whether it is opened just now: what the county wants mended then comes first."""
        self._subject: str | None = None
        self._file: ApplicationFile | None = None
        self._deed: Deed | None = None
        self._values: dict[str, Any] = {}

    def open(self, subject: str | None) -> None:
        """One application by its id, or the newest of a household; without either, the last."""
        if subject is not None and subject != self._subject:
            self._subject, self._part, self._deed = subject, Part.DO, None
        self._fresh = True
        if self._deed is None:
            self._load(keys=True)
        else:
            self._screen.take_keys()

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Something was saved; a deed half filled in stays in front."""
        if nouns & _SHOWN and self._deed is None:
            self._load()

    def choose_stage(self, stage: object) -> None:
        """Show other applications."""
        self._stage = stage if isinstance(stage, Stage) else Stage.OPEN
        self._load()

    def open_one(self, application: object) -> None:
        """One of the list."""
        self.open(str(application))

    def back(self) -> None:
        """To the whole list."""
        self._subject = self._file = self._deed = None
        self._load(keys=True)

    def choose_part(self, part: object) -> None:
        """Another part of the application."""
        self._part = part if isinstance(part, Part) else Part.DO
        if self._file is not None:
            self._screen.show_file(self._file, self._part)

    def act(self, key: object) -> None:
        """Enter on a row."""
        if isinstance(key, Jump):
            self._go(key.page, key.target)
        elif isinstance(key, Start) and self._file is not None:
            if key.what in _PARTS:
                self.choose_part(_PARTS[key.what])
                return
            deed = self._deed_of(self._file, key)
            if deed is not None:
                self._begin(deed)

    def to_household(self) -> None:
        """To whose it is."""
        if self._file is not None:
            self._go("household", self._file.household.id)

    def answer(self, key: str, value: object) -> None:
        """A field was filled in; it is kept at once."""
        self._values[key] = value
        if self._deed is not None:
            self._store.run(
                partial(self._desk.keep, self._draft_key, self._deed.kept(self._values)),
                done=self._kept,
                failed=self._screen.show_problem,
            )

    def finish(self) -> None:
        """Record the deed."""
        deed = self._deed
        if deed is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._do, deed, dict(self._values), self._draft_key),
            done=self._done,
            failed=self._failed,
        )

    def put_aside(self) -> None:
        """Back to the application; what was filled in stays as a draft."""
        self._deed = None
        self._load(keys=True)

    @property
    def _draft_key(self) -> str:
        """Ends in the household, so that it goes when the household is handed over."""
        file, deed = self._file, self._deed
        if file is None or deed is None:
            raise LookupError("no deed is being recorded")
        return f"application:{file.application.id}:{deed.key}:{file.household.id}"

    def _deed_of(self, file: ApplicationFile, key: Start) -> Deed | None:
        today = self._today()
        match key.what:
            case "event":
                return deed_of(file.actions[key.at], file, today)
            case "sign_all":
                return signing(file, today)
            case "signature":
                signature = file.signatures[key.at]
                if signature.holds and not signature.ends_soon:
                    return revoking(signature, today)
                return signing(file, today, signature)
            case "material":
                return settling(file, file.materials[key.at], today)
            case "relatives":
                return declaring(file, today)
            case "applicant":
                return replacing(file)
            case "proxy":
                return proxying(file)
            case "convert":
                return converting(file, today)
        return None

    def _begin(self, deed: Deed) -> None:
        self._deed, self._values = deed, deed.start
        self._store.run(
            partial(self._desk.draft, self._draft_key),
            done=partial(self._begun, deed),
            failed=self._screen.show_problem,
        )

    def _begun(self, deed: Deed, stored: dict[str, Any] | None) -> None:
        if deed is self._deed:
            self._values = deed.read(stored)
            self._screen.show_deed(deed, self._values)

    def _kept(self, _answer: None) -> None:
        self._mark_saved()

    def _do(self, deed: Deed, values: dict[str, Any], draft: str) -> str:
        """On the store thread."""
        return deed.act(self._desk.finishing(draft), values)

    def _done(self, said: str) -> None:
        self._deed = None
        self._screen.unlock()
        self._screen.say(said)
        self._mark_saved()
        self._load(keys=True)
        self._announce(frozenset({Noun.APPLICATION}))

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _load(self, *, keys: bool = False) -> None:
        """What is in front, anew; `keys`: it came to the front just now."""
        if self._subject is None:
            stage = self._stage
            self._store.run(
                partial(self._desk.lines, statuses_of(stage)),
                done=partial(self._listed, stage, keys=keys),
                failed=self._screen.show_problem,
            )
        else:
            self._store.run(
                partial(self._desk.open, self._subject),
                done=partial(self._opened, self._subject, keys=keys),
                failed=self._screen.show_problem,
            )

    def _listed(self, stage: Stage, lines: Sequence[ListLine], *, keys: bool) -> None:
        if self._subject is None and stage is self._stage:
            self._screen.show_list(stage, lines)
            if keys:
                self._screen.take_keys()

    def _opened(self, subject: str, file: ApplicationFile | None, *, keys: bool) -> None:
        if subject != self._subject or self._deed is not None:
            return
        if file is None:
            self._subject = None
            self._screen.say("这户还没有申请。要申请请先测算，再“转成申请书”。")
            self._load(keys=keys)
            return
        self._file = file
        if self._fresh:
            self._part, self._fresh = _first_part(file, self._part), False
        self._screen.show_file(file, self._part)
        if keys:
            self._screen.take_keys()


def _first_part(file: ApplicationFile, part: Part) -> Part:
    """What the county wants mended, and once that is done what is done next; else as it was."""
    if file.application.status is not Status.RETURNED:
        return part
    return Part.LACKS if file.asks_to_mend else Part.DO
