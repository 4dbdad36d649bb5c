"""F26 代理委托书 — somebody else brings the application (domain.md §3.21, S3:L23).

Composed; no public template [NF]. What the vault knows of both is filled in; what may be done in
the other's name is ticked by hand, for nobody was asked. Two copies: the file and who was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, opinion, row, running, sign, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import persons
from app.documents.forms.rungs import RUNGS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.casework import Application
from app.domain.households import Household
from app.domain.procedure import FiledBy

FORM: Final = "F26"
VERSION: Final = "2"
TITLE: Final = "社会救助申请代理委托书"
HOLDERS: Final = ("存档", "受委托人存")

_MAY: Final = (
    "代为提出申请、填写表格", "代为提交和补正材料", "配合入户调查", "代为领取告知书",
    "代为领取救助款物",
)  # fmt: skip
_WAYS: Final = (FiledBy.PROXY, FiledBy.VILLAGE)
_WISH: Final = (
    "　　因本人办理不便，自愿委托上列受委托人代为办理下列社会救助事项。受委托人在委托范围内所办的"
    "事，本人认可。委托期间可以随时书面撤回。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class F26Content:
    """What the paper says. "" and None are lines to write on."""

    unit: str
    applicant: str
    id_number: str | None
    address: str
    phone: str | None
    requested: tuple[str, ...]
    way: FiledBy
    proxy: str
    proxy_id: str
    relation: str
    proxy_phone: str
    signed_on: date | None


def content_of(application: Application, household: Household, *, unit: str) -> F26Content:
    """The paper behind an application somebody else brings. Raises Refused A-42."""
    applicant = persons.applicant_of(household, application.applicant).person
    proxy = application.proxy
    return F26Content(
        unit=unit,
        applicant=applicant.name,
        id_number=applicant.id_number,
        address=household.whole_address,
        phone=applicant.phone or household.phone,
        requested=tuple(RUNGS[rung] for rung in application.requested if rung in RUNGS),
        way=proxy.filed_by,
        proxy=proxy.name,
        proxy_id=proxy.id_number,
        relation=proxy.relation,
        proxy_phone=proxy.phone,
        signed_on=proxy.signed_on,
    )


def render(content: F26Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F26Content, document_no: str) -> Paper:
    """The paper as it looks."""
    unit = (Words("申报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 89, 22, 52), rows=_applicant(c), side="委托人"),
            Grid(columns=(27, 89, 22, 52), rows=_proxy(c), side="受委托人"),
            Prose((Words(_WISH),), size=12, before=4 * MM, after=4 * MM),
            Grid(columns=(27, 163), rows=_terms(c)),
            Grid(columns=(1, 1), rows=_signatures(), together=True),
            Prose(
                (Words("说明：附双方身份证复印件；委托人不识字的，念给本人听后按手印。"),),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _applicant(c: F26Content) -> tuple[Row, ...]:
    return (
        row("姓　名", fill(c.applicant), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, align=LEFT), "联系电话", fill(values.phone(c.phone))),
    )


def _proxy(c: F26Content) -> tuple[Row, ...]:
    way = ticks((one.label for one in _WAYS), (c.way.label,))
    return (
        row("姓　名", fill(c.proxy), "证件号码", fill(values.spaced(c.proxy_id))),
        row(
            "与委托人\n关　系",
            fill(c.relation),
            "联系电话",
            fill(values.phone(c.proxy_phone)),
            height=11 * MM,
        ),
        row("代办方式", way, "住　址", fill(None)),
    )


def _terms(c: F26Content) -> tuple[Row, ...]:
    term: tuple[Part, ...] = (
        Words("自 "),
        *((Words(values.day(c.signed_on), Style.KAI),) if c.signed_on else (Blank(40),)),
        Words(" 起，至 "), Blank(40), Words(" 止"),
    )  # fmt: skip
    return (
        row("委托事项", fill("、".join(c.requested) + "的申请", align=LEFT)),
        row("委托范围", running(*map(Tick, _MAY)), height=12 * MM),
        row("委托期限", mixed(*term)),
        row("委托原因", fill(None), height=14 * MM),
    )


def _signatures() -> tuple[Row, ...]:
    return (
        row(sign("委托人签字\n（或按手印）："), sign("受委托人签字：")),
        row(
            sign("见证人签字\n（委托人按手印时）："),
            opinion(Words("村（居）委会证明：\n以上属实。"), signers=("经办人",)),
        ),
    )
