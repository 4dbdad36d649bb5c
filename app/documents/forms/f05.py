"""F05 家庭收入财产核算表 — a stored means test with all its working, lying down (domain.md §3.5).

Formulas of 民发〔2021〕57号 as the pack states them. One copy, for the case file. No figure is left
to be written by hand: what was not known then is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Title
from app.documents.cells import LEFT, RIGHT, SMALL, Cell, Row, fill, head, label, mixed, row, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f05_content import F05Content, F05Limit, F05Line, F05Member, F05Rung
from app.documents.forms.heads import HEADS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Words
from app.domain.money import Money
from app.rules.grounds import Outcome

FORM: Final = "F05"
VERSION: Final = "1"
TITLE: Final = "家庭收入财产核算表"
HOLDERS: Final = ("存档",)

_ROW: Final = 6 * MM
"""Printed figures need no room to write in."""
_UNKNOWN: Final = "还不知道"
_NO_INCOME: Final = "收入还不知道。"
_ALL_MET: Final = {Outcome.MEETS.label: "各项条件都符合。"}
"""What is said of a rung that gives no reason against itself."""


def render(content: F05Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F05Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (
        Words("核算单位："), Words(c.unit, Style.KAI),
        Words("　核算日期："), Words(values.day(c.on), Style.KAI),
    )  # fmt: skip
    title = Title(TITLE, left=unit, right=(Words("编号："), Words(document_no, Style.KAI)))
    blocks = (title, *_blocks(c))
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks, landscape=True)


def _blocks(c: F05Content) -> Iterator[Block]:
    """Summary, working, lines held against, rungs, amount, remarks, signatures."""
    yield Grid(columns=(22, 47) * 4, rows=tuple(_household(c)))
    yield Grid(
        columns=_SUMMARY,
        heads=(_summary_heads(),),
        rows=tuple(_member(member) for member in c.members) or (_nothing(_NO_INCOME, 13),),
        side="收入汇总",
    )
    yield _working("逐项核算", c.lines, "没有收入项目。" if c.members else _NO_INCOME)
    yield Grid(columns=(24, 43) * 4, rows=tuple(_sums(c)), side="核算")
    if c.limits:
        rows = tuple(_limit(limit) for limit in c.limits)
        yield Grid(
            columns=(70, 55, 55, 88), heads=(_limit_heads(),), rows=rows, side="对照", breaks=True
        )
    if c.outlay:
        yield _working("刚性支出", c.outlay)
    yield Grid(
        columns=(34, 20, 46, 26, 142),
        heads=(_rung_heads(),),
        rows=tuple(_rung(rung) for rung in c.rungs),
        side="各档结论",
        breaks=True,
    )
    if c.benefit:
        yield _benefit(c.benefit)
    if c.remarks:
        yield Grid(
            columns=(1,), rows=tuple(_remark(text) for text in c.remarks), side="提示", breaks=True
        )
    yield Grid(columns=(1, 1), rows=(_signatures(),), clings=True)


def _household(c: F05Content) -> Iterator[Row]:
    persons = f"{c.listed} 人，计入 {c.counted} 人"
    yield _pairs(
        ("户　主", c.head),
        ("家庭人口", persons),
        ("城乡类别", c.area),
        ("手填参数", c.overrides or "无"),
    )
    yield row(
        label("住　址", size=SMALL),
        fill(c.address, span=3, align=LEFT, size=SMALL),
        label("政策包", size=SMALL),
        fill(c.pack, span=3, align=LEFT, size=SMALL),
        height=_ROW,
    )


_SUMMARY: Final = (32, 12, *((20,) * len(HEADS)), 26, 20, 24)


def _summary_heads() -> Row:
    names = (
        "成员",
        "计入",
        *(name.replace("收入", "\n收入").replace("抚养费", "\n抚养费") for name in HEADS.values()),
        "不计入项目",
        "扣减",
        "核定额\n（元/年）",
    )
    return row(*(head(name, size=SMALL) for name in names), height=10 * MM)


def _member(m: F05Member) -> Row:
    amounts = (_figure(_plain(amount)) for amount in m.heads)
    return row(
        fill(m.name, size=SMALL),
        fill(values.yes_no(m.counted) or "—", size=SMALL),
        *amounts,
        fill(m.disregarded or "无", size=SMALL),
        _figure(_plain(m.deducted)),
        _figure(m.total.grouped()),
        height=_ROW,
    )


def _working(side: str, lines: tuple[F05Line, ...], empty: str = "") -> Grid:
    """A year's amounts, each with what became of it, its formula and its clause.

    `empty` is said where there are none.
    """
    names = ("序号", "成员", "项目", "处理", "算式", "年金额（元）", "依据")
    rows = tuple(
        row(*_who(number, line), _told(line.treatment), *_how(line), height=_ROW)
        for number, line in enumerate(lines, start=1)
    )
    return Grid(
        columns=(10, 30, 42, 16, 48, 26, 96),
        heads=(row(*(head(name, size=SMALL) for name in names), height=_ROW),),
        rows=rows or (_nothing(empty, len(names)),),
        side=side,
        breaks=True,
    )


def _benefit(lines: tuple[F05Line, ...]) -> Grid:
    """What is paid a month, step by step."""
    names = ("序号", "成员", "项目", "算式", "月金额（元）", "依据")
    return Grid(
        columns=(10, 30, 58, 48, 26, 96),
        heads=(row(*(head(name, size=SMALL) for name in names), height=_ROW),),
        rows=tuple(
            row(*_who(number, line), *_how(line), height=_ROW)
            for number, line in enumerate(lines, start=1)
        ),
        side="金额算式",
        breaks=True,
    )


def _who(number: int, line: F05Line) -> tuple[Cell, ...]:
    """Number, whose and what; a sum is nobody's and has no number."""
    return (_told(str(number) if line.member else ""), _told(line.member), _told(line.item))


