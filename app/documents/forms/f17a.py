"""F17a 先行救助（急难救助）审批表 — relief first, papers afterwards (domain.md §3.16).

Composed from S1:L22, S4:L44 and YN-XY; no public template carries this name. One page, two copies:
township and county.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, opinion, row, sign, story, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.clock import china_date
from app.domain.money import Money
from app.domain.relief_case import Instalment
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy

FORM: Final = "F17a"
VERSION: Final = "2"
TITLE: Final = "先行救助（急难救助）审批表"
HOLDERS: Final = ("乡镇存", "县存")

EVENTS: Final = {
    EventKind.FIRE: "火灾",
    EventKind.TRAFFIC: "交通事故",
    EventKind.SUDDEN_ILLNESS: "突发急病",
    EventKind.DROWNING: "溺水",
    EventKind.FLOOD: "洪涝灾害",
    EventKind.NO_FOOD: "断粮断炊",
    EventKind.OTHER: "其他",
}
WAYS: Final = {
    ReliefWay.CASH: "现金",
    ReliefWay.TRANSFER: "转账",
    ReliefWay.GOODS: "实物",
}
_STORY: Final = 34
_ROW: Final = 10.5
"""Millimetres."""
_CHECK_BY_HAND: Final[tuple[Part, ...]] = (
    Words("人均"), Blank(26), Words("元，一次最多"), Blank(26), Words("元，"),
    Tick("未超过"), Tick("超过"),
)  # fmt: skip
NO_TERM: Final = "县里还没给期限"


@dataclass(frozen=True, slots=True, kw_only=True)
class F17aContent:
    """What the form says. `cap` is the most this payment might be when it was made.

    None of what happened and was given on a blank form.
    """

    unit: str
    found_at: datetime | None
    reported: ReportedBy | None
    reported_by: str
    payee: str
    id_number: str | None
    is_unknown: bool
    phone: str | None
    address: str
    event_place: str
    event: EventKind | None
    event_note: str
    persons: int | None
    way: ReliefWay | None
    goods: str
    amount: Money | None
    cap: Money | None
    cap_rule: str
    source: FundSource | None
    parts: str
    """When and how much, of staged relief; empty for what is given at once."""
    follows: str
    """The number of the relief this follows on."""
    referral_reason: str
    decided_at: datetime | None
    decided_by: str
    decided_how: ApprovalWay | None
    paid_at: datetime | None
    paperwork_due_on: date | None
    paperwork_rule: str
    handler: str


def content_of(
    relief: Relief,
    *,
    unit: str,
    event_place: str,
    address: str = "",
    phone: str | None = None,
    reported_by: str = "",
    parts: Sequence[Instalment] = (),
    follows: str = "",
) -> F17aContent:
    """The form's content for one payment; the keyword facts are what its record does not hold."""
    paid = [part.paid_at for part in parts if part.paid_at is not None]
    return F17aContent(
        unit=unit,
        found_at=relief.found_at,
        reported=relief.reported_by,
        reported_by=reported_by or relief.reporter,
        payee=relief.payee_name,
        id_number=relief.payee_id_number,
        is_unknown=relief.is_unknown,
        phone=phone,
        address=address,
        event_place=relief.event_place or event_place,
        event=relief.event,
        event_note=relief.event_note,
        persons=relief.persons,
        way=relief.way,
        goods="、".join(map(str, relief.goods_items)) or relief.goods,
        amount=relief.amount,
        cap=relief.cap,
        cap_rule=relief.cap_rule,
        source=relief.source,
        parts="；".join(map(_part, parts)),
        follows=follows,
        referral_reason=relief.referral_reason,
        decided_at=relief.decided_at,
        decided_by=relief.decided_by,
        decided_how=relief.decided_how,
        paid_at=relief.paid_at or min(paid, default=None),
        paperwork_due_on=relief.paperwork_due_on,
        paperwork_rule=relief.paperwork_rule,
        handler=relief.handler,
    )


