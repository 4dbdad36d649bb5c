"""A policy pack as one JSON file, the way a county publishes it (format xieli-pack/1).

{"format": …, "id": …, "version": …, "valid_from": …, "layers": [{"name": …, "toml": …}, …]}.
All layers travel, so that the pack means the same wherever it arrives.
"""

from __future__ import annotations

from typing import Final

from app.domain.operations import canonical
from app.rules import strict
from app.rules.pack import File, Pack, parse_pack
from app.rules.strict import Record, join, known_keys, refuse, required

FORMAT: Final = "xieli-pack/1"
LARGEST: Final = 4 << 20
"""Bytes of one bundle."""
_MOST_LAYERS: Final = 40
_BUNDLE: Final = frozenset({"format", "id", "version", "valid_from", "layers"})
_LAYER: Final = frozenset({"name", "toml"})


def bundle_of(pack: Pack) -> bytes:
    """The canonical bytes of `pack` as one file."""
    return canonical(
        {
            "format": FORMAT,
            "id": pack.id,
            "version": pack.version,
            "valid_from": pack.valid_from.isoformat(),
            "layers": [{"name": name, "toml": data.decode("utf-8")} for name, data in pack.files],
        }
    )


def parse_bundle(data: bytes) -> Pack:
    """The pack in a bundle. Raises Refused (C-01 … C-05, C-08): nothing is half loaded."""
    record = strict.read_json(data, limit=LARGEST, name="bundle")
    known_keys(record, "", _BUNDLE)
    if required(record, "format", "") != FORMAT:
        refuse("format", f"这不是政策包文件，应写“{FORMAT}”。")
    layers = required(record, "layers", "")
    pack = parse_pack(strict.rows(layers, "layers", _file, longest=_MOST_LAYERS))
    for key, inside in (
        ("id", pack.id),
        ("version", pack.version),
        ("valid_from", pack.valid_from.isoformat()),
    ):
        if required(record, key, "") != inside:
            refuse(key, "和政策包里面写的不一样，可能被改过。", code="C-08")
    return pack


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
