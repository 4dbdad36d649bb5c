"""What a laptop remembers of its dealings with the county: alarms, checks, an order to erase.

An alarm makes money read-only until the county has looked (security R35): whoever holds a copied
or rolled-back vault could otherwise spend the same token twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.operations import instant_of, instant_text
from app.domain.problem import Refused
from app.domain.words import Word
from app.models.base import table_of
from app.models.log import DeviceRow, LinkNoteRow

_NOTE = table_of(LinkNoteRow)
_DEVICE = table_of(DeviceRow)
_ALARM: Final = "alarm"
RECOVERY_KEY: Final = "county.recovery_key"
"""The county's recovery key as its feed told it: `kid`, and `public` in hex."""
CHECKED: Final = "villages.checked"
"""When the villages were last compared with the county."""
FILES_AGAIN: Final = "files.again"
"""How many attachments the county held when some were offered to it again."""
ASKED: Final = "stick.asked"
"""SHA-256 of the feed request last put on a stick, the only one an answer on a stick counts for."""
PUT_BACK: Final = "county.put_back"
"""The county's time of the page that last showed it was put back from a backup."""
AGAIN: Final = "county.again"
"""The last operation a county put back from a backup had once acknowledged: until it, what was
lost is said again."""

WARN_SILENT: Final = timedelta(days=30)
STOP_SILENT: Final = timedelta(days=45)
"""Without a word of the county: first a warning, then no new money (security R45)."""


class Alarm(Word):
    """Why money is read-only."""

    FORKED = "forked", "这台电脑的资料和县里收到过的接不上，可能被复制过或退回过"
    SET_ASIDE = "set_aside", "县里暂停收这台电脑的资料"


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm and since when. `by_county`: the county has stopped this laptop itself, so that its
    next answer means that somebody has looked; `said_at` is the county's time of its last no."""

    alarm: Alarm
    since: datetime
    by_county: bool
    said_at: datetime | None = None


def read_alarm(connection: Connection) -> Raised | None:
    """The alarm in force."""
    row = connection.execute(select(_NOTE).where(_NOTE.c.key == _ALARM)).first()
    if row is None:
        return None
    facts, said = row.facts, row.facts.get("said_at")
    said_at = None if said is None else instant_of(said)
    return Raised(Alarm(facts["alarm"]), row.noted_at, facts["by_county"], said_at)


def raise_alarm(
    connection: Connection,
    alarm: Alarm,
    at: datetime,
    *,
    by_county: bool = False,
    said_at: datetime | None = None,
) -> bool:
    """Money stops here; whether it was news. A fork is not talked down to a pause."""
    known = read_alarm(connection)
    if known is not None:
        alarm = known.alarm if known.alarm is Alarm.FORKED else alarm
        by_county = by_county or known.by_county
        said_at = max(filter(None, (said_at, known.said_at)), default=None)
        at = known.since
    said = None if said_at is None else instant_text(said_at)
    facts = {"alarm": alarm.value, "by_county": by_county, "said_at": said}
    keep(connection, _ALARM, facts, at)
    return known is None


def end_alarm(connection: Connection) -> None:
    """The county has looked, and takes this laptop's word again."""
    forget(connection, _ALARM)


def refuse_money(connection: Connection, now: datetime) -> None:
    """Return when money may be recorded. Raises Refused S-26 (alarm) or S-27 (45 days silent)."""
    raised = read_alarm(connection)
    if raised is not None:
        raise Refused(
            f"{raised.alarm.label}，在县里核对以前不能记钱。",
            safe="这一笔没有存；走访和别的记录照常能记。",
            do="请打电话给县里；急用的钱请镇里发，回来再补记。",
            code="S-26",
        )
    silent = silent_for(connection, now)
    if silent is not None and silent >= STOP_SILENT:
        raise Refused(
            f"已经 {silent.days} 天没有和县里同步，先不能再记新的支出。",
            safe="这一笔没有存；走访和别的记录照常能记。",
            do="请先同步一次，用网络或者U盘都行。",
            code="S-27",
        )


def silent_for(connection: Connection, now: datetime) -> timedelta | None:
    """How long the county has said nothing; None before enrolment.

    By this laptop's clock set right by the offset the county's last word showed.
    """
    row = connection.execute(select(_DEVICE)).one()
    if row.certificate is None or row.last_server_time is None:
        return None
    offset = timedelta(milliseconds=row.clock_offset_ms or 0)
    silent: timedelta = now + offset - row.last_server_time
    return max(silent, timedelta())


def keep(connection: Connection, key: str, facts: dict[str, Any], at: datetime) -> None:
    """Remember one fact, in place of what stood there."""
    row = {"key": key, "facts": facts, "noted_at": at}
    connection.execute(
        upsert(_NOTE).values(row).on_conflict_do_update(index_elements=["key"], set_=row)
    )


def recall(connection: Connection, key: str) -> tuple[dict[str, Any], datetime] | None:
    """A fact and when it was noted."""
    row = connection.execute(select(_NOTE).where(_NOTE.c.key == key)).first()
    return None if row is None else (dict(row.facts), row.noted_at)


def forget(connection: Connection, key: str) -> None:
    """No such fact any more."""
    connection.execute(delete(_NOTE).where(_NOTE.c.key == key))
