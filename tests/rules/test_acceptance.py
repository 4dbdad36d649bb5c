"""The worked cases and the numbers of the five documents, all in one place, on the shipped packs.

The numbers of clocks and reports stand in `test_regions`, the cases of paper, visits and funds with
their subjects.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.caring import FourCare
from app.domain.households import Area, Category
from app.domain.people import DisabilityKind
from app.rules import Assessment
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from tests.cases import (
    FIRST_JOB,
    HEAD,
    ON,
    Json,
    assessed,
    case_of,
    income,
    member,
    region,
    rung,
    wage,
)
from tests.guangdong import OLD

EPIDEMIC = date(2020, 6, 1)
ACTS = ("eat", "dress", "bed", "toilet", "walk", "bath")
MIND = frozenset({DisabilityKind.MENTAL, DisabilityKind.INTELLECTUAL})


def in_tianjin(*incomes: Json, on: date = ON) -> Assessment:
    """Three people, the first in her first job."""
    three = (HEAD | FIRST_JOB, member("p2", "spouse"), member("p3", "child"))
    case = case_of(*three, incomes=incomes, parameters={})
    return assessed(case, region("tianjin"), on)


def test_case_1_a_first_job_of_2600_leaves_235_a_month():
    """(2600 − 600 + 900) ÷ 3 = 966.67 is below 1045; 1045 × 3 − 2900 = 235."""
    whole = in_tianjin(wage("2600"), income("rent", "900"))

    dibao = whole.rung(Category.DIBAO)
    assert dibao.outcome == "meets"
    assert str(dibao.benefit_month) == "235.00"


def single(pack: str, kind: str, level: int) -> str:
    """Of an old couple a little above the standard, one with a certificate; and a yuan of wage, so
    that no pack reckons one for her."""
    other = member("p2", "spouse", disability={"kind": kind, "level": level})
    sums = [income("rent", "2500"), wage("1", "p2")]
    case = case_of(OLD, other, incomes=sums)
    return rung(case, Category.SINGLE_PERSON, region(pack)).outcome.value


@pytest.mark.parametrize(
    ("pack", "outcome"), [("mangshi", "meets"), ("guangdong", "meets"), ("national", "fails")]
)
def test_case_4_the_fourth_grade_of_the_mind_stands_alone_in_two_regions(pack, outcome):
    assert single(pack, "mental", 4) == outcome


@pytest.mark.parametrize(("pack", "counts"), [("dahua", True), ("national", False)])
def test_case_5_a_graduate_student_counts_in_dahua_and_not_in_the_nation(pack, counts):
    case = case_of(HEAD, member("p2", "child", student="postgraduate"), area="rural")

    assert ("p2" in assessed(case, region(pack)).counted_members) is counts


@pytest.mark.parametrize("pack", ["national", "mangshi", "guangdong", "dahua"])
@pytest.mark.parametrize(
    ("failed", "level"),
    [
        (0, "full_self_care"),
        (1, "semi_care"),
        (3, "semi_care"),
        (4, "full_care"),
        (6, "full_care"),
    ],
)
def test_case_8_three_acts_are_half_and_four_are_whole_care(pack, failed, level):
    acts = {act: n >= failed for n, act in enumerate(ACTS)}

    whole = assessed(case_of(HEAD | {"self_care": acts}), region(pack))

    assert whole.care_levels["p1"].value == level


def groups(pack: str) -> set[tuple[frozenset[DisabilityKind], frozenset[int]]]:
    found = terms_of(region(pack), ON).find(CATALOGUE["single_person_groups"])
    assert found is not None
    return {(one.kinds, one.levels) for one in found.value if one.levels}


@pytest.mark.parametrize(
    ("pack", "of_the_mind"), [("mangshi", {3, 4}), ("guangdong", {3, 4}), ("national", {3})]
)
def test_grades_one_and_two_of_any_kind_and_the_lower_ones_of_the_mind(pack, of_the_mind):
    assert groups(pack) == {(frozenset(), frozenset({1, 2})), (MIND, frozenset(of_the_mind))}


@pytest.mark.parametrize(
    ("number", "pack", "name", "on", "read", "value"),
    [
        ("16周岁", "national", "tekun_minor_age", ON, lambda it: it, 16),
        ("18周岁", "mangshi", "tekun_minor_age", ON, lambda it: it, 18),
        ("600元", "tianjin", "job_cost_first_employment", ON, lambda it: str(it.month), "600.00"),
        ("一年", "tianjin", "job_cost_first_employment", ON, lambda it: it.months, 12),
        ("500元", "tianjin", "job_cost_migrant", EPIDEMIC, lambda it: str(it.month), "500.00"),
        (
            "前三个月100%，后三个月50%",
            "tianjin",
            "grace_schedule",
            ON,
            lambda it: [(one.months, one.percent) for one in it],
            [(3, 100), (3, 50)],
        ),
    ],
)  # fmt: skip
def test_a_number_of_a_document_is_the_packs(
    number: str, pack: str, name: str, on: date, read: Callable[..., object], value: object
):
    found = terms_of(region(pack), on).find(CATALOGUE[name], Area.RURAL)

    assert found is not None, number
    assert read(found.value) == value, number


def test_care_by_agreement_has_four_things():
    """津民发〔2020〕19号 二(三)二 (S4:L40): what `due_caring` asks for until it is there."""
    assert [one.value for one in FourCare] == ["agreement", "standard", "visits", "plan"]
