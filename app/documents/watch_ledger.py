"""The watch list (F23) as a table: a household a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.documents import values
from app.documents.columns import Column
from app.domain.masking import Mask, in_the_open, mask_in_text

if TYPE_CHECKING:
    from app.documents.forms.f23 import F23Content

NAME: Final = "备案管理台账"
_COLUMNS: Final = (
    ("serial", "序号", 6), ("head", "户主", 12), ("place", "住址", 14), ("people", "家庭人口", 8),
    ("cause", "监测、备案类别", 18), ("note", "主要情况", 40), ("noticed", "发现日期", 14),
    ("listed", "列入日期", 14), ("compared", "上次比对", 14), ("status", "现在的情况", 12),
    ("handler", "经办人", 10),
)  # fmt: skip
FIELDS: Final = tuple(field for field, _head, _width in _COLUMNS)
"""What a column layout calls them."""


def columns_of(
    content: F23Content,
    groups: Sequence[str],
    *,
    note: bool,
    place: bool,
    mask: Mask = Mask.MIDDLE_8,
) -> list[Column]:
    """The columns; `note`: what is the matter with a household, in the coordinator's words, with
    the numbers in it hidden; `place`: its group out of `groups`, one a line, never its door."""
    hiding = in_the_open(mask)
    rows = [
        (
            *(str(n), one.head, group, str(one.people), one.cause.label),
            mask_in_text(one.note, hiding, phones=True),
            *(values.day(on) for on in (one.noticed_on, one.listed_on, one.compared_on)),
            *(one.status.label, one.handler),
        )
        for n, (one, group) in enumerate(zip(content.lines, groups, strict=True), start=1)
    ]
    texts = list(zip(*rows, strict=True)) or [()] * len(_COLUMNS)
    return [
        Column(field, head, width, tuple(said))
        for (field, head, width), said in zip(_COLUMNS, texts, strict=True)
        if field not in {name for name, shown in (("note", note), ("place", place)) if not shown}
    ]
