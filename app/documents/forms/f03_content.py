"""The facts of F03 (domain.md §3.3): what the household declares, and who signs for it.

What was told in the means test is what is declared. A kind of income or property is 有 when it was
named, 无 only when somebody asked for all of them and was told that there are none (or that one is
none); anything else is left to the applicant's own hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents.forms import holdings, persons, told
from app.documents.forms.beside import NOTHING, Beside
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import AssetKind, Category, Household, IncomeKind
from app.domain.money import Money
from app.domain.people import Obligor, PersonStatus
from app.domain.procedure import (
    EvidenceMode,
    Material,
    MaterialCode,
    MaterialState,
    RelativeFiling,
)
from app.rules.facts import Asset, Income

INCOMES: Final = {
    "养老金": (
        IncomeKind.RESIDENT_PENSION_BASIC,
        IncomeKind.RESIDENT_PENSION_PERSONAL,
        IncomeKind.EMPLOYEE_PENSION,
    ),
    "失业金等社会保险待遇": (IncomeKind.SOCIAL_INSURANCE,),
    "务工、打零工": (IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE),
    "种养、做买卖等经营": (IncomeKind.FARMING, IncomeKind.BUSINESS),
    "赡养费、抚养费、扶养费": (IncomeKind.MAINTENANCE,),
}
"""The sources the form asks for by name."""
PAID: Final = "赡养费、抚养费、扶养费"
ELSE: Final = "其他收入"
LAND: Final = "土地流转"
ASSETS: Final = {
    "现金": (AssetKind.CASH,),
    "存款": (AssetKind.DEPOSIT,),
    "股票、证券": (AssetKind.SECURITY,),
    "基金、理财": (AssetKind.FUND,),
    "商业保险": (AssetKind.INSURANCE,),
    "房屋": (AssetKind.HOUSE, AssetKind.NONRESIDENTIAL),
    "机动车": (AssetKind.VEHICLE,),
    "农机、工商登记等": (AssetKind.FARM_MACHINE, AssetKind.BUSINESS, AssetKind.OTHER),
}
"""The property the form asks for by name."""
PROOFS: Final = {
    MaterialCode.RESIDENCE_PERMIT: "居住证明",
    MaterialCode.SCHOOL: "学籍证明",
    MaterialCode.INCOME: "收入证明",
    MaterialCode.DISABILITY: "残疾证",
    MaterialCode.DIAGNOSIS: "诊断书和费用单",
    MaterialCode.MAINTENANCE: "赡养抚养扶养协议或判决",
}
"""What the checklist of an application calls the evidence this form asks for."""
MODES: Final = {
    EvidenceMode.ORIGINAL: "原件",
    EvidenceMode.COPY: "复印件",
    EvidenceMode.SHARED: "部门共享查得",
}
PROMISED: Final = "以承诺代替证明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One source or one kind of property: whether there is any (None: to be written), how much."""

    name: str
    has: bool | None
    said: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What was declared of relatives among the staff: there are none, or who is whose."""

    has: bool
    name: str = ""
    unit: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How one piece of evidence was given; `promised` is what a promise says it replaces."""

    item: str
    mode: str
    promised: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class F03Content:
    """What the form says. `signers` are the names of the grown members; "" is to be written."""

    unit: str
    filed_on: date | None
    """None on a blank form."""
    requested: tuple[Category, ...]
    applicant: str
    id_number: str | None
    address: str
    phone: str | None
    persons: int | None
    land: Declared
    incomes: tuple[Declared, ...]
    assets: tuple[Declared, ...]
    kin: Kin | None
    """None where nobody declared whether there are relatives among the staff."""
    proofs: tuple[Proof, ...]
    signers: tuple[str, ...]


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    assessment: AssessmentRecord | None = None,
    beside: Beside = NOTHING,
) -> F03Content:
    """The form's content. Raises ValueError when the applicant is not of the household."""
    applicant = persons.applicant_of(household, application.applicant)
    facts = told.facts_of(assessment)
    on = application.filed_on if assessment is None else assessment.on
    incomes, assets = told.incomes(household, facts, on), told.assets(household, facts)
    counted = frozenset(StoredAnswer(assessment).counted) if assessment else frozenset[str]()
    members = persons.counted(persons.applicant_first(household, applicant), counted)
    grown = [m.person.name for m in members if persons.signs(m, application.filed_on)]
    return F03Content(
        unit=unit,
        filed_on=application.filed_on,
        requested=application.requested,
        applicant=applicant.person.name,
        id_number=applicant.person.id_number,
        address=household.whole_address,
        phone=applicant.person.phone or household.phone,
        persons=len(household.members),
        land=_income(LAND, (IncomeKind.LAND_TRANSFER,), incomes),
        incomes=(
            *(_income(name, kinds, incomes) for name, kinds in INCOMES.items() if name != PAID),
            _maintenance(incomes, persons.obligors(household, facts)),
            _income(ELSE, _other_kinds(), incomes),
        ),
        assets=tuple(_asset(name, kinds, assets) for name, kinds in ASSETS.items()),
        kin=_kin(beside.relative),
        proofs=tuple(_proofs(beside.materials)),
        signers=tuple(grown) or ("",),
    )


