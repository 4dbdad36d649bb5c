"""A small form as a value: what is asked for one deed, and the answers as a draft keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from app.domain.problem import Refused
from app.domain.words import Word
from app.ui.applications.desk import ApplicationDesk


class Ask(Word):
    """How a question is answered."""

    DAY = "day", "日期"
    LINE = "line", "一行字"
    PLAIN = "plain", "数字字母"
    LINES = "lines", "几行字"
    CHOICE = "choice", "选一个"
    SEVERAL = "several", "选几个"
    COUNT = "count", "个数"


DIGITS: Final = 9
"""So many answers one digit each can name."""

Values = Mapping[str, Any]
"""Answers by field: date, str, code of a choice, tuple of codes, int, or None."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Of `several` the first option is "none of them"."""

    key: str
    label: str
    ask: Ask
    initial: Any = None
    hint: str = ""
    options: tuple[tuple[object, str], ...] = ()
    future: bool = False
    """Whether a day may lie ahead."""
    below: str = ""
    """A line under the field that stays while it is filled in."""


class Asked(Protocol):
    """A heading with questions under it."""

    @property
    def title(self) -> str:
        """The heading."""
        ...

    @property
    def hint(self) -> str:
        """A line under the heading."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions, in talk order."""
        ...


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to record: its questions, and what is done with the answers.

    `act` runs on the store thread and returns what to say afterwards. Raises Refused.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    act: Callable[[ApplicationDesk, Values], str]
    hint: str = ""

    @property
    def start(self) -> dict[str, Any]:
        """The answers before anybody answered."""
        return {field.key: field.initial for field in self.fields}

    def kept(self, values: Values) -> dict[str, Any]:
        """The answers as a draft keeps them."""
        return kept(values)

    def read(self, stored: Mapping[str, Any] | None) -> dict[str, Any]:
        """A draft back as answers; what it does not know stays as at the start."""
        return self.start | read(self.fields, stored)


def kept(values: Values) -> dict[str, Any]:
    """Answers as a draft keeps them."""
    return {key: _plain(value) for key, value in values.items()}


def read(fields: Sequence[Field], stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """A draft back as answers, of those fields that are still asked."""
    known = {field.key: field for field in fields}
    found = (stored or {}).items()
    return {key: _typed(known[key], value) for key, value in found if key in known}


def after(fields: Sequence[Field], key: str) -> str:
    """The field the cursor belongs in when `key` has been answered; the last stays."""
    keys = [field.key for field in fields]
    at = keys.index(key) if key in keys else -1
    return keys[min(at + 1, len(keys) - 1)]


def _plain(value: Any) -> Any:  # noqa: ANN401  # an answer of any kind
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return str(value) if isinstance(value, Word) else value


def _typed(field: Field, value: Any) -> Any:  # noqa: ANN401  # an answer of any kind
    if value is None:
        return None
    if field.ask is Ask.DAY:
        return date.fromisoformat(value)
    codes = {str(code): code for code, _label in field.options}
    if field.ask is Ask.CHOICE:
        return codes.get(value)
    if field.ask is Ask.SEVERAL:
        return tuple(codes[one] for one in value if one in codes)
    return value


def text_of(values: Values, key: str) -> str:
    """A typed answer, trimmed; empty when there is none."""
    return str(values.get(key) or "").strip()


def lines_of(values: Values, key: str) -> tuple[str, ...]:
    """A typed answer, one entry a line."""
    return tuple(line.strip() for line in text_of(values, key).splitlines() if line.strip())


def day_field(key: str, label: str, today: date) -> Field:
    """A day that has come, today unless something else is said."""
    return Field(key, label, Ask.DAY, initial=today)


def required_day(values: Values, key: str) -> date:
    """The day. Raises Refused A-39 without one."""
    day = values.get(key)
    if not isinstance(day, date):
        raise Refused(
            "日期还没填。", do="请填哪一天，可以打 3.2、0302、jt。", code="A-39", field=key
        )
    return day
