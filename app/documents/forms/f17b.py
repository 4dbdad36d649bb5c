"""F17b 先行救助补充说明（补齐手续）表 — the papers made up after the money (domain.md §3.16).

Composed from YN-XY and 民发〔2018〕23号; no public template carries this name. One page,
two copies: township and county. Before anything was made up it prints as a form to fill in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, opinion, row, running, sign, story, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f17a import EVENTS, NO_TERM, WAYS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS, LateSupplement
from app.domain.relief_words import Afterwards, CheckResult

FORM: Final = "F17b"
VERSION: Final = "2"
TITLE: Final = "先行救助事后补充说明（补齐手续）表"
HOLDERS: Final = ("乡镇存", "县存")


@dataclass(frozen=True, slots=True, kw_only=True)
class F17bContent:
    """What the form says; `made` is empty until the papers are made up."""

    unit: str
    relief_no: str
    payee: str
    id_number: str | None
    event: EventKind
    amount: Money
    way: ReliefWay
    given_at: datetime | None
    due_on: date | None
    rule: str
    handler: str
    text: str = ""
    checked: str = ""
    home_visited_on: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    items: tuple[str, ...] = ()
    result: CheckResult | None = None
    afterwards: Afterwards | None = None
    completed_on: date | None = None


def content_of(
    relief: Relief,
    *,
    unit: str,
    made: LateSupplement | None = None,
    given_at: datetime | None = None,
) -> F17bContent:
    """The form for one payment, with what was `made` up; `given_at` where its parts say when."""
    content = F17bContent(
        unit=unit,
        relief_no=relief.document_no,
        payee=relief.payee_name,
        id_number=relief.payee_id_number,
        event=relief.event,
        amount=relief.amount,
        way=relief.way,
        given_at=relief.paid_at or given_at,
        due_on=relief.paperwork_due_on,
        rule=relief.paperwork_rule,
        handler=relief.handler if made is None else made.handler,
    )
    if made is None:
        return content
    return replace(
        content,
        text=made.text,
        checked=made.checked,
        home_visited_on=made.home_visited_on,
        notice_from=made.notice_from,
        notice_to=made.notice_to,
        items=made.items,
        result=made.result,
        afterwards=made.afterwards,
        completed_on=made.completed_on,
    )


def render(content: F17bContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F17bContent, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("填报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 68, 24, 71), rows=(*_about(c), *_made(c))),
            Grid(columns=(1, 1), rows=_opinions()),
            Prose(
                (Words("说明：先救助，后补手续；与《先行救助（急难救助）审批表》一并存档。"),),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _about(c: F17bContent) -> tuple[Row, ...]:
    due = values.day(c.due_on) or NO_TERM
    return (
        row("关联编号", fill(c.relief_no), "给付时间", fill(values.minute(c.given_at))),
        row("救助对象", fill(c.payee), "证件号码", fill(values.spaced(c.id_number))),
        row("救助事由", fill(EVENTS[c.event]), "救助方式", fill(WAYS[c.way])),
        row("救助金额", fill(values.yuan(c.amount)), "大写", fill(values.capitals(c.amount))),
        row("补齐期限", fill(due), "补齐日期", fill(values.day(c.completed_on))),
        row("期限依据", fill(c.rule, span=3, align=LEFT, size=9)),
    )


def _made(c: F17bContent) -> tuple[Row, ...]:
    others = tuple(one for one in c.items if one not in LATE_PAPERS)
    result = () if c.result is None else (c.result.label,)
    after = () if c.afterwards is None else (c.afterwards.label,)
    return (
        row("补充说明", story(c.text, span=3), height=18 * MM),
        row("补齐材料", ticks((*LATE_PAPERS, *others), c.items, span=3, size=9)),
        row("核对结果", fill(c.checked, span=3, align=LEFT)),
        row(
            "入户核实",
            fill(values.day(c.home_visited_on)),
            "公示起止",
            mixed(*_from_to(c.notice_from, c.notice_to)),
        ),
        row(
            "结　论",
            ticks((one.label for one in CheckResult), result),
            "后　续",
            running(*(Tick(one.label, one.label in after) for one in Afterwards), size=9),
        ),
        row("经办人", fill(c.handler), sign("经办人签字：", span=2, dated=False)),
    )


def _from_to(first: date | None, last: date | None) -> tuple[Part, ...]:
    if first is None or last is None:
        return (Blank(28), Words("至"), Blank(28))
    return (Words(f"{values.day(first)}至{values.day(last)}", Style.KAI),)


def _opinions() -> tuple[Row, ...]:
    recovery = (Words("县民政部门意见：\n追回处理："), Blank(60))
    return (
        row(
            opinion(Words("村（居）委会意见："), signers=("负责人",)),
            opinion(Words("乡镇（街道）意见："), signers=("负责人",)),
        ),
        row(opinion(*recovery, signers=("经办人", "负责人"), span=2)),
    )
