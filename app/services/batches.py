"""Batches: one purpose's papers of every household of a 组, in one file or household by household.

A batch is planned first, so that pages are known before a number is taken; then each paper is
fixed, drawn into the file and forgotten, and all are recorded before the file gets its name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from app.domain.households import HouseholdLine, group_order
from app.domain.ids import HouseholdId
from app.services.paper_offers import PaperOffer
from app.services.paper_packages import Purpose, in_package, ticked_in
from app.services.print_traces import PrintTrace

if TYPE_CHECKING:
    from typing import BinaryIO

    from app.services.printing import Prepared, Printing

T = TypeVar("T")

WHOLE_VILLAGE: Final = ""
"""Stands for every 组."""
PURPOSES: Final = tuple(one for one in Purpose if one is not Purpose.READY)
"""What a batch can be for: what one household can have the next one cannot."""


class InStore(Protocol):
    """Runs a job on the store thread and waits for its answer."""

    def __call__(self, job: Callable[[], T]) -> T:
        """What `job` returns; raises what it raises."""
        ...


Watch = Callable[[int, int, str], bool]
"""Asked before each household with how many are done, of how many, and whose turn it is; False to
stop."""


@dataclass(frozen=True, slots=True)
class BatchPaper:
    """One paper of a batch, all its copies, with how much paper it is."""

    form: str
    title: str
    entity_id: str | None
    missing: tuple[str, ...]
    pages: int
    sheets: int
    """Sheets printed on both sides, every copy beginning on its own."""


@dataclass(frozen=True, slots=True)
class BatchHome:
    """One household of a batch, the papers it gets, and why it gets none."""

    line: HouseholdLine
    papers: tuple[BatchPaper, ...]
    why_none: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What its papers leave to be written by hand, or why there are none; each once."""
        blanks = (what for one in self.papers for what in one.missing)
        return tuple(dict.fromkeys(blanks)) if self.papers else self.why_none

    @property
    def pages(self) -> int:
        """Pages of all its papers."""
        return sum(one.pages for one in self.papers)

    @property
    def sheets(self) -> int:
        """Sheets of all its papers, printed on both sides."""
        return sum(one.sheets for one in self.papers)

    @property
    def called(self) -> str:
        """As people call it: 赵大山户（三组12号）."""
        place = f"（{self.line.place}）" if self.line.place else ""
        return f"{self.line.head_name}户{place}"


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Every household of one 组, those that get nothing among them."""

    group: str
    purpose: Purpose
    homes: tuple[BatchHome, ...]

    @property
    def title(self) -> str:
        """What the file is called; nobody's name is in it."""
        return f"{self.group or '全村'} {self.purpose.label}"

    @property
    def getting(self) -> tuple[BatchHome, ...]:
        """Those that get a paper."""
        return tuple(one for one in self.homes if one.papers)

    def without(self, gone: Collection[tuple[HouseholdId, str]]) -> BatchPlan:
        """What is left once these forms of these households are on paper."""
        homes = (
            replace(
                one,
                papers=tuple(each for each in one.papers if (one.line.id, each.form) not in gone),
            )
            for one in self.homes
        )
        return replace(self, homes=tuple(homes))


