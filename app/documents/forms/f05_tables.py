"""The tables of F05, each built of a stored means test's content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Final

from app.documents import values
from app.documents.blocks import Grid
from app.documents.cells import (
    LEFT,
    RIGHT,
    SMALL,
    Cell,
    Row,
    fill,
    head,
    label,
    row,
    sign,
    story,
)
from app.documents.forms.f05_content import F05Content, F05Limit, F05Line, F05Member, F05Rung
from app.documents.forms.heads import HEADS
from app.documents.ink import MM
from app.domain.money import Money
from app.rules.grounds import Outcome

ROW: Final = 6 * MM
"""Printed figures need no room to write in."""
_UNKNOWN: Final = "还不知道"
_NO_INCOME: Final = "收入还不知道。"
_ALL_MET: Final = {Outcome.MEETS.label: "各项条件都符合。"}
"""What is said of a rung that gives no reason against itself."""
_SUMMARY: Final = (32, 12, *((20,) * len(HEADS)), 26, 20, 24)

Columns = tuple[float, ...]


def household(c: F05Content) -> Grid:
    """Whose test it is, and by which pack."""
    return Grid(columns=(22, 47) * 4, rows=tuple(_household(c)))


def summary(c: F05Content) -> Grid:
    """Everybody's income under its heads."""
    rows = tuple(_member(member) for member in c.members) or (_nothing(_NO_INCOME, 13),)
    return Grid(columns=_SUMMARY, heads=(_summary_heads(),), rows=rows, side="收入汇总")


def incomes(c: F05Content, columns: Columns) -> Grid:
    """Every line of the income."""
    empty = "没有收入项目。" if c.members else _NO_INCOME
    return _working("逐项核算", c.lines, columns, empty)


def outlay(c: F05Content, columns: Columns) -> Iterator[Grid]:
    """Every line of the rigid outlay, where there is any."""
    if c.outlay:
        yield _working("刚性支出", c.outlay, columns)


def limits(c: F05Content, columns: Columns) -> Iterator[Grid]:
    """The lines the household was held against, where there are any."""
    if c.limits:
        rows = tuple(_limit(limit) for limit in c.limits)
        yield Grid(columns=columns, heads=(_limit_heads(),), rows=rows, side="对照", breaks=True)


def rungs(c: F05Content, columns: Columns) -> Grid:
    """How every rung came out."""
    rows = tuple(_rung(rung) for rung in c.rungs)
    return Grid(columns=columns, heads=(_rung_heads(),), rows=rows, side="各档结论", breaks=True)


def remarks(c: F05Content) -> Iterator[Grid]:
    """What a person should look at, where there is anything."""
    if c.remarks:
        rows = tuple(_remark(text) for text in c.remarks)
        yield Grid(columns=(1,), rows=rows, side="提示", breaks=True)


def sums(c: F05Content) -> Grid:
    """What the lines come to, and what follows."""
    return Grid(columns=(24, 43) * 4, rows=tuple(_sums(c)), side="核算")


def sums_narrow(c: F05Content) -> Grid:
    """The same on half a page."""
    columns = (16.6, 20.5, 14, 10.5, 16.6, 18, 16.6, 17.7)
    return Grid(columns=columns, rows=tuple(_sums(c)), side="核算")


def signatures(height: float = 11 * MM) -> Grid:
    """Who worked it out and who checked it."""
    return Grid(columns=(1, 1), rows=(_signatures(height),), clings=True)


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
        height=ROW,
    )


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
        height=ROW,
    )


def _working(side: str, lines: tuple[F05Line, ...], columns: Columns, empty: str = "") -> Grid:
    """A year's amounts, each with what became of it, its formula and its clause.

    `empty` is said where there are none.
    """
    names = ("序号", "成员", "项目", "处理", "算式", "年金额（元）", "依据")
    rows = tuple(
        row(*_who(number, line), _told(line.treatment), *_how(line), height=ROW)
        for number, line in _counted(lines)
    )
    return Grid(
        columns=columns,
        heads=(row(*(head(name, size=SMALL) for name in names), height=ROW),),
        rows=rows or (_nothing(empty, len(names)),),
        side=side,
        breaks=True,
    )


