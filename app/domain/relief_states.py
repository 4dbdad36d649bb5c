"""The life of one 先行救助 (domain.md §5.3): help first, then the debt of papers, then an end.

Overdue is no state: it is what the clocks say of `paperwork_pending`. Given money cannot be taken
out of the books; a mistake is reversed (冲正) and stands there for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.casework import ReliefStatus as S
from app.domain.machine import Machine
from app.domain.words import Word


class ReliefEvent(Word):
    """What can be done about one 先行救助. The label stands after 不能."""

    VERIFY = "verify", "核实"
    REFER = "refer", "转上级"
    APPROVE = "approve", "记成同意"
    DECLINE = "decline", "记成不给"
    PAY = "pay", "给付"
    OWE = "owe", "欠下手续"
    NOTE_APPROVAL = "note_approval", "补记同意"
    END_EMERGENCY = "end_emergency", "记急难缓解"
    NAME = "name", "补记姓名"
    RECEIPT = "receipt", "记手写收条"
    SUPPLEMENT = "supplement", "补齐手续"
    REJECT = "reject", "转成追回"
    RECOVER = "recover", "记追回的钱"
    RECOVER_ALL = "recover_all", "追回完"
    WRITE_OFF = "write_off", "记成追不回"
    CLOSE = "close", "办结"
    REVERSE = "reverse", "冲正"


E = ReliefEvent
_TOLD_LATER: Final = {
    E.NAME: (
        S.REPORTED, S.VERIFIED, S.REFERRED_UP, S.APPROVED_FAST, S.PAID, S.PAPERWORK_PENDING,
        S.SUPPLEMENTED, S.CLOSED, S.RECOVERING,
    ),
    E.RECEIPT: (S.PAID, S.PAPERWORK_PENDING, S.SUPPLEMENTED, S.CLOSED),
}  # fmt: skip
"""What is said about a record without moving it, and while it stands how."""
_MOVES: Final[Mapping[tuple[S, ReliefEvent], S]] = {
    (S.REPORTED, E.VERIFY): S.VERIFIED,
    (S.REPORTED, E.PAY): S.PAID,
    (S.REPORTED, E.REFER): S.REFERRED_UP,
    (S.REPORTED, E.DECLINE): S.DECLINED,
    (S.VERIFIED, E.APPROVE): S.APPROVED_FAST,
    (S.VERIFIED, E.PAY): S.PAID,
    (S.VERIFIED, E.REFER): S.REFERRED_UP,
    (S.VERIFIED, E.DECLINE): S.DECLINED,
    (S.REFERRED_UP, E.APPROVE): S.APPROVED_FAST,
    (S.REFERRED_UP, E.DECLINE): S.DECLINED,
    (S.APPROVED_FAST, E.PAY): S.PAID,
    (S.APPROVED_FAST, E.DECLINE): S.DECLINED,
    (S.PAID, E.OWE): S.PAPERWORK_PENDING,
    (S.PAID, E.CLOSE): S.CLOSED,
    (S.PAID, E.REVERSE): S.REVERSED,
    (S.PAPERWORK_PENDING, E.SUPPLEMENT): S.SUPPLEMENTED,
    (S.PAPERWORK_PENDING, E.NOTE_APPROVAL): S.PAPERWORK_PENDING,
    (S.PAPERWORK_PENDING, E.END_EMERGENCY): S.PAPERWORK_PENDING,
    (S.PAPERWORK_PENDING, E.REJECT): S.RECOVERING,
    (S.PAPERWORK_PENDING, E.REVERSE): S.REVERSED,
    (S.SUPPLEMENTED, E.CLOSE): S.CLOSED,
    (S.SUPPLEMENTED, E.NOTE_APPROVAL): S.SUPPLEMENTED,
    (S.SUPPLEMENTED, E.REJECT): S.RECOVERING,
    (S.SUPPLEMENTED, E.REVERSE): S.REVERSED,
    (S.CLOSED, E.REVERSE): S.REVERSED,
    (S.RECOVERING, E.RECOVER): S.RECOVERING,
    (S.RECOVERING, E.RECOVER_ALL): S.RECOVERED,
    # in order after all; or nobody is left to give it back, and the township says so
    (S.RECOVERING, E.SUPPLEMENT): S.SUPPLEMENTED,
    (S.RECOVERING, E.WRITE_OFF): S.CLOSED,
    **{(status, event): status for event, found in _TOLD_LATER.items() for status in found},
}

RELIEF: Final[Machine[S, ReliefEvent]] = Machine("这笔先行救助", "M-24", _MOVES)

PAID_OUT: Final = frozenset(
    {S.PAID, S.PAPERWORK_PENDING, S.SUPPLEMENTED, S.CLOSED, S.RECOVERING, S.RECOVERED}
)
"""States in which money or goods have left the village and nobody has taken that back."""
FOLLOWED: Final = PAID_OUT - {S.RECOVERING, S.RECOVERED}
"""States in which more help may follow on: what is to be got back was no emergency."""

BEGINNINGS: Final = frozenset(
    {
        S.REPORTED,
        S.REFERRED_UP,
        S.APPROVED_FAST,
        S.PAID,
        S.PAPERWORK_PENDING,
        S.REVERSED,
    }
)
"""How a record may come into the books; the entry that reverses another is born reversed."""


def reachable(status: S) -> frozenset[S]:
    """Every state that events can lead to from `status`, itself included."""
    found, waiting = {status}, [status]
    while waiting:
        here = waiting.pop()
        for (known, _event), after in _MOVES.items():
            if known is here and after not in found:
                found.add(after)
                waiting.append(after)
    return frozenset(found)
