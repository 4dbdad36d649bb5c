"""Case files and packs for the rules' tests: synthetic people, invented standards."""

from __future__ import annotations

import copy
import json
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.households import Category
from app.rules import Assessment, assess
from app.rules.assessment import RungAnswer
from app.rules.casefile import parse_case
from app.rules.pack import Pack, parse_pack
from app.services.policies import Policies

Json = dict[str, object]

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
ON = date(2026, 3, 2)

HEAD: Json = {
    "id": "p1", "relation": "head", "birth": "1979-05-03", "sex": "female", "hukou": "local",
    "living": "together", "status": "normal", "student": "none", "labour": "able",
    "first_job": False, "back_at_work": False, "disability": None, "serious_illness": False,
    "receives": [], "monitored": False,
}  # fmt: skip

WORKED_EXAMPLE: Json = {
    "format": "xieli-case/1", "id": "case-1", "on": "2026-03-02",
    "parameters": {"dibao_standard_month": "1045.00"},
    "household": {
        "area": "urban",
        "members": [
            HEAD | {"first_job": True, "first_employed_on": "2025-12-01",
                    "self_declared_on": "2025-12-05"},
            {"id": "p2", "relation": "parent", "birth": "1950-01-20", "sex": "male",
             "labour": "none", "disability": {"kind": "mental", "level": 4},
             "self_care": {"eat": True, "dress": True, "bed": True, "toilet": False,
                           "walk": True, "bath": False}},
            {"id": "p3", "relation": "child", "birth": "2012-09-01", "sex": "male",
             "student": "compulsory", "labour": "none"},
        ],
        "incomes": [
            {"member": "p1", "kind": "wage", "amount": "2600.00", "per": "month", "months": 12},
            {"member": "p2", "kind": "rent", "amount": "900.00", "per": "month", "months": 12},
        ],
        "expenses": [
            {"member": "p2", "kind": "medical", "amount": "4800.00", "per": "year"},
        ],
        "assets": [{"kind": "deposit", "amount": "12000.00"}, {"kind": "house", "count": 1}],
        "obligors": [
            {"id": "o1", "relation": "son", "birth": "1988-01-01", "monthly_income": "3000.00",
             "maintenance_month": None, "status": "normal"},
        ],
    },
    "requested": ["ladder"],
}  # fmt: skip

FIRST_JOB: Json = {
    "first_job": True, "first_employed_on": "2025-12-01", "self_declared_on": "2025-12-05",
}  # fmt: skip
FIRST_JOB_600 = {"value": {"amount": 600, "months": 12}}
"""津民发〔2020〕19号 二(二): 600 a month for a year."""


def case_of(*members: Json, incomes: object = (), **parts: object) -> Json:
    """An urban household of `members` (default: one head) with nothing but `incomes`.

    `parts` replace parts of the household; those that belong to the case itself ("parameters",
    "on", "pack", "id") go there. The standard is 1000.00 a month unless `parameters` says more.
    """
    household: Json = {
        "area": "urban",
        "members": [dict(one) for one in members or (HEAD,)],
        "incomes": list(incomes) if isinstance(incomes, list | tuple) else incomes,
        "expenses": [],
        "assets": [],
        "obligors": [],
    }
    case: Json = {
        "format": "xieli-case/1",
        "id": "case",
        "parameters": {"dibao_standard_month": "1000.00"},
    }
    for key, value in parts.items():
        target = case if key in {"parameters", "on", "pack", "id"} else household
        target[key] = value
    return case | {"household": household}


def member(who: str, relation: str, birth: str = "1990-01-01", **facts: object) -> Json:
    """A member about whom everything is known and nothing is special, but for `facts`."""
    return HEAD | {"id": who, "relation": relation, "birth": birth} | facts


def wage(amount: str, who: str | None = "p1", **parts: object) -> Json:
    """A monthly wage."""
    return {"member": who, "kind": "wage", "amount": amount, "per": "month"} | parts


def income(kind: str, amount: str, who: str | None = "p1", **parts: object) -> Json:
    """A monthly income of some kind."""
    return {"member": who, "kind": kind, "amount": amount, "per": "month"} | parts


def changed(case: Json, **parts: object) -> Json:
    """A deep copy of `case` with parts of its household replaced."""
    copied = copy.deepcopy(case)
    household = copied["household"]
    assert isinstance(household, dict)
    household.update(parts)
    return copied


def data_of(case: object) -> bytes:
    """The case file's bytes."""
    return json.dumps(case).encode()


def assessed(case: Json, pack: Pack | None = None, on: date = ON) -> Assessment:
    """The answer to `case` under `pack` (the national one)."""
    return assess(parse_case(data_of(case)), pack or national(), on)


def rung(case: Json, category: Category, pack: Pack | None = None, on: date = ON) -> RungAnswer:
    """The answer of one rung."""
    return assessed(case, pack, on).rung(category)


@cache
def national() -> Pack:
    """The shipped national pack."""
    return Policies(RESOURCES).load("national")


@cache
def practice() -> Pack:
    """The practice county's pack."""
    return Policies(RESOURCES).load("practice")


@cache
def region(pack_id: str) -> Pack:
    """A shipped pack by its id."""
    return Policies(RESOURCES).load(pack_id)


def layered(toml: str, *, head: str | None = None) -> Pack:
    """The national pack with one invented layer on top."""
    start = head or (
        '[layer]\nid = "test"\nover = "national"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2021-07-01\n"
    )
    return parse_pack((*national().files, ("test/1.toml", (start + toml).encode())))


CITED = 'document = "示例文件"\nclause = "一"\nsource = "示例"\nevidence = "sample"\n'


def value_toml(name: str, body: str) -> str:
    """One [[value]] entry of an invented layer."""
    return f'[[value]]\nname = "{name}"\n{body}\n{CITED}'