def benefit(c: F05Content, columns: Columns) -> Iterator[Grid]:
    """What is paid a month, step by step, where anything is."""
    if not c.benefit:
        return
    names = ("序号", "成员", "项目", "算式", "月金额（元）", "依据")
    yield Grid(
        columns=columns,
        heads=(row(*(head(name, size=SMALL) for name in names), height=ROW),),
        rows=tuple(
            row(*_who(number, line), *_how(line), height=ROW)
            for number, line in _counted(c.benefit)
        ),
        side="金额算式",
        breaks=True,
    )


def _counted(lines: tuple[F05Line, ...]) -> Iterator[tuple[str, F05Line]]:
    """The lines with their numbers; a sum is nobody's and takes none."""
    numbers = count(1)
    return ((str(next(numbers)) if line.member else "", line) for line in lines)


def _who(number: str, line: F05Line) -> tuple[Cell, ...]:
    """Number, whose and what."""
    return (_told(number), _told(line.member), _told(line.item))


def _how(line: F05Line) -> tuple[Cell, ...]:
    """Formula, amount and clause."""
    return (
        fill(values.grouped_in(line.formula), align=LEFT, size=SMALL),
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
        height=ROW,
    )
    candidates = fill(c.candidates or "无", span=7, align=LEFT, size=SMALL)
    yield row(label("单人保对象", size=SMALL), candidates, height=ROW)
    owned = fill(c.property or _UNKNOWN, span=7, align=LEFT, size=SMALL)
    yield row(label("申报财产", size=SMALL), owned, height=ROW)


def _limit_heads() -> Row:
    names = ("对照的线", "本户", "标准或上限", "依据")
    return row(*(head(name, size=SMALL) for name in names), height=ROW)


def _limit(limit: F05Limit) -> Row:
    return row(
        fill(limit.name, size=SMALL),
        fill(limit.held or _UNKNOWN, size=SMALL),
        fill(limit.limit or "县里还没给", size=SMALL),
        fill(limit.basis, align=LEFT, size=SMALL),
        height=ROW,
    )


def _rung_heads() -> Row:
    names = ("档次", "结论", "涉及的人", "月金额（元）", "理由和依据")
    return row(*(head(name, size=SMALL) for name in names), height=ROW)


def _rung(rung: F05Rung) -> Row:
    """How a rung came out, with every reason and its clause."""
    several = len(rung.reasons) > 1
    reasons = (
        f"{f'{number}. ' if several else ''}{values.grouped_in(reason.text)}"
        f"{_in_brackets(reason.basis)}"
        for number, reason in enumerate(rung.reasons, start=1)
    )
    return row(
        fill(rung.name, size=SMALL),
        fill(rung.outcome, size=SMALL),
        fill(rung.members or "—", size=SMALL),
        _figure(rung.benefit),
        story("\n".join(reasons) or _ALL_MET.get(rung.outcome, "—"), top=False, size=SMALL),
        height=ROW,
    )


def _remark(text: str) -> Row:
    return row(story(values.grouped_in(text), top=False, size=SMALL), height=ROW)


_SIGNERS: Final = ("核算人", "复核人")
_PAD: Final = 0.4 * MM
_DATED: Final = "\n\n　　　年　　月　　日"


def _signatures(height: float) -> Row:
    return row(
        *(replace(sign(f"{who}签字：{_DATED}", dated=False), pad=_PAD) for who in _SIGNERS),
        height=height,
    )


def _pairs(*pairs: tuple[str, str]) -> Row:
    cells = (
        cell for name, said in pairs for cell in (label(name, size=SMALL), fill(said, size=SMALL))
    )
    return row(*cells, height=ROW)


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