def _how(line: F05Line) -> tuple[Cell, ...]:
    """Formula, amount and clause."""
    return (
        fill(line.formula, align=LEFT, size=SMALL),
        _figure(line.amount),
        fill(line.basis, align=LEFT, size=SMALL),
    )


def _sums(c: F05Content) -> Iterator[Row]:
    yield _pairs(
        ("家庭年收入", _known(c.income_year)),
        ("计入人口", f"{c.counted} 人"),
        ("人均月收入", _known(c.per_capita_month)),
        ("低保月标准", _known(c.standard_month)),
    )
    suggested = c.suggested
    if c.benefit_month is not None:
        suggested += f"，每月 {values.yuan(c.benefit_month)}"
    exact = c.per_capita_exact or "—"
    yield row(
        label("人均算式", size=SMALL),
        fill(exact, span=3, align=LEFT, size=SMALL),
        label("初步结论", size=SMALL),
        fill(suggested, span=3, align=LEFT, size=SMALL),
        height=_ROW,
    )
    candidates = fill(c.candidates or "无", span=7, align=LEFT, size=SMALL)
    yield row(label("单人保对象", size=SMALL), candidates, height=_ROW)
    owned = fill(c.property or _UNKNOWN, span=7, align=LEFT, size=SMALL)
    yield row(label("申报财产", size=SMALL), owned, height=_ROW)


def _limit_heads() -> Row:
    names = ("对照的线", "本户", "标准或上限", "依据")
    return row(*(head(name, size=SMALL) for name in names), height=_ROW)


def _limit(limit: F05Limit) -> Row:
    return row(
        fill(limit.name, size=SMALL),
        fill(limit.held or _UNKNOWN, size=SMALL),
        fill(limit.limit or "县里还没给", size=SMALL),
        fill(limit.basis, align=LEFT, size=SMALL),
        height=_ROW,
    )


def _rung_heads() -> Row:
    names = ("档次", "结论", "涉及的人", "月金额（元）", "理由和依据")
    return row(*(head(name, size=SMALL) for name in names), height=_ROW)


def _rung(rung: F05Rung) -> Row:
    """How a rung came out, with every reason and its clause."""
    several = len(rung.reasons) > 1
    reasons = (
        f"{f'{number}. ' if several else ''}{reason.text}{_in_brackets(reason.basis)}"
        for number, reason in enumerate(rung.reasons, start=1)
    )
    return row(
        fill(rung.name, size=SMALL),
        fill(rung.outcome, size=SMALL),
        fill(rung.members or "—", size=SMALL),
        _figure(rung.benefit),
        story("\n".join(reasons) or _ALL_MET.get(rung.outcome, "—"), top=False, size=SMALL),
        height=_ROW,
    )


def _remark(text: str) -> Row:
    return row(story(text, top=False, size=SMALL), height=_ROW)


def _signatures() -> Row:
    return row(
        mixed(Words("核算人签字："), Blank(48), Words("　　　年　　月　　日")),
        mixed(Words("复核人签字："), Blank(48), Words("　　　年　　月　　日")),
        height=11 * MM,
    )


def _pairs(*pairs: tuple[str, str]) -> Row:
    cells = (
        cell for name, said in pairs for cell in (label(name, size=SMALL), fill(said, size=SMALL))
    )
    return row(*cells, height=_ROW)


def _told(text: str) -> Cell:
    return fill(text, size=SMALL)


def _figure(text: str) -> Cell:
    return fill(text, align=RIGHT, size=SMALL)


def _nothing(text: str, span: int) -> Row:
    return row(fill(text, span=span, size=SMALL))


def _known(amount: Money | None) -> str:
    return _UNKNOWN if amount is None else values.yuan(amount)


def _plain(amount: Money) -> str:
    """A figure of the summary; a dash where there is nothing, so that the rest stands out."""
    return amount.grouped() if amount.fen else "—"


def _in_brackets(basis: str) -> str:
    return f"（{basis}）" if basis else ""
