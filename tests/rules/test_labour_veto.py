"""有劳动能力就不给: only by a county's own clause, and only once everything about it is known."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, case_of, income, layered, member, rung, value_toml

VETO = value_toml("labour_capable_veto", "value = true")
COUNTY = layered(VETO)
ABLE = HEAD | {"excused_from_work": False}
CHILD = member("p2", "child", birth="2015-01-01", labour="none")
LINES = [(Category.DIBAO, "500"), (Category.MARGINAL, "2400")]
GRAVE = [{"serious_illness": True}, {"disability": {"kind": "physical", "level": 2}}]


def answered(*members, pack=COUNTY, category=Category.DIBAO, rent="500"):
    """The rung of this household; none of it is work."""
    return rung(case_of(*members, incomes=[income("rent", rent)]), category, pack)


@pytest.mark.parametrize(("category", "rent"), LINES)
def test_somebody_able_to_work_keeps_the_household_out_by_the_countys_clause(category, rent):
    answer = answered(ABLE, CHILD, category=category, rent=rent)

    assert answer.outcome == "fails"
    (reason,) = answer.reasons
    assert "能劳动" in reason.text
    assert reason.basis == "示例文件 一"


@pytest.mark.parametrize(("category", "rent"), LINES)
def test_nowhere_else_does_it(category, rent):
    off = layered(value_toml("labour_capable_veto", "value = false"))

    for pack in (None, off):
        assert answered(ABLE, CHILD, pack=pack, category=category, rent=rent).outcome == "meets"


@pytest.mark.parametrize("facts", GRAVE)
@pytest.mark.parametrize("who", [0, 1])
def test_nobody_is_kept_out_where_somebody_is_gravely_ill_or_disabled(facts, who):
    people = [ABLE, CHILD]
    people[who] = people[who] | facts

    assert answered(*people).outcome == "meets"


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"birth": "2008-03-02"}, "fails"),
        ({"birth": "2008-03-03"}, "meets"),
        ({"birth": "1966-03-03"}, "fails"),
        ({"birth": "1966-03-02"}, "meets"),
        ({"labour": "partial"}, "meets"),
        ({"labour": "none"}, "meets"),
        ({"student": "undergraduate", "birth": "2005-01-01"}, "meets"),
        ({"excused_from_work": True}, "meets"),
        ({"disability": {"kind": "physical", "level": 4}}, "fails"),
    ],
)
def test_able_means_from_18_to_59_and_neither_at_school_nor_excused(facts, outcome):
    assert answered(ABLE | facts).outcome == outcome


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"birth": None}, "birth"),
        ({"labour": "unknown"}, "labour"),
        ({"student": None, "birth": "2005-01-01"}, "student"),
        ({"excused_from_work": None}, "excused_from_work"),
        ({"serious_illness": None}, "serious_illness"),
        ({"disability": {"kind": "physical"}}, "disability.level"),
    ],
)
def test_what_is_not_known_keeps_it_open(facts, missing):
    answer = answered(ABLE | facts)

    assert (answer.outcome, answer.missing) == ("unknown", (f"household.members[0].{missing}",))


def test_while_it_is_open_whether_the_one_able_to_work_counts_nobody_is_kept_out():
    pack = layered(VETO + value_toml("nonlocal_member_counts", "county_must_supply = true"))
    spouse = ABLE | {"id": "p2", "relation": "spouse", "hukou": "nonlocal"}

    answer = answered(HEAD | {"labour": "none"}, spouse, pack=pack)

    assert (answer.outcome, answer.missing) == ("unknown", ("nonlocal_member_counts",))


def test_what_the_county_left_open_is_asked_for():
    unsaid = layered(value_toml("labour_capable_veto", "county_must_supply = true"))
    no_groups = layered(VETO + value_toml("disability_care_groups", "county_must_supply = true"))
    rule, groups = answered(ABLE, pack=unsaid), answered(ABLE, pack=no_groups)

    assert (rule.outcome, rule.missing) == ("unknown", ("labour_capable_veto",))
    assert (groups.outcome, groups.missing) == ("unknown", ("disability_care_groups",))


def test_a_household_above_the_line_is_refused_for_its_income_too():
    answer = answered(ABLE, rent="1000")

    assert (answer.outcome, len(answer.reasons)) == ("fails", 2)
