"""Reading data from outside: every key expected, every value of its kind, refusals with a path.

Shared by the case file, the pack bundle and the calendars. Raises Refused: C-01 not readable at
all, C-02 a key nobody asked for, C-03 a key that must be there, C-04 a value that cannot stand.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any, Final, NoReturn, TypeVar

from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.words import Word

Record = dict[str, object]
Reader = Callable[[object, str], object]
"""Reads a value at a path. Raises Refused."""
Facts = tuple[tuple[str, Reader], ...]
"""What one kind of object may tell: each key with its reader, in the order they are looked at."""
W = TypeVar("W", bound=Word)
T = TypeVar("T")

_UNREADABLE: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_LONG: Final = len("2026-03-02")
_SHOWN: Final = 40
"""Characters of a stray key that a message repeats."""


def refuse(path: str, why: str, *, code: str = "C-04", do: str | None = None) -> NoReturn:
    """Raise Refused about the value at `path` ("household.members[0].birth")."""
    raise Refused(f"{path}：{why}", do=do or "请改好这一处再试。", code=code, field=path)


def read_json(data: bytes, *, limit: int, name: str) -> Record:
    """The JSON object in `data`, at most `limit` bytes of UTF-8. Raises Refused (C-01, C-05)."""
    if len(data) > limit:
        refuse(name, f"文件太大，最多 {limit // 1024} KB。", code="C-01")
    try:
        value = _DECODER.decode(data.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
    except UnicodeDecodeError:
        refuse(name, "文件不是 UTF-8 编码。", code="C-01")
    except RecursionError:
        refuse(name, "文件一层套一层，套得太深了。", code="C-01")
    except ValueError:
        refuse(name, "文件不是完整的 JSON，可能没有传完。", code="C-01")
    return as_record(value, name)


def as_record(value: object, path: str) -> Record:
    """`value` as an object. Raises Refused for anything else."""
    if not isinstance(value, dict):
        refuse(path, "这里要填一组“名称: 值”。")
    return value


def known_keys(record: Record, path: str, allowed: frozenset[str]) -> None:
    """Refuse (C-02) the first key of `record`, in order, that is not in `allowed`."""
    if allowed.issuperset(record):
        return
    stray = next(key for key in record if key not in allowed)
    shown = _UNREADABLE.sub("?", stray)[:_SHOWN]
    refuse(join(path, shown), "没有这一项，可能是写错了名字。", code="C-02")


def join(path: str, key: str) -> str:
    """The path of `key` inside `path`; a path that is a file ends with a colon."""
    if not path:
        return key
    return f"{path} {key}" if path.endswith(":") else f"{path}.{key}"


def required(record: Record, key: str, path: str) -> object:
    """The value of `key`. Raises Refused (C-03) when it is absent or null."""
    value = record.get(key)
    if value is None:
        refuse(join(path, key), "这一项必须填。", code="C-03")
    return value


def optional(record: Record, key: str, path: str, read: Callable[[object, str], T]) -> T | None:
    """The value of `key` as `read` reads it, or None where it is absent or null."""
    value = record.get(key)
    if value is None:
        return None
    return read(value, join(path, key) if path else key)


def needed(record: Record, key: str, path: str, read: Callable[[object, str], T]) -> T:
    """The value of `key` as `read` reads it. Raises Refused (C-03) when it is absent or null."""
    value = record.get(key)
    if value is None:
        refuse(join(path, key), "这一项必须填。", code="C-03")
    return read(value, join(path, key) if path else key)


def told(
    record: Record, path: str, facts: Facts, needed: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Those of `facts` that `record` tells, in this order, each as its reader reads it.

    Raises Refused; C-03 for one of `needed` that is absent or null.
    """
    inside = f"{path}." if path else ""
    get = record.get
    found: dict[str, Any] = {}
    for name, read in facts:
        value = get(name)
        if value is not None:
            found[name] = read(value, inside + name)
        elif name in needed:
            refuse(inside + name, "这一项必须填。", code="C-03")
    return found


