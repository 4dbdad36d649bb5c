"""收条 — what the payee signs for 先行救助 (domain.md §3.23: F17a's attachment).

Half a page of text under the title, so that a payee who cannot read can have it read out; the sum
in figures and in capitals; places for the payee, for who writes in their stead, and for a witness.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, row, sign, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f17a import EVENTS, WAYS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Words
from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.money import Money

FORM: Final = "SJ"
VERSION: Final = "2"
TITLE: Final = "收　条"
HOLDERS: Final = ("乡镇存", "县存")
_ATTACHED: Final = "说明：本收条是《先行救助（急难救助）审批表》的附件，与审批表同一编号。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent:
    """Who received what from whom, for what, and when."""

    payer: str
    payee: str
    id_number: str | None
    phone: str | None
    address: str
    event: EventKind
    amount: Money
    way: ReliefWay
    goods: str
    paid_at: datetime | None
    handler: str


def content_of(
    relief: Relief, *, payer: str, address: str = "", phone: str | None = None
) -> ReceiptContent:
    """The receipt of one payment; `payer` is the office that gives."""
    return ReceiptContent(
        payer=payer,
        payee=relief.payee_name,
        id_number=relief.payee_id_number,
        phone=phone,
        address=address,
        event=relief.event,
        amount=relief.amount,
        way=relief.way,
        goods="、".join(map(str, relief.goods_items)) or relief.goods,
        paid_at=relief.paid_at,
        handler=relief.handler,
    )


def render(content: ReceiptContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: ReceiptContent, document_no: str) -> Paper:
    """The receipt as it looks."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form="收条",
        version=VERSION,
        title="收条",
        blocks=(
            Title(TITLE, right=number),
            Prose(_words(c), size=14, before=3 * MM, after=5 * MM),
            Grid(columns=(27, 89, 24, 50), rows=_facts(c)),
            Grid(columns=(1, 1), rows=_signatures()),
            Prose((Words(_ATTACHED),), size=9, before=1 * MM),
        ),
    )


def _words(c: ReceiptContent) -> tuple[Part, ...]:
    goods = f"{c.goods}，" if c.goods else ""
    return (
        Words("　　今收到"),
        Words(c.payer, Style.KAI),
        Words("因"),
        Words(EVENTS[c.event], Style.KAI),
        Words("给付的先行救助（急难救助）"),
        Words(f"{goods}{values.capitals(c.amount)}（{values.yuan(c.amount)}）", Style.KAI),
        Words("。给付方式：" if not c.goods else "（含实物折价）。给付方式："),
        Words(WAYS[c.way], Style.KAI),
        Words("。以上内容已当面念给领款人听，本人确认无误。"),
    )


def _facts(c: ReceiptContent) -> tuple[Row, ...]:
    stand_in = (
        Words("姓名"),
        Blank(26),
        Words("　与领款人关系"),
        Blank(20),
        Words("　证件号码"),
        Blank(44),
    )
    return (
        row("领款人", fill(c.payee), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, align=LEFT), "电　话", fill(values.phone(c.phone))),
        row("给付时间", fill(values.minute(c.paid_at)), "经办人", fill(c.handler)),
        row("代领人", mixed(*stand_in, span=3), height=11 * MM),
        row("代写说明", ticks(("由他人代写，已念给本人听，本人确认（按手印）",), span=3)),
    )


def _signatures() -> tuple[Row, ...]:
    return (
        row(sign("领款人签字\n（或按手印）："), sign("代领人或代写人签字\n（或按手印）：")),
        row(sign("经办人签字："), sign("见证人签字：")),
    )
