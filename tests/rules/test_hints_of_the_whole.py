"""Hints about what the household is paid as one, and about what some get and all would."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, assessed, case_of, income, layered, member, value_toml
from tests.hinting import LIGHT, hinted

OLD = HEAD | {"birth": "1950-01-01", "labour": "none"}
CHILD = "2015-01-01"

GRANT = income("dibao", "300", None)
"""As the interview writes it down: nobody's own, the household's."""


@pytest.mark.parametrize(("level", "said"), [(4, True), (0, False)])
def test_a_parent_with_several_kinds_is_grave_by_one_of_them(level, said):
    """事实无人抚养: 重残 is also level three and four of the mind."""
    parts = {"physical": 3, "mental": level}
    father = member("p2", "child", disability={"kind": "multiple", "level": 3, "parts": parts})
    mother = member("p3", "child_in_law", status="serving_sentence")
    child = member("p4", "grandchild", CHILD)

    assert ("de_facto_orphan" in dict(hinted(HEAD, father, mother, child))) is said


def test_dibao_of_the_whole_household_is_everybodys():
    ill = HEAD | {"serious_illness": True, "receives": []}
    light = member("p2", "spouse", **LIGHT, receives=[])

    assert ("leak", "p1") in hinted(ill, light, pay="9000")
    found = hinted(ill, light, pay="9000", incomes=[GRANT])
    assert found == [("disability_living", "p2")]


@pytest.mark.parametrize(("living", "clashes"), [("together", True), ("institution", False)])
def test_dibao_of_the_household_goes_with_no_other_of_those_who_count(living, clashes):
    """Whoever does not count as family has no part in it."""
    uncle = member("p2", "sibling", "1950-01-01", labour="none", living=living)

    found = hinted(HEAD, uncle | {"receives": ["tekun"]}, pay="9000", incomes=[GRANT])

    assert (("conflict", "p2") in found) is clashes


def test_a_grant_of_nothing_is_none():
    ill = HEAD | {"serious_illness": True, "receives": []}

    nothing = GRANT | {"amount": "0"}
    assert ("leak", "p1") in hinted(ill, pay="9000", incomes=[nothing])


TEKUN_PAYS = layered(
    value_toml("tekun_standard", 'value = { dispersed = 900, concentrated = 1100 }\nunit = "元/月"')
    + value_toml(
        "tekun_care_allowance",
        'value = { full_self_care = 50, semi_care = 300, full_care = 700 }\nunit = "元/月"',
    )
)
CAN = {"self_care": dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), True)}


def test_tekun_for_one_does_not_hide_dibao_for_all():
    """950 a month for the brother, 3000 for the three of them."""
    brother = member("p3", "sibling", "1950-01-01", labour="none", **CAN)
    case = case_of(HEAD, member("p2", "spouse"), brother)

    answer = assessed(case, TEKUN_PAYS)

    assert (answer.suggested, answer.rung(Category.TEKUN).members) == (Category.TEKUN, ("p3",))
    (hint,) = [one for one in answer.hints if one.code == "conflict"]
    assert "其中 1 人够特困，每月 950.00 元" in hint.text
    assert "全家 3 人一起够低保，每月 3000.00 元" in hint.text
    assert "其余的人还可以另外申请" in hint.text


def test_where_all_are_tekun_there_is_nothing_to_weigh():
    answer = assessed(case_of(OLD | CAN), TEKUN_PAYS)

    assert answer.suggested is Category.TEKUN
    assert not [one for one in answer.hints if one.code == "conflict"]