def rows(
    value: object, path: str, read: Callable[[Record, str], T], *, longest: int
) -> tuple[T, ...]:
    """A list of objects, each read with its own path. Raises Refused."""
    listed = as_list(value, path, longest=longest)
    try:
        return tuple(map(read, map(as_record, listed, repeat("")), repeat("")))
    except Refused:
        # paths are only for refusals and cost as much as reading: read again, now with them
        paths = [f"{path}[{n}]" for n in range(len(listed))]
        return tuple(map(read, map(as_record, listed, paths), paths))


def names(value: object, path: str, *, longest: int) -> tuple[str, ...]:
    """A list of short texts. Raises Refused."""
    listed = as_list(value, path, longest=longest)
    try:
        return tuple(map(as_name, listed, repeat("")))
    except Refused:
        return tuple(as_name(one, f"{path}[{n}]") for n, one in enumerate(listed))


def as_text(value: object, path: str, *, longest: int = 200) -> str:
    """A line of text, not empty. Raises Refused."""
    if not isinstance(value, str):
        refuse(path, "这里要填文字，写在引号里。")
    if not value or len(value) > longest or value.isspace():
        refuse(path, f"文字不能空着，也不能超过 {longest} 个字。")
    if not value.isprintable() and _UNREADABLE.search(value):
        refuse(path, "文字里有看不见的字符。")
    return value


as_name: Final = partial(as_text, longest=64)
"""A short text such as an id or a code. Raises Refused."""


def as_flag(value: object, path: str) -> bool:
    """True or false. Raises Refused."""
    if not isinstance(value, bool):
        refuse(path, "这里只能填 true 或 false。")
    return value


def as_count(value: object, path: str, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`. Raises Refused."""
    if not isinstance(value, int) or isinstance(value, bool):
        refuse(path, "这里要填整数。")
    if not least <= value <= most:
        refuse(path, f"这个数要在 {least} 到 {most} 之间。")
    return value


def as_day(value: object, path: str) -> date:
    """An ISO date. Raises Refused."""
    # a day as it should be takes no pattern: what is read has two dashes where they belong
    if isinstance(value, str) and len(value) == _LONG and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            if _DAY(value):
                refuse(path, "没有这一天。")
    refuse(path, "日期要写成“2026-03-02”这样。")


def as_money(value: object, path: str) -> Money:
    """Yuan as text with at most two decimals, not negative. Raises Refused."""
    if not isinstance(value, str):
        refuse(path, '金额要写在引号里，例如 "800.00"。')
    try:
        amount = Money.parse(value)
    except Refused:
        refuse(path, "金额写法不对，应是“800”或“800.50”这样的元数，最多两位小数。")
    if amount.fen < 0:
        refuse(path, "金额不能是负数。")
    return amount


def as_word(words: type[W]) -> Callable[[object, str], W]:
    """A reader of one of the codes of `words`."""
    codes = {word.value: word for word in words}
    expected = "、".join(codes)

    def _read(value: object, path: str) -> W:
        try:
            return codes[value]  # type: ignore[index]  # whatever is no code is refused below
        except (KeyError, TypeError):
            refuse(path, f"这里只能填：{expected}。")

    return _read


def as_list(value: object, path: str, *, longest: int) -> list[object]:
    """A list of at most `longest` things. Raises Refused."""
    if not isinstance(value, list):
        refuse(path, "这里要填一个列表。")
    if len(value) > longest:
        refuse(path, f"列表太长，最多 {longest} 项。")
    return value


def _without_repeats(pairs: list[tuple[str, object]]) -> Record:
    """The object of `pairs`. A repeated key would silently drop one of two facts."""
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        refuse(
            _UNREADABLE.sub("?", repeated)[:_SHOWN],
            "同一项写了两遍，不知道该听哪一个。",
            code="C-05",
        )
    return record


def _no_constant(_text: str) -> NoReturn:
    """NaN and the infinities are no amounts."""
    raise ValueError("not a JSON number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_without_repeats, parse_constant=_no_constant)
