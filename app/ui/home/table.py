"""Today's work as table rows."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.casework import WorkItem, WorkKind
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row

COLUMNS = (
    Column("要做什么"),
    Column("户主"),
    Column("住址"),
    Column("期限"),
    Column("为什么要做", stretch=True),
)

_LOOKS = {
    WorkKind.RELIEF_PAPERWORK: ("urgent", Tone.BAD),
    WorkKind.RETURNED: ("arrow-back-up", Tone.WARN),
    WorkKind.DIFFERS: ("arrows-diff", Tone.WARN),
    WorkKind.REVIEW: ("calculator", Tone.WARN),
    WorkKind.VISIT: ("walk", Tone.PRIMARY),
    WorkKind.SIGNATURE: ("fingerprint", Tone.WARN),
    WorkKind.DECIDED: ("circle-check", Tone.OK),
}
_DEADLINES = frozenset(
    {WorkKind.RELIEF_PAPERWORK, WorkKind.REVIEW, WorkKind.SIGNATURE, WorkKind.DIFFERS}
)


def work_rows(items: Sequence[WorkItem]) -> list[Row]:
    """One row for each thing to do; the row's key is the item."""
    return [_row(item) for item in items]


def _row(item: WorkItem) -> Row:
    icon, tone = _LOOKS[item.kind]
    cells = (
        Cell(item.kind.label, icon, tone),
        Cell(item.who),
        Cell(item.place),
        Cell(item.due_text, "clock", _due_tone(item), chip=True),
        Cell(item.why),
    )
    spoken = f"{item.kind.label}，{item.who}，{item.place}，{item.due_text}，{item.why}"
    return Row(item, cells, spoken)


def _due_tone(item: WorkItem) -> Tone:
    """Solid red is for what is overdue or all but; with days left it stays pale."""
    if item.pressing:
        return Tone.URGENT
    return Tone.WARN if item.kind in _DEADLINES else Tone.INFO
