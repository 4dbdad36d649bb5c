"""A policy pack: layers of cited, dated values, the later ones over the earlier.

The last layer names the pack. A pack is whole before it exists: every parameter of the catalogue is
spoken for, every kind of income has a treatment on every day, nothing overlaps. Old versions stay
beside new ones, so that an old case recomputes as it was.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from app.domain.households import IncomeKind
from app.domain.operations import canonical
from app.rules.layer_reading import parse_layer
from app.rules.layers import Citation, IncomeEntry, Layer, ValueEntry
from app.rules.parameters import CATALOGUE, FAMILY_RULE_SET, GRACE_LEAST, GRACE_MOST
from app.rules.strict import refuse

File = tuple[str, bytes]
"""(name, TOML bytes) of one layer."""

_Named = tuple[tuple[str, ...], Citation]
"""What an entry goes by, and when it is in force."""

_MOST_LAYERS: Final = 40
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack in whole. `sha256` is over the canonical bytes of all its layers."""

    id: str
    version: str
    title: str
    valid_from: date
    valid_to: date | None
    sha256: str
    layers: tuple[Layer, ...] = field(repr=False)
    files: tuple[File, ...] = field(repr=False)
    turns: tuple[date, ...] = field(init=False, repr=False)
    """The days on which something it says begins or has ended, in order."""

    def __post_init__(self) -> None:
        cited = [each for layer in self.layers for each in layer.citations]
        ended = (each.valid_to for each in cited if each.valid_to is not None)
        turns = {self.valid_from, *(each.valid_from for each in cited)}
        turns |= {day + _DAY for day in ended if day < date.max}
        object.__setattr__(self, "turns", tuple(sorted(turns)))

    def since(self, on: date) -> date:
        """The day from which it says what it says on `on`, a day it is in force."""
        return self.turns[bisect_right(self.turns, on) - 1]

    def is_in_force(self, on: date) -> bool:
        """Whether the pack may be used for a case of the day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def parse_pack(files: Sequence[File], standby: Callable[[], Pack] | None = None) -> Pack:
    """The pack of `files`, lowest layer first. Raises Refused (C-01 … C-04, C-08) naming the
    file, the key and the reason.

    What a pack is silent about, because nobody asked for it when it was written, is as in `standby`
    where one is given; its hash stays that of its own files.
    """
    if not files or len(files) > _MOST_LAYERS:
        refuse("layers", f"政策包要有 1 到 {_MOST_LAYERS} 层。", code="C-08")
    normal = tuple((name, data.replace(b"\r\n", b"\n")) for name, data in files)
    layers = tuple(parse_layer(name, data) for name, data in normal)
    _check_stack(layers)
    _check_overlaps(layers)
    _check_twins(layers)
    last = layers[-1]
    own = [layer for layer in layers if layer.id == last.id]
    if standby is not None:
        layers = (*_unasked(layers, standby), *layers)
    pack = Pack(
        id=last.id,
        version=last.version,
        title=last.title,
        valid_from=min(layer.valid_from for layer in own),
        valid_to=_latest(own),
        sha256=pack_hash(normal),
        layers=layers,
        files=normal,
    )
    _check_complete(pack)
    return pack


def pack_hash(files: Sequence[File]) -> str:
    """SHA-256 in hex over the canonical JSON of the layers' names and texts."""
    texts = [{"name": name, "toml": data.decode("utf-8")} for name, data in files]
    return hashlib.sha256(canonical(texts)).hexdigest()


def _latest(layers: Iterable[Layer]) -> date | None:
    """The last day of any of the layers; None when one has no end."""
    ends = [layer.valid_to for layer in layers]
    return None if None in ends else max(end for end in ends if end is not None)


def _check_stack(layers: tuple[Layer, ...]) -> None:
    """File names are distinct, and a layer stands on one that came before it."""
    seen: set[str] = set()
    for n, layer in enumerate(layers):
        at = f"{layer.file}: layer.over"
        if layer.file in {earlier.file for earlier in layers[:n]}:
            refuse(layer.file, "同名的文件出现了两次。", code="C-08")
        if layer.over is not None and layer.over not in seen:
            refuse(at, f"它下面的“{layer.over}”还没有装上。", code="C-08")
        if layer.over is None and seen - {layer.id}:
            refuse(at, "要写明它叠在哪一层上面。", code="C-08")
        seen.add(layer.id)


def _check_overlaps(layers: tuple[Layer, ...]) -> None:
    """Within one file a thing is said once for any day. A later file replaces an earlier one."""
    for layer in layers:
        for name, values in _by_parameter([layer]).items():
            for (file, one), (_, two) in combinations(values, 2):
                if _same_area(one, two) and one.cited.meets(two.cited):
                    refuse(f"{file}: value({name}).valid_from", "日期重叠了。", code="C-08")
        for kind, incomes in _by_kind([layer]).items():
            for (file, left), (_, right) in combinations(incomes, 2):
                if left.cited.meets(right.cited):
                    at = f"{file}: income({kind.value}).valid_from"
                    refuse(at, "日期重叠了。", code="C-08")
        for what, named in _named(layer):
            _check_names(layer.file, what, named)


