"""The facts of F01 (domain.md §3.1): values, and texts exactly as they will stand on the paper.

None and "" are what nobody knows yet and the applicant writes by hand; 无 is what was asked and
answered no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.forms.beside import ProxyLine
from app.documents.forms.obligor_table import BoundLine
from app.domain.households import AssetKind, Category
from app.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class F01Applicant:
    """Who applies."""

    name: str
    sex: str
    birth: date | None
    ethnicity: str
    id_kind: str
    id_number: str | None
    hukou: str
    hukou_address: str
    permit_no: str
    resided: str
    marriage: str
    education: str
    address: str
    phone: str | None
    health: str
    labour: str
    disability: str
    disability_no: str
    illness: str
    causes: tuple[str, ...]
    """The causes the form has a box for; `other_cause` is said in words behind 其他."""
    other_cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F01Member:
    """One line of the members' table. `counted` and `covered` come from the means test."""

    name: str
    relation: str
    id_number: str | None
    age: int | None
    health: str
    disability: str
    employment: str
    employer: str
    student: str
    income_year: Money | None
    counted: bool | None
    covered: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F01Sums:
    """The means test in the form's eight heads; amounts are a year's unless named otherwise.

    None is what the test could not know.
    """

    wages: Money | None
    business: Money | None
    property: Money | None
    transfers: Money | None
    maintenance: Money | None
    land_and_allowances: Money | None
    assessed: Money | None
    deducted: Money | None
    disregarded: str
    income_year: Money | None
    per_capita_month: Money | None
    standard_month: Money | None
    gap_month: Money | None
    suggested: Category | None
    unsettled: bool
    """Whether some rung could be neither met nor failed."""
    benefit_month: Money | None
    on: date
    pack: str


def asset_name(kind: AssetKind) -> str:
    """What the form calls a kind of property; boats stand with machines (domain.md §3.1)."""
    return "船舶、农机" if kind is AssetKind.FARM_MACHINE else kind.label


@dataclass(frozen=True, slots=True, kw_only=True)
class F01Asset:
    """One kind of property; `said` is a sum, a number of things, or 无."""

    kind: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F01Content:
    """What the whole form says."""

    unit: str
    filed_on: date | None
    """None on a blank form."""
    requested: tuple[Category, ...]
    applicant: F01Applicant
    members: tuple[F01Member, ...]
    obligors: tuple[BoundLine, ...] | None
    proxy: ProxyLine | None
    sums: F01Sums | None
    assets: tuple[F01Asset, ...]
    account_name: str
    bank_name: str | None
    bank_account: str | None
    attached: tuple[str, ...]
    notice: tuple[date | None, date | None]
    """From when to when the 初审公示 hung."""
