"""The life of one entry of the watch list (备案、监测; S0:L27, domain.md §5.3).

Noticed, verified at the door, put on the list by whoever recognises it, compared every month,
observed once the risk is gone, and off. A county's word about the household's category changes
nothing here: the tag is kept beside it (S3:L11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class WatchStatus(Word):
    """Where an entry stands."""

    NOTICED = "noticed", "发现了，等核实"
    VERIFIED = "verified", "核实了，等列入"
    LISTED = "listed", "在监测"
    OBSERVED = "observed", "风险消除，还在看"
    OFF = "off", "已移出"
    PROMOTED = "promoted", "转去申请了"
    DISMISSED = "dismissed", "不用列入"


class WatchEvent(Word):
    """What can happen to an entry. The label stands after 不能."""

    VERIFY = "verify", "记核实"
    LIST = "list", "记列入"
    COMPARE = "compare", "记本月比对"
    OBSERVE = "observe", "记风险消除"
    REOPEN = "reopen", "记风险又来了"
    REMOVE = "remove", "移出名单"
    PROMOTE = "promote", "转去申请"
    DISMISS = "dismiss", "记不用列入"


S, E = WatchStatus, WatchEvent
_MOVES: Final[Mapping[tuple[WatchStatus, WatchEvent], WatchStatus]] = {
    (S.NOTICED, E.VERIFY): S.VERIFIED,
    (S.NOTICED, E.DISMISS): S.DISMISSED,
    (S.VERIFIED, E.LIST): S.LISTED,
    (S.VERIFIED, E.PROMOTE): S.PROMOTED,
    (S.VERIFIED, E.DISMISS): S.DISMISSED,
    (S.LISTED, E.COMPARE): S.LISTED,
    (S.LISTED, E.OBSERVE): S.OBSERVED,
    (S.LISTED, E.PROMOTE): S.PROMOTED,
    (S.OBSERVED, E.COMPARE): S.OBSERVED,
    (S.OBSERVED, E.REOPEN): S.LISTED,
    (S.OBSERVED, E.PROMOTE): S.PROMOTED,
    (S.OBSERVED, E.REMOVE): S.OFF,
}
WATCH: Final[Machine[WatchStatus, WatchEvent]] = Machine("这条备案监测", "L-02", _MOVES)

WATCHED: Final = frozenset({S.LISTED, S.OBSERVED})
"""On the list, and so compared by the month."""
IN_HAND: Final = frozenset({S.NOTICED, S.VERIFIED, S.LISTED, S.OBSERVED})
"""States in which something is still to be done."""
TOLD_BY_OTHERS: Final = frozenset({E.LIST, E.OBSERVE, E.REMOVE})
"""Events that are the word of whoever recognises the household: who and which paper is asked."""
