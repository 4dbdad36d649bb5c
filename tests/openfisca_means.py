"""The national means test once more, by other people's engine: OpenFisca-Core, vectorised.

An oracle shares nothing with what it judges: the formulas are written from the trade rules (民发
〔2021〕57号 第四至八条 and the formulas restated in the notes 1.7 and 2.2–2.5), not from
`app.rules`. All money is whole fen in integer variables, because the engine's floats are 32 bits
wide and go wrong at the fen; comparisons are multiplied out. Left out on purpose: 特困 (persons,
not sums) and everything a person has to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Json = dict[str, object]
Formula = Callable[..., np.ndarray]

PERSON = build_entity(key="person", plural="persons", label="person", is_person=True)
HOUSEHOLD = build_entity(
    key="household",
    plural="households",
    label="household",
    roles=[{"key": "member", "plural": "members", "label": "member"}],
)

COUNTED = (
    "wage", "public_post_wage", "farming", "business", "rent", "interest", "dividend",
    "land_transfer", "resident_pension_personal", "employee_pension", "maintenance",
    "social_insurance", "other_transfer", "assessed",
)  # fmt: skip
"""工资性、经营净、财产净、转移净收入 (notes 2.2)."""
NOT_COUNTED = (
    "disability_subsidy", "elderly_allowance", "orphan_allowance", "veteran_benefit", "student_aid",
    "family_planning_award", "honour_award", "temporary_relief", "charity", "dibao",
)  # fmt: skip
RUNGS = ("dibao", "marginal", "single_person", "rigid_expenditure")


def _words(name: str, *codes: str) -> type[Enum]:
    return Enum(name, {code: code for code in codes})


Relation = _words(
    "Relation", "head", "spouse", "child", "child_in_law", "grandchild", "parent", "grandparent",
    "sibling",
)  # fmt: skip
Status = _words(
    "Status", "normal", "serving_sentence", "compulsory_rehab", "declared_missing", "conscript",
    "clergy_3y", "dead", "no_civil_capacity",
)  # fmt: skip
Living = _words(
    "Living", "together", "away_for_work", "away_for_study", "separate", "shares_budget"
)
Student = _words("Student", "none", "compulsory", "secondary", "undergraduate", "postgraduate")
Hukou = _words("Hukou", "local", "nonlocal", "residence_permit", "hk_macao", "none")
Disability = _words(
    "Disability", "none", "visual", "hearing", "speech", "physical", "intellectual", "mental",
    "multiple",
)  # fmt: skip
Area = _words("Area", "rural", "urban")


def _fact(name: str, entity: object, kind: type, **more: object) -> type[Variable]:
    """A variable that is given."""
    parts = {"value_type": kind, "entity": entity, "definition_period": DateUnit.DAY}
    return type(name, (Variable,), parts | more)


def _word(name: str, entity: object, words: type[Enum]) -> type[Variable]:
    return _fact(name, entity, Enum, possible_values=words, default_value=next(iter(words)))


def _worked(entity: object, kind: type) -> Callable[[Formula], type[Variable]]:
    """A variable that is worked out by the function below."""

    def named(formula: Formula) -> type[Variable]:
        return _fact(formula.__name__, entity, kind, formula=formula)

    return named


FACTS = (
    _fact("birth", PERSON, date),
    _word("relation", PERSON, Relation),
    _word("status", PERSON, Status),
    _word("living", PERSON, Living),
    _word("student", PERSON, Student),
    _word("hukou", PERSON, Hukou),
    _word("disability", PERSON, Disability),
    _fact("disability_level", PERSON, int),
    _fact("ill", PERSON, bool),
    _word("area", HOUSEHOLD, Area),
    _fact("money_owned", HOUSEHOLD, int),
    _fact("own_outlay", PERSON, int),
    _fact("shared_outlay", HOUSEHOLD, int),
    _fact("agreed_maintenance", HOUSEHOLD, int),
    _fact("maintenance_told", HOUSEHOLD, bool),
    *(_fact(f"own_{kind}", PERSON, int) for kind in (*COUNTED, *NOT_COUNTED)),
    *(_fact(f"shared_{kind}", HOUSEHOLD, int) for kind in (*COUNTED, *NOT_COUNTED)),
)


@_worked(PERSON, int)
def age(person, period):
    """Full years on the day."""
    born, on = person("birth", period), period.start
    months = born.astype("datetime64[M]")
    month = months.astype(int) % 12 + 1
    day = (born - months).astype(int) + 1
    years = on.year - 1970 - born.astype("datetime64[Y]").astype(int)
    return years - ((month > on.month) | ((month == on.month) & (day > on.day)))


@_worked(PERSON, bool)
def counts(person, period):
    """共同生活的家庭成员: 57号 第七条 as the notes 1.7 restate it, hukou here."""
    relation, status = person("relation", period), person("status", period)
    living, student = person("living", period), person("student", period)
    hukou, adult = person("hukou", period), person("age", period) >= 18
    barred = (
        (status == Status.serving_sentence)
        | (status == Status.compulsory_rehab)
        | (status == Status.declared_missing)
        | (status == Status.clergy_3y)
        | (status == Status.dead)
        | (hukou == Hukou["nonlocal"])
        | (hukou == Hukou.residence_permit)
        | (hukou == Hukou.hk_macao)
    )
    core = (relation == Relation.head) | (relation == Relation.spouse)
    younger = adult & ((relation == Relation.child) | (relation == Relation.grandchild))
    studying = younger & (student != Student.none) & (student != Student.postgraduate)
    graduate = younger & (student == Student.postgraduate)
    gone = (living == Living.separate) | (adult & (living == Living.away_for_work))
    return ~barred & (core | studying | (~graduate & ~gone))


@_worked(PERSON, bool)
def gravely_disabled_or_ill(person, period):
    """单人保的人群: 一、二级；三级智力、精神；重病 (notes 1.6)."""
    kind, level = person("disability", period), person("disability_level", period)
    mind = (kind == Disability.mental) | (kind == Disability.intellectual)
    disabled = (level == 1) | (level == 2) | ((level == 3) & mind)
    return person("counts", period) & (disabled | person("ill", period))


@_worked(PERSON, int)
def own_income(person, period):
    """What counts of a person's year; nothing of somebody who does not count."""
    year = sum(person(f"own_{kind}", period) for kind in COUNTED)
    return np.where(person("counts", period), year, 0)


