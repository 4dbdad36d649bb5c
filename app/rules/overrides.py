"""Pack values typed into a case (`parameters`), read by the catalogue's own kinds.

An override is {"value": …, "unit": …, "area": …}, or the bare value where there is only one unit
it can be in: an amount says whether it is a month's or a year's. Null says there is no such rule.
`dibao_standard_month` is short for the standard of the household's area in yuan a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.households import Area
from app.rules import kinds, strict
from app.rules.grounds import Ground
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE, DIBAO_STANDARD, FAMILY_RULE_SET, Parameter
from app.rules.strict import Record, join, known_keys, optional, refuse

Key = tuple[str, Area | None]
"""(parameter, area); the area is None for parameters that do not differ by area."""

SHORTHAND: Final = "dibao_standard_month"
_NAMES: Final = frozenset(CATALOGUE) | {SHORTHAND}
_NOTHING: Final[tuple[object, ...]] = (None, {})
"""What is no sum, and so in no unit."""
_FORM: Final = frozenset({"value", "unit", "area"})
_area = strict.as_word(Area)


@dataclass(frozen=True, slots=True)
class Override:
    """One typed-in value; `name` is how the case spelt it, `unit` what it is counted in."""

    name: str
    value: object
    ground: Ground
    unit: str


def check_overrides(parameters: Mapping[str, object], area: Area) -> None:
    """Raise Refused (C-02, C-04) for an override that cannot stand."""
    read_overrides(parameters, area)


def check_rule_sets(parameters: Mapping[str, object], pack: Pack) -> None:
    """Raise Refused (C-04) where the family rules typed in are none of `pack`'s: nobody would be
    left out by them."""
    if FAMILY_RULE_SET.name not in parameters:
        return
    sets = {rule.rule_set for layer in pack.layers for rule in layer.families}
    override = read_overrides({FAMILY_RULE_SET.name: parameters[FAMILY_RULE_SET.name]}, Area.RURAL)
    for one in override.values():
        if isinstance(one.value, tuple) and not sets.issuperset(one.value):
            refuse(join("parameters", one.name), "没有叫这个名字的家庭成员规则。")


def read_overrides(parameters: Mapping[str, object], area: Area) -> dict[Key, Override]:
    """The overrides of a case whose household lives in `area`. Raises Refused (C-02, C-04)."""
    if not parameters:
        return {}
    known_keys(dict(parameters), "parameters", _NAMES)
    read: dict[Key, Override] = {}
    for name, raw in parameters.items():
        ground = Ground("个案录入", f"parameters.{name}")
        for key, value, unit in _override(name, raw, join("parameters", name), area):
            if key in read:
                refuse(join("parameters", name), "这个参数写了两遍。")
            read[key] = Override(name, value, ground, unit)
    return read


def _override(name: str, raw: object, path: str, area: Area) -> list[tuple[Key, object, str]]:
    """Every key the override sets, with its typed value and the unit of that."""
    if name == SHORTHAND:
        standard = _typed(DIBAO_STANDARD, raw, kinds.MONTHLY, path)
        return [((DIBAO_STANDARD.name, area), standard, kinds.MONTHLY)]
    parameter = CATALOGUE[name]
    form: Record = raw if isinstance(raw, dict) and "value" in raw else {"value": raw}
    known_keys(form, path, _FORM)
    told, several = optional(form, "unit", path, strict.as_name), len(parameter.units) > 1
    if told is None and several and form["value"] not in _NOTHING:
        refuse(join(path, "unit"), f"要写单位：{'、'.join(parameter.units)}。")
    unit = told or parameter.units[0]
    if unit not in parameter.units:
        refuse(join(path, "unit"), f"单位不对，应是：{'、'.join(parameter.units)}。")
    wanted = optional(form, "area", path, _area)
    if wanted is not None and not parameter.by_area:
        refuse(join(path, "area"), "这个参数不分城乡。")
    value = _typed(parameter, form["value"], unit, path)
    if not parameter.by_area:
        return [((name, None), value, unit)]
    return [((name, one), value, unit) for one in Area if wanted in {None, one}]


def _typed(parameter: Parameter[object], raw: object, unit: str, path: str) -> object:
    """The value as the catalogue reads it; null only where there may be no such rule."""
    if raw is None and parameter.optional:
        return None
    try:
        return parameter.read(raw, unit)
    except ValueError as error:
        refuse(path, str(error))
