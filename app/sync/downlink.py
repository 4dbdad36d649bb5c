"""The feed's pages enter the vault, each with its cursor in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.clock import Clock
from app.domain.operations import instant_of
from app.store import feed, outbox, receipts
from app.store.enrolment import Enrolled
from app.sync import sealing
from app.sync.protocol.feed import Page, advanced, follows, is_news
from app.sync.road import RunInStore
from app.sync.work import Begin

FIRST_EPOCH: Final = 1
"""A vault that was never restored knows everything it ever said."""


@dataclass(frozen=True, slots=True)
class Downlink:
    """The feed of one vault."""

    begin: Begin
    run_in_store: RunInStore
    clock: Clock

    def request(self, enrolled: Enrolled) -> bytes:
        """A signed request for the next page. After a restored backup our own words are news."""

        def job() -> tuple[dict[str, int], bool]:
            with self.begin() as work:
                cursor = feed.read_cursor(work.connection)
                epoch = outbox.current_epoch(work.connection)
                echo = epoch > FIRST_EPOCH and _caught_up(epoch) not in cursor
                return _scopes(cursor), echo

        cursor, echo = self.run_in_store(job)
        return sealing.feed_request(enrolled, cursor, echo=echo)

    def apply(self, enrolled: Enrolled, data: bytes) -> tuple[Page, int] | None:
        """Apply a page: the page and how many documents changed; None when one before is missing.

        Raises NotReached S-12 when it is not the county's, Refused S-14 when it is another
        device's, S-16 when it does not fit together; then nothing is applied.
        """
        page = sealing.open_page(enrolled, data)

        def job() -> int | None:
            with feed.whole_pages_only(), self.begin() as work:
                now = self.clock.now()
                cursor = _scopes(feed.read_cursor(work.connection))
                if not follows(cursor, page):
                    return None
                news = [entry for entry in page.entries if is_news(cursor, page, entry)]
                changed = feed.apply_news(work.connection, news, now)
                left = {entry.entity_id for entry in news if entry.kind == "leave"}
                moved = {s: p for s, p in advanced(cursor, page).items() if s not in left}
                if not page.head.more:
                    moved[_caught_up(outbox.current_epoch(work.connection))] = 1
                feed.write_cursor(work.connection, moved, now)
                receipts.note_server_time(work.connection, instant_of(page.head.server_time), now)
                work.commit()
                return changed

        changed = self.run_in_store(job)
        return None if changed is None else (page, changed)


def _caught_up(epoch: int) -> str:
    """The mark, kept beside the cursors, that the feed was read to its end in this epoch."""
    return f"epoch:{epoch}"


def _scopes(cursor: dict[str, int]) -> dict[str, int]:
    """The cursor without such marks."""
    return {scope: at for scope, at in cursor.items() if not scope.startswith("epoch:")}
