"""Steps 3 to 5 — what they must pay, what they own, who is bound to support them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.households import AssetKind, ExpenseKind, Per
from app.domain.money import Money
from app.rules.facts import Asset, Expense, HouseholdFacts, Obligor
from app.ui.assessment.ask_people import called
from app.ui.assessment.blocks import (
    MORE,
    NO,
    NOTHING,
    YES,
    YES_NO,
    Answers,
    Block,
    Field,
    Kind,
    Step,
    Value,
    count_of,
    day_of,
    money_of,
    numbered,
    text_of,
    truth_of,
)

_OUTLAYS: Final = (
    (ExpenseKind.MEDICAL, "看病自付"),
    (ExpenseKind.EDUCATION, "读书"),
    (ExpenseKind.DISABILITY_REHAB, "残疾康复"),
    (ExpenseKind.CARE, "护理"),
    (ExpenseKind.ACCIDENT, "意外"),
    (ExpenseKind.DISASTER, "受灾"),
    (ExpenseKind.OTHER, "别的"),
    (NOTHING, "没有"),
)
_COUNTED: Final = (
    (AssetKind.VEHICLE, "汽车（辆）"),
    (AssetKind.HOUSE, "住房（套）"),
)
_OWNED: Final = (
    (AssetKind.NONRESIDENTIAL, "有没有门面、车库"),
    (AssetKind.BUSINESS, "有没有办营业执照"),
)
_MOST_COUNTED: Final = 20
_SAVINGS: Final = AssetKind.DEPOSIT
_ASKED: Final = frozenset({_SAVINGS, *dict(_COUNTED), *dict(_OWNED)})
"""Other things on record stay as they are."""
_RELATIONS: Final = (
    ("son", "儿子"),
    ("daughter", "女儿"),
    ("father", "父亲"),
    ("mother", "母亲"),
    ("spouse", "配偶"),
    ("grandchild", "孙辈"),
    ("other", "别的"),
    (NOTHING, "没有"),
)
OBLIGOR_RELATIONS: Final = dict(_RELATIONS)


def expense_blocks(household: HouseholdFacts, answers: Answers, on: date) -> list[Block]:
    """A page for each person and outlay."""
    blocks = []
    for member in household.members:
        for key in numbered(answers, f"{Step.EXPENSE}:{member.id}"):
            told = text_of(answers.get(key, {}), "kind") not in ("", NOTHING)
            blocks.append(
                Block(
                    key=key,
                    step=Step.EXPENSE,
                    title=f"{called(member, on)}这一年有什么大的花费？",
                    who=member.name or member.relation.label,
                    fields=(
                        Field(
                            key="kind",
                            label="花在哪里",
                            options=tuple((str(k), text) for k, text in _OUTLAYS),
                        ),
                        Field(
                            key="year",
                            label="一年自己出（元）",
                            kind=Kind.MONEY,
                            shown=told,
                            hint="报销以后自己掏的",
                        ),
                        Field(key=MORE, label="还有别的？", options=YES_NO, shown=told),
                    ),
                )
            )
    return blocks


def asset_block(answers: Answers) -> Block:
    """One page for what the household owns."""
    del answers
    counted = tuple(
        Field(key=kind, label=text, kind=Kind.COUNT, most=_MOST_COUNTED) for kind, text in _COUNTED
    )
    owned = tuple(Field(key=kind, label=text, options=YES_NO) for kind, text in _OWNED)
    return Block(
        key=Step.ASSETS,
        step=Step.ASSETS,
        title="家里有什么财产？",
        who="财产",
        fields=(
            Field(
                key=_SAVINGS,
                label="存款、理财（元）",
                kind=Kind.MONEY,
                hint="全家合起来，没有写 0",
            ),
            *counted,
            *owned,
        ),
    )


def obligor_blocks(answers: Answers) -> list[Block]:
    """A page for each one outside the household whom the law binds."""
    blocks = []
    for n, key in enumerate(numbered(answers, Step.OBLIGORS)):
        told = text_of(answers.get(key, {}), "kind") not in ("", NOTHING)
        title = "不住在一起、该赡养抚养他们的，还有谁？"
        fields = (
            Field(key="kind", label="是什么人", options=_RELATIONS),
            Field(key="birth", label="哪天生的", kind=Kind.DAY, shown=told, needed=False),
            Field(
                key="income", label="他每月收入（元）", kind=Kind.MONEY, shown=told, needed=False
            ),
            Field(key="pays", label="每月给多少（元）", kind=Kind.MONEY, shown=told),
            Field(key=MORE, label="还有别人？", options=YES_NO, shown=told),
        )
        blocks.append(
            Block(
                key=key,
                step=Step.OBLIGORS,
                title=title,
                who="赡养人" if not n else f"第 {n + 1} 个赡养人",
                fields=fields,
            )
        )
    return blocks


def rest_answers(household: HouseholdFacts) -> dict[str, dict[str, Value]]:
    """What is known from the record."""
    answers: dict[str, dict[str, Value]] = {}
    if household.expenses is not None:
        for member in household.members:
            own = [e for e in household.expenses if e.member == member.id]
            if own or not household.expenses:
                answers |= _listed(f"{Step.EXPENSE}:{member.id}", [_known_outlay(e) for e in own])
    if household.assets is not None:
        answers[Step.ASSETS] = _known_assets(household.assets)
    if household.obligors is not None:
        answers |= _listed(Step.OBLIGORS, [_known_obligor(o) for o in household.obligors])
    return answers


def with_rest(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what has been told; a list stays None as long as nobody was asked."""
    obligors = [key for key in answers if key.startswith(f"{Step.OBLIGORS}:")]
    asked = any(text_of(answers[key], "kind") for key in obligors)
    return replace(
        household,
        expenses=_expenses(household, answers),
        assets=_assets(household, answers.get(Step.ASSETS, {})),
        obligors=tuple(_obligors(household, answers)) if asked else None,
    )


