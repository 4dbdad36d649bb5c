"""Keeps today's list true: rows are made again for whose records change, in the same transaction.

Time passing makes nothing again. A rule may change by itself on a day (a pack begins or ends), and
a pack or calendar may arrive; then the whole list is made again, in pieces where the village is
big, and the old rows stand until theirs are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from app import __version__
from app.domain.clock import Clock
from app.domain.due import DueItem
from app.domain.reports import VILLAGE
from app.services.calendar_rows import calendar_rows
from app.services.due import Kept
from app.services.due_sources import SOURCES
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.services.work import Begin
    from app.store.queries.due import MadeWith
    from app.store.touched import Touched
    from app.store.unit_of_work import UnitOfWork
    from app.sync.road import RunInStore

AT_ONCE: Final = 300
"""So many subjects are made again inside another transaction; more wait for `make_anew`."""
CHUNK: Final = 50
"""Subjects of one store job in the background: some tens of milliseconds."""
_PACK: Final = "policy_pack"

Watch = Callable[[int, int], None]
"""Hears how many subjects are done, and of how many."""


@dataclass(frozen=True, slots=True)
class DueKeeping:
    """Keeps the rows of every source. `make_anew` is for the work thread, all else the store's."""

    clock: Clock
    rules: GroundRules
    sources: tuple[Kept, ...] = SOURCES
    _made: set[str] = field(default_factory=set, repr=False)
    """Remembers that the list was made once: it is not asked for at every save."""

    def keep(self, work: UnitOfWork, touched: Touched) -> None:
        """Make the rows of the subjects a transaction touched again, before it commits."""
        from app.store.touched import EVERYTHING

        asked: dict[tuple[str, ...], list[Kept]] = {}
        for kept in self.sources:
            subjects = tuple(
                subject
                for subject, entities in touched.items()
                if EVERYTHING in entities or kept.wakes(entities)
            )
            asked.setdefault(subjects, []).append(kept)
        for subjects, sources in asked.items():
            self._make(work, sources, subjects)
        if any(_PACK in entities for entities in touched.values()):
            self.keep_up(work)
        elif not self._made:
            self._begin(work, touched)

    def keep_up(self, work: UnitOfWork) -> bool:
        """Make a small village's list again where it was made with other rules; whether all of it
        is right now."""
        made = self._rules_now(work)
        if not self._is_stale(work, made):
            return True
        subjects = work.due.subjects()
        if len(subjects) > AT_ONCE:
            return False
        self._make(work, self.sources, subjects)
        self._finish(work, made, subjects)
        return True

    def _begin(self, work: UnitOfWork, touched: Touched) -> None:
        """The first import makes the whole list, however big: then nothing waits."""
        if work.due.is_made():
            self._made.add(__version__)
            return
        subjects = work.due.subjects()
        if {*touched, VILLAGE} >= set(subjects):
            self._make(work, self.sources, [VILLAGE])
            self._finish(work, self._rules_now(work), subjects)

    def is_stale(self, work: UnitOfWork) -> bool:
        """Whether the rules in force today are not those the list was made with."""
        made = work.due.made_with()
        if made is None or made.made_with != self._stamp(work):
            return True
        return made.good_before is not None and self.clock.today() >= made.good_before

    def make_anew(
        self, begin: Begin, *, run_in_store: RunInStore, watch: Watch | None = None
    ) -> None:
        """Make the whole list again, a few subjects in each store job. On the work thread.

        Stopped at any place, it is stale as before and the next run does it again.
        """

        def start() -> tuple[MadeWith, list[str]]:
            with begin() as work:
                return self._rules_now(work), work.due.subjects()

        def some(subjects: Sequence[str]) -> None:
            with begin() as work:
                self._make(work, self.sources, subjects)
                work.commit()

        def finish() -> None:
            with begin() as work:
                self._finish(work, made, work.due.subjects())
                work.commit()

        made, subjects = run_in_store(start)
        for at in range(0, len(subjects), CHUNK):
            part = subjects[at : at + CHUNK]
            run_in_store(partial(some, part))
            if watch is not None:
                watch(min(at + CHUNK, len(subjects)), len(subjects))
        run_in_store(finish)

    def parts(self, work: UnitOfWork) -> list[list[str]]:
        """Everybody something is or may be due about, in parts for `differences`."""
        subjects = sorted({*work.due.subjects(), *work.due.listed()})
        return [subjects[at : at + CHUNK] for at in range(0, len(subjects), CHUNK)]

    def differences(self, work: UnitOfWork, part: Sequence[str]) -> list[str]:
        """Those of `part` whose rows are not what their records say now."""
        fresh = set(self._said(work, self.sources, part))
        return sorted({item.subject for _, item in fresh ^ work.due.about(part)})

    def _make(self, work: UnitOfWork, sources: Sequence[Kept], subjects: Sequence[str]) -> None:
        """Put what some sources say now of `subjects` in place of what they said."""
        if not subjects:
            return
        items = self._said(work, sources, subjects)
        work.due.replace([kept.name for kept in sources], subjects, items)

    def _said(
        self, work: UnitOfWork, sources: Sequence[Kept], subjects: Sequence[str]
    ) -> Iterator[tuple[str, DueItem]]:
        """What some sources say, each with its name; most are asked about few of `subjects`."""
        concerned = work.due.concerned([kept.about for kept in sources if kept.about], subjects)
        for kept in sources:
            asked = concerned[kept.about] if kept.about else subjects
            if asked:
                for item in kept.of(work, self.rules, asked):
                    yield kept.name, item

    def _finish(self, work: UnitOfWork, made: MadeWith, subjects: Sequence[str]) -> None:
        work.due.forget_all_but(subjects, [kept.name for kept in self.sources])
        work.due.note_made(made, self.clock.now())

    def _rules_now(self, work: UnitOfWork) -> MadeWith:
        """The rules in force today, and the next day on which one of them changes by itself."""
        from app.store.queries.due import MadeWith

        return MadeWith(
            self._stamp(work),
            self.rules.next_turn(work),
            calendar_rows(self.rules.calendar(work)),
        )

    def _is_stale(self, work: UnitOfWork, now: MadeWith) -> bool:
        known = work.due.made_with()
        return known is None or (known.made_with, known.good_before) != (
            now.made_with,
            now.good_before,
        )

    def _stamp(self, work: UnitOfWork) -> str:
        """The program's sources and the county's packs, without reading any of them."""
        names = ",".join(kept.name for kept in self.sources)
        return "|".join((__version__, names, *work.pack_editions))
