"""F24 社会救助协理工作季（月）报 — what a span of work came to, in figures (domain.md §3.21).

Lying down; figures above, the four heads of S4:L64 below. A quarter that was reported is printed as
it was told then; any other span as the records stand now, its heads open to write in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import Row, fill, head, label, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.masking import Mask, mask_in_text
from app.domain.reports import ReportFigures, VillageReport

FORM: Final = "F24"
VERSION: Final = "2"
TITLE: Final = "社会救助协理工作季（月）报"
HOLDERS: Final = ("乡镇存", "存档")
_OPEN: Final = 11 * MM
_ACROSS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class F24Content:
    """What the report says of the days from `first` to `last`; "" heads are to be written."""

    unit: str
    span: str
    first: date
    last: date
    told_to: str
    told_on: date | None
    figures: ReportFigures
    progress: str
    problems: str
    experience: str
    suggestions: str
    handler: str


def content_of(
    figures: ReportFigures, *, unit: str, span: str, first: date, last: date, handler: str
) -> F24Content:
    """The report of a span nobody has reported yet; `span` is what it is called."""
    return F24Content(
        unit=unit, span=span, first=first, last=last, told_to="", told_on=None, figures=figures,
        progress="", problems="", experience="", suggestions="", handler=handler,
    )  # fmt: skip


def content_of_report(report: VillageReport, *, unit: str) -> F24Content:
    """The report as it was made."""
    return F24Content(
        unit=unit,
        span=report.quarter.label,
        first=report.first,
        last=report.last,
        told_to=report.told_to,
        told_on=report.told_on,
        figures=report.figures,
        progress=report.progress,
        problems=report.problems,
        experience=report.experience,
        suggestions=report.suggestions,
        handler=report.handler,
    )


def render(content: F24Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F24Content, document_no: str) -> Paper:
    """The report as it looks."""
    said = f"　{c.span}（{values.day(c.first)}至{values.day(c.last)}）"
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        landscape=True,
        blocks=(
            Title(
                TITLE,
                left=(Words("填报单位："), Words(c.unit, Style.KAI), Words(said)),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Grid(
                columns=(52, 40) * _ACROSS,
                heads=(row(*(head(name) for name in ("项　目", "数　量") * _ACROSS)),),
                rows=_figures(c.figures),
            ),
            Grid(columns=(32, 244), rows=_heads(c)),
            Grid(columns=(1, 1, 1), rows=_signatures(c), clings=True),
            Prose(
                (
                    Words(
                        "说明：数字由程序按本机的记录统计；“期末超期”指期末已过期限还没补齐手续的。"
                    ),
                ),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def figures_of(f: ReportFigures) -> tuple[tuple[str, str], ...]:
    """What was counted: name and figure."""
    return (
        ("走访（见到人的）", f"{f.visits} 户次"), ("发现线索", f"{f.leads} 件"),
        ("提交申请", f"{f.applications} 件"),
        ("先行救助笔数", f"{f.relief} 笔"), ("先行救助金额", values.yuan(f.relief_sum)),
        ("期末超期未补手续", f"{f.overdue_papers} 笔"),
        ("转介发出", f"{f.referred} 件"), ("转介得到回复", f"{f.answered} 件"),
        ("开始渐退", f"{f.graces} 户"), ("列入监测、备案", f"{f.listed} 户"),
    )  # fmt: skip


def heads_of(c: F24Content) -> tuple[tuple[str, str], ...]:
    """What was said of it: the four heads of S4:L64. It may hang on a board, so no whole number
    stands in it."""
    said = (
        ("工作进展", c.progress), ("存在问题", c.problems),
        ("经验做法", c.experience), ("意见建议", c.suggestions),
    )  # fmt: skip
    return tuple((name, mask_in_text(text, Mask.MIDDLE_8, phones=True)) for name, text in said)


def _figures(f: ReportFigures) -> tuple[Row, ...]:
    said = figures_of(f)
    said += (("", ""),) * (-len(said) % _ACROSS)
    return tuple(
        row(*(cell for name, text in said[at : at + _ACROSS] for cell in (label(name), fill(text))))
        for at in range(0, len(said), _ACROSS)
    )


def _heads(c: F24Content) -> tuple[Row, ...]:
    return tuple(row(name, story(text), height=_OPEN) for name, text in heads_of(c))


def _signatures(c: F24Content) -> tuple[Row, ...]:
    by = (Words("填表人："), Words(c.handler, Style.KAI), Words("\n签字："))
    told = f"{c.told_to}　{values.day(c.told_on)}" if c.told_to else ""
    return (
        row(
            replace(sign(""), parts=by),
            sign("审核人签字："),
            opinion(Words("报送："), Words(told, Style.KAI), signers=("负责人",)),
        ),
    )
