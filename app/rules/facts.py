"""The facts of one case (design §4), typed. None means not known; it never means no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from app.domain.households import Area, AssetKind, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    PersonStatus,
    Relation,
    SelfCare,
    Sex,
    Student,
)
from app.rules.records import record


@record(frozen=True, slots=True)
class Disability:
    """What the certificate says; `level` 1 (gravest) to 4. None where nobody looked.

    `parts` says of one for several kinds which they are and how grave each is, 0 for a kind that is
    not on it; a kind left out was not looked for.
    """

    kind: DisabilityKind | None = None
    level: int | None = None
    parts: tuple[tuple[DisabilityKind, int], ...] = ()


@record(frozen=True, slots=True, kw_only=True)
class Member:
    """One person listed under the household.

    Being listed says that the person lives with the others and has no special standing; `living`
    and `status` say otherwise. `disabled` is three-valued and `disability` its detail.
    `excused_from_work` says whether a person able to work has a good reason not to: bringing up an
    infant, nursing somebody, pregnancy. `first_job` says whether the work is the first one, and
    `first_employed_on` since when it is. `back_at_work` says whether somebody went back to work
    after the epidemic (返岗复工), `labour_loss` whether the poverty office found that labour is
    lost and no job or trade lifts the person out of poverty (S0:L29).
    """

    id: str
    relation: Relation
    birth: date | None = None
    sex: Sex | None = None
    name: str | None = field(default=None, repr=False)
    id_number: str | None = field(default=None, repr=False)
    hukou: Hukou | None = None
    living: Living | None = None
    status: PersonStatus | None = None
    student: Student | None = None
    labour: Labour = Labour.UNKNOWN
    excused_from_work: bool | None = None
    first_job: bool | None = None
    first_employed_on: date | None = None
    self_declared_on: date | None = None
    back_at_work: bool | None = None
    labour_loss: bool | None = None
    disabled: bool | None = None
    disability: Disability | None = None
    serious_illness: bool | None = None
    self_care: Mapping[SelfCare, bool] | None = None
    receives: tuple[str, ...] | None = None
    monitored: bool | None = None


@record(frozen=True, slots=True, kw_only=True)
class Income:
    """One source; `member` None is the household's.

    `months` counts those in the pack's income window. `months_in` says (window, months in it) where
    that was told for each, shortest window first. `received_on` is the day of a single sum.
    """

    member: str | None = None
    kind: IncomeKind
    amount: Money
    per: Per
    months: int = 12
    months_in: tuple[tuple[int, int], ...] = ()
    received_on: date | None = None


@record(frozen=True, slots=True, kw_only=True)
class Expense:
    """One rigid outlay, own share."""

    member: str | None = None
    kind: ExpenseKind
    amount: Money
    per: Per


@record(frozen=True, slots=True, kw_only=True)
class Asset:
    """One thing owned; None where nobody asked how much or how many."""

    kind: AssetKind
    amount: Money | None = None
    count: int | None = None


@record(frozen=True, slots=True, kw_only=True)
class Obligor:
    """Somebody outside the household whom the law binds to support a member.

    `disabled` is three-valued, as for a member; `app.rules.usual` says what is taken of whoever is
    named without more. `supports` names the members he is bound to, None where nobody asked which.
    """

    id: str
    relation: str
    birth: date | None = None
    monthly_income: Money | None = None
    maintenance_month: Money | None = None
    status: PersonStatus | None = None
    disabled: bool | None = None
    disability: Disability | None = None
    receives: tuple[str, ...] | None = None
    within_property_limits: bool | None = None
    supports: tuple[str, ...] | None = None


@record(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """The household. A list that is None was never asked about; an empty one was, and is empty.

    `incomes_unasked` and `expenses_unasked` are those whose sources or outlays were not all asked
    about (None: what the household has together) where others' were.
    """

    area: Area
    members: tuple[Member, ...]
    incomes: tuple[Income, ...] | None = None
    expenses: tuple[Expense, ...] | None = None
    assets: tuple[Asset, ...] | None = None
    obligors: tuple[Obligor, ...] | None = None
    incomes_unasked: tuple[str | None, ...] = ()
    expenses_unasked: tuple[str | None, ...] = ()

    income_kinds: frozenset[IncomeKind] = field(init=False, repr=False, compare=False)
    """What kinds of income there are; none where nobody asked."""
    _paths: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds = frozenset([one.kind for one in self.incomes or ()])
        object.__setattr__(self, "income_kinds", kinds)
        # every second thing said about a household names the place of somebody
        paths = {one.id: f"household.members[{n}]" for n, one in enumerate(self.members)}
        object.__setattr__(self, "_paths", paths)

    def path(self, member: Member) -> str:
        """Where `member` stands in the case file: "household.members[0]"."""
        return self._paths[member.id]

    def list_path(self, who: str | None, name: str) -> str:
        """What is to be asked for a list: of one member "household.members[0].incomes"."""
        return f"household.{name}" if who is None else f"{self._paths[who]}.{name}"


@record(frozen=True, slots=True, kw_only=True)
class Facts:
    """One case: the household, the day and pack it asks for, and typed-in pack values.

    `parameters` keeps each override as the case file spells it; `app.rules.overrides` reads them.
    """

    id: str
    household: HouseholdFacts
    on: date | None = None
    pack: str | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
