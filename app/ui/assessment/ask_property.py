"""Step 4 — what the household owns: one page, five answers at most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.households import AssetKind
from app.domain.money import Money
from app.rules.facts import Asset, HouseholdFacts
from app.ui.assessment.blocks import (
    YES,
    YES_NO,
    Answers,
    Block,
    Field,
    Kind,
    Step,
    Value,
    count_of,
    money_of,
    said,
    text_of,
    truth_of,
)

_SAVINGS: Final = AssetKind.DEPOSIT
_FUND: Final = AssetKind.FUND
_CAPITAL: Final = "capital"
_COUNTED: Final = (
    (AssetKind.VEHICLE, "汽车（辆）"),
    (AssetKind.HOUSE, "住房（套）"),
)
_HINTS: Final = {AssetKind.VEHICLE: "摩托车、电瓶车、代步车不填；拿不准问县里"}
_OWNED: Final = (
    (AssetKind.NONRESIDENTIAL, "有没有门面、车库"),
    (AssetKind.BUSINESS, "有没有办营业执照"),
)
_MOST_COUNTED: Final = 20
_SAVED: Final = frozenset({_SAVINGS, AssetKind.CASH})
_INVESTED: Final = frozenset({_FUND, AssetKind.SECURITY, AssetKind.INSURANCE})
"""What the two sums of money are the sums of."""
_ASKED: Final = frozenset({*_SAVED, *_INVESTED, *dict(_COUNTED), *dict(_OWNED)})
"""Other things on record stay as they are."""


def property_block(answers: Answers) -> Block:
    """The page."""
    given = answers.get(Step.ASSETS, {})
    counted = tuple(
        Field(key=kind, label=text, kind=Kind.COUNT, most=_MOST_COUNTED, hint=_HINTS.get(kind, ""))
        for kind, text in _COUNTED
    )
    owned = tuple(Field(key=kind, label=text, options=YES_NO) for kind, text in _OWNED)
    return Block(
        key=Step.ASSETS,
        step=Step.ASSETS,
        title="家里有什么财产？",
        who="财产",
        fields=(
            Field(
                key=_SAVINGS,
                label="存款、现金（元）",
                kind=Kind.MONEY,
                hint="全家合起来，没有写 0",
            ),
            Field(
                key=_FUND,
                label="股票、理财、保险（元）",
                kind=Kind.MONEY,
                hint="没有就直接回车",
                needed=False,
            ),
            *counted,
            *owned,
            Field(
                key=_CAPITAL,
                label="生意本钱（元）",
                kind=Kind.MONEY,
                shown=text_of(given, AssetKind.BUSINESS) == YES,
                needed=False,
                hint="有的地方把它算作存款",
            ),
        ),
    )


def property_answers(household: HouseholdFacts) -> dict[str, dict[str, Value]]:
    """What is known from the record: what is not on a list that was asked about is not there."""
    assets = household.assets
    if assets is None:
        return {}
    known: dict[str, Value] = {_SAVINGS: _shown(_sum(assets, _SAVED))}
    if any(one.kind in _INVESTED for one in assets):
        known[_FUND] = _shown(_sum(assets, _INVESTED))
    for kind, _label in _COUNTED:
        counts = [one.count for one in assets if one.kind is kind]
        known[kind] = None if None in counts else min(sum(filter(None, counts)), _MOST_COUNTED)
    for kind, _label in _OWNED:
        known[kind] = said(_is_there(assets, kind))
    capital = [one.amount for one in assets if one.kind is AssetKind.BUSINESS and one.amount]
    if capital:
        known[_CAPITAL] = str(sum(capital, Money(0)))
    return {Step.ASSETS: known}


def with_property(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what was told; None as long as nobody was asked."""
    given = answers.get(Step.ASSETS, {})
    if all(value is None for value in given.values()):
        return household
    owned = household.assets or ()
    unasked = (one for one in owned if one.kind not in _ASKED)
    return replace(household, assets=(*_told(given, owned), *unasked))


def _sum(assets: Iterable[Asset], kinds: Collection[AssetKind]) -> Money | None:
    """The money of some kinds; None where nobody asked how much."""
    amounts = [one.amount for one in assets if one.kind in kinds]
    return None if None in amounts else sum(filter(None, amounts), Money(0))


def _shown(amount: Money | None) -> Value:
    return None if amount is None else str(amount)


def _is_there(assets: Iterable[Asset], kind: AssetKind) -> bool | None:
    """Whether there is any of `kind`; None where it is listed because nobody was asked."""
    mine = [one for one in assets if one.kind is kind and one.count != 0]
    if not mine:
        return False
    return True if any(one.count or one.amount is not None for one in mine) else None


def _told(given: Mapping[str, Value], owned: Sequence[Asset]) -> Iterator[Asset]:
    yield from _money(money_of(given, _SAVINGS), _SAVINGS, _SAVED, owned)
    fund = money_of(given, _FUND)
    if fund is not None or _sum(owned, _INVESTED) is None:
        yield from _money(fund, _FUND, _INVESTED, owned)
    yield from _things(given, {one.kind: one for one in owned})


def _money(
    told: Money | None, kind: AssetKind, kinds: Collection[AssetKind], owned: Sequence[Asset]
) -> Iterator[Asset]:
    """One sum told of, as the rows it is the sum of where it is still the same."""
    mine = [one for one in owned if one.kind in kinds]
    if mine and _sum(mine, kinds) == told:
        yield from mine
    elif told is None or told.fen:
        yield Asset(kind=kind, amount=told)


def _things(given: Mapping[str, Value], before: Mapping[AssetKind, Asset]) -> Iterator[Asset]:
    """What is there, and what nobody was asked about yet: that is listed without a number."""
    for kind, _label in _COUNTED:
        count = count_of(given, kind)
        if count != 0:
            yield replace(before.get(kind, Asset(kind=kind)), count=count)
    for kind, _label in _OWNED:
        has = truth_of(given, kind)
        if has is None:
            yield Asset(kind=kind)
        elif has:
            owned = replace(before.get(kind, Asset(kind=kind)), count=1)
            is_business = kind is AssetKind.BUSINESS
            yield replace(owned, amount=money_of(given, _CAPITAL)) if is_business else owned
