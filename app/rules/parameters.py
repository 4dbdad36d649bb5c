"""The catalogue of what a policy pack may set: one `Parameter` per name, with its kind and units.

The names and their meaning are those of the parameter table in docs/packs.md. A pack must say
something about every one of them: a value, "none" where the optional rule does not apply, or that
the county must supply it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Generic, TypeVar

from app.domain.households import Category, ExpenseKind, IncomeKind
from app.domain.people import PersonStatus, Student
from app.rules import kinds
from app.rules.kinds import Reader
from app.rules.values import JobCost, Rate, Tier

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T_co]):
    """One name a pack sets. `units` lists what its value may be stated in, the usual one first.

    `by_area` values may differ between town and country; `optional` ones may be "none". `spans`
    says that the value is measured over months its document names.
    """

    name: str
    read: Reader[T_co]
    units: tuple[str, ...] = ("",)
    by_area: bool = False
    optional: bool = False
    spans: bool = False
    everywhere: tuple[str, None] = field(init=False, repr=False, compare=False)
    """The key of a value that is the same in town and country."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "everywhere", (self.name, None))


_AMOUNT: Final = (kinds.MONTHLY, kinds.YEARLY)
_STANDARDS: Final = ("倍低保标准",)
_HOW_OFTEN: Final = tuple(kinds.PERIODS)
_STANDARD_SHARE: Final = ("占低保标准的比例",)
_STATUSES: Final = tuple(status.value for status in PersonStatus)
_CARE_LEVELS: Final = ("full_self_care", "semi_care", "full_care")
SUPPORT_FORMS: Final = ("dispersed", "concentrated")
"""分散供养 and 集中供养."""

