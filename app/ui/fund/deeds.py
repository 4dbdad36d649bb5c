"""What can be done with the reserve fund on its page, and which fields each deed asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money
from app.domain.words import Word
from app.services.fund import FundState
from app.ui.drafting import Readers


class FundDeed(Word):
    """What she can press, in the order it stands there."""

    PUT_IN = "put_in", "记拨来的钱"
    ADJUST = "adjust", "更正"
    CLOSE = "close", "月结"
    WARN = "warn", "低于多少提醒"
    REDATE = "redate", "改日期再报"
    STRIKE = "strike", "冲正退回的"


class Direction(Word):
    """Which way the books were wrong."""

    UP = "up", "少记了，加上"
    DOWN = "down", "多记了，减掉"


FIELDS: Final[dict[FundDeed, tuple[str, ...]]] = {
    FundDeed.PUT_IN: ("amount", "on", "voucher", "summary"),
    FundDeed.ADJUST: ("way", "amount", "reason"),
    FundDeed.CLOSE: (),
    FundDeed.WARN: ("amount",),
    FundDeed.REDATE: ("on",),
    FundDeed.STRIKE: ("reason",),
}
MENDS: Final = frozenset({FundDeed.REDATE, FundDeed.STRIKE})
"""What is done about an entry the county returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundForm:
    """The answers of the deed at hand."""

    amount: Money | None = None
    on: date | None = None
    voucher: str = ""
    summary: str = ""
    way: Direction | None = None
    reason: str = ""


READERS: Final[Readers] = {"amount": Money, "on": date.fromisoformat, "way": Direction}
"""How the answers of a draft are read back."""


def deeds_of(state: FundState) -> tuple[FundDeed, ...]:
    """What can be done now."""
    if state.opened_on is None:
        return (FundDeed.PUT_IN,)
    hidden = set() if state.open_months else {FundDeed.CLOSE}
    hidden |= set() if state.returned else MENDS
    return tuple(deed for deed in FundDeed if deed not in hidden)
