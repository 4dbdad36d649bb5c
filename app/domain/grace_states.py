"""The life of one 渐退 (domain.md §5.3): proposed, approved, running by the month, ended, an end.

What each month pays is fixed with the approval. A household that loses its work again comes back
before or after the months are over; nobody leaves while exits are frozen, which is a guard of the
use case and no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class GraceStatus(Word):
    """Where a 渐退 stands."""

    PROPOSED = "proposed", "等批"
    APPROVED = "approved", "批了，还没开始"
    RUNNING = "running", "正在渐退"
    ENDED = "ended", "渐退期满"
    EXITED = "exited", "已退出"
    REINSTATED = "reinstated", "恢复保障"
    CANCELLED = "cancelled", "不渐退了"


class GraceEvent(Word):
    """What can happen to a 渐退. The label stands after 不能."""

    SCHEDULE = "schedule", "记每月发几成"
    APPROVE = "approve", "记批准"
    BEGIN = "begin", "开始渐退"
    END = "end", "记期满"
    EXIT = "exit", "退出"
    REINSTATE = "reinstate", "恢复保障"
    CANCEL = "cancel", "取消渐退"


S, E = GraceStatus, GraceEvent
_MOVES: Final[Mapping[tuple[GraceStatus, GraceEvent], GraceStatus]] = {
    (S.PROPOSED, E.APPROVE): S.APPROVED,
    (S.PROPOSED, E.SCHEDULE): S.PROPOSED,
    (S.PROPOSED, E.CANCEL): S.CANCELLED,
    (S.APPROVED, E.BEGIN): S.RUNNING,
    (S.APPROVED, E.SCHEDULE): S.APPROVED,
    (S.APPROVED, E.CANCEL): S.CANCELLED,
    (S.RUNNING, E.END): S.ENDED,
    (S.RUNNING, E.SCHEDULE): S.RUNNING,
    (S.RUNNING, E.REINSTATE): S.REINSTATED,
    (S.RUNNING, E.CANCEL): S.CANCELLED,
    (S.ENDED, E.EXIT): S.EXITED,
    (S.ENDED, E.REINSTATE): S.REINSTATED,
    (S.ENDED, E.CANCEL): S.CANCELLED,
}
GRACE: Final[Machine[GraceStatus, GraceEvent]] = Machine("这份渐退", "G-01", _MOVES)

UNDER_WAY: Final = frozenset({S.PROPOSED, S.APPROVED, S.RUNNING, S.ENDED})
"""States in which something is still to be done."""
REASONED: Final = frozenset({E.REINSTATE, E.CANCEL})
"""Events that say why."""
DECIDED_ABOVE: Final = frozenset({E.APPROVE, E.EXIT, E.REINSTATE})
"""Events that are the word of whoever confirms 低保: the village only hears of them."""


def may_become(before: GraceStatus, after: GraceStatus) -> bool:
    """Whether `after` is reached from `before` by events in a row, or is the same."""
    found, waiting = {before}, [before]
    while waiting:
        here = waiting.pop()
        for (known, _event), next_one in _MOVES.items():
            if known is here and next_one not in found:
                found.add(next_one)
                waiting.append(next_one)
    return after in found
