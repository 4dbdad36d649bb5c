"""Who changed what of a household, as rows. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.clock import CHINA
from app.domain.operations import AUDIT
from app.services.change_history import CARD, FieldChange
from app.services.sync_status import TITLES
from app.ui.syncing.words import field_name, value_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row

CHANGE_COLUMNS: Final = (
    Column("什么时候"),
    Column("谁改的"),
    Column("哪一项"),
    Column("从什么改成什么", stretch=True),
)


def change_rows(changes: Sequence[FieldChange]) -> list[Row]:
    """One row for each field changed, in the order given; numbers masked."""
    return [_row(at, one) for at, one in enumerate(changes)]


def _row(at: int, change: FieldChange) -> Row:
    wall = change.at.astimezone(CHINA)
    day = f"{wall.year}年{wall.month}月{wall.day}日 {wall:%H:%M}"
    cells = (
        Cell(day, tone=Tone.SOFT),
        Cell(change.who),
        Cell(_what(change)),
        Cell(_how(change)),
    )
    return Row(at, cells)


def _what(change: FieldChange) -> str:
    """Whose, and which field."""
    if change.entity == AUDIT:
        return "银行卡号" if change.column == CARD else f"{change.whose}的身份证号"
    name = field_name(change.column) if change.column else TITLES[change.entity]
    return f"{change.whose}：{name}" if change.whose else name


def _how(change: FieldChange) -> str:
    """From what to what, and the deed it was part of."""
    if change.entity == AUDIT:
        return "看了全号"
    why = f"（{change.why}）" if change.why else ""
    if not change.column:
        return f"新记的{why}"
    old, new = value_text(change.column, change.old), value_text(change.column, change.new)
    return f"{old} → {new}{why}"
