"""What a household owns, as forms write it: a sum, a number of things, or both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.documents import values
from app.domain.households import AssetKind
from app.domain.money import Money
from app.rules.facts import Asset

_UNITS: Final = {
    AssetKind.VEHICLE: "辆",
    AssetKind.HOUSE: "处",
    AssetKind.NONRESIDENTIAL: "处",
    AssetKind.FARM_MACHINE: "台",
    AssetKind.BUSINESS: "户",
}


def number_of(kind: AssetKind, count: int | None) -> str:
    """2 辆; empty for nothing and for what is not known."""
    return f"{count} {_UNITS.get(kind, '件')}" if count else ""


def told(assets: Iterable[Asset] | None) -> str:
    """All that was told of, what was not asked too; 无 for nothing, "" when nobody asked at all."""
    if assets is None:
        return ""
    said = []
    for asset in assets:
        how_much = held(asset.kind, asset.amount, asset.count)
        if asset.amount is None and asset.count is None:
            how_much = "没问"
        if how_much:
            said.append(f"{asset.kind.label} {how_much}")
    return "，".join(said) or "无"


def of_kinds(assets: Iterable[Asset] | None, kinds: Iterable[AssetKind]) -> str:
    """What is owned of these kinds; "" for what nobody named.

    无 where nothing at all is owned, or all that was named of these is said to be none.
    """
    if assets is None:
        return ""
    owned, wanted = tuple(assets), tuple(kinds)
    if not owned:
        return "无"
    mine = [asset for asset in owned if asset.kind in wanted]
    if not mine:
        return ""
    said = [how_much for asset in mine if (how_much := held(asset.kind, asset.amount, asset.count))]
    known = all(asset.amount is not None or asset.count is not None for asset in mine)
    return "，".join(said) or ("无" if known else "")


def held(kind: AssetKind, amount: Money | None, count: int | None) -> str:
    """A number of things and a sum, as far as there are any."""
    said = (number_of(kind, count), values.yuan(amount) if amount and amount.fen else "")
    return " ".join(part for part in said if part)
