"""What a device may still change about 先行救助 once the county has it. Pure.

The facts are written once. The status moves along `app.domain.relief_states`; a payment, an
approval and the end of the emergency are said once; the sum, and how it is given, stand from the
moment it is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.domain.casework import ReliefStatus
from app.domain.relief_states import BEGINNINGS, reachable
from app.domain.relief_words import InstalmentStatus
from county_server.authority import Returned

RECORD: Final = "emergency_relief"
PART: Final = "relief_instalment"

_SAID_ONCE: Final = frozenset(
    {
        "paid_at", "payment_id", "quota_id", "decided_at", "decided_by", "decided_how",
        "emergency_over_on", "document_no", "apart_from_id", "apart_reason",
    }
)  # fmt: skip
_UNTIL_PAID: Final = frozenset(
    {
        "amount_fen", "is_staged", "source", "way", "goods", "goods_items", "event_note",
        "event_place",
    }
)  # fmt: skip
"""What is said of money that has not left yet; for whom and why it is stands from the beginning."""
_OF_A_STRANGER: Final = frozenset({"payee_name", "payee_id_number", "is_unknown"})
"""Who it was may be said once, where nobody knew it."""
_PART_MOVES: Final[Mapping[str | None, frozenset[str]]] = {
    None: frozenset({InstalmentStatus.PLANNED, InstalmentStatus.PAID, InstalmentStatus.REVERSED}),
    InstalmentStatus.PLANNED: frozenset({InstalmentStatus.PAID, InstalmentStatus.CANCELLED}),
    InstalmentStatus.PAID: frozenset({InstalmentStatus.REVERSED}),
}


def check_relief(
    entity: str,
    body: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    *,
    is_again: bool = False,
) -> None:
    """Raises Returned for a change that does not follow from what the county has.

    `is_again`: the county had the record before it was put back, so it may begin in any state.
    """
    if entity not in {RECORD, PART}:
        return
    before = body or {}
    changed = {name for name, value in fields.items() if before.get(name) != value}
    again = {name for name in changed & _SAID_ONCE if before.get(name) is not None}
    if again:
        raise Returned("这一项已经记过一次，不能再改；有错请冲正。", min(again))
    renamed = changed & _OF_A_STRANGER if body is not None else set()
    if renamed and (before.get("is_unknown") is not True or fields.get("is_unknown") is not False):
        raise Returned("姓名和证件号记过就不能再改；有错请冲正。", min(renamed))
    is_settled = before.get("payment_id") is not None or bool(before.get("is_staged"))
    if is_settled and changed & _UNTIL_PAID:
        raise Returned("钱已经给了，这一项不能再改；有错请冲正。", min(changed & _UNTIL_PAID))
    if {**before, **fields}.get("is_staged") and fields.get("payment_id") is not None:
        raise Returned("分几次给的，每一次各有付款编号，这一笔自己没有。", "payment_id")
    if "status" in changed:
        _check_status(entity, before.get("status"), fields["status"], is_again=is_again)
    if fields.get("payment_id") is None and body is None:
        half = {name for name in ("paid_at", "quota_id") if fields.get(name) is not None}
        if half:
            raise Returned("这笔先行救助缺少付款编号或额度编号。", min(half))


def _check_status(entity: str, before: str | None, after: object, *, is_again: bool) -> None:
    may_begin_so = is_again and before is None
    if entity == PART:
        if may_begin_so and after == InstalmentStatus.CANCELLED:
            return
        if after not in _PART_MOVES.get(before, frozenset()):
            raise Returned("这一次给付的状态接不上县里的记录。", "status")
        return
    try:
        wanted = ReliefStatus(str(after))
    except ValueError as error:
        raise Returned("县里的程序还不认识这一步，请告诉县里升级。", "status") from error
    legal = BEGINNINGS if before is None else reachable(ReliefStatus(before))
    if wanted not in legal and not may_begin_so:
        raise Returned(f"这笔先行救助接不上“{wanted.label}”这一步。", "status")
