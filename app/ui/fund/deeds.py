"""What can be done with the reserve fund on its page, and which fields each deed asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money
from app.domain.words import Word
from app.services.fund import FundState


class FundDeed(Word):
    """What she can press, in the order it stands there."""

    PUT_IN = "put_in", "记拨来的钱"
    ADJUST = "adjust", "更正"
    CLOSE = "close", "月结"
    WARN = "warn", "低于多少提醒"


class Direction(Word):
    """Which way the books were wrong."""

    UP = "up", "少记了，加上"
    DOWN = "down", "多记了，减掉"


FIELDS: Final[dict[FundDeed, tuple[str, ...]]] = {
    FundDeed.PUT_IN: ("amount", "on", "voucher", "summary"),
    FundDeed.ADJUST: ("way", "amount", "reason"),
    FundDeed.CLOSE: (),
    FundDeed.WARN: ("amount",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FundForm:
    """The answers of the deed at hand."""

    amount: Money | None = None
    on: date | None = None
    voucher: str = ""
    summary: str = ""
    way: Direction | None = None
    reason: str = ""


def deeds_of(state: FundState) -> tuple[FundDeed, ...]:
    """What can be done now."""
    if state.opened_on is None:
        return (FundDeed.PUT_IN,)
    return tuple(deed for deed in FundDeed if deed is not FundDeed.CLOSE or bool(state.open_months))
