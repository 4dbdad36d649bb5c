"""The life of one 委托照料服务协议 (domain.md §5.3): drafted, signed, in force, renewed or ended.

Whether it is time to look at it again is no state: the day it ends says so. Another carer is
another agreement, which names the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class CareStatus(Word):
    """Where a care agreement stands."""

    DRAFTED = "drafted", "写好了，没签"
    SIGNED = "signed", "签了，还没开始"
    ACTIVE = "active", "正在照料"
    RENEWED = "renewed", "已续签"
    TERMINATED = "terminated", "停了，等结清"
    CLOSED = "closed", "已结束"


class CareEvent(Word):
    """What can happen to a care agreement. The label stands after 不能."""

    SIGN = "sign", "记三方签字"
    BEGIN = "begin", "开始照料"
    CHECK = "check", "记四有"
    RENEW = "renew", "续签协议"
    REPLACE = "replace", "换照料人"
    TERMINATE = "terminate", "停止照料"
    CLOSE = "close", "记结清"
    DROP = "drop", "不签了"


S, E = CareStatus, CareEvent
_MOVES: Final[Mapping[tuple[CareStatus, CareEvent], CareStatus]] = {
    (S.DRAFTED, E.SIGN): S.SIGNED,
    (S.DRAFTED, E.DROP): S.CLOSED,
    (S.SIGNED, E.BEGIN): S.ACTIVE,
    (S.SIGNED, E.CHECK): S.SIGNED,
    (S.SIGNED, E.REPLACE): S.TERMINATED,
    (S.SIGNED, E.TERMINATE): S.TERMINATED,
    (S.ACTIVE, E.CHECK): S.ACTIVE,
    (S.ACTIVE, E.RENEW): S.RENEWED,
    (S.ACTIVE, E.REPLACE): S.TERMINATED,
    (S.ACTIVE, E.TERMINATE): S.TERMINATED,
    (S.TERMINATED, E.CLOSE): S.CLOSED,
}
CARE: Final[Machine[CareStatus, CareEvent]] = Machine("这份照料协议", "L-01", _MOVES)

IN_HAND: Final = frozenset({S.DRAFTED, S.SIGNED, S.ACTIVE, S.TERMINATED})
"""States in which something is still to be done."""
IN_FORCE: Final = frozenset({S.SIGNED, S.ACTIVE})
"""Signed by the three, and not ended."""
FOLLOWED: Final = frozenset({E.RENEW, E.REPLACE})
"""Events by which another agreement is drafted."""