def _listed(prefix: str, known: list[dict[str, Value]]) -> dict[str, dict[str, Value]]:
    """Repeating blocks from what is known; an empty list was asked about and is empty."""
    if not known:
        return {f"{prefix}:0": {"kind": NOTHING}}
    return {
        f"{prefix}:{n}": one | {MORE: YES if n + 1 < len(known) else NO}
        for n, one in enumerate(known)
    }


def _known_outlay(expense: Expense) -> dict[str, Value]:
    year = expense.amount * 12 if expense.per is Per.MONTH else expense.amount
    return {"kind": expense.kind, "year": str(year)}


def _known_assets(assets: tuple[Asset, ...]) -> dict[str, Value]:
    saved = [a.amount for a in assets if a.kind is _SAVINGS and a.amount is not None]
    known: dict[str, Value] = {_SAVINGS: str(sum(saved, Money(0)))}
    for kind, _label in _COUNTED:
        count = sum(a.count or 0 for a in assets if a.kind is kind)
        known[kind] = min(count, _MOST_COUNTED)
    for kind, _label in _OWNED:
        known[kind] = YES if any(a.kind is kind for a in assets) else NO
    return known


def _known_obligor(obligor: Obligor) -> dict[str, Value]:
    income, pays = obligor.monthly_income, obligor.maintenance_month
    relation = obligor.relation if obligor.relation in OBLIGOR_RELATIONS else "other"
    return {
        "id": obligor.id,
        "kind": relation,
        "birth": None if obligor.birth is None else obligor.birth.isoformat(),
        "income": None if income is None else str(income),
        "pays": None if pays is None else str(pays),
    }


def _expenses(household: HouseholdFacts, answers: Answers) -> tuple[Expense, ...] | None:
    told = [e for e in household.expenses or () if e.member is None]
    asked = household.expenses is not None
    for member in household.members:
        for key in numbered(answers, f"{Step.EXPENSE}:{member.id}"):
            given = answers.get(key, {})
            code, year = text_of(given, "kind"), money_of(given, "year")
            asked = asked or bool(code)
            if code and code != NOTHING and year is not None:
                told.append(
                    Expense(member=member.id, kind=ExpenseKind(code), amount=year, per=Per.YEAR)
                )
    return tuple(told) if asked else None


def _assets(household: HouseholdFacts, given: Mapping[str, Value]) -> tuple[Asset, ...] | None:
    if not any(value is not None for value in given.values()):
        return household.assets
    unasked = tuple(a for a in household.assets or () if a.kind not in _ASKED)
    return (*_owned(given), *unasked)


def _owned(given: Mapping[str, Value]) -> Iterator[Asset]:
    saved = money_of(given, _SAVINGS)
    if saved is None or saved.fen:
        yield Asset(kind=_SAVINGS, amount=saved)
    for kind, _label in _COUNTED:
        count = count_of(given, kind)
        if count != 0:
            yield Asset(kind=kind, count=count)
    for kind, _label in _OWNED:
        if truth_of(given, kind) is True:
            yield Asset(kind=kind, count=1)


def _obligors(household: HouseholdFacts, answers: Answers) -> Iterator[Obligor]:
    before = {obligor.id: obligor for obligor in household.obligors or ()}
    for key in numbered(answers, Step.OBLIGORS):
        given = answers.get(key, {})
        relation = text_of(given, "kind")
        if not relation or relation == NOTHING:
            continue
        known = before.get(text_of(given, "id"))
        yield Obligor(
            id=text_of(given, "id") or key.replace(":", "-"),
            relation=relation,
            birth=day_of(given, "birth"),
            monthly_income=money_of(given, "income"),
            maintenance_month=money_of(given, "pays"),
            status=None if known is None else known.status,
        )
