"""The sync page's words: what waits, how each item stands, what differs. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from app.domain.clock import CHINA
from app.domain.operations import OperationState
from app.services.sync_status import Conflict, SyncItem, SyncStatus
from app.sync.problems import NOT_FROM_COUNTY
from app.ui.syncing.progress import size_text
from app.ui.syncing.words import COUNTY_ONLY, field_name, value_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row

COLUMNS: Final = (
    Column("内容"),
    Column("户主"),
    Column("情况"),
    Column("说明", stretch=True),
)
_STATES: Final = {
    OperationState.WAITING: (Tone.OFFLINE, "cloud-upload"),
    OperationState.SENT: (Tone.INFO, "clock"),
    OperationState.RECEIVED: (Tone.OK, "circle-check"),
    OperationState.MERGED: (Tone.OK, "circle-check"),
    OperationState.DIFFERS: (Tone.WARN, "arrows-diff"),
    OperationState.RETURNED: (Tone.URGENT, "arrow-back-up"),
    OperationState.HANDED_OVER: (Tone.INFO, "users"),
}
_URGENT_FIRST: Final = (OperationState.RETURNED, OperationState.DIFFERS)
WARN_SILENT_DAYS: Final = 30
STOP_SILENT_DAYS: Final = 45
"""As `app.store.link_notes` stops it (security R45)."""
WORTH_SAYING: Final = 100_000
"""Bytes below which nobody on any link asks how much it is."""
_CLOCK_OFF_MS: Final = 5 * 60 * 1000
"""Beyond this the clock is reported (design §5)."""


@dataclass(frozen=True, slots=True)
class DifferLine:
    """One field on which two sides differ."""

    conflict: str
    name: str
    mine: str
    theirs: str
    base: str
    is_county_only: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One record on which two sides differ."""

    key: str
    title: str
    county: str
    lines: tuple[DifferLine, ...]


def item_rows(items: Sequence[SyncItem]) -> list[Row]:
    """One row an item; what the person has to do something about stands first."""
    ordered = sorted(items, key=lambda item: item.state not in _URGENT_FIRST)
    return [_row(item) for item in ordered]


def strange_text(files: int) -> str:
    """What became of files on the stick that the county did not make; nothing for none."""
    if not files:
        return ""
    return f"另有 {files} 个文件不是县里原样发来的，没有收（编号 {NOT_FROM_COUNTY}）。"


def differences(conflicts: Sequence[Conflict]) -> list[Difference]:
    """The fields that differ, by record."""
    by_record = groupby(sorted(conflicts, key=_record), key=_record)
    return [_difference(list(group)) for _key, group in by_record]


def waiting_text(status: SyncStatus) -> str:
    """走访记录 9 · 测算 2 · 操作记录 1: together as many as wait."""
    if not status.waiting:
        return "都传完了"
    named = list(status.waiting_by_title)
    notes = status.waiting - sum(count for _title, count in named)
    if notes > 0:
        named.append(("操作记录", notes))
    return " · ".join(f"{title} {count}" for title, count in named)


def more_text(status: SyncStatus) -> str:
    """How many pictures, how much it is, and what lies on a stick; nothing where there is none."""
    words = []
    if status.files_waiting:
        words.append(f"照片和签字 {status.files_waiting} 张")
    if status.waiting_bytes >= WORTH_SAYING:
        words.append(f"约 {size_text(status.waiting_bytes)}")
    if status.exported:
        words.append(f"其中 {status.exported} 条已导出到U盘，县里尚未确认")
    return "，".join(words) + "。" if words else ""


def leaving_text(status: SyncStatus) -> str:
    """How many households are being handed over, or nothing."""
    if not status.leaving:
        return ""
    return f"移交中 {status.leaving} 户：只能看；都传完、县里收了，本机就不再保管。"


def silence_text(status: SyncStatus) -> str:
    """That the county has not been heard of for too long, or nothing."""
    days = status.silent_days
    if days is None or days < WARN_SILENT_DAYS:
        return ""
    if days >= STOP_SILENT_DAYS:
        return f"已经 {days} 天没同步，先不能再记新的支出；走访照常记。请尽快同步一次。"
    return f"已经 {days} 天没同步了；到 {STOP_SILENT_DAYS} 天就不能再记新的支出。"


def alarm_text(status: SyncStatus) -> str:
    """Why money is read-only, or nothing."""
    if status.alarm is None:
        return ""
    since = moment(status.alarm.since)
    return f"{status.alarm.alarm.label}（{since}起）。在县里核对以前不能记钱，别的照常。"


def last_text(status: SyncStatus) -> tuple[str, Tone]:
    """When it last got through; a try that failed is no success."""
    if not status.is_enrolled:
        return "还没绑定到县里", Tone.WARN
    if status.last_success is None:
        return "还没同步过", Tone.INFO
    return f"上次成功 {moment(status.last_success)}", Tone.OK


def clock_text(status: SyncStatus) -> str:
    """That the clock is off, or nothing."""
    offset = status.clock_offset_ms
    if offset is None or abs(offset) <= _CLOCK_OFF_MS:
        return ""
    way = "慢" if offset > 0 else "快"
    return f"这台电脑的钟{way}了约 {abs(offset) // 60_000} 分钟，请校一下；记录照常有效。"


def moment(at: datetime) -> str:
    """3月2日 10:42."""
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _row(item: SyncItem) -> Row:
    tone, icon = _STATES[item.state]
    note = item.note
    if item.state is OperationState.RETURNED and item.field:
        note = f"{note}（{field_name(item.field)}）按回车去改"
    cells = (
        Cell(f"{item.title} {moment(item.at)}"),
        Cell(item.who),
        Cell(item.state.label, icon, tone, chip=True),
        Cell(note, tone=Tone.SOFT),
    )
    return Row(item.n, cells)


def _record(conflict: Conflict) -> tuple[str, str]:
    return (conflict.entity, conflict.entity_id)


def _difference(conflicts: list[Conflict]) -> Difference:
    first = conflicts[0]
    when = "" if first.theirs_at is None else f"{moment(first.theirs_at)} "
    county = f"{when}{first.theirs_by}".strip()
    return Difference(
        key=f"{first.entity}/{first.entity_id}",
        title=f"{first.who}的{first.title}有 {len(conflicts)} 项两边不一样，选哪个？",
        county=f"县里的（{county}）" if county else "县里的",
        lines=tuple(_line(conflict) for conflict in conflicts),
    )


def _line(conflict: Conflict) -> DifferLine:
    field = conflict.field
    return DifferLine(
        conflict=conflict.id,
        name=field_name(field),
        mine=value_text(field, conflict.mine),
        theirs=value_text(field, conflict.theirs),
        base=value_text(field, conflict.base),
        is_county_only=field in COUNTY_ONLY,
    )
