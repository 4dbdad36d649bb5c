"""A policy pack as one JSON file, the way a county publishes it (format xieli-pack/1).

{"format": …, "id": …, "version": …, "valid_from": …, "layers": [{"name": …, "toml": …}, …]}.
All layers travel, so that the pack means the same wherever it arrives. "calendars", in the same
form, may bring working-day calendars along; the pack's hash does not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.domain.operations import canonical
from app.domain.workdays import CalendarYear
from app.rules import strict
from app.rules.calendars import parse_calendars
from app.rules.pack import File, Pack, parse_pack
from app.rules.strict import Record, join, known_keys, refuse, required

FORMAT: Final = "xieli-pack/1"
LARGEST: Final = 4 << 20
"""Bytes of one bundle."""
_MOST_LAYERS: Final = 40
_MOST_CALENDARS: Final = 20
_BUNDLE: Final = frozenset({"format", "id", "version", "valid_from", "layers", "calendars"})
_LAYER: Final = frozenset({"name", "toml"})


def bundle_of(pack: Pack, calendars: Sequence[File] = ()) -> bytes:
    """The canonical bytes of `pack` as one file, with calendars that were read before."""
    content: Record = {
        "format": FORMAT,
        "id": pack.id,
        "version": pack.version,
        "valid_from": pack.valid_from.isoformat(),
        "layers": _texts(pack.files),
    }
    if calendars:
        content["calendars"] = _texts(calendars)
    return canonical(content)


def parse_bundle(data: bytes, standby: Callable[[], Pack] | None = None) -> Pack:
    """The pack in a bundle. Raises Refused (C-01 … C-05, C-08, C-10): nothing is half loaded.

    `standby` speaks for what did not exist yet when the pack was written (see `parse_pack`).
    """
    record = strict.read_json(data, limit=LARGEST, name="bundle")
    known_keys(record, "", _BUNDLE)
    if required(record, "format", "") != FORMAT:
        refuse("format", f"这不是政策包文件，应写“{FORMAT}”。")
    layers = required(record, "layers", "")
    pack = parse_pack(strict.rows(layers, "layers", _file, longest=_MOST_LAYERS), standby)
    for key, inside in (
        ("id", pack.id),
        ("version", pack.version),
        ("valid_from", pack.valid_from.isoformat()),
    ):
        if required(record, key, "") != inside:
            refuse(key, "和政策包里面写的不一样，可能被改过。", code="C-08")
    parse_calendars(_calendars(record))
    return pack


def calendar_files(data: bytes) -> tuple[File, ...]:
    """The calendars in a bundle, unread. Raises Refused (C-01 … C-05)."""
    return _calendars(strict.read_json(data, limit=LARGEST, name="bundle"))


def bundled_calendars(data: bytes) -> dict[int, CalendarYear]:
    """The working days a bundle brings, by year. Raises Refused (C-01 … C-05, C-10)."""
    return parse_calendars(calendar_files(data))


def _calendars(record: Record) -> tuple[File, ...]:
    if "calendars" not in record:
        return ()
    return strict.rows(record["calendars"], "calendars", _file, longest=_MOST_CALENDARS)


def _texts(files: Sequence[File]) -> list[object]:
    return [{"name": name, "toml": data.decode("utf-8")} for name, data in files]


def _file(record: Record, path: str) -> File:
    known_keys(record, path, _LAYER)
    name = strict.as_text(required(record, "name", path), join(path, "name"))
    text = required(record, "toml", path)
    if not isinstance(text, str):
        refuse(join(path, "toml"), "这里要填文字，写在引号里。")
    try:
        return name, text.encode("utf-8")
    except UnicodeEncodeError:
        refuse(join(path, "toml"), "文字里有看不见的字符。")
