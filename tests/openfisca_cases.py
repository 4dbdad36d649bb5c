"""Case files put before the oracle of `tests/openfisca_means.py`, and our answers in its words.

The facts are taken from the case file itself, not from what `app.rules` reads in it. One county's
numbers are written down twice: in fen a year for the oracle, and as its document prints them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from app.rules.pack import Pack
from tests.cases import layered, value_toml
from tests.openfisca_means import RUNGS, NationalSystem, Numbers
from tests.random_cases import random_cases

Json = dict[str, object]

NUMBERS = Numbers(
    standard_year={"urban": 632_00 * 12, "rural": 6_038_00},
    disposable_year={"urban": 38_000_00, "rural": 16_000_01},
)
"""632 is the standard of the known trap; 6,038 and 16,000.01 have no whole twelfth."""
_PRINTED = (
    ("dibao_standard", "urban", "632", "元/月"),
    ("dibao_standard", "rural", "6038", "元/年"),
    ("rigid_income_ceiling", "urban", "38000", "元/年"),
    ("rigid_income_ceiling", "rural", "16000.01", "元/年"),
)
MONEY = ("cash", "deposit", "security", "fund", "insurance")
_USUAL = {"disability": "none", "ill": False, "maintenance_told": False}
"""What a fact is where a case says nothing; sums are 0."""


@dataclass(frozen=True)
class Verdict:
    """What the oracle says of one household; benefits are fen a month, 0 for none."""

    income_year: int
    heads: int
    met: frozenset[str]
    dibao_benefit: int
    single_person_benefit: int


def oracle() -> NationalSystem:
    """The oracle with the county's numbers."""
    return NationalSystem(NUMBERS)


def county_pack() -> Pack:
    """The national pack with the same numbers on top."""
    return layered(
        "".join(
            value_toml(name, f'area = "{area}"\nvalue = {value}\nunit = "{unit}"')
            for name, area, value, unit in _PRINTED
        )
    )


def plain_cases(count: int, *, seed: int) -> Iterator[Json]:
    """Random cases in which everything is known and nothing waits for a person or for the county.

    No basic pension (nobody knows whether it still counts), no cars or second houses (somebody has
    to look), an able son outside (so that nobody is 特困), nobody of unsaid relation.
    """
    for case in random_cases(count, seed=seed, unknowns=False):
        household = case["household"]
        for one in household["members"]:
            one["relation"] = one["relation"].replace("other", "sibling")
        household["incomes"] = [
            income for income in household["incomes"] if income["kind"] != "resident_pension_basic"
        ]
        household["assets"] = [asset for asset in household["assets"] if asset["kind"] in MONEY]
        able = {"id": "son", "relation": "son", "birth": "1985-05-05"}
        # told in two places it may be the same money: that is open, and no sum to agree on
        if all(income["kind"] != "maintenance" for income in household["incomes"]):
            for obligor in household["obligors"][:1]:
                able["maintenance_month"] = obligor["maintenance_month"]
        able["supports"] = [one["id"] for one in household["members"]]
        household["obligors"] = [able]
        yield case


def judge(system: TaxBenefitSystem, cases: Sequence[Json], on: date) -> list[Verdict]:
    """All cases in one simulation."""
    return _verdicts(_together(system, [_facts(case) for case in cases], on), on)


def judge_one(
    system: TaxBenefitSystem, case: Json, on: date, *, explained: bool = False
) -> Verdict:
    """One case in a simulation of its own, given as the engine's own JSON.

    `explained` has the engine record how every value came about, as ours always does.
    """
    persons, household = _facts(case)
    day = on.isoformat()

    def dated(facts: Json) -> Json:
        return {name: {day: value} for name, value in facts.items()}

    situation = {
        "persons": {name: dated(facts) for name, facts in persons.items()},
        "households": {"household": {"members": list(persons), **dated(household)}},
    }
    simulation = SimulationBuilder().build_from_entities(system, situation)
    simulation.trace = explained
    return _verdicts(simulation, on)[0]


