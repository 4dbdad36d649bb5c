"""多重残疾: a certificate for several kinds, where a rule asks for single kinds and levels."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from tests.cases import HEAD, case_of, data_of, income, layered, member, rung, value_toml
from tests.tekun import ELDER, answered

CEILING = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "20000", "unit": "元/年"},
}
NONE = dict.fromkeys(("visual", "hearing", "speech", "physical", "intellectual", "mental"), 0)
PARTS = "household.members[{}].disability.parts"


def several(level: int | None, **parts: int) -> dict[str, object]:
    """A certificate for several kinds; with `parts` every kind was looked for."""
    told = {"kind": "multiple", "level": level}
    return told | ({"parts": NONE | parts} if parts else {})


@pytest.mark.parametrize(
    ("certificate", "outcome", "missing"),
    [
        (several(1), "unknown", (PARTS.format(0),)),
        (several(2), "unknown", (PARTS.format(0),)),
        (several(3), "unknown", (PARTS.format(0),)),
        (several(4), "fails", ()),
        (several(1, hearing=1, physical=2), "meets", ()),
        (several(1, hearing=1, physical=3), "fails", ()),
        (several(3, mental=3, physical=4), "meets", ()),
        (several(3, mental=4, physical=3), "fails", ()),
        (several(None, mental=3, physical=4), "meets", ()),
        ({"kind": "multiple", "level": 1, "parts": {"mental": 2}}, "meets", ()),
        ({"parts": {"mental": 2}}, "meets", ()),
        ({"kind": "multiple", "level": 1, "parts": {"mental": 4}}, "unknown", (PARTS.format(0),)),
    ],
)
def test_a_grown_up_alone_with_several_kinds_may_be_tekun(certificate, outcome, missing):
    """民发〔2021〕43号 第五条 names kinds and levels; 多重 is none of them and all of its own."""
    answer = answered(member("p1", "head", "1986-01-01", labour="none", disability=certificate))

    assert (answer.outcome, answer.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        (several(2), "meets"),
        (several(3), "unknown"),
        (several(3, intellectual=3, visual=4), "meets"),
        (several(3, intellectual=4, visual=3), "fails"),
        (several(4), "fails"),
    ],
)
def test_a_member_of_a_marginal_family_with_several_kinds(certificate, outcome):
    """民发〔2021〕57号 第八条: levels one and two of any kind, three of the mind."""
    case = case_of(
        HEAD,
        member("p2", "spouse", disability=certificate),
        incomes=[income("rent", "2400")],
    )

    answer = rung(case, Category.SINGLE_PERSON)

    assert answer.outcome == outcome
    assert answer.missing == ((PARTS.format(1),) if outcome == "unknown" else ())


def test_a_group_that_names_several_kinds_takes_them_whole():
    groups = layered(
        value_toml(
            "single_person_groups",
            'value = [{ code = "all", kinds = ["multiple"], levels = [3] }]',
        )
    )
    case = case_of(
        HEAD, member("p2", "spouse", disability=several(3)), incomes=[income("rent", "2400")]
    )

    assert rung(case, Category.SINGLE_PERSON, groups).outcome == "meets"


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        (several(3), "unknown"),
        (several(3, mental=3, physical=3), "meets"),
        (several(3, mental=4, physical=3), "fails"),
    ],
)
def test_an_obligor_with_several_kinds_is_asked_which(certificate, outcome):
    """第八条: 重残 excuses, and so does level three of the mind."""
    son = {
        "id": "o1", "relation": "son", "birth": "1988-01-01", "status": "normal",
        "monthly_income": "0", "disability": certificate,
    }  # fmt: skip

    answer = answered(ELDER, obligors=[son], parameters=CEILING)

    assert answer.outcome == outcome
    asked = "household.obligors[0].disability.parts"
    assert answer.missing == ((asked,) if outcome == "unknown" else ())


@pytest.mark.parametrize(
    ("certificate", "path"),
    [
        ({"kind": "mental", "level": 1, "parts": {"mental": 1}}, "disability.parts"),
        ({"kind": "multiple", "parts": {"multiple": 1}}, "disability.parts.multiple"),
        ({"kind": "multiple", "parts": {"mental": 5}}, "disability.parts.mental"),
        ({"kind": "multiple", "parts": [3]}, "disability.parts"),
    ],
)
def test_parts_that_cannot_stand_are_refused_by_their_path(certificate, path):
    with pytest.raises(Refused) as refused:
        parse_case(data_of(case_of(HEAD | {"disability": certificate})))

    assert f"household.members[0].{path}" in refused.value.what


def test_the_case_file_keeps_what_is_on_the_certificate():
    told = several(2, mental=2, physical=3)
    facts = parse_case(data_of(case_of(HEAD | {"disability": told})))

    again = written(facts)["household"]["members"][0]["disability"]

    assert again == told
    assert parse_case(data_of(case_of(HEAD | {"disability": again}))).household == facts.household
