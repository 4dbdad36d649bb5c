"""Step 4 — what the household owns: one page, five answers at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.domain.households import AssetKind
from app.domain.money import Money
from app.rules.facts import Asset, HouseholdFacts
from app.ui.assessment.blocks import (
    NO,
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
_OWNED: Final = (
    (AssetKind.NONRESIDENTIAL, "有没有门面、车库"),
    (AssetKind.BUSINESS, "有没有办营业执照"),
)
_MOST_COUNTED: Final = 20
_ASKED: Final = frozenset({_SAVINGS, _FUND, *dict(_COUNTED), *dict(_OWNED)})
"""Other things on record stay as they are."""


def property_block(answers: Answers) -> Block:
    """The page."""
    given = answers.get(Step.ASSETS, {})
    counted = tuple(
        Field(key=kind, label=text, kind=Kind.COUNT, most=_MOST_COUNTED) for kind, text in _COUNTED
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
    known: dict[str, Value] = {_SAVINGS: _sum(assets, _SAVINGS)}
    if any(one.kind is _FUND for one in assets):
        known[_FUND] = _sum(assets, _FUND)
    for kind, _label in _COUNTED:
        counts = [one.count for one in assets if one.kind is kind]
        known[kind] = None if None in counts else min(sum(filter(None, counts)), _MOST_COUNTED)
    for kind, _label in _OWNED:
        known[kind] = YES if any(one.kind is kind for one in assets) else NO
    capital = [one.amount for one in assets if one.kind is AssetKind.BUSINESS and one.amount]
    if capital:
        known[_CAPITAL] = str(sum(capital, Money(0)))
    return {Step.ASSETS: known}


def with_property(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what was told; None as long as nobody was asked."""
    given = answers.get(Step.ASSETS, {})
    if all(value is None for value in given.values()):
        return household
    before = {one.kind: one for one in household.assets or ()}
    unasked = (one for one in household.assets or () if one.kind not in _ASKED)
    return replace(household, assets=(*_told(given, before), *unasked))


def _sum(assets: Iterable[Asset], kind: AssetKind) -> Value:
    """The money of one kind; None where nobody asked how much."""
    amounts = [one.amount for one in assets if one.kind is kind]
    return None if None in amounts else str(sum(filter(None, amounts), Money(0)))


def _told(given: Mapping[str, Value], before: Mapping[AssetKind, Asset]) -> Iterator[Asset]:
    saved, fund = money_of(given, _SAVINGS), money_of(given, _FUND)
    if saved is None or saved.fen:
        yield Asset(kind=_SAVINGS, amount=saved)
    if fund is not None and fund.fen:
        yield Asset(kind=_FUND, amount=fund)
    for kind, _label in _COUNTED:
        count = count_of(given, kind)
        if count != 0:
            yield replace(before.get(kind, Asset(kind=kind)), count=count)
    for kind, _label in _OWNED:
        if truth_of(given, kind) is True:
            owned = replace(before.get(kind, Asset(kind=kind)), count=1)
            is_business = kind is AssetKind.BUSINESS
            yield replace(owned, amount=money_of(given, _CAPITAL)) if is_business else owned