@dataclass(frozen=True, slots=True)
class Batches:
    """Use cases of batches. What takes a unit of work goes to the store thread by `in_store`."""

    printing: Printing

    def groups(self) -> list[str]:
        """The 组 of the village in their order. From the store thread."""
        with self.printing.begin() as work:
            names = work.households.by_group()
        return sorted((name for name in names if name), key=group_order)

    def plan(
        self, group: str, purpose: Purpose, *, in_store: InStore, watch: Watch
    ) -> BatchPlan | None:
        """Who gets what and how much paper that is; no number is taken. None when stopped."""
        homes: list[BatchHome] = []
        lines = in_store(partial(self._lines, group))
        for done, line in enumerate(lines):
            if not watch(done, len(lines), line.place):
                return None
            offers, why_none = in_store(partial(self._offers, line, purpose))
            papers = tuple(self._measured(line, offer, in_store) for offer in offers)
            homes.append(BatchHome(line, papers, why_none))
        return BatchPlan(group, purpose, tuple(homes))

    def file(
        self, plan: BatchPlan, path: Path, *, in_store: InStore, watch: Watch, duplex: bool = False
    ) -> bool:
        """One PDF with a bookmark for each household and paper, written page by page.

        False when stopped; then nothing is recorded and no file is left. Raises Unavailable
        D-01…D-03, D-08, likewise.
        """
        from app.store.atomic import replacing, sweep_drafts

        sweep_drafts(path)
        try:
            with replacing(path) as out:
                traces = list(self._written(plan, out, in_store, watch, duplex=duplex))
                out.flush()
                os.fsync(out.fileno())
                in_store(partial(self.printing.record_traces, traces))
        except _Stopped:
            return False
        return True

    def prepare(self, home: BatchHome, paper: BatchPaper) -> Prepared:
        """Fix one paper of one household. From the store thread."""
        return self.printing.prepare(paper.form, home.line.id, paper.entity_id)

    def _lines(self, group: str) -> list[HouseholdLine]:
        with self.printing.begin() as work:
            by_group = work.households.by_group()
        wanted = sorted(by_group, key=group_order) if group == WHOLE_VILLAGE else [group]
        return [line for name in wanted for line in by_group.get(name, ())]

    def _offers(
        self, line: HouseholdLine, purpose: Purpose
    ) -> tuple[tuple[PaperOffer, ...], tuple[str, ...]]:
        """What one household gets; and why nothing, where it does."""
        offers = {one.form: one for one in self.printing.offers(line.id)}
        ready = [form for form, one in offers.items() if one.ready]
        known = [form for form, one in offers.items() if one.of_household and not one.is_blank]
        shown = [offers[form] for form in in_package(purpose, ready, known)]
        ticked = ticked_in(purpose, (one.form for one in shown if one.ready))
        why_none = dict.fromkeys(what for one in shown if not one.ready for what in one.missing)
        return tuple(one for one in shown if one.form in ticked), tuple(why_none)

    def _measured(self, line: HouseholdLine, offer: PaperOffer, in_store: InStore) -> BatchPaper:
        """A paper with its pages, laid out and not drawn."""
        from app.documents.paper import pages_in

        sketch = in_store(partial(self.printing.sketch, offer.form, line.id, offer.entity_id))
        paper = sketch.kind.form.paper(sketch.content, sketch.stamp)
        leaves = pages_in(paper, sketch.stamp)
        return BatchPaper(
            form=offer.form,
            title=offer.title,
            entity_id=offer.entity_id,
            missing=(*offer.missing, *_to_write(sketch.unprintable)),
            pages=sum(leaves),
            sheets=sum(-(-count // 2) for count in leaves),
        )

    def _written(
        self, plan: BatchPlan, out: BinaryIO, in_store: InStore, watch: Watch, *, duplex: bool
    ) -> Iterator[PrintTrace]:
        """Draw everything into `out`. Raises _Stopped."""
        from app.documents.batch import Batch

        batch = Batch(out, plan.title, duplex=duplex)
        for done, home in enumerate(plan.getting):
            if not watch(done, len(plan.getting), home.line.place):
                raise _Stopped
            batch.household(home.called)
            for paper in home.papers:
                prepared = in_store(partial(self.prepare, home, paper))
                batch.add(prepared.kind.form, prepared.content, prepared.stamp)
                yield prepared.trace
        batch.close()


class _Stopped(Exception):  # nothing is wrong
    """Somebody pressed 停下."""


def _to_write(odd: Sequence[str]) -> tuple[str, ...]:
    """What no font has is drawn as a box, and is said before anything is printed."""
    return (f"“{'”“'.join(odd)}”字库里没有，空格子里手写",) if odd else ()
