"""Puts a pack's layers in order: whatever its own layers stand on comes below them.

A county writes only its own layer and names the shipped pack it stands on (`over`); the layers
below are fetched from wherever the caller keeps the shipped ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from app.domain.households import Area
from app.rules.layer_reading import parse_layer
from app.rules.layers import Layer
from app.rules.pack import File, Pack
from app.rules.parameters import CATALOGUE
from app.rules.strict import refuse
from app.rules.terms import terms_of

Shipped = Callable[[str], Sequence[File]]
"""The own files of a shipped pack, lowest first; none where no pack has that id."""


def stacked(own: Sequence[File], shipped: Shipped) -> list[File]:
    """`own` layers, lowest first, with every layer they stand on below them, each once.

    Raises Refused: C-01 … C-04 for a layer that cannot be read, C-07 for one that stands on a pack
    nobody has, C-08 for packs that stand on each other.
    """
    return list(dict(_stack(own, shipped, ())).items())


def _stack(own: Sequence[File], shipped: Shipped, above: tuple[str, ...]) -> list[File]:
    layers = [parse_layer(name, data) for name, data in own]
    ids = tuple(dict.fromkeys(layer.id for layer in layers))
    below: list[File] = []
    for over, layer in _overs(layers, ids).items():
        at = f"{layer.file}: layer.over"
        if over in above:
            refuse(at, "政策包互相叠在对方上面，成了一圈。", code="C-08")
        files = shipped(over)
        if not files:
            refuse(at, f"没有叫“{over}”的政策包可以叠在上面。", code="C-07")
        below += _stack(files, shipped, (*above, *ids))
    return below + list(own)


def _overs(layers: Iterable[Layer], ids: tuple[str, ...]) -> dict[str, Layer]:
    """The packs to fetch, with the layer that asked for each first."""
    wanted: dict[str, Layer] = {}
    for layer in layers:
        if layer.over is not None and layer.over not in ids:
            wanted.setdefault(layer.over, layer)
    return wanted


def lacking(pack: Pack, today: date) -> tuple[str, ...]:
    """What the county has yet to give, today or on the nearest day the pack is in force.

    Names of parameters (for which area, where only one lacks) and of deductions.
    """
    day = max(today, pack.valid_from)
    terms = terms_of(pack, day if pack.valid_to is None else min(day, pack.valid_to))
    names = []
    for parameter in CATALOGUE.values():
        areas = tuple(Area) if parameter.by_area else (None,)
        open_for = [area for area in areas if terms.find(parameter, area) is None]
        if 0 < len(open_for) < len(areas):
            names += [f"{parameter.name}（{area.label}）" for area in open_for if area]
        elif open_for:
            names.append(parameter.name)
    names += [each.lacking for each in terms.deductions if each.rule.value is None]
    return tuple(dict.fromkeys(names))
