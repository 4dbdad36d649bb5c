"""Random case files with every kind of fact, known and unknown: the same seed, the same cases.

Shared by the benchmark and the tests that need thousands; `tests/rules/test_properties.py` draws
few and shrinks them. The people do not exist: no ID number, no name.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from app.domain.households import AssetKind, ExpenseKind, IncomeKind
from app.domain.people import DisabilityKind, SelfCare

Json = dict[str, object]

SEED = 459901

_RELATIONS = (
    "spouse", "spouse", "child", "child", "child", "grandchild", "parent", "parent",
    "child_in_law", "grandparent", "sibling", "other",
)  # fmt: skip
_HUKOU = ("local",) * 12 + ("nonlocal", "residence_permit", "hk_macao", "none")
_LIVING = ("together",) * 12 + ("away_for_work", "away_for_study", "separate", "shares_budget")
_STATUS = ("normal",) * 24 + (
    "serving_sentence", "compulsory_rehab", "declared_missing", "conscript", "clergy_3y", "dead",
    "no_civil_capacity",
)  # fmt: skip
_MONEY = ("cash", "deposit", "security", "fund", "insurance")
_RECEIVES = ("dibao", "tekun", "disability_living", "disability_care", "orphan")
_USUAL = {"living": "together", "status": "normal", "hukou": "local"}
_USUAL_OUTSIDE = {
    "status": "normal", "disability": None, "receives": [], "within_property_limits": True,
    "maintenance_month": None,
}  # fmt: skip
"""What listing somebody without more says (`app.rules.usual`)."""
_OLD_TO_STUDY = "1998"
"""Whoever was born before it may be thirty, and is then taken not to be at school."""
_BIRTH_YEARS = {
    "head": (1940, 1998),
    "spouse": (1940, 1998),
    "child": (1990, 2024),
    "grandchild": (2004, 2025),
    "parent": (1932, 1965),
    "grandparent": (1926, 1945),
}
_INCOME_KINDS = tuple(kind.value for kind in IncomeKind)
_EXPENSE_KINDS = tuple(kind.value for kind in ExpenseKind)
_THINGS = tuple(kind.value for kind in AssetKind if kind.value not in _MONEY)
_DISABILITIES = tuple(kind.value for kind in DisabilityKind)


def random_cases(count: int, *, seed: int = SEED, unknowns: bool = True) -> Iterator[Json]:
    """`count` cases. Without `unknowns` they are the same ones with every fact given."""
    for number in range(count):
        case = _case(Random(f"{seed}-{number}"), f"case-{number}")  # noqa: S311  # not a secret
        if unknowns:
            _forget(Random(f"{number}-{seed}"), case["household"])  # noqa: S311  # not a secret
        yield case


def _case(chance: Random, name: str) -> Json:
    """One household of one to seven people on the rung its money puts it."""
    relations = [
        "head",
        *(chance.choice(_RELATIONS) for _ in range(chance.choice((0, 1, 2, 3, 6)))),
    ]
    members = [_member(chance, f"p{n}", relation) for n, relation in enumerate(relations)]
    wealth = chance.choice((0.4, 1.0, 1.8, 2.6, 4.0))
    household: Json = {
        "area": chance.choice(("urban", "rural")),
        "members": members,
        "incomes": _some(chance, 5, lambda: _income(chance, len(members), wealth)),
        "expenses": _some(chance, 3, lambda: _expense(chance, len(members), wealth)),
        "assets": _some(chance, 3, lambda: _asset(chance)),
        "obligors": _some(chance, 2, lambda: _obligor(chance)),
    }
    for n, obligor in enumerate(household["obligors"]):
        obligor["id"] = f"o{n}"
        obligor["supports"] = [one["id"] for one in members]
    return {"format": "xieli-case/1", "id": name, "household": household}


def _member(chance: Random, who: str, relation: str) -> Json:
    """One person about whom everything is known."""
    first, last = _BIRTH_YEARS.get(relation, (1940, 2020))
    year = chance.randint(first, last)
    grown = year <= 2007
    away = chance.choice(_LIVING)
    begun = (
        chance.choice(("2025-10-01", "2024-06-01")) if grown and chance.random() < 0.15 else None
    )
    disability = _disability(chance) if chance.random() < 0.25 else None
    return {
        "id": who,
        "relation": relation,
        "birth": f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "sex": chance.choice(("male", "female")),
        "hukou": chance.choice(_HUKOU),
        "living": away,
        "status": chance.choice(_STATUS) if grown else "normal",
        "student": _schooling(chance, 2025 - year),
        "labour": chance.choice(("able", "able", "partial", "none")) if grown else "none",
        "excused_from_work": chance.random() < 0.2,
        "first_job": begun is not None,
        "first_employed_on": begun,
        "self_declared_on": "2025-10-08" if chance.random() < 0.5 else None,
        "disability": disability,
        "serious_illness": chance.random() < 0.12,
        "self_care": {act.value: chance.random() < 0.8 for act in SelfCare},
        "receives": _receives(chance, cannot_work=year <= 1965 or _is_grave(disability)),
        "monitored": chance.random() < 0.1,
    }


def _schooling(chance: Random, age: int) -> str:
    """The school somebody of this age may be at."""
    if 6 <= age < 15:
        return "compulsory"
    if 15 <= age < 18:
        return chance.choice(("secondary", "secondary", "none"))
    if 18 <= age < 28:
        return chance.choice(("undergraduate", "postgraduate", "secondary", "none", "none"))
    if 28 <= age < 50 and chance.random() < 0.08:
        return "postgraduate"
    return "none"


def _receives(chance: Random, *, cannot_work: bool) -> list[str]:
    """What somebody may be paid; 特困 only who is old or gravely disabled."""
    if chance.random() < 0.8:
        return []
    return [
        chance.choice(_RECEIVES if cannot_work else [one for one in _RECEIVES if one != "tekun"])
    ]


def _is_grave(disability: Json | None) -> bool:
    return disability is not None and disability["level"] <= 2


def _disability(chance: Random) -> Json:
    kind, level = chance.choice(_DISABILITIES), chance.randint(1, 4)
    if kind != DisabilityKind.MULTIPLE:
        return {"kind": kind, "level": level}
    parts = dict.fromkeys(_DISABILITIES[:-1], 0) | {"physical": level, "hearing": 4}
    return {"kind": kind, "level": level, "parts": parts}


def _income(chance: Random, heads: int, wealth: float) -> Json:
    """One source; a few small ones, as such households have."""
    per = chance.choice(("month", "month", "month", "year", "once"))
    income: Json = {
        "member": _whose(chance, heads),
        "kind": chance.choice(_INCOME_KINDS),
        "amount": _yuan(chance, int((90_000 if per == "month" else 700_000) * wealth)),
        "per": per,
    }
    return income | {"months": chance.choice((12, 12, 12, 6, 1, 11))} if per == "month" else income


def _expense(chance: Random, heads: int, wealth: float) -> Json:
    per = chance.choice(("month", "year", "year", "once"))
    return {
        "member": _whose(chance, heads),
        "kind": chance.choice(_EXPENSE_KINDS),
        "amount": _yuan(chance, int((60_000 if per == "month" else 900_000) * wealth)),
        "per": per,
    }


def _asset(chance: Random) -> Json:
    """Money with its amount, or a thing with its count."""
    if chance.random() < 0.5:
        most = chance.choice((500_000, 2_000_000, 12_000_000))
        return {"kind": chance.choice(_MONEY), "amount": _yuan(chance, most)}
    things = (*_THINGS, "house", "house", "house")
    return {"kind": chance.choice(things), "count": chance.choice((1, 1, 1, 1, 0))}


def _obligor(chance: Random) -> Json:
    return {
        "relation": chance.choice(("son", "daughter")),
        "birth": f"{chance.randint(1948, 2000)}-06-15",
        "monthly_income": _yuan(chance, 500_000),
        "maintenance_month": _yuan(chance, 30_000) if chance.random() < 0.4 else None,
        "status": chance.choice(("normal", "normal", "normal", "serving_sentence", "dead")),
        "disability": _disability(chance) if chance.random() < 0.3 else None,
        "receives": ["dibao"] if chance.random() < 0.2 else [],
        "within_property_limits": chance.random() < 0.8,
    }


def _whose(chance: Random, heads: int) -> str | None:
    return None if chance.random() < 0.15 else f"p{chance.randrange(heads)}"


def _yuan(chance: Random, most_fen: int) -> str:
    fen = chance.randint(0, most_fen)
    return f"{fen // 100}.{fen % 100:02d}"


def _some(chance: Random, most: int, make: Callable[[], Json]) -> list[Json]:
    return [make() for _ in range(chance.randint(0, most))]


def _forget(chance: Random, household: Json) -> None:
    """Leave facts out, as interviews do: a list nobody asked about, or something of a person.

    What is left out is then unknown, so a usual thing said by saying nothing stays usual.
    """
    paid = any(obligor["maintenance_month"] for obligor in household["obligors"])
    for key in ("incomes", "expenses", "assets", "obligors"):
        if chance.random() < 0.08 and not (paid and key == "obligors"):
            del household[key]
    for member in household["members"]:
        told = {key for key, usual in _USUAL.items() if member[key] != usual}
        if not {"dibao", "tekun"}.isdisjoint(member["receives"]):
            told.add("receives")
        if member["student"] != "none" and member["birth"] < _OLD_TO_STUDY:
            told.add("student")
        _leave_out(chance, member, set(member) - {"id", "relation"} - told, 0.06)
    for asset in household.get("assets", ()):
        _leave_out(chance, asset, {"amount", "count"} if asset.get("count") else {"amount"}, 0.1)
    for obligor in household.get("obligors", ()):
        told = {key for key, usual in _USUAL_OUTSIDE.items() if obligor[key] != usual}
        _leave_out(chance, obligor, set(obligor) - {"id", "relation"} - told, 0.1)


def _leave_out(chance: Random, record: Json, keys: set[str], share: float) -> None:
    for key in sorted(keys & record.keys()):
        if chance.random() < share:
            del record[key]


def facts_told(case: Json) -> list[str]:
    """Every fact of a case by its path: all that may be left out of it.

    `months` has a default of its own in the format, and `kind`, `amount`, `per` must be there.
    """
    household = case["household"]
    lists = [key for key in ("incomes", "expenses", "assets", "obligors") if key in household]
    told = [f"household.{key}" for key in lists]
    for key in ("members", "obligors", "assets"):
        for n, record in enumerate(household.get(key, ())):
            place = f"household.{key}[{n}]"
            told += [f"{place}.{fact}" for fact in record if fact not in {"id", "relation", "kind"}]
            for group in ("disability", "self_care"):
                told += [f"{place}.{group}.{part}" for part in record.get(group) or ()]
    for n, income in enumerate(household.get("incomes", ())):
        told += [f"household.incomes[{n}].received_on"] if "received_on" in income else []
    return told


def without(case: Json, path: str) -> Json:
    """The case as it is when nobody told the fact at `path`."""
    left = copy.deepcopy(case)
    *places, last = re.findall(r"[a-z_]+|[0-9]+", path)
    at: Any = left
    for place in places:
        at = at[int(place) if place.isdigit() else place]
    del at[last]
    return left
