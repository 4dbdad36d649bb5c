"""Reads one layer of a policy pack from TOML, strictly.

Numbers keep the decimals their document prints. Raises Refused (C-01 … C-04, C-08) whose field is
"FILE: entry.key"; nothing is half read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

from app.domain.households import Area, Category, IncomeKind
from app.domain.people import Hukou, Living, PersonStatus, Relation, Student
from app.rules import kinds, strict
from app.rules.citing import CITED, W, Window, citation, window_of, words_of
from app.rules.deduction_reading import deduction_entry
from app.rules.layers import (
    FamilyEntry,
    IncomeEntry,
    Layer,
    RungEntry,
    Supply,
    Treatment,
    ValueEntry,
)
from app.rules.parameters import CATALOGUE, Parameter
from app.rules.strict import Record, join, known_keys, optional, refuse, required

T = TypeVar("T")

LARGEST: Final = 1 << 20
"""Bytes of one layer."""
_MOST_ENTRIES: Final = 2000
_TREATMENTS: Final = (Treatment.COUNTED, Treatment.DISREGARDED)

_LAYER: Final = frozenset({"layer", "value", "income", "deduction", "family", "rung"})
_HEAD: Final = frozenset({"id", "over", "title", "version", "valid_from", "valid_to"})
_VALUE: Final = CITED | {
    "name", "area", "value", "unit", "window_months", "none", "county_must_supply",
}  # fmt: skip
_INCOME: Final = CITED | {"kinds", "treatment"}
_FAMILY: Final = CITED | {
    "set", "code", "counts", "text", "relation", "status", "living", "student", "hukou", "adult",
    "monitored", "no_income", "ask",
}  # fmt: skip
_RUNG: Final = CITED | {"rung"}

_area = strict.as_word(Area)
_RUNGS: Final = (
    Category.TEKUN,
    Category.DIBAO,
    Category.MARGINAL,
    Category.SINGLE_PERSON,
    Category.RIGID_EXPENDITURE,
    Category.WATCHLIST,
)
"""The rungs this program can work out."""


def parse_layer(file: str, data: bytes) -> Layer:
    """Read one layer; `file` is the name its refusals show. Raises Refused."""
    record = _toml(file, data)
    known_keys(record, f"{file}:", _LAYER)
    head = strict.as_record(required(record, "layer", f"{file}:"), f"{file}: layer")
    at = f"{file}: layer"
    known_keys(head, at, _HEAD)
    window = window_of(head, at)

    def _entries(key: str, read: Callable[[Window, Record, str], T]) -> tuple[T, ...]:
        rows = record.get(key, [])
        return strict.rows(rows, f"{file}: {key}", partial(read, window), longest=_MOST_ENTRIES)

    return Layer(
        file=file,
        id=strict.as_name(required(head, "id", at), join(at, "id")),
        over=optional(head, "over", at, strict.as_name),
        title=strict.as_text(required(head, "title", at), join(at, "title")),
        version=strict.as_name(required(head, "version", at), join(at, "version")),
        valid_from=window[0],
        valid_to=window[1],
        values=_entries("value", _value),
        incomes=_entries("income", _income),
        deductions=_entries("deduction", deduction_entry),
        families=_entries("family", _family),
        rungs=_entries("rung", _rung_entry),
    )


def _toml(file: str, data: bytes) -> Record:
    if len(data) > LARGEST:
        refuse(file, f"文件太大，最多 {LARGEST // 1024} KB。", code="C-01")
    try:
        return tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError:
        refuse(file, "文件不是 UTF-8 编码。", code="C-01")
    except tomllib.TOMLDecodeError as error:
        refuse(file, f"文件不是完整的 TOML（{error}）。", code="C-01")
    except RecursionError:
        refuse(file, "文件一层套一层，套得太深了。", code="C-01")
    except ValueError:
        # a number of more digits than Python reads is no error of TOML to its parser
        refuse(file, "文件里有长得读不了的数。", code="C-01")


def _value(window: Window, record: Record, path: str) -> ValueEntry:
    """One `[[value]]`: exactly one of value, none, county_must_supply."""
    name = strict.as_name(required(record, "name", path), join(path, "name"))
    path = f"{path}({name})"
    known_keys(record, path, _VALUE)
    parameter = CATALOGUE.get(name)
    if parameter is None:
        refuse(join(path, "name"), "没有这个参数，可能是写错了名字。", code="C-02")
    area = optional(record, "area", path, _area)
    if area is not None and not parameter.by_area:
        refuse(join(path, "area"), "这个参数不分城乡。")
    supply, unit, value = _supplied(parameter, record, path)
    return ValueEntry(
        name=name,
        area=area,
        supply=supply,
        value=value,
        unit=unit,
        window_months=_span(parameter, record, path),
        cited=citation(window, record, path),
    )


def _supplied(
    parameter: Parameter[object], record: Record, path: str
) -> tuple[Supply, str, object]:
    """What the entry says, the unit it says it in, and the typed value."""
    said = [key for key in ("value", "none", "county_must_supply") if key in record]
    if len(said) != 1:
        refuse(path, "value、none、county_must_supply 三样里只写一样。", code="C-03")
    unit = optional(record, "unit", path, strict.as_name) or ""
    if unit not in parameter.units:
        expected = "、".join(unit or "（不写单位）" for unit in parameter.units)
        refuse(join(path, "unit"), f"单位不对，应是：{expected}。")
    if said == ["value"]:
        try:
            return Supply.GIVEN, unit, parameter.read(record["value"], unit)
        except ValueError as error:
            refuse(join(path, "value"), str(error))
    if record[said[0]] is not True:
        refuse(join(path, said[0]), "这里只能填 true。")
    if said == ["none"] and not parameter.optional:
        refuse(join(path, "none"), "这个参数不能没有。")
    return (Supply.NONE if said == ["none"] else Supply.COUNTY), unit, None


def _income(window: Window, record: Record, path: str) -> IncomeEntry:
    known_keys(record, path, _INCOME)
    return IncomeEntry(
        kinds=words_of(IncomeKind, required(record, "kinds", path), join(path, "kinds")),
        treatment=_treatment(required(record, "treatment", path), join(path, "treatment")),
        cited=citation(window, record, path),
    )


def _family(window: Window, record: Record, path: str) -> FamilyEntry:
    known_keys(record, path, _FAMILY)

    def _some(kind: type[W], key: str) -> frozenset[W]:
        return words_of(kind, record[key], join(path, key)) if key in record else frozenset()

    return FamilyEntry(
        rule_set=strict.as_name(required(record, "set", path), join(path, "set")),
        code=strict.as_name(required(record, "code", path), join(path, "code")),
        counts=strict.as_flag(required(record, "counts", path), join(path, "counts")),
        text=strict.as_text(required(record, "text", path), join(path, "text")),
        relations=_some(Relation, "relation"),
        statuses=_some(PersonStatus, "status"),
        livings=_some(Living, "living"),
        students=_some(Student, "student"),
        hukous=_some(Hukou, "hukou"),
        adult=optional(record, "adult", path, strict.as_flag),
        monitored=optional(record, "monitored", path, strict.as_flag),
        no_income=bool(optional(record, "no_income", path, strict.as_flag)),
        ask=optional(record, "ask", path, strict.as_text),
        cited=citation(window, record, path),
    )


def _rung_entry(window: Window, record: Record, path: str) -> RungEntry:
    known_keys(record, path, _RUNG)
    word = required(record, "rung", path)
    if word not in _RUNGS:
        refuse(join(path, "rung"), f"这里只能填：{'、'.join(_RUNGS)}。")
    return RungEntry(rung=Category(str(word)), cited=citation(window, record, path))


def _span(parameter: Parameter[object], record: Record, path: str) -> int | None:
    """The months the value is measured over, where its document names them."""
    at = join(path, "window_months")
    if "window_months" not in record:
        return None
    if not parameter.spans:
        refuse(at, "这个参数不分按几个月算。")
    try:
        return kinds.window(record["window_months"], "月")
    except ValueError as error:
        refuse(at, str(error))


def _treatment(value: object, path: str) -> Treatment:
    if value not in _TREATMENTS:
        refuse(path, "这里只能填：counted、disregarded。")
    return Treatment(str(value))
