"""Step 5 — who outside the household is bound to support them: a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.domain.people import PersonStatus
from app.rules.facts import HouseholdFacts, Obligor
from app.ui.assessment.ask_excuse import excuse_fields, excuse_known, with_excuse
from app.ui.assessment.blocks import (
    MORE,
    NOTHING,
    YES_NO,
    Answers,
    Block,
    Field,
    Kind,
    Step,
    Value,
    day_of,
    listed,
    money_of,
    numbered,
    picks_of,
    picks_said,
    text_of,
)

_OTHER: Final = "other"
_RELATIONS: Final = (
    ("son", "儿子"),
    ("daughter", "女儿"),
    ("father", "父亲"),
    ("mother", "母亲"),
    ("spouse", "配偶"),
    ("grandchild", "孙辈"),
    (_OTHER, "别的"),
    (NOTHING, "没有"),
)
_NAMED: Final = frozenset(code for code, _text in _RELATIONS)
_STATUSES: Final = (
    PersonStatus.NORMAL,
    PersonStatus.SERVING_SENTENCE,
    PersonStatus.COMPULSORY_REHAB,
    PersonStatus.DECLARED_MISSING,
    PersonStatus.NO_CIVIL_CAPACITY,
    PersonStatus.DEAD,
)
"""What changes whether somebody can be expected to pay (特困人员认定办法 第八条)."""


def obligor_blocks(
    household: HouseholdFacts, answers: Answers, wanted: Iterable[str] = ()
) -> list[Block]:
    """A page for each one outside the household whom the law binds; `wanted` are the paths of facts
    an answer waits for."""
    blocks, paths = [], frozenset(wanted)
    people = tuple((one.id, one.name or one.relation.label) for one in household.members)
    for n, key in enumerate(numbered(answers, Step.OBLIGORS)):
        told = text_of(answers.get(key, {}), "kind") not in ("", NOTHING)
        place = f"household.obligors[{n}]."
        leaned = frozenset(path.removeprefix(place) for path in paths if path.startswith(place))
        fields = (
            Field(key="kind", label="是什么人", options=_RELATIONS),
            Field(key="birth", label="哪天生的", kind=Kind.DAY, shown=told, needed=False),
            Field(
                key="income", label="他每月收入（元）", kind=Kind.MONEY, shown=told, needed=False
            ),
            Field(key="pays", label="每月给多少（元）", kind=Kind.MONEY, shown=told),
            Field(
                key="status",
                label="他现在的情况",
                options=tuple((status.value, status.label) for status in _STATUSES),
                shown=told,
                needed=False,
            ),
            Field(
                key="supports",
                label="他该养家里的谁",
                kind=Kind.SEVERAL,
                options=((NOTHING, "谁都不该他养"), *people),
                shown=told
                and ("supports" in leaned or bool(text_of(answers.get(key, {}), "supports"))),
                needed=False,
            ),
            *excuse_fields(answers[key] if told else {}, leaned if told else frozenset()),
            Field(key=MORE, label="还有别人？", options=YES_NO, shown=told),
        )
        blocks.append(
            Block(
                key=key,
                step=Step.OBLIGORS,
                title="不住在一起、该赡养抚养他们的，还有谁？",
                who="赡养人" if not n else f"第 {n + 1} 个赡养人",
                fields=fields,
            )
        )
    return blocks


def obligor_answers(household: HouseholdFacts) -> dict[str, dict[str, Value]]:
    """What is known from the record."""
    if household.obligors is None:
        return {}
    return listed(Step.OBLIGORS, [_known(one) for one in household.obligors])


def with_obligors(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what was told; None as long as nobody was asked."""
    keys = [key for key in answers if key.startswith(f"{Step.OBLIGORS}:")]
    asked = any(text_of(answers[key], "kind") for key in keys)
    return replace(household, obligors=tuple(_told(household, answers)) if asked else None)


def _known(obligor: Obligor) -> dict[str, Value]:
    income, pays, status = obligor.monthly_income, obligor.maintenance_month, obligor.status
    return {
        "id": obligor.id,
        "kind": obligor.relation if obligor.relation in _NAMED else _OTHER,
        "birth": None if obligor.birth is None else obligor.birth.isoformat(),
        "income": None if income is None else str(income),
        "pays": None if pays is None else str(pays),
        "status": None if status is None else status.value,
        "supports": picks_said(obligor.supports),
        **excuse_known(obligor),
    }


def _told(household: HouseholdFacts, answers: Answers) -> Iterator[Obligor]:
    before = {obligor.id: obligor for obligor in household.obligors or ()}
    for key in numbered(answers, Step.OBLIGORS):
        given = answers.get(key, {})
        relation = text_of(given, "kind")
        if not relation or relation == NOTHING:
            continue
        obligor_id = text_of(given, "id") or key.replace(":", "-")
        known = before.get(obligor_id, Obligor(id=obligor_id, relation=relation))
        is_same = relation == _OTHER and known.relation not in _NAMED
        status = text_of(given, "status")
        yield replace(
            with_excuse(known, given),
            relation=known.relation if is_same else relation,
            birth=day_of(given, "birth"),
            monthly_income=money_of(given, "income"),
            maintenance_month=money_of(given, "pays"),
            status=PersonStatus(status) if status else None,
            supports=picks_of(given, "supports"),
        )
