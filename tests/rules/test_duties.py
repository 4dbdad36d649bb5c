"""What a pack asks of the village: caps, clocks and rhythms, each with its clause."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Area
from app.domain.money import Money
from app.rules import duties
from app.rules.duties import PaperworkRule
from app.rules.values import Period
from tests.cases import layered, national, practice, value_toml

ON = date(2026, 3, 2)


def test_the_caps_are_multiples_of_the_standard_a_head():
    """Two and four times 6300 a year for three people in the practice county."""
    assert duties.relief_cap(practice(), ON, Area.RURAL, 3).value == Money.yuan(3150)
    assert duties.township_cap(practice(), ON, Area.RURAL, 3).value == Money.yuan(6300)
    assert duties.relief_cap(practice(), ON, Area.URBAN, 1).value == Money.yuan(1520)


def test_parts_of_a_fen_are_not_paid():
    pack = layered(
        value_toml("dibao_standard", 'value = 100.01\nunit = "元/年"')
        + value_toml("relief_small_cap", 'value = 1\nunit = "倍低保标准"')
    )

    assert duties.relief_cap(pack, ON, Area.RURAL, 1).value == Money(833)


def test_every_answer_carries_its_ground():
    ground = duties.paperwork_rule(practice(), ON).ground

    assert ground.document
    assert ground.clause
    assert (ground.pack_id, ground.pack_version) == ("practice", "2026.1")


def test_the_clocks():
    assert duties.paperwork_rule(practice(), ON).value == PaperworkRule(5, "payment")
    assert duties.paperwork_rule(national(), ON).value == PaperworkRule(10, "payment")
    assert duties.emergency_hours(practice(), ON).value == 24
    assert duties.emergency_hours(national(), ON).value == 72


def test_the_rhythm_of_visits():
    assert duties.visit_period(national(), ON).value == Period(1, "month")
    assert duties.visit_period(national(), ON, "high_risk").value == Period(1, "week")
    assert duties.visit_period(national(), ON, "nobody") is None


def test_without_a_county_there_is_no_cap():
    assert duties.relief_cap(national(), ON, Area.RURAL, 1) is None
    assert duties.dibao_standard(national(), ON, Area.RURAL) is None


@pytest.mark.parametrize(
    ("name", "unit", "ask"),
    [
        ("paperwork_due_workdays", "工作日", duties.paperwork_rule),
        ("paperwork_due_from", "", duties.paperwork_rule),
        ("emergency_decide_hours", "小时", duties.emergency_hours),
        ("visit_period_by_tier", "", duties.visit_period),
    ],
)
def test_what_is_left_to_the_county_has_no_answer(name, unit, ask):
    stated = f'unit = "{unit}"' if unit else ""

    assert ask(layered(value_toml(name, f"county_must_supply = true\n{stated}")), ON) is None


def test_any_parameter_can_be_shown_by_name():
    assert duties.value_of(national(), ON, "notice_days").value == 7
    with pytest.raises(KeyError):
        duties.value_of(national(), ON, "no_such_thing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept_clock_workdays", 30),
        ("accept_clock_extended_workdays", 45),
        ("refusal_notice_workdays", 3),
        ("quarterly_report_due", 20),
        ("data_match_period", "monthly"),
        ("full_sweep_per_year", 1),
        ("tekun_minor_age", 16),
        ("monetary_asset_cap", 24),
        ("exit_suspended", False),
        ("labour_capable_veto", False),
        ("min_topup_pct_of_std", 0),
        ("relief_same_cause_per_year", 1),
        ("event_place_principle", True),
        ("monitoring_tag_retained", True),
        ("job_cost_first_employment", None),
        ("recheck_exempt_until", None),
    ],
)
def test_the_national_defaults_are_those_of_the_parameter_table(name, value):
    """domain §6."""
    assert duties.value_of(national(), ON, name).value == value