DIBAO_STANDARD: Final = Parameter("dibao_standard", kinds.standard, _AMOUNT, by_area=True)
MARGINAL_MULTIPLE: Final = Parameter(
    "marginal_multiple", kinds.ratio("1", "5"), _STANDARDS, by_area=True
)
INCOME_WINDOW: Final = Parameter("income_window_months", kinds.window, ("月",))
MARGINAL_ALLOWANCE: Final[Parameter[Rate | None]] = Parameter(
    "marginal_allowance", kinds.rate, _AMOUNT, optional=True
)
RIGID_RATIO: Final = Parameter(
    "rigid_ratio_min", kinds.ratio("0", "10"), ("占收入的比例",), spans=True
)
RIGID_RATIO_INCLUSIVE: Final = Parameter("rigid_ratio_inclusive", kinds.flag)
RIGID_CEILING: Final = Parameter("rigid_income_ceiling", kinds.standard, _AMOUNT, by_area=True)
RIGID_VALIDITY: Final = Parameter("rigid_validity_months", kinds.count(1, 60), ("月",))
RIGID_TEST: Final = Parameter(
    "rigid_test", kinds.choice("ratio", "outlay_over_income", "outlay_or_remainder")
)
RIGID_REQUIRES: Final = Parameter("rigid_requires", kinds.choice("not_lower", "marginal"))
RIGID_OUTLAY_KINDS: Final = Parameter(
    "rigid_outlay_kinds", kinds.choices(*(kind.value for kind in ExpenseKind))
)
RIGID_BASIC_LIVING: Final = Parameter("rigid_basic_living", kinds.flag)
RIGID_REMAINDER: Final[Parameter[Fraction | None]] = Parameter(
    "rigid_remainder_multiple", kinds.ratio("0", "20"), _STANDARDS, optional=True
)
RIGID_WINDOW: Final = Parameter("rigid_window_months", kinds.window, ("月",))
RIGID_ALLOWANCE: Final[Parameter[Rate | None]] = Parameter(
    "rigid_allowance", kinds.rate, _AMOUNT, optional=True
)
WATCHLIST_LINE: Final[Parameter[Rate | None]] = Parameter(
    "watchlist_line", kinds.standard, _AMOUNT, by_area=True, optional=True
)
NEAR_LINE: Final = Parameter("near_line_percent", kinds.ratio("0", "1"))
MONETARY_CAP: Final = Parameter("monetary_asset_cap", kinds.count(0, 240), ("个月城镇低保标准/人",))
VEHICLE_RULE: Final = Parameter(
    "vehicle_rule", kinds.choice("review", "refuse", "refuse_cars", "ignore")
)
HOUSE_MAX: Final = Parameter("house_max", kinds.count(0, 10), ("套",))
HOUSE_OVER: Final = Parameter("house_over_rule", kinds.choice("review", "refuse"))
NONRESIDENTIAL_RULE: Final = Parameter(
    "nonresidential_rule", kinds.choice("review", "refuse", "ignore")
)
BUSINESS_RULE: Final = Parameter(
    "business_registration_rule", kinds.choice("review", "refuse", "ignore", "capital")
)
CHECK_CEILING: Final[Parameter[str | None]] = Parameter(
    "guangdong_check_income_ceiling", kinds.choice("minimum_wage", "standard"), optional=True
)
FAMILY_RULE_SET: Final = Parameter("family_rule_set", kinds.names)
NONLOCAL_COUNTS: Final = Parameter(
    "nonlocal_member_counts", kinds.choice("no", "spouse", "residence_permit", "yes")
)
SINGLE_GROUPS: Final = Parameter("single_person_groups", kinds.single_groups)
SINGLE_MORE_GROUPS: Final = Parameter("single_person_more_groups", kinds.single_groups)
SINGLE_BASE: Final = Parameter("single_person_base", kinds.choices("marginal", "rigid_expenditure"))
SINGLE_SKIP_CHECK: Final = Parameter("single_person_skip_family_check", kinds.flag)
SINGLE_AMOUNT: Final = Parameter(
    "single_person_amount_mode",
    kinds.choice("full_std", "gap", "above_average", "percent_of_std", "fixed"),
)
SINGLE_PERCENT: Final[Parameter[Fraction | None]] = Parameter(
    "single_person_percent", kinds.ratio("0", "2"), _STANDARD_SHARE, optional=True
)
SINGLE_FIXED: Final[Parameter[Rate | None]] = Parameter(
    "single_person_fixed", kinds.rate, _AMOUNT, optional=True
)
JOB_COST_FIRST: Final[Parameter[JobCost | None]] = Parameter(
    "job_cost_first_employment", kinds.job_cost, (kinds.MONTHLY,), optional=True
)
JOB_COST_MIGRANT: Final[Parameter[JobCost | None]] = Parameter(
    "job_cost_migrant", kinds.job_cost, (kinds.MONTHLY,), optional=True
)
JOB_COST_STACKING: Final = Parameter("job_cost_stacking", kinds.choice("exclusive", "stack"))
PENSION_UNTIL: Final[Parameter[date | None]] = Parameter(
    "basic_pension_excluded_until", kinds.day, optional=True
)
PENSION_RUNGS: Final = Parameter(
    "basic_pension_excluded_rungs", kinds.choices(*(rung.value for rung in Category))
)
IMPUTED_WAGE_RULE: Final = Parameter("imputed_wage_rule", kinds.choice("none", "minimum_wage"))
MINIMUM_WAGE: Final = Parameter("minimum_wage", kinds.standard, (kinds.MONTHLY,))
LABOUR_VETO: Final = Parameter("labour_capable_veto", kinds.flag)
ROUNDING: Final = Parameter("amount_rounding", kinds.rounding)
MIN_TOPUP: Final = Parameter("min_topup_pct_of_std", kinds.count(0, 100), ("%",))
TIER_AMOUNTS: Final = Parameter("tier_amounts", kinds.rates, _AMOUNT)
TIER_RULE: Final[Parameter[tuple[Tier, ...] | None]] = Parameter(
    "tier_rule", kinds.tiers, optional=True
)
SUPPLEMENT: Final = Parameter(
    "category_supplement",
    kinds.rates_of("severe_disability", "serious_illness", "elderly", "minor"),
    _AMOUNT,
)
SUPPLEMENT_AGE: Final = Parameter("supplement_elderly_age", kinds.count(60, 100), ("周岁",))
SUPPLEMENT_GROUPS: Final = Parameter("supplement_disability_groups", kinds.groups)
DISABILITY_CARE_GROUPS: Final = Parameter("disability_care_groups", kinds.groups)
DISABILITY_LIVING_RUNGS: Final = Parameter(
    "disability_living_rungs", kinds.choices(Category.DIBAO.value, Category.MARGINAL.value)
)
DISABILITY_LIVING_GROUPS: Final = Parameter("disability_living_groups", kinds.groups)
ORPHAN_STATUS: Final = Parameter("orphan_parent_status", kinds.choices(*_STATUSES))
DE_FACTO_STATUS: Final = Parameter("de_facto_orphan_status", kinds.choices(*_STATUSES))
DE_FACTO_GROUPS: Final = Parameter("de_facto_orphan_groups", kinds.groups)
LEAK_CHECK: Final = Parameter("leak_check", kinds.flag)
FROM_APPLICATION: Final = "month_of_application"
BENEFIT_START: Final = Parameter(
    "benefit_start", kinds.choice("month_after_confirmation", FROM_APPLICATION)
)
BENEFIT_CONFLICT: Final = Parameter("benefit_conflict_rule", kinds.choice("warn", "higher"))
TAG_RETAINED: Final = Parameter("monitoring_tag_retained", kinds.flag)

