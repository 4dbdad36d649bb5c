"""Whatever nobody told, under every pack: the answer stays or opens, it never turns.

A fact taken as usual (`app.rules.usual`) may turn it; then the answer names the fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from random import Random

import pytest

from app.rules import Assessment, assess
from app.rules.casefile import parse_case
from app.rules.pack import Pack, parse_pack
from tests.cases import CITED, ON, Json, data_of, region, value_toml
from tests.random_cases import facts_told, random_cases, without

PACKS = ("national", "tianjin", "mangshi", "guangdong", "dahua")
HOUSEHOLDS = 90
LEFT_OUT = 6
"""Facts tried of each household."""
NUMBERS = (
    ("dibao_standard", "value = 900\nunit = '元/月'"),
    ("rigid_income_ceiling", "value = 38000\nunit = '元/年'"),
    ("minimum_wage", "value = 1500\nunit = '元/月'"),
    ("supplement_elderly_age", "value = 80\nunit = '周岁'"),
    ("tekun_standard", "value = { dispersed = 1300, concentrated = 1500 }\nunit = '元/月'"),
    (
        "tekun_care_allowance",
        "value = { full_self_care = 50, semi_care = 300, full_care = 700 }\nunit = '元/月'",
    ),
)
TIERS = (
    ("tier_amounts", "value = { A = 260, B = 200, C = 170 }\nunit = '元/月'"),
    (
        "tier_rule",
        "value = [{ tier = 'A', labour = 'none' }, { tier = 'B', labour = 'partial' },"
        " { tier = 'C', labour = 'able' }]",
    ),
)
OWN = {
    "tianjin": (("job_cost_stacking", "value = 'exclusive'"),),
    "mangshi": (
        ("job_cost_first_employment", "value = { amount = 300, months = 12 }\nunit = '元/月'"),
        *TIERS,
    ),
    "guangdong": (
        ("job_cost_first_employment", "none = true\nunit = '元/月'"),
        ("watchlist_line", "value = 1500\nunit = '元/月'"),
        ("single_person_amount_mode", "value = 'gap'"),
    ),
    "dahua": (
        *TIERS,
        ("job_cost_migrant", "value = { amount = 500 }\nunit = '元/月'"),
    ),
}
"""What a county would give on top, so that answers are firm."""
DEDUCTIONS = {
    "mangshi": ("illness", "disability", "schooling", "employment_cost"),
    "guangdong": ("employment_cost",),
}


@cache
def county(name: str) -> Pack:
    """A county over the region that gives all a region leaves to it."""
    head = (
        f'[layer]\nid = "county"\nover = "{name}"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2026-01-01\n"
    )
    values = "".join(value_toml(*one) for one in (*NUMBERS, *OWN.get(name, ())))
    none = "".join(
        f'[[deduction]]\ncode = "{code}"\ntext = "{code}"\napplies_to = "person"\n'
        f'kind = "flat"\nnone = true\n{CITED}\n'
        for code in DEDUCTIONS.get(name, ())
    )
    files = (*region(name).files, ("county/1.toml", (head + values + none).encode()))
    return parse_pack(files)


_ABOUT_ANSWERS = {"usual", "unchecked_source"}
"""Hints about how sure an answer is, not about somebody."""


def answer_to(case: Json, name: str) -> Assessment:
    return assess(parse_case(data_of(case)), county(name), ON)


def turned(known: Assessment, vague: Assessment) -> list[str]:
    """What is firm and different once a fact is left out."""
    rungs = [
        f"{other.rung}: {one.outcome} → {other.outcome}"
        for one, other in zip(known.rungs, vague.rungs, strict=True)
        if other.outcome not in {"unknown", one.outcome}
    ]
    paid = [
        f"{other.rung}: {one.benefit_month} → {other.benefit_month}"
        for one, other in zip(known.rungs, vague.rungs, strict=True)
        if other.benefit_month not in {None, one.benefit_month} and not other.benefit_open
    ]
    better = vague.suggested is not None and vague.suggested is not known.suggested
    if better and known.suggested not in vague.better_open:
        rungs.append(f"suggested {known.suggested} → {vague.suggested}")
    return rungs + paid


def is_asked(path: str, vague: Assessment) -> bool:
    """Whether the answer asks for the fact, or for what it is a part of."""
    path = path.replace("first_job", "first_employed_on")
    return any(path.startswith(name) or name.startswith(path) for name in vague.missing)


def detailed(cases: Iterable[Json], chance: Random) -> Iterator[Json]:
    """The cases with a day for every second single sum, and obligors of some of the people."""
    for case in cases:
        household = case["household"]
        for income in household["incomes"]:
            if income["per"] == "once" and chance.random() < 0.5:
                income["received_on"] = chance.choice(("2024-03-05", "2025-06-05", "2026-01-05"))
        for obligor in household["obligors"]:
            if chance.random() < 0.6:
                people = [one["id"] for one in household["members"]]
                obligor["supports"] = [who for who in people if chance.random() < 0.5]
        yield case


def lost(known: Assessment, vague: Assessment) -> list[str]:
    """Hints about somebody that are gone once a fact is left out, though the rungs end the same."""
    if [one.outcome for one in known.rungs] != [one.outcome for one in vague.rungs]:
        return []
    said = {(hint.code, hint.member) for hint in vague.hints}
    return [
        f"{hint.code} of {hint.member}"
        for hint in known.hints
        if hint.code not in _ABOUT_ANSWERS and (hint.code, hint.member) not in said
    ]


@pytest.mark.parametrize("name", PACKS)
def test_a_fact_left_out_never_turns_an_answer(name: str) -> None:
    chance = Random(f"{name}-459901")  # noqa: S311  # not a secret
    wrong: list[object] = []
    opened = usual = 0
    for case in detailed(random_cases(HOUSEHOLDS, seed=len(name), unknowns=False), chance):
        known, told = answer_to(case, name), facts_told(case)
        for path in chance.sample(told, min(LEFT_OUT, len(told))):
            vague = answer_to(without(case, path), name)
            found = turned(known, vague)
            if not is_asked(path, vague):
                found += lost(known, vague)
            opens = [one.outcome for one in known.rungs] != [one.outcome for one in vague.rungs]
            if path in vague.assumed:
                usual += bool(found)
                assert any(hint.code == "usual" for hint in vague.hints)
            elif found:
                wrong.append((case["id"], path, found))
            elif opens:
                opened += 1
                assert is_asked(path, vague), (case["id"], path, vague.missing)

    assert wrong == []
    assert opened
    assert usual


@pytest.mark.parametrize("name", PACKS)
def test_of_those_who_need_support_nothing_is_lost_without_a_word(name: str) -> None:
    """Every fact of old and disabled people and of those outside who may owe them support."""
    chance = Random(f"support-{name}")  # noqa: S311  # not a secret
    wrong: list[object] = []
    for case in _in_need(chance):
        known = answer_to(case, name)
        for path in facts_told(case):
            if "obligors[" not in path and "receives" not in path:
                continue
            vague = answer_to(without(case, path), name)
            found = turned(known, vague) + lost(known, vague)
            if found and path not in vague.assumed and not is_asked(path, vague):
                wrong.append((case["id"], path, found))

    assert wrong == []


def _in_need(chance: Random) -> Iterator[Json]:
    """Poor people who cannot work, with somebody outside who may be able to support some."""
    for case in detailed(random_cases(400, seed=7, unknowns=False), chance):
        household = case["household"]
        if not household["obligors"] or len(household["members"]) > 3:
            continue
        household["incomes"], household["assets"] = [], []
        for one in household["members"]:
            one |= {"birth": f"{chance.randint(1935, 1960)}-05-03", "status": "normal"}
            one |= {"living": "together", "hukou": "local", "student": "none", "labour": "none"}
            one["relation"] = "head" if one["id"] == "p0" else chance.choice(("spouse", "sibling"))
        yield case
