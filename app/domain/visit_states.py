"""The life of a planned visit (domain.md §5.3). What was seen stands in the visit itself.

A plan is made when nobody was at home and ends with the visit that keeps it; a completed visit is
never edited, later changes are addenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class PlanStatus(Word):
    """Where a planned visit stands."""

    PLANNED = "planned", "约好了"
    IN_PROGRESS = "in_progress", "正在走访"
    COMPLETED = "completed", "走访过了"
    MISSED = "missed", "没见到人"
    CANCELLED = "cancelled", "不去了"


class PlanEvent(Word):
    """What can happen to a planned visit. The label stands after 不能."""

    START = "start", "开始走访"
    COMPLETE = "complete", "记成走访过了"
    MISS = "miss", "记成没见到人"
    CANCEL = "cancel", "取消"


S, E = PlanStatus, PlanEvent
_MOVES: Final[Mapping[tuple[PlanStatus, PlanEvent], PlanStatus]] = {
    (S.PLANNED, E.START): S.IN_PROGRESS,
    (S.PLANNED, E.MISS): S.MISSED,
    (S.PLANNED, E.CANCEL): S.CANCELLED,
    (S.IN_PROGRESS, E.COMPLETE): S.COMPLETED,
    (S.IN_PROGRESS, E.MISS): S.MISSED,
    (S.IN_PROGRESS, E.CANCEL): S.CANCELLED,
}

PLAN: Final[Machine[PlanStatus, PlanEvent]] = Machine("这次约好的走访", "F-70", _MOVES)
OPEN_PLANS: Final = frozenset({S.PLANNED, S.IN_PROGRESS})
