"""The means test as a talk: steps, question blocks and fields, without saying how they are drawn.

What was answered is kept as JSON values by block and field, so that a draft is the answers
themselves, half-answered blocks included; `app.rules` facts are made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money
from app.domain.words import Word

Value = str | int | None
"""An answer: a code, an amount in yuan, a day in ISO, a number."""

Answers = Mapping[str, Mapping[str, Value]]
"""block key → field key → answer. A block that is absent was never touched."""

YES: Final = "yes"
NO: Final = "no"
YES_NO: Final = ((NO, "没有"), (YES, "有"))
NOTHING: Final = "nothing"
"""The kind that says there is none of it."""


class Step(Word):
    """The six steps of the talk, in order (ux §4.3)."""

    PEOPLE = "people", "家里几口人"
    INCOME = "income", "收入"
    EXPENSE = "expense", "大额支出"
    ASSETS = "assets", "财产"
    OBLIGORS = "obligors", "赡养人"
    CHECK = "check", "核对签字"


class Kind(Word):
    """How a field is answered."""

    CHOICE = "choice", "按数字选"
    SEVERAL = "several", "按数字选几样"
    MONEY = "money", "金额"
    COUNT = "count", "个数"
    DAY = "day", "日期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. A field that is not `shown` waits for an answer before it."""

    key: str
    label: str
    kind: Kind = Kind.CHOICE
    options: tuple[tuple[str, str], ...] = ()
    shown: bool = True
    needed: bool = True
    """Whether the block is unfinished without it."""
    hint: str = ""
    least: int = 0
    most: int = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is asked on one page: about whom, which questions."""

    key: str
    step: Step
    title: str
    who: str
    """The button that leads here says it: 下一个：李小雨."""
    fields: tuple[Field, ...] = ()

    def is_done(self, answers: Answers) -> bool:
        """Whether every question that matters has its answer."""
        given = answers.get(self.key, {})
        return all(
            given.get(field.key) is not None
            for field in self.fields
            if field.shown and field.needed
        )


def of_words(words: Iterable[Word]) -> tuple[tuple[str, str], ...]:
    """Options of a `Word` enum's members."""
    return tuple((word.value, word.label) for word in words)


def text_of(given: Mapping[str, Value], key: str) -> str:
    """A code, or "" where nothing was answered."""
    value = given.get(key)
    return value if isinstance(value, str) else ""


def picks_of(given: Mapping[str, Value], key: str) -> tuple[str, ...] | None:
    """The codes of a question with several answers: () for none of them, None for no answer."""
    text = text_of(given, key)
    return None if not text else picked(text)


def picked(text: str) -> tuple[str, ...]:
    """The codes as kept: joined by commas, or `NOTHING`."""
    return () if text == NOTHING else tuple(text.split(","))


def picks_said(codes: Iterable[str] | None) -> Value:
    """The answer that stands for some codes; None where nothing is known."""
    return None if codes is None else ",".join(codes) or NOTHING


def money_of(given: Mapping[str, Value], key: str) -> Money | None:
    """An amount, or None."""
    text = text_of(given, key)
    return Money.parse(text) if text else None


def count_of(given: Mapping[str, Value], key: str) -> int | None:
    """A number, or None."""
    value = given.get(key)
    return value if isinstance(value, int) else None


def day_of(given: Mapping[str, Value], key: str) -> date | None:
    """A day, or None."""
    text = text_of(given, key)
    return date.fromisoformat(text) if text else None


def truth_of(given: Mapping[str, Value], key: str) -> bool | None:
    """Yes, no, or not known."""
    return {YES: True, NO: False}.get(text_of(given, key))


def said(truth: bool | None) -> Value:  # noqa: FBT001  # it is the value itself
    """The answer that stands for a three-valued fact."""
    return None if truth is None else (YES if truth else NO)


def numbered(answers: Answers, prefix: str) -> Sequence[str]:
    """Keys of blocks that repeat — "income:p1:0", "income:p1:1" — in their order.

    One more follows as long as the last one says there is more.
    """
    keys = [f"{prefix}:0"]
    while text_of(answers.get(keys[-1], {}), MORE) == YES:
        keys.append(f"{prefix}:{len(keys)}")
    return keys


def listed(prefix: str, known: Sequence[dict[str, Value]]) -> dict[str, dict[str, Value]]:
    """Repeating blocks from what is known; an empty list was asked about and is empty."""
    if not known:
        return {f"{prefix}:0": {"kind": NOTHING}}
    return {
        f"{prefix}:{n}": one | {MORE: YES if n + 1 < len(known) else NO}
        for n, one in enumerate(known)
    }


MORE: Final = "more"
