"""F05 家庭收入财产核算表 — a stored means test with all its working, lying down (domain.md §3.5).

Formulas of 民发〔2021〕57号 as the pack states them. One copy, for the case file. No figure is left
to be written by hand: what was not known then is said to be so. An ordinary household stands on one
page; where it does not fit, the tables follow one another over several.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Title
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import f05_tables as tables
from app.documents.forms.f05_content import F05Content
from app.documents.forms.f05_one_page import SIZES, one_page, two_pages
from app.documents.paper import Order, Paper, pages_of, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words

FORM: Final = "F05"
VERSION: Final = "2"
TITLE: Final = "家庭收入财产核算表"
HOLDERS: Final = ("存档",)


def render(content: F05Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F05Content, document_no: str) -> Paper:
    """The form as it looks: on one page or else two, in the largest size that fits, or on more."""
    title = _title(c, document_no, crowded=True)
    for count, blocks in enumerate((one_page, two_pages), start=1):
        for size in SIZES:
            crowded = _paper((title, *blocks(c, size)))
            if len(pages_of(crowded)) <= count:
                return crowded
    return _paper((_title(c, document_no), *_blocks(c)))


def _paper(blocks: tuple[Block, ...]) -> Paper:
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks, landscape=True)


def _title(c: F05Content, document_no: str, *, crowded: bool = False) -> Title:
    unit = (
        Words("核算单位："), Words(c.unit, Style.KAI),
        Words("　核算日期："), Words(values.day(c.on), Style.KAI),
    )  # fmt: skip
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Title(TITLE, left=unit, right=number, crowded=crowded)


def _blocks(c: F05Content) -> Iterator[Block]:
    """Summary, working, lines held against, rungs, amount, remarks, signatures."""
    working = (10, 30, 42, 16, 48, 26, 96)
    yield tables.household(c)
    yield tables.summary(c)
    yield tables.incomes(c, working)
    yield tables.sums(c)
    yield from tables.limits(c, (70, 55, 55, 88))
    yield from tables.outlay(c, working)
    yield tables.rungs(c, (34, 20, 46, 26, 142))
    yield from tables.benefit(c, (10, 30, 58, 48, 26, 96))
    yield from tables.remarks(c)
    yield tables.signatures()
