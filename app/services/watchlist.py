"""备案监测: a household is noticed, verified, put on the list, compared by the month, taken off.

Who recognises a monitored household is another department (S1:L19): its word is recorded as told,
with the paper. The monthly comparison itself runs at the county (S0:L27); what was found at the
door is recorded here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.caring import WatchCause, WatchEntry
from app.domain.clock import Clock
from app.domain.ids import HouseholdId, WatchId
from app.domain.problem import Refused
from app.domain.watch_states import IN_HAND, TOLD_BY_OTHERS, WATCH, WatchEvent, WatchStatus
from app.services.caring_steps import (
    CaringFacts,
    no_record,
    require_day,
    require_said,
    write_new,
    write_step,
)
from app.services.lived_in import require_people_left
from app.services.work import Begin

E = WatchEvent
_SAID = frozenset({E.VERIFY, E.COMPARE, E.REOPEN, E.DISMISS, E.PROMOTE})
"""Events that say what was found, or why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWatch:
    """An entry as it is asked for."""

    household: HouseholdId
    cause: WatchCause | None
    note: str = field(repr=False)
    noticed_on: date


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Use cases for the watch list. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def notice(self, new: NewWatch) -> WatchId:
        """Note a household that may have to be kept in view.

        Raises Refused F-01, F-89, L-03, L-04, L-11, L-12.
        """
        with self.begin() as work:
            require_people_left(work, new.household, new.noticed_on, "备案监测", "noticed_on")
            require_day(CaringFacts(happened_on=new.noticed_on), (), self.clock.today())
            if new.cause is None:
                raise Refused(
                    "为什么要备案监测，还没选。", do="请选一类。", code="L-11", field="cause"
                )
            require_said(new.note, "note")
            if any(one.status in IN_HAND for one in work.caring.entries_of(new.household)):
                raise Refused(
                    "这一户已经在备案监测了。",
                    do="请打开那一条接着记。",
                    code="L-12",
                    field="cause",
                )
            fields: dict[str, object] = {
                "cause": new.cause,
                "note": new.note.strip(),
                "noticed_on": new.noticed_on,
                "listed_on": None,
                "compared_on": None,
                "status": WatchStatus.NOTICED,
            }
            made = write_new(work, "watch_entry", new.household, fields, self.clock.now())
            work.commit()
        return WatchId(made)

    def step(self, entry: str, event: WatchEvent, facts: CaringFacts) -> WatchEntry:
        """One step. Raises Refused L-02…L-05, L-13, F-89 for one that would begin again."""
        with self.begin() as work:
            found = work.caring.entry(entry)
            if found is None:
                raise no_record()
            after = WATCH.after(found.status, event)
            require_day(facts, work.caring.watch_steps(found.id), self.clock.today())
            _require_words(event, facts)
            if event is E.REOPEN:
                require_people_left(
                    work, found.household, facts.happened_on, "备案监测", "happened_on"
                )
            also: dict[str, object] = {}
            if event is E.LIST:
                also = {"listed_on": facts.happened_on}
            elif event is E.COMPARE:
                also = {"compared_on": facts.happened_on}
            write_step(work, found, (event, after), facts, at=self.clock.now(), also=also)
            now = work.caring.entry(entry) or found
            work.commit()
        return now


def _require_words(event: WatchEvent, facts: CaringFacts) -> None:
    """Raises Refused L-04, L-13."""
    if event in _SAID:
        require_said(facts.note, "note")
    if event in TOLD_BY_OTHERS and not (facts.told_by.strip() and facts.paper_no.strip()):
        raise Refused(
            "列入、消除风险、移出由认定的部门说了算，还没写是谁、文书几号。",
            do="请照文书上的抄。",
            code="L-13",
            field="paper_no" if facts.told_by.strip() else "told_by",
        )