def _check_twins(layers: tuple[Layer, ...]) -> None:
    """Where nothing but the file name tells which file is the later, a parameter is in one only."""
    for one, two in combinations(layers, 2):
        if (one.id, one.version, one.valid_from) != (two.id, two.version, two.valid_from):
            continue
        for name, values in _by_parameter([one, two]).items():
            for (file, left), (other, right) in combinations(values, 2):
                if _same_area(left, right) and left.cited.meets(right.cited):
                    at = f"{other}: value({name}).valid_from"
                    text = f"“{file}”同一版里也写了这一项，日期重叠，不知道以哪个为准。"
                    refuse(at, text, code="C-08")


def _check_names(file: str, what: str, named: Sequence[_Named]) -> None:
    for (one, cited), (other, again) in combinations(named, 2):
        if one == other and cited.meets(again):
            refuse(f"{file}: {what}({other[-1]}).valid_from", "日期重叠了。", code="C-08")


def _named(layer: Layer) -> Iterable[tuple[str, list[_Named]]]:
    """Entries that go by a name, with how a layer speaks of them."""
    yield "deduction", [((one.code,), one.cited) for one in layer.deductions]
    yield "family", [((one.rule_set, one.code), one.cited) for one in layer.families]
    yield "rung", [((one.rung.value,), one.cited) for one in layer.rungs]


def _unasked(layers: tuple[Layer, ...], standby: Callable[[], Pack]) -> tuple[Layer, ...]:
    """A layer with what `layers` are silent about, to lie below them; none when they are whole."""
    names = CATALOGUE.keys() - _by_parameter(layers).keys()
    kinds = frozenset(IncomeKind) - _by_kind(layers).keys()
    if not names and not kinds:
        return ()
    return tuple(
        replace(
            layer,
            values=tuple(entry for entry in layer.values if entry.name in names),
            incomes=tuple(
                replace(entry, kinds=entry.kinds & kinds)
                for entry in layer.incomes
                if entry.kinds & kinds
            ),
            deductions=(),
            families=(),
            rungs=(),
        )
        for layer in standby().layers
    )


def _by_parameter(layers: Iterable[Layer]) -> dict[str, list[tuple[str, ValueEntry]]]:
    """Each parameter's entries with the file they stand in."""
    grouped: dict[str, list[tuple[str, ValueEntry]]] = {}
    for layer in layers:
        for entry in layer.values:
            grouped.setdefault(entry.name, []).append((layer.file, entry))
    return grouped


def _by_kind(layers: Iterable[Layer]) -> dict[IncomeKind, list[tuple[str, IncomeEntry]]]:
    """Each kind of income with the entries that treat it."""
    grouped: dict[IncomeKind, list[tuple[str, IncomeEntry]]] = {}
    for layer in layers:
        for entry in layer.incomes:
            for kind in entry.kinds:
                grouped.setdefault(kind, []).append((layer.file, entry))
    return grouped


def _same_area(one: ValueEntry, two: ValueEntry) -> bool:
    return one.area is None or two.area is None or one.area is two.area


def _check_complete(pack: Pack) -> None:
    """Every parameter and every kind of income is spoken for, and names lead somewhere."""
    values, incomes = _by_parameter(pack.layers), _by_kind(pack.layers)
    for name in CATALOGUE:
        if name not in values:
            refuse(f"{pack.id}: {name}", "政策包里缺这个参数。", code="C-08")
    for kind in IncomeKind:
        cited = [entry.cited for _, entry in incomes.get(kind, [])]
        if not _covered(cited, pack.valid_from, pack.valid_to):
            at = f"{pack.id}: income({kind.value})"
            refuse(at, "有的日子没有写这种收入怎么算。", code="C-08")
    _check_span(pack, values)
    sets = {rule.rule_set for layer in pack.layers for rule in layer.families}
    for file, entry in values[FAMILY_RULE_SET.name]:
        if not sets.issuperset(_names(entry)):
            at = f"{file}: value({entry.name})"
            refuse(at, "没有叫这个名字的家庭成员规则。", code="C-08")


def _check_span(pack: Pack, values: Mapping[str, list[tuple[str, ValueEntry]]]) -> None:
    """渐退 lasts at least as long as it may last at most, on no day longer."""
    for day in pack.turns:
        file, least = _in_force(values[GRACE_LEAST.name], day)
        _, most = _in_force(values[GRACE_MOST.name], day)
        if least is not None and most is not None and least > most:
            at = f"{file}: value({GRACE_LEAST.name})"
            refuse(at, f"渐退最少 {least} 个月，比最多的 {most} 个月还长。", code="C-08")


def _in_force(entries: Iterable[tuple[str, ValueEntry]], day: date) -> tuple[str, int | None]:
    """The file and the number that hold on `day`; no number where the county is to say it."""
    found = [(file, one.value) for file, one in entries if one.cited.covers(day)]
    file, value = found[-1] if found else ("", None)
    return file, value if isinstance(value, int) else None


def _names(entry: ValueEntry) -> tuple[str, ...]:
    """The rule sets a `family_rule_set` entry names; none when it leaves that to the county."""
    return entry.value if isinstance(entry.value, tuple) else ()


def _covered(cited: list[Citation], start: date, end: date | None) -> bool:
    """Whether every day from `start` to `end` (None: for good) is covered by one of `cited`."""
    day = start
    while True:
        ends = [citation.valid_to for citation in cited if citation.covers(day)]
        if not ends:
            return False
        if None in ends:
            return True
        last = max(one for one in ends if one is not None)
        if end is not None and last >= end:
            return True
        day = last + _DAY
