"""F18 备用金领用台账 — a month of the reserve fund on A4 lying down (domain.md §3.17)."""

from __future__ import annotations

from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import CENTRE, LEFT, RIGHT, SMALL, Cell, Row, fill, head, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.fund_ledger import HEADS, MONEY, WIDTHS, FundLedger, texts_of_line
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.masking import Mask, mask_in_text

FORM: Final = "F18"
VERSION: Final = "2"
TITLE: Final = "备用金领用台账"
HOLDERS: Final = ("乡镇存", "财政所存")
_STORIES: Final = frozenset({"摘要", "事由"})
_ROW: Final = 9 * MM


def content_of(ledger: FundLedger) -> FundLedger:
    """The month itself is the content."""
    return ledger


def render(content: FundLedger, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: FundLedger, document_no: str) -> Paper:
    """The ledger as it looks."""
    year, month = c.month.split("-")
    closed = f"　已由{c.closed_by}月结" if c.closed_by else "　还没月结"
    lines = tuple(row(*map(_cell, HEADS, texts_of_line(line)), height=_ROW) for line in c.lines)
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        landscape=True,
        blocks=(
            Title(
                TITLE,
                left=(
                    Words("单位："),
                    Words(c.unit, Style.KAI),
                    Words(f"　{year}年{int(month)}月{closed}"),
                ),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Grid(
                columns=WIDTHS,
                heads=(row(*(head(name, size=SMALL) for name in HEADS)),),
                rows=(_sum("月初结余", c, opening=True), *lines, _sum("本月合计", c)),
            ),
            Grid(
                columns=(1, 1),
                rows=(row(sign("经办人签字："), sign("复核人签字：")),),
                clings=True,
            ),
        ),
    )


def _sum(name: str, c: FundLedger, *, opening: bool = False) -> Row:
    """A line that only has sums."""
    sums = ("", "", values.yuan(c.opening))
    if not opening:
        sums = (values.yuan(c.came), values.yuan(c.went), values.yuan(c.closing))
    filled = (fill(one, align=RIGHT, size=SMALL) for one in sums)
    return row(head(name, span=3, size=SMALL), *filled, fill("", span=7))


def _cell(name: str, text: str) -> Cell:
    """Sums stand at the right, stories run on, the rest stands in the middle.

    The ledger lies open: no whole number stands in what somebody wrote.
    """
    if name in _STORIES:
        return story(mask_in_text(text, Mask.MIDDLE_8, phones=True), size=SMALL, top=False)
    align = RIGHT if name in MONEY else LEFT if name == "凭证号" else CENTRE
    return fill(text, align=align, size=SMALL)