def _kin(declared: RelativeFiling | None) -> Kin | None:
    if declared is None:
        return None
    unit = "".join(filter(None, (declared.staff_unit, declared.staff_post)))
    return Kin(
        has=declared.has_relative, name=declared.staff_name, unit=unit, relation=declared.relation
    )


def _proofs(materials: Iterable[Material]) -> Iterable[Proof]:
    """How each piece the form names was given, as far as it was settled."""
    for one in materials:
        item = PROOFS.get(one.code)
        if item is None:
            continue
        if one.state is MaterialState.PROMISED:
            yield Proof(item=item, mode=PROMISED, promised=one.replaces)
        elif one.state is MaterialState.RECEIVED and one.mode in MODES:
            yield Proof(item=item, mode=MODES[one.mode])


def _income(name: str, kinds: Iterable[IncomeKind], incomes: tuple[Income, ...] | None) -> Declared:
    """A year's sum of these kinds, with their names where the form's own is wider."""
    wanted = tuple(kinds)
    if not incomes:
        return Declared(name=name, has=None if incomes is None else False)
    mine = [income for income in incomes if income.kind in wanted]
    fen = sum(income.amount.fen * told.times(income) for income in mine)
    labels = "、".join(dict.fromkeys(income.kind.label for income in mine))
    return Declared(
        name=name,
        has=True if fen else None,
        said=Money(fen).grouped() if fen else "",
        note=labels if len(wanted) > 1 else "",
    )


def _maintenance(incomes: tuple[Income, ...] | None, bound: tuple[Obligor, ...] | None) -> Declared:
    """What is named among the incomes, and what each of those outside was said to pay.

    无 is said of it only where both were asked; the dead pay nothing.
    """
    named = _income(PAID, INCOMES[PAID], incomes)
    living = [one for one in bound or () if one.status is not PersonStatus.DEAD]
    months = [one.maintenance_month for one in living]
    paid = sum(month.fen * told.YEAR for month in months if month is not None)
    year = paid + sum(
        one.amount.fen * told.times(one) for one in incomes or () if one.kind in INCOMES[PAID]
    )
    if year:
        return replace(named, has=True, said=Money(year).grouped())
    return named if bound is not None and None not in months else replace(named, has=None)


def _asset(name: str, kinds: Iterable[AssetKind], assets: tuple[Asset, ...] | None) -> Declared:
    """The sums and the numbers of these kinds."""
    if not assets:
        return Declared(name=name, has=None if assets is None else False)
    mine = [asset for asset in assets if asset.kind in tuple(kinds)]
    held = [asset for asset in mine if asset.count or (asset.amount and asset.amount.fen)]
    told_none = bool(mine) and all(
        asset.count == 0 or (asset.amount is not None and not asset.amount.fen) for asset in mine
    )
    return Declared(
        name=name,
        has=True if held else False if told_none else None,
        said="，".join(_held(asset) for asset in held),
    )


def _held(asset: Asset) -> str:
    kind = "非居住 " if asset.kind is AssetKind.NONRESIDENTIAL else ""
    return f"{kind}{holdings.held(asset.kind, asset.amount, asset.count)}"


def _other_kinds() -> tuple[IncomeKind, ...]:
    """Every kind of income the form does not ask for by name."""
    named = {kind for kinds in INCOMES.values() for kind in kinds} | {IncomeKind.LAND_TRANSFER}
    return tuple(kind for kind in IncomeKind if kind not in named)
