"""The six steps of social work with one household (S2:L24), as a machine.

Who it is about, what they need, what is planned, who can give it, who steps in, and whether it
helped: 识别对象—分析需求—制定计划—协调资源—专业介入—跟踪问效. A step is done or, with a reason,
skipped; whose case it is and whether it helped cannot be skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class CaseStage(Word):
    """The step a case plan has come to, or how it ended."""

    IDENTIFY = "identify", "识别对象"
    ANALYSE = "analyse", "分析需求"
    DRAW_UP = "draw_up", "制定计划"
    GATHER = "gather", "协调资源"
    STEP_IN = "step_in", "专业介入"
    FOLLOW = "follow", "跟踪问效"
    CLOSED = "closed", "办结了"
    DROPPED = "dropped", "中止了"


class CaseEvent(Word):
    """What can happen to a case plan. The label stands after 不能."""

    DONE = "done", "做完这一步"
    SKIP = "skip", "跳过这一步"
    NOTE = "note", "记进展"
    CLOSE = "close", "办结个案"
    DROP = "drop", "中止个案"
    REOPEN = "reopen", "重新分析需求"


S, E = CaseStage, CaseEvent
STAGES: Final = (S.IDENTIFY, S.ANALYSE, S.DRAW_UP, S.GATHER, S.STEP_IN, S.FOLLOW)
"""The six, in order (S2:L24)."""
_MOVES: Final[Mapping[tuple[CaseStage, CaseEvent], CaseStage]] = {
    (S.IDENTIFY, E.DONE): S.ANALYSE,
    (S.IDENTIFY, E.NOTE): S.IDENTIFY,
    (S.IDENTIFY, E.DROP): S.DROPPED,
    (S.ANALYSE, E.DONE): S.DRAW_UP,
    (S.ANALYSE, E.NOTE): S.ANALYSE,
    (S.ANALYSE, E.SKIP): S.DRAW_UP,
    (S.ANALYSE, E.DROP): S.DROPPED,
    (S.DRAW_UP, E.DONE): S.GATHER,
    (S.DRAW_UP, E.NOTE): S.DRAW_UP,
    (S.DRAW_UP, E.SKIP): S.GATHER,
    (S.DRAW_UP, E.DROP): S.DROPPED,
    (S.GATHER, E.DONE): S.STEP_IN,
    (S.GATHER, E.NOTE): S.GATHER,
    (S.GATHER, E.SKIP): S.STEP_IN,
    (S.GATHER, E.DROP): S.DROPPED,
    (S.STEP_IN, E.DONE): S.FOLLOW,
    (S.STEP_IN, E.NOTE): S.STEP_IN,
    (S.STEP_IN, E.SKIP): S.FOLLOW,
    (S.STEP_IN, E.DROP): S.DROPPED,
    (S.FOLLOW, E.CLOSE): S.CLOSED,
    (S.FOLLOW, E.NOTE): S.FOLLOW,
    (S.FOLLOW, E.REOPEN): S.ANALYSE,
    (S.FOLLOW, E.DROP): S.DROPPED,
    (S.CLOSED, E.REOPEN): S.ANALYSE,
    (S.DROPPED, E.REOPEN): S.ANALYSE,
}
CASE_PLAN: Final[Machine[CaseStage, CaseEvent]] = Machine("这份个案", "L-16", _MOVES)

IN_HAND: Final = frozenset(STAGES)
"""States in which something is still to be done."""
