"""F27 送达回证 — the proof that a notice reached whom it is for (domain.md §3.21).

Goes along with F09, F10 and F20. Who signed and when is filled in as far as the step that told the
household says; the rest is written at the door.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import Row, fill, mixed, opinion, row, sign, story, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Tick, Words
from app.domain.households import Household

FORM: Final = "F27"
VERSION: Final = "2"
TITLE: Final = "送达回证"
HOLDERS: Final = ("存档",)
_WAYS: Final = ("直接送达", "留置送达", "委托送达", "邮寄送达", "公告送达")


@dataclass(frozen=True, slots=True, kw_only=True)
class F27Content:
    """What the proof says. `paper_no` names the notice that was served."""

    unit: str
    notice: str
    paper_no: str
    receiver: str
    id_number: str | None
    address: str
    phone: str | None
    signed_by: str
    served_on: date | None
    server: str


def content_of(
    household: Household,
    *,
    unit: str,
    notice: str,
    paper_no: str,
    receiver: str,
    id_number: str | None = None,
    signed_by: str = "",
    served_on: date | None = None,
    server: str = "",
) -> F27Content:
    """The proof for one notice to somebody of a household."""
    return F27Content(
        unit=unit,
        notice=notice,
        paper_no=paper_no,
        receiver=receiver,
        id_number=id_number,
        address=household.whole_address,
        phone=household.phone,
        signed_by=signed_by,
        served_on=served_on,
        server=server,
    )


def render(content: F27Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F27Content, document_no: str) -> Paper:
    """The proof as it looks."""
    unit = (Words("送达单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(30, 65, 27, 68), rows=_about(c)),
            Grid(columns=(1, 1), rows=_signed(c), together=True),
            Grid(columns=(30, 160), rows=(_refused(), row("备　注", fill(None), height=20 * MM))),
            Prose(
                (Words("说明：代收的写明代收人和关系；拒收的写明原因，由见证人签字。"),),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _about(c: F27Content) -> tuple[Row, ...]:
    return (
        row("送达文书", fill(f"《{c.notice}》"), "文书编号", fill(c.paper_no)),
        row("受送达人", fill(c.receiver), "证件号码", fill(values.spaced(c.id_number))),
        row("送达地点", story(c.address, span=3, top=False)),
        row("联系电话", fill(values.phone(c.phone)), "收到日期", fill(values.day(c.served_on))),
        row("送达方式", ticks(_WAYS, span=3)),
        row("收到人", fill(c.signed_by, span=3)),
        row(
            "代收人",
            mixed(Words("姓名"), Blank(40), Words("　与受送达人关系"), Blank(36), span=3),
            height=11 * MM,
        ),
    )


def _signed(c: F27Content) -> tuple[Row, ...]:
    server = (Words("送达人（一）"), Words(c.server, Style.KAI), Words("\n签字："))
    return (
        row(
            sign("受送达人（代收人）\n签字或按手印："),
            opinion(Words("送达单位："), signers=()),
        ),
        row(replace(sign(""), parts=server), sign("送达人（二）\n签字：")),
        row(sign("见证人（一）\n签字："), sign("见证人（二）\n签字：")),
    )


def _refused() -> Row:
    why = (Tick("拒收，原因："), Blank(60), Words("　"), Tick("无人接收"))
    return row("没有送到的", mixed(*why), height=12 * MM)
