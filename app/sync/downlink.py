"""The feed's pages enter the vault, each with its cursor in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.clock import Clock
from app.domain.operations import instant_of
from app.models.registry import ENTITIES
from app.store import enrolment, feed, link_notes, outbox, receipts, uploads, villages
from app.store.enrolment import Enrolled, Standing
from app.store.journal import hash_at
from app.store.link_notes import Alarm
from app.store.unit_of_work import UnitOfWork
from app.sync import joining, sealing
from app.sync.again import say_again, say_for_others
from app.sync.problems import newer_county
from app.sync.protocol.coding import convert, to_object
from app.sync.protocol.feed import (
    NOTICE_ENTITY,
    VILLAGE_ENTITY,
    Entry,
    KnownChain,
    Page,
    advanced,
    device_scope,
    follows,
    is_news,
    shortened,
    village_sum,
)
from app.sync.protocol.recovery import CountyRecoveryKey
from app.sync.road import RunInStore
from app.sync.work import Begin

FIRST_EPOCH: Final = 1
"""A vault that was never restored knows everything it ever said."""
CHECK_EVERY: Final = timedelta(days=7)
"""How often a village is compared with the county as a whole."""
_LEFT: Final = "left:"
"""Before a village in a mark, kept beside the cursors: where it was taken out of these hands."""
_CERTIFICATE: Final = "device_certificate"
_RECOVERY_KEY: Final = "county_recovery_key"
_WITHOUT_TABLE: Final = frozenset({VILLAGE_ENTITY, NOTICE_ENTITY, _CERTIFICATE, _RECOVERY_KEY})
"""Kinds the feed may name that no table holds."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page did: how many documents changed and which records.

    `again` counts villages that differ from the county's and come once more with the next pages,
    `still_wrong` those that differ even after that.
    """

    page: Page
    changed: int
    records: tuple[tuple[str, str], ...]
    again: int = 0
    still_wrong: int = 0
    is_put_back: bool = False
    """The county was put back from a backup: its feed is read from the beginning, and what it has
    lost of ours waits again."""

    @property
    def more(self) -> bool:
        """Whether another page is waiting."""
        return self.page.head.more or self.again > 0 or self.is_put_back


@dataclass(frozen=True, slots=True)
class Question:
    """What a request for a page asks: the page after `cursor`, whose positions bear `marks`."""

    cursor: dict[str, int]
    marks: dict[str, str]
    echo: bool
    check: bool

    def after(self, page: Page) -> Question | None:
        """What will be asked once `page` is applied, unless that changes more than the cursor;
        None where no other page waits."""
        if not page.head.more:
            return None
        marks = self.marks | (page.head.marks or {})
        return replace(self, cursor=advanced(self.cursor, page), marks=marks)


@dataclass(frozen=True, slots=True)
class Downlink:
    """The feed of one vault."""

    begin: Begin
    run_in_store: RunInStore
    clock: Clock

    def question(self) -> Question:
        """What is to be asked now. After a restored backup our own words are news."""

        def job() -> Question:
            with self.begin() as work:
                marks = feed.read_marks(work.connection)
                cursor = feed.read_cursor(work.connection)
                epoch = outbox.current_epoch(work.connection)
                repairing = any(villages.is_repair_mark(scope) for scope in cursor)
                echo = repairing or (epoch > FIRST_EPOCH and _caught_up(epoch) not in cursor)
                check = repairing or self._is_check_due(work)
                return Question(_scopes(cursor), marks, echo, check)

        return self.run_in_store(job)

    def request(
        self, enrolled: Enrolled, question: Question | None = None, *, told: datetime | None = None
    ) -> bytes:
        """`question` signed, good for one use, for the county that listens.

        `told` is the newest time of the county we know of; it is left out for a county that knows
        no such word. Without a question it is what is to be asked now on a stick: no nonce is
        spent there, and its page will be too old for the sums of the villages.
        """
        asked = question or replace(self.question(), check=False)
        return sealing.feed_request(
            enrolled, asked.cursor, echo=asked.echo, check=asked.check, marks=asked.marks, told=told
        )

    def told(self) -> datetime | None:
        """The newest time of the county this laptop was told of."""

        def job() -> datetime | None:
            with self.begin() as work:
                return receipts.last_server_time(work.connection)

        return self.run_in_store(job)

    def opened(self, enrolled: Enrolled, data: bytes) -> Page:
        """What the county sent. Raises NotReached S-12 when it is not the county's, Refused S-14
        when it is another device's."""
        return sealing.open_page(enrolled, data)

    def apply(self, enrolled: Enrolled, page: Page, *, is_carried: bool = False) -> Applied | None:
        """Apply a page; None when one before is missing. One that `is_carried` may be old: where
        it says nothing that was not read here before, it is no success of today.

        Raises Refused S-16 when it does not fit together, S-25 when it speaks of what this program
        does not know; then nothing is applied.
        """
        if any(entry.kind == "upsert" and not _is_known(entry) for entry in page.entries):
            raise newer_county()
        renewed = [
            joining.renewed(enrolled, entry.body or {})
            for entry in page.entries
            if entry.kind == "upsert" and entry.entity == _CERTIFICATE
        ]

        def job() -> Applied | None:
            try:
                return self._apply_whole(page, renewed, is_carried=is_carried, is_careful=False)
            except feed.RefersToNothing:
                return self._apply_whole(page, renewed, is_carried=is_carried, is_careful=True)

        return self.run_in_store(job)

    def _apply_whole(
        self, page: Page, renewed: Sequence[Standing], *, is_carried: bool, is_careful: bool
    ) -> Applied | None:
        """The page in a transaction of its own. Raises as `apply` does."""
        with feed.whole_pages_only(), self.begin() as work:
            applied = self._apply(work, page, renewed, is_carried=is_carried, is_careful=is_careful)
            if applied is not None:
                work.commit()
            return applied

    def _apply(
        self,
        work: UnitOfWork,
        page: Page,
        renewed: Sequence[Standing],
        *,
        is_carried: bool,
        is_careful: bool,
    ) -> Applied | None:
        """The page, its cursor and all that follows, inside the open transaction."""
        now = self.clock.now()
        known = feed.read_cursor(work.connection)
        cursor = _scopes(known)
        if not follows(cursor, page):
            return None
        stale = _left_since(known, page, device_scope(work.identity.device_id))
        news = [e for e in page.entries if is_news(cursor, e) and e.scope not in stale]
        changed = feed.apply_news(work.connection, news, now, is_careful=is_careful)
        for standing in renewed:
            enrolment.renew(work.connection, standing)
        for entry in news:
            if entry.kind == "upsert" and entry.entity == _RECOVERY_KEY:
                facts = convert(entry.body or {}, CountyRecoveryKey)
                link_notes.keep(work.connection, link_notes.RECOVERY_KEY, to_object(facts), now)
        left = {
            entry.entity_id: entry.position
            for entry in news
            if entry.kind == "leave" and entry.entity == VILLAGE_ENTITY
        }
        moved = {s: p for s, p in advanced(cursor, page).items() if s not in {*left, *stale}}
        marks = feed.read_marks(work.connection) | {
            scope: mark
            for scope, mark in (page.head.marks or {}).items()
            if moved.get(scope, 0) > cursor.get(scope, 0)
        }
        moved |= {_LEFT + scope: position for scope, position in left.items()}
        if not page.head.more:
            moved[_caught_up(outbox.current_epoch(work.connection))] = 1
        is_put_back = self._is_put_back(work, page)
        again = still_wrong = 0
        if is_put_back:
            moved = villages.read_anew(work.connection, known | moved)
        elif not is_carried:  # sums that lay on a stick are too old to be compared
            again, still_wrong = self._compare(work, page, known, moved)
        if not (is_carried and moved.items() <= known.items() and _is_old(work, page)):
            feed.write_cursor(work.connection, moved, now, marks)
        receipts.note_server_time(work.connection, instant_of(page.head.server_time), now)
        if page.head.known is not None:
            self._watch_chain(work, page.head.known)
        return Applied(page, changed, _records(news), again, still_wrong, is_put_back)

    def _is_put_back(self, work: UnitOfWork, page: Page) -> bool:
        """Whether the page shows for the first time that the county was put back from a backup:
        it has less of its own feed than was read here, or fewer of our words than it signed for;
        those wait again."""
        at, known = instant_of(page.head.server_time), page.head.known
        before = link_notes.recall(work.connection, link_notes.PUT_BACK)
        if before is not None and at <= instant_of(before[0]["at"]):
            return False  # that page once more, or one that was carried longer
        last_n = None
        if known is not None:
            last_n = outbox.end_known(work.connection, known.epoch, known.n, at)
        if last_n is None and not shortened(page):
            return False
        if last_n is not None:
            say_again(work, last_n, self.clock.now())
        facts = {"at": page.head.server_time}
        link_notes.keep(work.connection, link_notes.PUT_BACK, facts, self.clock.now())
        link_notes.forget(work.connection, link_notes.CHECKED)
        return True

    def _is_check_due(self, work: UnitOfWork) -> bool:
        """Whether the villages were not compared for a week."""
        last = link_notes.recall(work.connection, link_notes.CHECKED)
        return last is None or self.clock.now() - last[1] >= CHECK_EVERY

    def _compare(
        self, work: UnitOfWork, page: Page, known: dict[str, int], moved: dict[str, int]
    ) -> tuple[int, int]:
        """Compare the sums of the villages; (how many come again, how many are wrong even then).

        A village that comes again is taken out of `moved`, which becomes the cursor.
        """
        if page.head.villages is None:
            return 0, 0
        self._offer_files(work, page.head.files)
        again = still_wrong = 0
        for village, theirs in page.head.villages.items():
            was_sent_again = villages.mark_of(village) in known
            if was_sent_again:
                say_for_others(work, villages.finish_repair(work.connection, village))
            if village_sum(villages.records_of(work.connection, village)) == theirs:
                continue
            if was_sent_again:
                still_wrong += 1
            else:
                moved.pop(village, None)
                moved[villages.begin_repair(work.connection, village)] = 1
                again += 1
        if not again:
            link_notes.keep(
                work.connection, link_notes.CHECKED, {"wrong": still_wrong}, self.clock.now()
            )
        return again, still_wrong

    def _offer_files(self, work: UnitOfWork, held: int | None) -> None:
        """Attachments the county signed for and no longer has go again; all of them where the
        newest were not what is missing."""
        if held is None:
            return
        tried = link_notes.recall(work.connection, link_notes.FILES_AGAIN)
        if uploads.offer_again(work.connection, held, every=tried is not None):
            link_notes.keep(
                work.connection, link_notes.FILES_AGAIN, {"held": held}, self.clock.now()
            )
        else:
            link_notes.forget(work.connection, link_notes.FILES_AGAIN)

    def _watch_chain(self, work: UnitOfWork, known: KnownChain) -> None:
        """The county has more of our chain than we do, or another: this vault is a copy, or was
        rolled back. Money stops, and an operation of its own makes the county see it, too.

        After a restored backup that is as it should be: our epoch is then ahead of the county's.
        """
        if known.epoch < outbox.current_epoch(work.connection) or known.n == 0:
            return
        if hash_at(work.connection, known.n) == bytes.fromhex(known.head):
            return
        before = link_notes.read_alarm(work.connection)
        link_notes.raise_alarm(work.connection, Alarm.FORKED, self.clock.now())
        if before is None or before.alarm is not Alarm.FORKED:
            work.note(kind="vault.forked", subject=work.identity.device_id,
                      facts={"county": known.n, "here": work.head.n})  # fmt: skip


