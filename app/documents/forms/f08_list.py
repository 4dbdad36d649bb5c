"""F08 每月名单 — everybody the village's board names for the month (domain.md §3.7, NC)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Sealed, Title
from app.documents.cells import fill, head, row
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f07 import NoticeLine, table
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Words

FORM: Final = "F08L"
VERSION: Final = "2"
TITLE: Final = "社会救助对象公示名单"
HOLDERS: Final = ("张贴", "存档")
_BODY: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class F08ListContent:
    """The list as it stands on a day."""

    unit: str
    on: date
    lines: tuple[NoticeLine, ...]
    contact: str = ""
    """Where people may object, as the last notice that named it did."""


def render(content: F08ListContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F08ListContent, document_no: str) -> Paper:
    """The list as it hangs."""
    committee, day = values.committee(c.unit), values.day(c.on)
    said = (
        Words("　　下列家庭正在享受社会救助，现予公示（截至 "),
        Words(day, Style.KAI),
        Words(f"，共 {len(c.lines)} 户）。如有异议，请向"),
        Words(committee, Style.KAI),
        Words("反映。投诉电话："),
        Words(values.phone(c.contact), Style.KAI) if c.contact else Blank(40),
    )
    heads, rows = table(c.lines, amount="")
    empty = (row(fill("现在没有享受社会救助的家庭。", span=len(heads))),)
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, right=(Words("编号："), Words(document_no, Style.KAI))),
            Prose(said, size=_BODY, before=2 * MM, after=4 * MM),
            Grid(
                columns=tuple(width for _name, width in heads),
                heads=(row(*(head(name, size=11) for name, _width in heads), height=14 * MM),),
                rows=tuple(rows) or empty,
            ),
            Sealed(
                (Words(committee, Style.KAI), Words("（盖章）\n"), Words(day, Style.KAI)),
                size=_BODY,
            ),
        ),
    )
