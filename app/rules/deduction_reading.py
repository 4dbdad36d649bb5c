"""Reads one `[[deduction]]` of a layer, strictly.

Raises Refused (C-02 … C-04) whose field is "FILE: deduction[n](code).key".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from app.domain.households import ExpenseKind, IncomeKind
from app.rules import kinds, strict
from app.rules.citing import CITED, W, Window, citation, words_of
from app.rules.deductions import Condition, Deduction, DeductionKind, Whose
from app.rules.layers import DeductionEntry
from app.rules.strict import Record, join, known_keys, optional, refuse, required

_DEDUCTION: Final = CITED | {
    "code", "text", "applies_to", "kind", "value", "none", "county_must_supply", "unit",
    "income_kinds", "expense_kinds", "cap", "max_months", "start_event", "condition",
    "stackable_group",
}  # fmt: skip
_SAYS: Final = ("value", "none", "county_must_supply")
_PERCENT: Final = 100
_PERSONAL: Final = ("condition", "start_event")
_FIRST_JOB: Final = "first_employed_on"

_whose = strict.as_word(Whose)
_kind = strict.as_word(DeductionKind)
_of_standard = kinds.ratio("0", "300")
_share = kinds.ratio("0", "100")
"""Of what was earned or laid out no more than all of it; a deduction may be several standards."""


def deduction_entry(window: Window, record: Record, path: str) -> DeductionEntry:
    """One `[[deduction]]`: exactly one of value, none, county_must_supply."""
    code = strict.as_name(required(record, "code", path), join(path, "code"))
    path = f"{path}({code})"
    known_keys(record, path, _DEDUCTION)
    said = [key for key in _SAYS if key in record]
    if len(said) != 1:
        refuse(path, "value、none、county_must_supply 三样里只写一样。", code="C-03")
    if said != ["value"] and record[said[0]] is not True:
        refuse(join(path, said[0]), "这里只能填 true。")
    return DeductionEntry(
        code=code,
        text=strict.as_text(required(record, "text", path), join(path, "text")),
        rule=None if said == ["none"] else _rule(record, path),
        cited=citation(window, record, path),
    )


def _rule(record: Record, path: str) -> Deduction:
    whose = _whose(required(record, "applies_to", path), join(path, "applies_to"))
    kind = _kind(required(record, "kind", path), join(path, "kind"))
    outlay = kind is DeductionKind.ACTUAL_OUTLAY
    if outlay is not ("expense_kinds" in record):
        refuse(join(path, "expense_kinds"), "按实际支出扣的要写，别的不写。", code="C-03")
    for key in _PERSONAL:
        if key in record and whose is Whose.HOUSEHOLD:
            refuse(join(path, key), "按户扣的没有这个条件。")
    return Deduction(
        whose=whose,
        kind=kind,
        value=_value(record, kind, path),
        incomes=_some(IncomeKind, "income_kinds", record, path),
        expenses=_some(ExpenseKind, "expense_kinds", record, path),
        cap_fen=optional(record, "cap", path, _fen_month),
        max_months=optional(record, "max_months", path, _months),
        from_first_job=optional(record, "start_event", path, _start) is True,
        conditions=_some(Condition, "condition", record, path),
        group=optional(record, "stackable_group", path, strict.as_name),
    )


def _value(record: Record, kind: DeductionKind, path: str) -> Fraction | None:
    """Fen a month, or a share; the unit may be left out, for the kind implies it."""
    implied = kinds.MONTHLY if kind is DeductionKind.FLAT else "%"
    if optional(record, "unit", path, strict.as_name) not in {None, implied}:
        refuse(join(path, "unit"), f"单位不对，应是：{implied}。")
    if "value" not in record:
        return None
    at = join(path, "value")
    if kind is DeductionKind.FLAT:
        return Fraction(_fen_month(record["value"], at))
    try:
        read = _of_standard if kind is DeductionKind.PERCENT_OF_STANDARD else _share
        return read(record["value"], "%") / _PERCENT
    except ValueError as error:
        refuse(at, str(error))


def _fen_month(value: object, path: str) -> int:
    try:
        return kinds.rate(value, kinds.MONTHLY).amount.fen
    except ValueError as error:
        refuse(path, str(error))


def _months(value: object, path: str) -> int:
    return strict.as_count(value, path, least=1, most=60)


def _start(value: object, path: str) -> bool:
    if value not in {_FIRST_JOB, "none"}:
        refuse(path, f"这里只能填：{_FIRST_JOB}、none。")
    return value == _FIRST_JOB


def _some(words: type[W], key: str, record: Record, path: str) -> frozenset[W]:
    return words_of(words, record[key], join(path, key)) if key in record else frozenset()
