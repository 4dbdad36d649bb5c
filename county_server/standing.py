"""What a device may say of a 渐退 and of a benefit: along the machine, never the county's part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.domain.grace_states import GraceStatus, may_become
from county_server.authority import Returned

GRACE: Final = "grace_period"
BENEFIT: Final = "benefit"
_APPROVED: Final = frozenset(
    {GraceStatus.APPROVED, GraceStatus.RUNNING, GraceStatus.ENDED, GraceStatus.EXITED}
)


def check_standing(entity: str, body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> None:
    """Return when a device may set `fields` on a record that is now `body`. Raises Returned."""
    if entity == BENEFIT and ((body or {}).get("by_county") or fields.get("by_county")):
        raise Returned("这一项待遇是县里发的，村里不能改。", "by_county")
    if entity == GRACE:
        _check_grace(body or {}, fields)


def _check_grace(body: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
    """Raises Returned where a step does not follow from what the county holds."""
    try:
        before = GraceStatus(body.get("status", GraceStatus.PROPOSED.value))
        wanted = GraceStatus(fields.get("status") or before)
    except ValueError as error:
        raise Returned("县里的程序还不认识这一步，请告诉县里升级。", "status") from error
    if not may_become(before, wanted):
        raise Returned(f"这份渐退在县里是“{before.label}”，接不上“{wanted.label}”。", "status")
    together = {**body, **fields}
    if wanted in _APPROVED and not (together.get("approved_by") and together.get("paper_no")):
        raise Returned("批准要写是谁批的、文书几号。", "paper_no")
    for share in fields.get("shares") or ():
        fen = share.get("fen") if isinstance(share, dict) else -1
        if fen is not None and (type(fen) is not int or fen < 0):
            raise Returned("渐退的金额不对：要写成不小于零的分数。", "shares")
