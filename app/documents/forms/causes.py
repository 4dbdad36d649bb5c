"""主要致贫原因: the boxes of F01 and the words a record has for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.documents.cells import LEFT, Cell, mixed
from app.documents.fonts import Style
from app.documents.typeset import Part, Tick, Words

CAUSES: Final = ("疾病", "灾害", "残疾", "缺乏劳动力", "失业", "失地", "其他")
_SAID: Final = {
    "因病": "疾病",
    "大病": "疾病",
    "重病": "疾病",
    "患病": "疾病",
    "因灾": "灾害",
    "受灾": "灾害",
    "自然灾害": "灾害",
    "因残": "残疾",
    "缺劳力": "缺乏劳动力",
    "缺劳动力": "缺乏劳动力",
    "无劳动力": "缺乏劳动力",
    "因失业": "失业",
    "因失地": "失地",
}
"""What rosters write for the form's own words."""
_BETWEEN: Final = re.compile(r"[、，,；;/\s]+")


def causes_of(said: str | None) -> tuple[tuple[str, ...], str]:
    """The boxes a record's words mean, in its order, and the words no box means."""
    boxes: list[str] = []
    others: list[str] = []
    for word in filter(None, _BETWEEN.split(said or "")):
        cause = _SAID.get(word.removesuffix("致贫"), word.removesuffix("致贫"))
        if cause in CAUSES[:-1]:
            boxes.append(cause)
        elif word != CAUSES[-1]:
            others.append(word)
    if others or (said or "").strip() == CAUSES[-1]:
        boxes.append(CAUSES[-1])
    return tuple(dict.fromkeys(boxes)), "、".join(others)


def cause_ticks(boxes: Iterable[str], other: str, *, span: int) -> Cell:
    """The boxes, and behind 其他 what was said in words."""
    on = frozenset(boxes)
    parts: list[Part] = [Tick(cause, cause in on) for cause in CAUSES]
    if other:
        parts.append(Words(other, Style.KAI))
    return mixed(*parts, span=span, align=LEFT)
