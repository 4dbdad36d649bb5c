"""The sync page: send, fetch, decide — by network or on a stick; no network is no alarm."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.problem import Problem
from app.services.enrolment import Membership
from app.services.revocation import Parting
from app.services.sync_status import Side, SyncItem, SyncStatus
from app.sync.problems import CUT, NOT_REACHED, NOT_THE_COUNTY, STOPPED, not_taken
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner, Stop
from app.ui.syncing.desk import SyncDesk
from app.ui.syncing.table import Difference, differences
from app.ui.syncing.telling import (
    brought_text,
    exported_files_text,
    farewell,
    nothing_new_text,
    tally_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.sync.road import Tally
    from app.sync.usb import Exported, Imported

_CALM = frozenset({NOT_REACHED, NOT_THE_COUNTY, CUT, STOPPED})
"""Everyday: there is no network here, it broke off, or somebody pressed 停下."""
_PAGES = {
    "application": "applications",
    "emergency_relief": "relief_case",
    "visit": "visit_record",
}
"""Where a record is mended that has a page of its own; everything else is on its household's."""
_EVERYTHING = frozenset(Noun) - {Noun.DRAFT}
"""The county's answer may have changed anything."""


class SyncScreen(Protocol):
    """What the sync page can show."""

    def show_status(self, status: SyncStatus) -> None:
        """Cards, chips and the list."""
        ...

    def show_difference(self, difference: Difference | None, number: int, of: int) -> None:
        """One record side by side, or none."""
        ...

    def begin_progress(self, text: str) -> None:
        """Something has begun."""
        ...

    def show_progress(self, done: int, total: int, text: str) -> None:
        """So far; a total of 0 is not known."""
        ...

    def end_progress(self) -> None:
        """It is over, one way or the other."""
        ...

    def say(self, headline: str, detail: str = "") -> None:
        """What was done."""
        ...

    def say_nothing_new(self, headline: str, detail: str) -> None:
        """Something was done, and nothing came of it."""
        ...

    def say_farewell(self, headline: str, detail: str) -> None:
        """The vault is gone; nothing can be done here any more."""
        ...

    def show_calmly(self, problem: Problem) -> None:
        """What did not come about, without an alarm; the stick is offered."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class SyncPresenter:
    """Decides on the sync page."""

    def __init__(
        self,
        screen: SyncScreen,
        store: Runner,
        work: Runner,
        desk: SyncDesk,
        *,
        announce: Announce,
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._work = work
        self._desk = desk
        self._announce = announce
        self._go = go
        self._items: tuple[SyncItem, ...] = ()
        self._waiting = 0
        self._differences: list[Difference] = []
        self._put_off: set[str] = set()
        self._running: Stop | None = None

    def open(self, subject: str | None) -> None:
        """Load how it stands; what was put off is asked again."""
        del subject
        self._put_off.clear()
        self._load()

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Every saved thing is one more that waits."""
        if nouns - {Noun.DRAFT}:
            self._load()

    def sync(self) -> None:
        """Send and fetch now."""
        if self._running is not None:
            return
        self._screen.begin_progress("正在连县平台……")
        self._running = self._work.run_counted(
            self._desk.sync,
            moved=self._screen.show_progress,
            done=self._synced,
            failed=self._not_synced,
        )

    def stop(self) -> None:
        """Stop at the next step; the next sync goes on from there."""
        if self._running is not None:
            self._running.stop()

    def put_on_stick(self, path: str) -> None:
        """Everything that waits onto this stick."""
        self._screen.begin_progress("正在存到U盘……")
        self._work.run(
            partial(self._desk.put_on_stick, Path(path)),
            done=self._on_stick,
            failed=self._not_synced,
        )

    def take_from_stick(self, path: str) -> None:
        """What the county sent on this stick."""
        self._screen.begin_progress("正在从U盘收……")
        self._work.run(
            partial(self._desk.take_from_stick, Path(path)),
            done=self._off_stick,
            failed=self._not_synced,
        )

    def decide(self, sides: Mapping[str, Side]) -> None:
        """The person chose, field by field."""
        self._store.run(
            partial(self._desk.decide, dict(sides)),
            done=self._decided,
            failed=self._screen.show_problem,
        )

    def put_off(self, difference: str) -> None:
        """Not now: nothing changes, the county's stays in force, it is asked again next time."""
        self._put_off.add(difference)
        self._show_difference()

    def mend(self, n: object) -> None:
        """Go where an item is mended."""
        item = next((item for item in self._items if item.n == n), None)
        if item is not None:
            page = _PAGES.get(item.entity)
            self._go(page or "household", item.entity_id if page else item.household_id)

    def _load(self) -> None:
        self._store.run(self._desk.status, done=self._show, failed=self._screen.show_problem)

    def _show(self, status: SyncStatus) -> None:
        self._items = status.items
        self._waiting = status.waiting
        self._differences = differences(status.conflicts)
        self._screen.show_status(status)
        self._show_difference()

    def _show_difference(self) -> None:
        open_ones = [one for one in self._differences if one.key not in self._put_off]
        number = len(self._differences) - len(open_ones) + 1
        first = open_ones[0] if open_ones else None
        self._screen.show_difference(first, number, len(self._differences))

    def _synced(self, tally: Tally | Parting) -> None:
        self._over()
        if isinstance(tally, Parting):
            self._screen.say_farewell(*farewell(tally))
            return
        self._screen.say(f"同步好了：县里收下 {tally.sent} 条", tally_text(tally))
        self._announce(_EVERYTHING)

    def _on_stick(self, exported: Exported | None) -> None:
        self._over()
        if exported is None:
            self._screen.say(
                "绑定申请放到U盘上了",
                "先把它交给县里；他们把U盘还回来，点“从U盘收”，这台电脑就绑定好了，再传资料。",
            )
            return
        self._screen.say(
            f"已导出到U盘，县里尚未确认：{exported.operations} 条",
            f"{exported_files_text(exported)}交给镇里或县里；他们放回执的U盘拿回来，点“从U盘收”。",
        )
        self._announce(frozenset({Noun.SYNC}))

    def _off_stick(self, brought: Imported | Membership | Parting) -> None:
        self._over()
        if isinstance(brought, Parting):
            self._screen.say_farewell(*farewell(brought))
            return
        if isinstance(brought, Membership):
            self._screen.say(
                f"绑定好了：{brought.village_name}，{brought.device_no} 号电脑",
                "等着上传的，现在可以存到U盘带去，或者连上网同步。",
            )
            self._announce(_EVERYTHING)
            return
        if brought.has_news:
            self._screen.say(*brought_text(brought))
        elif brought.objection is None:
            self._screen.say_nothing_new(*nothing_new_text(brought, self._waiting))
        if brought.objection is not None:
            self._screen.show_problem(not_taken(brought.not_taken, brought.objection))
        self._announce(_EVERYTHING)

    def _not_synced(self, problem: Problem) -> None:
        self._over()
        if problem.code in _CALM:
            self._screen.show_calmly(problem)
        else:
            self._screen.show_problem(problem)
        self._load()

    def _over(self) -> None:
        self._running = None
        self._screen.end_progress()

    def _decided(self, status: SyncStatus) -> None:
        self._show(status)
        self._screen.say("定好了，等着上传。", "没选的那一边留在操作记录里。")
        self._announce(_EVERYTHING)
