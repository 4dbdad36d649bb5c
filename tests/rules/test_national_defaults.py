"""The national pack's defaults are those of the parameter table (domain §6)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.domain.households import Area
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from app.rules.values import GraceStep, Period, Rounding
from tests.cases import national, practice

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("marginal_multiple", Fraction(3, 2)),
        ("income_window_months", 12),
        ("rigid_ratio_min", Fraction(3, 5)),
        ("rigid_ratio_inclusive", False),
        ("rigid_validity_months", 12),
        ("monetary_asset_cap", 24),
        ("vehicle_rule", "review"),
        ("house_max", 1),
        ("family_rule_set", ("national",)),
        ("nonlocal_member_counts", "no"),
        ("single_person_base", ("marginal",)),
        ("single_person_skip_family_check", False),
        ("single_person_amount_mode", "full_std"),
        ("job_cost_first_employment", None),
        ("job_cost_migrant", None),
        ("job_cost_stacking", "exclusive"),
        ("basic_pension_excluded_until", None),
        ("tekun_minor_age", 16),
        ("grace_schedule", (GraceStep(6, 100),)),
        ("exit_suspended", False),
        ("accept_clock_workdays", 30),
        ("accept_clock_extended_workdays", 45),
        ("notice_days", 7),
        ("notice_excludes_minors", True),
        ("refusal_notice_workdays", 3),
        ("acceptance_level", "township"),
        ("confirm_authority", "county"),
        ("check_before_acceptance", False),
        ("emergency_decide_hours", 72),
        ("paperwork_due_workdays", 10),
        ("paperwork_due_from", "payment"),
        ("relief_small_cap", 1),
        ("township_approval_cap", 1),
        ("relief_same_cause_per_year", 1),
        ("relief_instalments_most", 6),
        (
            "visit_period_by_tier",
            {"low_income": Period(1, "month"), "high_risk": Period(1, "week")},
        ),
        ("full_sweep_per_year", 1),
        ("data_match_period", "monthly"),
        ("quarterly_report_due", 20),
        ("monitoring_tag_retained", True),
        ("benefit_conflict_rule", "warn"),
        ("relative_filing_required", True),
        ("labour_capable_veto", False),
        ("amount_rounding", Rounding("up", 100, "household_total")),
        ("min_topup_pct_of_std", 0),
        ("tier_amounts", {}),
        ("category_supplement", {}),
        ("benefit_start", "month_after_confirmation"),
        ("recheck_exempt_until", None),
    ],
)
def test_a_default_is_that_of_the_table_and_cites_a_document(name, value):
    found = terms_of(national(), ON).find(CATALOGUE[name], Area.URBAN)

    assert found.value == value
    assert found.ground.document
    assert found.ground.clause


@pytest.mark.parametrize(
    ("name", "value"),
    [("emergency_decide_hours", 24), ("paperwork_due_workdays", 5), ("relief_small_cap", 2)],
)
def test_the_practice_county_says_otherwise(name, value):
    found = terms_of(practice(), ON).find(CATALOGUE[name])

    assert found.value == value
    assert (found.ground.pack_id, found.ground.pack_version) == ("practice", "2026.1")
    assert "示例" in found.ground.document


def test_a_value_measured_over_a_window_says_so():
    found = terms_of(national(), ON).find(CATALOGUE["rigid_ratio_min"])

    assert found.window_months == 12
