"""Write docs/protocol-fields.md: every field of every message and of every record that travels.

Run from the repository: `PYTHONPATH=. .venv/bin/python tools/protocol_fields.py`. A test compares
the page with the code.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Integer, Table
from sqlalchemy.sql.schema import Column

import app.sync.protocol
from app.models.base import Base, UtcDateTime
from app.models.registry import ENTITIES
from app.sync.protocol.coding import Message
from county_server.authority import COUNTY_FIELDS, FROM_DEVICES, WRITTEN_ONCE

PAGE: Final = Path(__file__).parents[1] / "docs/protocol-fields.md"
_HEAD: Final = """# Every field that travels

Written by `tools/protocol_fields.py` from `app/sync/protocol/`, `app/models/` and
`county_server/authority.py`; do not edit. What the messages are for, and in which order things
happen: [protocol.md](protocol.md). What a coded word means: [glossary.md](glossary.md).

## Messages

JSON; a field that is not here makes the whole message unacceptable. “may be left out” fields have
the value behind the equals sign when they are.
"""
_PLAIN: Final[dict[type, str]] = {
    msgspec.inspect.BoolType: "yes/no",
    msgspec.inspect.NoneType: "null",
    msgspec.inspect.AnyType: "any JSON without floats",
    msgspec.inspect.RawType: "any JSON without floats",
}
_RECORDS: Final = """
## Records

What a patch and a document's `body` hold, by entity. The id is `entity_id`, never a field. Types:
text; number (whole); fen (whole, money); yes/no; day `YYYY-MM-DD`; instant (UTC, milliseconds);
→ *entity* (an id of that entity, which a page of the feed brings along); list, object (JSON).
“null” may be null. Of a record the county has, a device changes

- every field but the county's (*county*), where nothing else is said;
- only the fields marked *moves*, where the record is said to be **written once**; some of those
  move one way only or are said once, as the rules in [protocol.md](protocol.md) tell.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, *_messages(), _RECORDS]
    for entity, table in sorted(ENTITIES.items()):
        parts += _record(entity, table)
    return "\n".join(parts).rstrip() + "\n"


def _messages() -> Iterator[str]:
    """Every shape of the protocol, by module and name."""
    for info in pkgutil.iter_modules(app.sync.protocol.__path__):
        module = importlib.import_module(f"app.sync.protocol.{info.name}")
        shapes = [
            (name, one) for name, one in vars(module).items()
            if inspect.isclass(one) and issubclass(one, Message) and one is not Message
            and one.__module__ == module.__name__
        ]  # fmt: skip
        for name, shape in sorted(shapes):
            yield f"\n### `{name}` ({info.name})\n\n{_said(shape)}\n"
            yield "| field | form |\n|---|---|"
            for field in msgspec.structs.fields(shape):
                form = _form(msgspec.inspect.type_info(field.type))
                yield f"| `{field.encode_name}` | {form}{_default(field)} |"


def _default(field: msgspec.structs.FieldInfo) -> str:
    """How a field that may be left out is read then."""
    if field.required:
        return ""
    if isinstance(field.default, msgspec.Raw):
        return "; may be left out"
    if field.default is not msgspec.NODEFAULT:
        return f"; may be left out = {msgspec.json.encode(field.default).decode()}"
    return "; may be left out = []"


def _form(kind: msgspec.inspect.Type) -> str:
    """A type of the wire in a few words."""
    match kind:
        case msgspec.inspect.StrType():
            return _bounded("text", kind.pattern, kind.min_length, kind.max_length)
        case msgspec.inspect.BytesType():
            return "base64 of bytes" + _between(kind.min_length, kind.max_length)
        case msgspec.inspect.IntType():
            return f"number{_between(kind.ge, kind.le)}"
        case msgspec.inspect.LiteralType():
            return "one of " + ", ".join(f"`{value}`" for value in kind.values)
        case msgspec.inspect.Metadata():
            return _form(kind.type)
    return _PLAIN.get(type(kind)) or _made_of(kind)


def _made_of(kind: msgspec.inspect.Type) -> str:
    """A type that holds others."""
    match kind:
        case msgspec.inspect.ListType() | msgspec.inspect.VarTupleType():
            many = _between(kind.min_length, kind.max_length)
            return f"list{many} of: {_form(kind.item_type)}"
        case msgspec.inspect.DictType():
            return f"object of: {_form(kind.value_type)}"
        case msgspec.inspect.StructType():
            return f"`{kind.cls.__name__}`"
        case msgspec.inspect.UnionType():
            return " or ".join(_form(one) for one in kind.types)
    raise TypeError(f"no words for {kind}")


def _bounded(word: str, pattern: str | None, least: int | None, most: int | None) -> str:
    """A text with its pattern, else with its length."""
    if pattern is not None:
        escaped = pattern.removesuffix(r"\Z").removeprefix("^").replace("|", r"\|")
        return f"{word} `{escaped}`"
    return f"{word}{_between(least, most)}"


def _between(least: int | None, most: int | None) -> str:
    if least is not None and least == most:
        return f" ({least})"
    if least is None and most is None:
        return ""
    if least is None:
        return f" (≤ {most})"
    return f" (≥ {least})" if most is None else f" ({least} … {most})"


def _record(entity: str, table: Table) -> Iterator[str]:
    """One entity with its fields."""
    writer = "written by laptops" if entity in FROM_DEVICES else "only from the county"
    once = WRITTEN_ONCE.get(entity)
    mode = "" if once is None else "; **written once**"
    yield f"\n### `{entity}`: {writer}{mode}\n\n{_said(_row(table))}\n"
    for check in sorted(_checks(table)):
        yield f"`{check}`\n"
    yield "| field | type | |\n|---|---|---|"
    for column in table.columns:
        if column.name == "id":
            continue
        notes = ["null"] if column.nullable else []
        if column.name in COUNTY_FIELDS.get(entity, frozenset()):
            notes.append("*county*")
        if once is not None and column.name in once:
            notes.append("*moves*")
        yield f"| `{column.name}` | {_type(column)} | {', '.join(notes)} |"


def _checks(table: Table) -> list[str]:
    """What the laptop's own tables hold to."""
    checks = [one for one in table.constraints if isinstance(one, CheckConstraint)]
    return [re.sub(r"\s+", " ", str(one.sqltext)).replace("|", r"\|") for one in checks]


def _type(column: Column[object]) -> str:
    (target, *_) = [*(key.column.table.name for key in column.foreign_keys), ""]
    if target:
        return f"→ `{target}`"
    if isinstance(column.type, UtcDateTime):
        return "instant"
    if isinstance(column.type, Date):
        return "day"
    if isinstance(column.type, Boolean):
        return "yes/no"
    if isinstance(column.type, Integer):
        return "fen" if column.name.endswith("_fen") else "number"
    if isinstance(column.type, JSON):
        declared = str(_row(column.table).__annotations__[column.name])
        return "list" if "list[" in declared else "object"
    return "text"


def _row(table: Table) -> type[Base]:
    (row,) = [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table]
    made: type[Base] = row
    return made


def _said(shape: type) -> str:
    """What its docstring says."""
    return (inspect.getdoc(shape) or "").strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