def verdict_of(answer: Json) -> Verdict:
    """Our answer (`xieli-assessment/1`) in the oracle's words; an open rung agrees with nobody."""
    rungs = {rung["rung"]: rung for rung in answer["rungs"]}
    ended = {rung: rungs[rung]["outcome"] for rung in RUNGS}
    return Verdict(
        income_year=_fen(answer["income_year"]),
        heads=len(answer["counted_members"]),
        met=frozenset(
            rung if outcome == "meets" else f"{rung}?"
            for rung, outcome in ended.items()
            if outcome != "fails"
        ),
        dibao_benefit=_fen(rungs["dibao"]["benefit_month"] or "0"),
        single_person_benefit=_fen(rungs["single_person"]["benefit_month"] or "0"),
    )


def _verdicts(simulation: Simulation, on: date) -> list[Verdict]:
    day = on.isoformat()
    columns = {
        name: simulation.calculate(name, day).tolist()
        for name in ("income_year", "heads", "dibao_benefit", "single_person_benefit", *RUNGS)
    }
    return [
        Verdict(
            income_year=columns["income_year"][n],
            heads=columns["heads"][n],
            met=frozenset(rung for rung in RUNGS if columns[rung][n]),
            dibao_benefit=columns["dibao_benefit"][n],
            single_person_benefit=columns["single_person_benefit"][n],
        )
        for n in range(len(columns["heads"]))
    ]


def _together(
    system: TaxBenefitSystem, facts: Sequence[tuple[dict[str, Json], Json]], on: date
) -> Simulation:
    """Every household as one column of each fact."""
    persons = [person for people, _ in facts for person in people.values()]
    homes = [n for n, (people, _) in enumerate(facts) for _ in people]
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", range(len(persons)))
    group = builder.declare_entity("household", range(len(facts)))
    builder.join_with_persons(group, homes, ["member"] * len(homes))
    simulation = builder.build(system)
    for rows in (persons, [household for _, household in facts]):
        for name in {name: None for row in rows for name in row}:
            column = [row.get(name, _USUAL.get(name, 0)) for row in rows]
            simulation.set_input(name, on.isoformat(), np.array(column))
    return simulation


def _facts(case: Json) -> tuple[dict[str, Json], Json]:
    """The case file as the engine's facts: (persons by id, household). Yearly fen."""
    home = case["household"]
    persons = {one["id"]: _person(one) for one in home["members"]}
    household: Json = {
        "area": home["area"],
        "money_owned": sum(_fen(asset["amount"]) for asset in home["assets"]),
        "agreed_maintenance": sum(
            12 * _fen(one["maintenance_month"]) for one in home["obligors"]
            if one.get("maintenance_month")
        ),
    }  # fmt: skip
    for expense in home["expenses"]:
        whose, name = household, "shared_outlay"
        if expense["member"] is not None:
            whose, name = persons[expense["member"]], "own_outlay"
        whose[name] = whose.get(name, 0) + _year(expense)
    for income in home["incomes"]:
        whose, prefix = household, "shared"
        if income["member"] is not None:
            whose, prefix = persons[income["member"]], "own"
        name = f"{prefix}_{income['kind']}"
        whose[name] = whose.get(name, 0) + _year(income)
        if income["kind"] == "maintenance":
            household["maintenance_told"] = True
    return persons, household


def _person(one: Json) -> Json:
    facts = {name: one[name] for name in ("relation", "status", "living", "student", "hukou")}
    facts |= {"birth": one["birth"], "ill": one["serious_illness"]}
    if one["disability"]:
        facts["disability"] = one["disability"]["kind"]
        facts["disability_level"] = one["disability"]["level"]
    return facts


def _year(item: Json) -> int:
    times = item.get("months", 12) if item["per"] == "month" else 1
    return _fen(item["amount"]) * times


def _fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)
