"""A means test as the village sent it, and the same computed again by the county's own copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from county_server.console.law import Law
from county_server.console.records import Dossier, Record
from county_server.console.wording import NOTHING, word

_SUMS: Final = (
    ("income_year", "一年收入"),
    ("per_capita_month", "人均月收入"),
    ("standard_month", "低保标准（月）"),
    ("benefit_month", "每月保障金"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of the year, with what became of it and by which clause."""

    who: str = field(repr=False)
    what: str
    treatment: str
    formula: str
    amount: str
    basis: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: how it ended, for whom, what it would pay, and why."""

    name: str
    outcome: str
    is_met: bool
    benefit: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the county computes otherwise."""

    what: str
    village: str
    county: str


@dataclass(frozen=True, slots=True)
class Working:
    """One test on a page. `checked` says how the second computation went."""

    on: str
    pack: str
    sums: tuple[tuple[str, str], ...]
    suggested: str
    suggested_code: str
    benefit: str
    rungs: tuple[Rung, ...]
    lines: tuple[Line, ...]
    missing: int
    """How many facts nobody has told yet."""
    warnings: tuple[str, ...]
    checked: str
    differences: tuple[Difference, ...]


def working_of(dossier: Dossier, application: Record, law: Law) -> Working | None:
    """The test behind an application: the one it names, else the household's newest."""
    tests = dossier.of("assessment")
    named = dossier.one("assessment", application.body.get("assessment_id"))
    found = named or max(tests, key=lambda one: one.text("made_at"), default=None)
    return None if found is None else _working(dossier, found, law)


def _working(dossier: Dossier, test: Record, law: Law) -> Working:
    answer = _object(test.body.get("answer"))
    checked, differences = _again(test, answer, law)
    return Working(
        on=test.text("assessed_on"),
        pack=f"{test.text('pack_id')} {test.text('pack_version')}",
        sums=tuple((label, _yuan(answer.get(name))) for name, label in _SUMS),
        suggested=word(Category, answer.get("suggested")),
        suggested_code=str(answer.get("suggested") or ""),
        benefit=str(answer.get("benefit_month") or ""),
        rungs=tuple(_rung(one) for one in _rows(answer.get("rungs"))),
        lines=tuple(_line(dossier, one) for one in _rows(answer.get("lines"))),
        missing=len(answer.get("missing") or ()),
        warnings=tuple(str(one) for one in answer.get("warnings") or ()),
        checked=checked,
        differences=differences,
    )


def _again(test: Record, answer: Mapping[str, Any], law: Law) -> tuple[str, tuple[Difference, ...]]:
    """The test done again from the village's facts by the very pack it names."""
    pack = law.pack(test.text("pack_sha256"))
    if pack is None:
        return "县里没有这次测算用的政策包，没有重算。", ()
    facts = json.dumps(_object(test.body.get("facts")), ensure_ascii=False).encode()
    try:
        on = date.fromisoformat(test.text("assessed_on"))
        said = assess(parse_case(facts), pack, on).to_json()
    except (Refused, ValueError) as problem:
        why = problem.code if isinstance(problem, Refused) else "日期"
        return f"村里送来的资料重算不了（{why}），请看清每一行再定。", ()
    differences = (*_sums(answer, said), *_rungs(answer, said), *_lines(answer, said))
    if differences:
        return f"县里重算和村里送来的有 {len(differences)} 处不一样：", differences
    return "县里照同一个政策包重算过，结果一样。", ()


def _sums(kept: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[Difference, ...]:
    pairs = [(label, kept.get(name), said.get(name)) for name, label in _SUMS]
    suggested = (word(Category, kept.get("suggested")), word(Category, said.get("suggested")))
    found = [Difference(label, _yuan(old), _yuan(new)) for label, old, new in pairs if old != new]
    if suggested[0] != suggested[1]:
        found.append(Difference("建议类别", *suggested))
    return tuple(found)


def _rungs(kept: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[Difference, ...]:
    new = {one["rung"]: one for one in said["rungs"]}
    return tuple(
        Difference(
            word(Category, one["rung"]),
            word(Outcome, one.get("outcome")),
            word(Outcome, new[one["rung"]]["outcome"]),
        )
        for one in _rows(kept.get("rungs"))
        if one.get("rung") in new and one.get("outcome") != new[one["rung"]]["outcome"]
    )


def _lines(kept: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Lines with another sum, and those only one side has."""
    old = {_name(one): str(one.get("amount_year")) for one in _rows(kept.get("lines"))}
    new = {_name(one): str(one.get("amount_year")) for one in said["lines"]}
    labels = {_name(one): one.get("label") or one["item"] for one in said["lines"]}
    return tuple(
        Difference(str(labels.get(name, name[1])), old.get(name, "没有"), new.get(name, "没有"))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _name(line: Mapping[str, Any]) -> tuple[object, object, object]:
    return line.get("member"), line.get("item"), line.get("formula")


def _rung(rung: Mapping[str, Any]) -> Rung:
    return Rung(
        name=word(Category, rung.get("rung")),
        outcome=word(Outcome, rung.get("outcome")),
        is_met=rung.get("outcome") == Outcome.MEETS,
        benefit=_yuan(rung.get("benefit_month")),
        reasons=tuple(
            f"{one.get('text')}（{one.get('basis')}）" for one in _rows(rung.get("reasons"))
        ),
    )


def _line(dossier: Dossier, line: Mapping[str, Any]) -> Line:
    return Line(
        who=dossier.name_of(line.get("member")) or "全家",
        what=str(line.get("label") or line.get("item")),
        treatment=word(Treatment, line.get("treatment")),
        formula=str(line.get("formula") or ""),
        amount=_yuan(line.get("amount_year")),
        basis=str(line.get("basis") or ""),
    )


def _yuan(text: object) -> str:
    return NOTHING if text in {None, ""} else f"{text} 元"


def _rows(value: object) -> list[Mapping[str, Any]]:
    """The rows of a list; what a laptop sent may be anything."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
