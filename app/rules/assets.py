"""家庭财产 — the limits on what a household may own (社会救助暂行办法 第九条; regional limits).

Money is held against so many months of the urban standard a head; a business's capital is money
where the pack says so (Tianjin). Things are refused or put before a person, as the pack says; a
thing put before a person keeps the answer open.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from app.domain.households import Area, AssetKind
from app.domain.money import Money
from app.rules.facts import Asset, HouseholdFacts
from app.rules.grounds import MET, Check, all_of, failed, unsettled
from app.rules.once import once
from app.rules.parameters import (
    BUSINESS_RULE,
    DIBAO_STANDARD,
    HOUSE_MAX,
    HOUSE_OVER,
    MONETARY_CAP,
    NONRESIDENTIAL_RULE,
    VEHICLE_RULE,
    Parameter,
)
from app.rules.terms import Terms
from app.rules.values import MONTHS

_MONETARY: Final = frozenset(
    {
        AssetKind.CASH,
        AssetKind.DEPOSIT,
        AssetKind.SECURITY,
        AssetKind.FUND,
        AssetKind.INSURANCE,
    }
)
_THINGS: Final = (
    (AssetKind.VEHICLE, "机动车", VEHICLE_RULE),
    (AssetKind.NONRESIDENTIAL, "非居住房屋", NONRESIDENTIAL_RULE),
    (AssetKind.BUSINESS, "工商登记", BUSINESS_RULE),
)
_ASSETS: Final = "household.assets"
_WHICH: Final = "摩托车、电瓶车、残疾人代步车算不算，这里的规定没有写，"
_CAPITAL: Final = "capital"
_MATTERS: Final = frozenset({"refuse", "refuse_cars", "review"})


def property_check(household: HouseholdFacts, heads: int, terms: Terms) -> Check:
    """Whether what the household owns keeps within the pack's limits."""
    if household.assets is None:
        return unsettled("还没问过家里有哪些财产。", terms.basis_of(MONETARY_CAP), _ASSETS)
    things: dict[AssetKind, Asset] = {}
    for asset in household.assets:
        # one that is there says more than another of its kind that nobody was asked about
        if asset.count != 0 and (asset.kind not in things or _is_told(asset)):
            things[asset.kind] = asset
    return all_of(
        _money_check(household, household.assets, heads, terms),
        _house_check(household.assets, terms),
        *(
            _thing_check(things[kind], what, rule, terms)
            for kind, what, rule in _THINGS
            if kind in things
        ),
    )


def _money_check(
    household: HouseholdFacts, assets: tuple[Asset, ...], heads: int, terms: Terms
) -> Check:
    """Savings a head against months of the urban standard."""
    owned = monetary(assets, terms)
    if not owned:
        return MET
    cap = terms.find(MONETARY_CAP)
    if cap is None:
        text = "县里还没定存款等货币财产的上限。"
        return unsettled(text, terms.basis_of(MONETARY_CAP), MONETARY_CAP.name)
    basis = cap.basis
    fen = sum(asset.amount.fen for asset in owned if asset.amount is not None)
    asked = all(asset.amount is not None for asset in owned)
    limit, exact = money_limit(terms, household.area, heads, cap.value)
    if limit is not None and fen > limit and exact:
        return failed(
            f"存款等货币财产 {Money(fen)} 元，超过全家上限 {Money(int(limit))} 元。", basis
        )
    if limit is None or fen > limit:
        text = "还不知道城镇低保标准，算不出货币财产的上限。"
        return unsettled(text, basis, DIBAO_STANDARD.name)
    if not asked:
        return unsettled("还不知道存款、保险、生意本钱这些有多少钱。", basis, _ASSETS)
    return MET


def monetary(assets: tuple[Asset, ...], terms: Terms) -> list[Asset]:
    """What of `assets` is money, or counts as money here, as far as there is any."""
    money = _money_kinds(terms)
    return [asset for asset in assets if asset.kind in money and _is_there(asset)]


@once
def _money_kinds(terms: Terms) -> frozenset[AssetKind]:
    """What counts as money."""
    business = terms.find(BUSINESS_RULE)
    is_money = business is not None and business.value == _CAPITAL
    return _MONETARY | {AssetKind.BUSINESS} if is_money else _MONETARY


def _is_there(asset: Asset) -> bool:
    """Whether there is, or may be, any of it."""
    return asset.amount is not None or asset.count != 0


def _is_told(asset: Asset) -> bool:
    """Whether it was said how much or how many; listed with neither, it may be there or not."""
    return asset.count is not None or asset.amount is not None


@once
def money_limit(terms: Terms, area: Area, heads: int, months: int) -> tuple[Fraction | None, bool]:
    """The household's limit in fen, and whether it is the true one.

    Where only the household's own standard is known, that one is a floor: an urban standard is
    not below the rural one, so keeping within the floor is keeping within the limit.
    """
    urban = terms.find(DIBAO_STANDARD, Area.URBAN)
    own = urban or terms.find(DIBAO_STANDARD, area)
    if own is None:
        return None, False
    return Fraction(own.value.year_fen * months * heads, MONTHS), urban is not None


def _house_check(assets: tuple[Asset, ...], terms: Terms) -> Check:
    """How many houses there may be; old family houses may not count, which a person must say."""
    owned = [asset for asset in assets if asset.kind is AssetKind.HOUSE]
    if not owned:
        return MET
    most, over = terms.find(HOUSE_MAX), terms.find(HOUSE_OVER)
    if most is None or over is None:
        name, basis = (
            (HOUSE_MAX.name, terms.basis_of(HOUSE_MAX))
            if most is None
            else (HOUSE_OVER.name, terms.basis_of(HOUSE_OVER))
        )
        return unsettled("县里还没定住房的限制。", basis, name)
    basis = most.basis
    houses = sum(asset.count or 0 for asset in owned)
    if houses > most.value and over.value == "refuse":
        return failed(f"住房 {houses} 套，超过 {most.value} 套。", basis)
    if houses > most.value:
        text = f"住房 {houses} 套，超过 {most.value} 套；祖屋、泥砖房可以不算，要人来认。"
        return unsettled(text, basis, _ASSETS)
    if any(asset.count is None for asset in owned):
        return unsettled("还不知道有几套住房。", basis, _ASSETS)
    return MET


def _thing_check(asset: Asset, what: str, rule: Parameter[str], terms: Terms) -> Check:
    """A thing that is refused, put before a person, or does not matter."""
    found = terms.find(rule)
    if found is None:
        return unsettled(f"{what}怎么看，县里还没定。", terms.basis_of(rule), rule.name)
    if found.value not in _MATTERS:
        return MET
    if not _is_told(asset):
        return unsettled(f"还没问有没有{what}。", found.basis, _ASSETS)
    if found.value == "refuse":
        return failed(f"有{what}，这个政策包不允许。", found.basis)
    if found.value == "refuse_cars":
        text = (
            "有机动车：摩托车、电瓶车、残疾人代步车不算，别的不允许，要人来认是哪一种；"
            "不算的几种不要填成机动车。"
        )
        return unsettled(text, found.basis, _ASSETS)
    asked = _WHICH if rule is VEHICLE_RULE else ""
    text = f"有{what}，要人来看能不能算过；{asked}拿不准问县里。"
    return unsettled(text, found.basis, _ASSETS, rule.name)