@_worked(HOUSEHOLD, int)
def heads(household, period):
    """Counted members."""
    return household.sum(household.members("counts", period))


@_worked(HOUSEHOLD, int)
def income_year(household, period):
    """家庭收入 of the twelve months, fen."""
    shared = sum(household(f"shared_{kind}", period) for kind in COUNTED)
    agreed = np.where(
        household("maintenance_told", period), 0, household("agreed_maintenance", period)
    )
    return household.sum(household.members("own_income", period)) + shared + agreed


@_worked(HOUSEHOLD, int)
def standard_year(household, period, parameters):
    """低保标准 of one person for a year, fen."""
    standard, urban = parameters(period).standard_year, household("area", period) == Area.urban
    return np.where(urban, standard.urban, standard.rural)


@_worked(HOUSEHOLD, bool)
def owns_little(household, period, parameters):
    """人均货币财产 within 24 months of the urban standard."""
    cap = parameters(period).standard_year.urban * 2 * _wide(household("heads", period))
    return household("money_owned", period) <= cap


@_worked(HOUSEHOLD, bool)
def belongs_here(household, period):
    """Somebody who counts has hukou here."""
    local = household.members("hukou", period) == Hukou.local
    return household.any(local & household.members("counts", period))


@_worked(HOUSEHOLD, bool)
def dibao(household, period):
    """人均收入低于低保标准."""
    line = household("standard_year", period) * _wide(household("heads", period))
    below = household("income_year", period) < line
    return below & household("owns_little", period) & household("belongs_here", period)


@_worked(HOUSEHOLD, int)
def dibao_benefit(household, period):
    """补差 a month: the gap of the whole year and household, up to whole yuan once."""
    line = household("standard_year", period) * _wide(household("heads", period))
    gap = line - household("income_year", period)
    return np.where(household("dibao", period), _ceil_yuan(gap), 0)


@_worked(HOUSEHOLD, bool)
def marginal(household, period):
    """From the standard up to one and a half of it."""
    line = household("standard_year", period) * _wide(household("heads", period))
    income = _wide(household("income_year", period))
    between = (income >= line) & (2 * income < 3 * line)
    return between & household("owns_little", period) & household("belongs_here", period)


@_worked(HOUSEHOLD, int)
def in_groups(household, period):
    """Members 单人保 is for."""
    return household.sum(household.members("gravely_disabled_or_ill", period))


@_worked(HOUSEHOLD, bool)
def single_person(household, period):
    """Somebody of the groups in a marginal family."""
    return household("marginal", period) & (household("in_groups", period) > 0)


@_worked(HOUSEHOLD, int)
def single_person_benefit(household, period):
    """The full standard for each."""
    full = household("standard_year", period) * _wide(household("in_groups", period))
    return np.where(household("single_person", period), _ceil_yuan(full), 0)


@_worked(HOUSEHOLD, bool)
def rigid_expenditure(household, period, parameters):
    """Outlay over 60 % of an income below last year's disposable income a head."""
    urban = household("area", period) == Area.urban
    ceiling = parameters(period).disposable_year
    income, people = _wide(household("income_year", period)), _wide(household("heads", period))
    poorer = income < np.where(urban, ceiling.urban, ceiling.rural) * people
    own = household.members("own_outlay", period) * household.members("counts", period)
    spent = _wide(household("shared_outlay", period)) + _wide(household.sum(own))
    lower = household("dibao", period) | household("marginal", period)
    heavy = (spent > 0) & (10 * spent > 6 * income)
    return ~lower & poorer & heavy & household("owns_little", period)


def _wide(fen):
    """Products may not fit 32 bits."""
    return fen.astype(np.int64)


def _ceil_yuan(year_fen):
    """A twelfth of a year's fen, up to whole yuan, in fen."""
    return -(-year_fen // 1200) * 100


WORKED = (
    age, counts, gravely_disabled_or_ill, own_income, heads, income_year, standard_year,
    owns_little, belongs_here, dibao, dibao_benefit, marginal, in_groups, single_person,
    single_person_benefit, rigid_expenditure,
)  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """What a county supplies, by area, in fen a year."""

    standard_year: Mapping[str, int]
    disposable_year: Mapping[str, int]


class NationalSystem(TaxBenefitSystem):
    """The national formula with one county's numbers (fen a year and head)."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__([PERSON, HOUSEHOLD])
        self.parameters = ParameterNode(
            "",
            data={
                "standard_year": _by_area(numbers.standard_year),
                "disposable_year": _by_area(numbers.disposable_year),
            },
        )
        self.add_variables(*FACTS, *WORKED)


def _by_area(fen: Mapping[str, int]) -> Json:
    return {area: {"values": {"2021-01-01": {"value": value}}} for area, value in fen.items()}
