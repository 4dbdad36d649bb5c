"""Write docs/packs-regions.md: what every shipped region says about every parameter, with sources.

Run from the repository: `PYTHONPATH=. .venv/bin/python tools/region_table.py`. A test compares the
page with the packs.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from app.domain.households import Area
from app.rules.layers import Citation, Supply, ValueEntry
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE
from app.services.policies import Policies

PAGE: Final = Path(__file__).parents[1] / "docs/packs-regions.md"
REGIONS: Final = ("tianjin", "mangshi", "guangdong", "dahua")
DAY: Final = date(2026, 3, 2)
_NATIONAL: Final = "national"
_HEAD: Final = f"""# What the regions say

Written by `tools/region_table.py` from `resources/policies`; do not edit. How packs work:
[packs.md](packs.md).

The first table is what stands on {DAY.isoformat()}. “=” is the national value beside it; 县里给出
means that no source gives a value and the county must; 没有 means that there is no such rule. After
it comes every entry of each pack with its days and its source (S0–S4: the five documents and the
line; other codes and “notes”: our research notes) and the evidence: seed the document itself, A
government page, B re-posted government text, C second hand, code seen in a system in use, K
unchecked.
"""

Raw = dict[str, object]
Said = tuple[ValueEntry, Raw]


def page() -> str:
    """The whole page."""
    packs = {name: Policies().load(name) for name in (_NATIONAL, *REGIONS)}
    parts = [_HEAD, *_matrix(packs)]
    for name, pack in packs.items():
        parts += [f"\n## {pack.title} `{name}`\n", *_entries(pack, name)]
    return "\n".join(parts) + "\n"


def _matrix(packs: dict[str, Pack]) -> Iterator[str]:
    """Every parameter in one row, for each area where areas differ."""
    yield "| parameter | " + " | ".join(pack.title for pack in packs.values()) + " |"
    yield "|---" * (len(packs) + 1) + "|"
    said = {name: _said(pack) for name, pack in packs.items()}
    for parameter in CATALOGUE.values():
        cells = {
            area: [_cell(said[name], parameter.name, area, name) for name in packs]
            for area in (tuple(Area) if parameter.by_area else (None,))
        }
        same = len({tuple(row) for row in cells.values()}) == 1
        for area, row in cells.items():
            if same and area is Area.RURAL:
                continue
            label = f" {area.label}" if area is not None and not same else ""
            yield f"| `{parameter.name}`{label} | " + " | ".join(row) + " |"


def _cell(said: list[tuple[str, Said]], name: str, area: Area | None, pack: str) -> str:
    """What stands on the day; "=" where a region leaves it to the nation."""
    standing = [
        (layer, entry, raw)
        for layer, (entry, raw) in said
        if entry.name == name and entry.area in {None, area} and entry.cited.covers(DAY)
    ]
    if not standing:
        return "—"
    layer, entry, raw = standing[-1]
    return "=" if layer == _NATIONAL != pack else _shown(entry, raw)


def _entries(pack: Pack, name: str) -> Iterator[str]:
    """Every entry of the pack's own layers."""
    yield "| what | says | days | document and clause | source | evidence |"
    yield "|---|---|---|---|---|---|"
    for layer, (entry, raw) in _said(pack):
        if layer == name:
            area = "" if entry.area is None else f" {entry.area.label}"
            yield _row(f"`{entry.name}`{area}", _shown(entry, raw), entry.cited)
    own = [layer for layer in pack.layers if layer.id == name]
    for each in (one for layer in own for one in layer.deductions):
        says = "没有" if each.rule is None else "县里给出" if each.rule.value is None else each.text
        whose = "" if each.rule is None else f" {each.rule.whose.label}"
        yield _row(f"deduction `{each.code}`{whose}", says, each.cited)
    for income in (one for layer in own for one in layer.incomes):
        kinds = " ".join(sorted(f"`{kind.value}`" for kind in income.kinds))
        yield _row(f"income {kinds}", income.treatment.label, income.cited)
    for rule in (one for layer in own for one in layer.families):
        ask = f"（{rule.ask}）" if rule.ask else ""
        yield _row(f"family `{rule.rule_set}/{rule.code}`", rule.text + ask, rule.cited)
    for rung in (one for layer in own for one in layer.rungs):
        yield _row(f"rung `{rung.rung.value}`", rung.rung.label, rung.cited)


def _row(what: str, says: str, cited: Citation) -> str:
    until = "" if cited.valid_to is None else cited.valid_to.isoformat()
    days = f"{cited.valid_from.isoformat()} – {until}".rstrip()
    return (
        f"| {what} | {says} | {days} | {cited.document} {cited.clause} |"
        f" {cited.source} | {cited.evidence.value} |"
    )


def _said(pack: Pack) -> list[tuple[str, Said]]:
    """Every value entry with the id of its layer and as its file spells it, lowest first."""
    said: list[tuple[str, Said]] = []
    for layer, (_, data) in zip(pack.layers, pack.files, strict=True):
        rows = tomllib.loads(data.decode(), parse_float=Decimal).get("value", [])
        said += [(layer.id, each) for each in zip(layer.values, rows, strict=True)]
    return said


def _shown(entry: ValueEntry, raw: Raw) -> str:
    """The value as its file spells it, with its unit."""
    if entry.supply is Supply.COUNTY:
        return "县里给出"
    if entry.supply is Supply.NONE:
        return "没有"
    value = raw["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"{_plain(text)} {entry.unit}".rstrip()


def _plain(text: str) -> str:
    """Without what only JSON or a Markdown table needs."""
    return text.replace('"', "").replace("|", "¦")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