TEKUN_MINOR_AGE: Final = Parameter("tekun_minor_age", kinds.count(14, 20), ("周岁",))
TEKUN_DISABILITY: Final = Parameter("tekun_disability_groups", kinds.groups)
TEKUN_EXCLUDED: Final = Parameter(
    "tekun_income_excluded", kinds.choices(*(kind.value for kind in IncomeKind))
)
TEKUN_STUDY: Final = Parameter(
    "tekun_continuing_study",
    kinds.choices(Student.COMPULSORY.value, Student.SECONDARY.value, Student.UNDERGRADUATE.value),
)
TEKUN_STANDARD: Final = Parameter(
    "tekun_standard", kinds.standards_of(*SUPPORT_FORMS), _AMOUNT, by_area=True
)
TEKUN_MULTIPLE: Final[Parameter[Fraction | None]] = Parameter(
    "tekun_basic_multiple", kinds.ratio("1", "5"), _STANDARDS, optional=True
)
TEKUN_CARE: Final = Parameter(
    "tekun_care_allowance",
    kinds.rates_of(
        *_CARE_LEVELS, *(f"{form}_{level}" for form in SUPPORT_FORMS for level in _CARE_LEVELS)
    ),
    _AMOUNT,
)

GRACE_SCHEDULE: Final = Parameter("grace_schedule", kinds.grace)
GRACE_CONDITION: Final = Parameter(
    "grace_condition", kinds.choice("employment_self_declared", "employment")
)
GRACE_LEAST: Final[Parameter[int | None]] = Parameter(
    "grace_months_least", kinds.count(1, 60), ("月",), optional=True
)
GRACE_MOST: Final[Parameter[int | None]] = Parameter(
    "grace_months_most", kinds.count(1, 60), ("月",), optional=True
)
GRACE_REMEDY: Final = Parameter("grace_remedy", kinds.sentence(120))
DECISION_REMEDY: Final = Parameter("decision_remedy", kinds.sentence(120))
EXIT_SUSPENDED: Final = Parameter("exit_suspended", kinds.flag)
RECHECK_EXEMPT_UNTIL: Final[Parameter[date | None]] = Parameter(
    "recheck_exempt_until", kinds.day, optional=True
)
REVIEW_FREQUENCY: Final = Parameter("review_frequency", kinds.months_of("stable", "other"), ("月",))

