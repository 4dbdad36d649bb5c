"""What one layer of a policy pack holds: cited, dated entries, as `layer_reading` reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.households import Area, Category, IncomeKind
from app.domain.people import Hukou, Living, PersonStatus, Relation, Student
from app.domain.words import Word
from app.rules.deductions import Deduction


class Supply(Word):
    """What an entry says about its parameter."""

    GIVEN = "given", "已给出"
    NONE = "none", "没有这条规定"
    COUNTY = "county", "由县里给出"


class Treatment(Word):
    """What becomes of an income."""

    COUNTED = "counted", "计入"
    DISREGARDED = "disregarded", "不计入"
    DEDUCTED = "deducted", "扣减"


class Evidence(Word):
    """How far a citation was checked against its document."""

    SEED = "seed", "文件原文"
    OFFICIAL = "A", "政府网页"
    MIRROR = "B", "转载的政府文本"
    SECONDARY = "C", "二手材料"
    SEEN_IN_USE = "code", "见于在用系统"
    UNCHECKED = "K", "未核对"
    SAMPLE = "sample", "示例"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where an entry comes from, and when it is in force, both days included.

    `source` is the reference under which the document was read.
    """

    document: str
    clause: str
    source: str
    evidence: Evidence
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """Whether the entry is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def meets(self, other: Citation) -> bool:
        """Whether some day is covered by both."""
        return self.covers(other.valid_from) or other.covers(self.valid_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueEntry:
    """What a layer says about one parameter, for one area or (None) for both.

    `window_months` is the span the document measures over, where it names one.
    """

    name: str
    area: Area | None
    supply: Supply
    value: object
    unit: str
    window_months: int | None
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeEntry:
    """How incomes of some kinds are treated."""

    kinds: frozenset[IncomeKind]
    treatment: Treatment
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionEntry:
    """What comes off the income by one rule; `rule` None says that it does not apply here.

    The entry of a later layer replaces those of the same `code` below it, day by day.
    """

    code: str
    text: str
    rule: Deduction | None
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEntry:
    """One rule of a family rule set: whoever matches all its conditions counts, or does not.

    An empty condition asks nothing; `adult` and `monitored` None ask nothing either. `no_income`
    does not fit who is told to have counted income of his own. `ask` is what
    a person has to look into when the rule fits, where the case file has no room for the fact.
    """

    rule_set: str
    code: str
    counts: bool
    text: str
    relations: frozenset[Relation]
    statuses: frozenset[PersonStatus]
    livings: frozenset[Living]
    students: frozenset[Student]
    hukous: frozenset[Hukou]
    adult: bool | None
    monitored: bool | None
    no_income: bool
    ask: str | None
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class RungEntry:
    """The clause that sets up one rung of the ladder."""

    rung: Category
    cited: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One file of a pack. `over` names the layer it stands on."""

    file: str
    id: str
    over: str | None
    title: str
    version: str
    valid_from: date
    valid_to: date | None
    values: tuple[ValueEntry, ...]
    incomes: tuple[IncomeEntry, ...]
    deductions: tuple[DeductionEntry, ...]
    families: tuple[FamilyEntry, ...]
    rungs: tuple[RungEntry, ...]

    @property
    def citations(self) -> Iterable[Citation]:
        """The sources of everything this layer says."""
        yield from (entry.cited for entry in self.values)
        yield from (entry.cited for entry in self.incomes)
        yield from (entry.cited for entry in self.deductions)
        yield from (entry.cited for entry in self.families)
        yield from (entry.cited for entry in self.rungs)