def render(content: F17aContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F17aContent, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("填报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 68, 24, 71), rows=_facts(c)),
            Grid(columns=(1, 1, 1), rows=_signatures(), clings=True),
            Grid(columns=(27, 163), rows=(_township(c),)),
            Prose(
                (Words("说明：先救助，后补手续；手续应当在上列期限内补齐。"),),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _facts(c: F17aContent) -> tuple[Row, ...]:
    event = () if c.event is None else (EVENTS[c.event],)
    way = () if c.way is None else (WAYS[c.way],)
    source = () if c.source is None else (c.source.label,)
    persons = None if c.persons is None else f"{c.persons} 人"
    number = (
        Words(values.spaced(c.id_number), Style.KAI), Words("　"), Tick("无证件", c.is_unknown)
    )  # fmt: skip
    said = () if c.reported is None else (c.reported.label,)
    reported = ticks((one.label for one in ReportedBy), said, size=9)
    return (
        row("发现时间", fill(values.minute(c.found_at)), "报告方式", reported),
        row("申请（发现）人", fill(c.reported_by), "联系电话", fill(values.phone(c.phone))),
        row("救助对象", fill(c.payee), "证件号码", mixed(*number)),
        row("家庭住址", fill(c.address, align=LEFT), "救助人口", fill(persons)),
        row("急难发生地", fill(c.event_place, span=3, align=LEFT)),
        row("急难事由", ticks(EVENTS.values(), event, span=3)),
        row("急难情况\n和紧急程度", story(c.event_note, span=3), height=_story_height(c)),
        row("救助方式", ticks((*WAYS.values(), "转介"), way, span=3)),
        row("实物内容", fill(c.goods, span=3, align=LEFT)),
        row("救助金额", fill(values.yuan(c.amount)), "大写", fill(values.capitals(c.amount))),
        row("标准核对", mixed(*_check(c), span=3), height=17 * MM),
        *(row(name, story(said, span=3, top=False)) for name, said in _more(c) if said),
        row(
            "资金来源",
            ticks((one.label for one in FundSource), source),
            "补齐手续期限",
            fill(_due(c)),
        ),
        row(
            "决定时间",
            fill(values.minute(c.decided_at)),
            "发放时间",
            fill(values.minute(c.paid_at)),
        ),
    )


def _story_height(c: F17aContent) -> float:
    """Room to write on, less what the rows take that only some of these papers have."""
    return (_STORY - _ROW * sum(bool(said) for _name, said in _more(c))) * MM


def _more(c: F17aContent) -> tuple[tuple[str, str], ...]:
    """Rows only some of these papers have."""
    return (
        ("分期给付", c.parts),
        ("跟进救助", f"跟进编号 {c.follows} 的先行救助" if c.follows else ""),
        ("转上级原因", c.referral_reason),
    )


def _part(part: Instalment) -> str:
    """One part of staged relief: its day and its sum."""
    on = part.planned_on if part.paid_at is None else china_date(part.paid_at)
    return f"第 {part.seq} 次 {values.day(on)} {values.yuan(part.amount)}"


def _due(c: F17aContent) -> str:
    """The last day for the papers, once something is owed."""
    if c.paid_at is None:
        return ""
    return values.day(c.paperwork_due_on) or NO_TERM


def _check(c: F17aContent) -> tuple[Part, ...]:
    """Whether the sum stays under the cap, as a sentence with its figures; then the deadline."""
    if c.amount is None:
        return _CHECK_BY_HAND
    each = Money(-(-c.amount.fen // max(c.persons or 1, 1)))
    said = f"{values.yuan(c.amount)}（人均 {values.yuan(each)}）"
    if c.cap is None:
        said += f"，{c.cap_rule or '县里没有定上限'}。"
    else:
        within = "未超过" if c.amount <= c.cap else "超过"
        rule = f"（{c.cap_rule}）" if c.cap_rule else ""
        said += f"，{within}一次最多 {values.yuan(c.cap)} 的上限{rule}。"
    said = values.grouped_in(said)
    if not c.paperwork_rule:
        return (Words(said, Style.KAI),)
    return (Words(said, Style.KAI), Words(f"\n手续期限：{c.paperwork_rule}", Style.KAI))


def _signatures() -> tuple[Row, ...]:
    return (
        row(
            sign("领款人签字\n（或按手印）："),
            sign("经办人（一）\n签字："),
            sign("经办人（二）\n签字："),
        ),
    )


def _township(c: F17aContent) -> Row:
    """Who agreed before the money was given, as far as it is known; the rest by hand."""
    told = c.decided_how is not None and c.decided_how is not ApprovalWay.WRITTEN
    spoken = (
        Tick("先行救助前已口头同意", told),
        Words("\n同意时间"), *_known(values.minute(c.decided_at) if told else "", 40),
        Words("　方式"), *_known(c.decided_how.label if told and c.decided_how else "", 30),
        Words("\n同意人"), *_known(c.decided_by if told else "", 43),
    )  # fmt: skip
    return row("乡镇（街道）\n意见", opinion(*spoken, signers=("负责人",)))


def _known(text: str, blank: float) -> tuple[Part, ...]:
    """What is known, or a line to write it on."""
    return (Words(f"　{text}", Style.KAI),) if text else (Blank(blank),)