ACCEPT_CLOCK: Final = Parameter("accept_clock_workdays", kinds.count(1, 120), ("工作日",))
ACCEPT_CLOCK_EXTENDED: Final = Parameter(
    "accept_clock_extended_workdays", kinds.count(1, 120), ("工作日",)
)
NOTICE_DAYS: Final = Parameter("notice_days", kinds.count(1, 30), ("天",))
NOTICE_NO_MINORS: Final = Parameter("notice_excludes_minors", kinds.flag)
REFUSAL_NOTICE: Final = Parameter("refusal_notice_workdays", kinds.count(1, 30), ("工作日", "天"))
ACCEPTANCE_LEVEL: Final = Parameter(
    "acceptance_level", kinds.choice("township", "village_by_delegation")
)
CONFIRM_AUTHORITY: Final = Parameter(
    "confirm_authority", kinds.choice("county", "district", "city", "township")
)
CHECK_FIRST: Final = Parameter("check_before_acceptance", kinds.flag)
COMMUNITY_REVIEW: Final = Parameter(
    "community_review_mode", kinds.choice("optional", "required", "none")
)
REVIEW_QUORUM: Final = Parameter("community_review_quorum", kinds.count(3, 200), ("人",))
REVIEW_PASS: Final = Parameter(
    "community_review_pass", kinds.choice("more_than_half", "two_thirds", "four_fifths")
)
REVIEW_VILLAGERS: Final[Parameter[str | None]] = Parameter(
    "community_review_villagers", kinds.choice("one_third", "half", "two_thirds"), optional=True
)
RELATIVE_FILING: Final = Parameter("relative_filing_required", kinds.flag)
QUARTERLY_REPORT_DAY: Final = Parameter("quarterly_report_due", kinds.count(1, 31), ("季末月的日",))
DATA_MATCH: Final = Parameter("data_match_period", kinds.choice(*_HOW_OFTEN))
COMPLAINT_REPLY: Final = Parameter("complaint_reply_workdays", kinds.count(1, 120), ("工作日",))
SELF_CARE_REVIEW: Final = Parameter("self_care_review_workdays", kinds.count(1, 120), ("工作日",))

EMERGENCY_HOURS: Final = Parameter("emergency_decide_hours", kinds.count(1, 240), ("小时",))
PAPERWORK_DUE: Final = Parameter("paperwork_due_workdays", kinds.count(1, 120), ("工作日",))
PAPERWORK_FROM: Final = Parameter("paperwork_due_from", kinds.choice("payment", "emergency_end"))
RELIEF_CAP: Final = Parameter("relief_small_cap", kinds.ratio("0", "100"), _STANDARDS)
RELIEF_PAY_FIRST_CAP: Final[Parameter[Fraction | None]] = Parameter(
    "relief_pay_first_cap", kinds.ratio("0", "100"), _STANDARDS, optional=True
)
RELIEF_PERSON_CAP: Final[Parameter[Fraction | None]] = Parameter(
    "relief_person_cap", kinds.ratio("0", "100"), _STANDARDS, optional=True
)
TOWNSHIP_CAP: Final = Parameter("township_approval_cap", kinds.ratio("0", "100"), _STANDARDS)
PER_HEAD: Final = "per_hukou_head"
RESERVE_NORM: Final = Parameter("reserve_fund_norm", kinds.choice("manual", PER_HEAD))
SAME_CAUSE: Final = Parameter("relief_same_cause_per_year", kinds.count(1, 12), ("次",))
INSTALMENTS_MOST: Final = Parameter("relief_instalments_most", kinds.count(2, 60), ("次",))
FOLLOW_UP: Final = Parameter("followup_after_days", kinds.count(1, 365), ("天",))

VISIT_PERIOD: Final = Parameter("visit_period_by_tier", kinds.periods_of("low_income", "high_risk"))
VISIT_CHANNELS: Final = Parameter(
    "visit_channels_allowed", kinds.choices("home", "phone", "video", "wechat", "remote")
)
HOME_VISIT: Final = Parameter("home_visit_period", kinds.choice(*_HOW_OFTEN))
VISIT_ASKS: Final = Parameter("visit_asks", kinds.choices("explained", "satisfaction"))
FULL_SWEEP: Final = Parameter("full_sweep_per_year", kinds.count(0, 12), ("次",))

TOWNSHIPS: Final = Parameter("townships", kinds.count(1, 200), ("个",))
"""乡镇 of the county: its status says from how many of them it has heard."""


def _catalogue() -> dict[str, Parameter[object]]:
    """Every parameter of this module by its name."""
    found = [value for value in globals().values() if isinstance(value, Parameter)]
    return {parameter.name: parameter for parameter in found}


CATALOGUE: Final = _catalogue()