def _is_old(work: UnitOfWork, page: Page) -> bool:
    """Whether the county has said something here since it made the page, or this very page."""
    told = receipts.last_server_time(work.connection)
    return told is not None and instant_of(page.head.server_time) <= told


def _is_known(entry: Entry) -> bool:
    """Whether this program has a place for the entry (security R41)."""
    return entry.entity in ENTITIES or entry.entity in _WITHOUT_TABLE


def _records(news: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    """The records that news spoke of."""
    found = {(entry.entity, entry.entity_id) for entry in news if entry.entity in ENTITIES}
    return tuple(sorted(found))


def _caught_up(epoch: int) -> str:
    """The mark, kept beside the cursors, that the feed was read to its end in this epoch."""
    return f"epoch:{epoch}"


def _scopes(cursor: dict[str, int]) -> dict[str, int]:
    """The cursor without such marks."""
    return {
        scope: at
        for scope, at in cursor.items()
        if not scope.startswith(("epoch:", _LEFT)) and not villages.is_repair_mark(scope)
    }


def _left_since(known: dict[str, int], page: Page, own: str) -> dict[str, int]:
    """The villages that were handed over after the county had made the page: what it says of them
    was carried too long, on a stick that lay somewhere, and they stay gone."""
    at = page.head.next.get(own, 0)
    return {
        scope.removeprefix(_LEFT): position
        for scope, position in known.items()
        if scope.startswith(_LEFT) and at < position
    }
