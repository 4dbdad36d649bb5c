"""F13 委托照料服务协议 — village, person and carer agree on care (domain.md §3.12).

After 习水县's 分散供养特困人员委托照料护理协议 by its fields; the words are ours. What the
record leaves open (a fee, the carer's number and address) is a line to write on; so are who answers
for the village, its address and telephone, and the account the fee is paid into. Three parties and
the township keep one each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    Row,
    fill,
    head,
    mixed,
    opinion,
    row,
    running,
    sign,
    story,
    ticks,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.caring import CareAgreement
from app.domain.households import Household
from app.domain.money import Money
from app.rules.care import CareLevel

FORM: Final = "F13"
VERSION: Final = "2"
TITLE: Final = "委托照料服务协议"
HOLDERS: Final = ("甲方存", "乙方存", "丙方存", "乡镇存")

SERVICES: Final = "服务清单"
_SERVICES: Final = (
    "日常起居照料", "买菜做饭、送饭", "洗衣、打扫", "代买药、督促服药", "就医陪同、住院陪护",
    "代办事务", "每天看望或打电话", "用火用电安全查看",
)  # fmt: skip
_DUTIES: Final = (
    ("甲方的责任", (
        "按时足额支付照料护理费；", "组织乙方参加基本医疗保险和自理能力评估；",
        "定期上门探访，监督丙方的照料，记下每次探访的情况；",
        "丙方照料不到位的，督促改正或者更换。",
    )),
    ("乙方的权利和责任", (
        "按本协议得到照料，可以向甲方反映照料情况，要求更换照料人；",
        "如实告知身体状况，配合照料和评估；", "爱护居住环境和物品，注意用火用电安全。",
    )),
    ("丙方的责任", (
        "按服务清单照料乙方的日常生活，保持个人和居所清洁；", "乙方生病时及时送医、陪护；",
        "乙方身体、住处、下落有变化的，当天告诉甲方；",
        "尊重乙方，不打骂、不虐待、不侵占乙方的财物和补助；", "有事离开的，先告诉甲方安排好接替。",
    )),
)  # fmt: skip
_END: Final = (
    "乙方去世、进机构集中供养或者不再享受供养的，协议自行终止；丙方不能尽责的，甲方应当解除协议并"
    "另行安排照料人；任何一方要提前解除的，先告知其他两方，结清照料护理费，并保证乙方的照料不中断。"
)
_BREACH: Final = (
    "甲方不按时支付照料护理费的，应当补足；丙方不按服务清单照料的，甲方可以扣减相应的照料护理费，督促"
    "不改的解除协议；丙方打骂、虐待乙方或者侵占乙方财物的，甲方应当立即解除协议，丙方退还财物、赔偿损失，"
    "并依法承担责任。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class F13Content:
    """What the agreement says. `fee` a month; None where nobody has set it."""

    village: str
    person: str
    id_number: str | None
    address: str
    phone: str | None
    care: CareLevel | None
    carer: str
    carer_phone: str
    carer_relation: str
    carer_id_number: str
    carer_address: str
    fee: Money | None
    services: str
    starts_on: date
    ends_on: date


def content_of(
    agreement: CareAgreement,
    household: Household,
    *,
    village: str,
    care: CareLevel | None = None,
) -> F13Content:
    """The agreement as recorded, about a member of `household`."""
    person = next(
        (one.person for one in household.members if one.person.id == agreement.person), None
    )
    return F13Content(
        village=village,
        person=agreement.person_name,
        id_number=None if person is None else person.id_number,
        address=household.whole_address,
        phone=household.phone if person is None else person.phone or household.phone,
        care=care,
        carer=agreement.carer,
        carer_phone=agreement.carer_phone,
        carer_relation=agreement.carer_relation,
        carer_id_number=agreement.carer_id_number,
        carer_address=agreement.carer_address,
        fee=agreement.fee,
        services=agreement.services,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )


def render(content: F13Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F13Content, document_no: str) -> Paper:
    """The agreement as it looks."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, right=number),
            Grid(columns=(30, 83, 27, 50), rows=_parties(c)),
            Prose(_wish(c), size=11, before=3 * MM, after=2 * MM),
            Grid(columns=(34, 156), rows=tuple(_clauses(c))),
            Grid(columns=(74, 58, 58), rows=_signatures(), clings=True),
            Grid(columns=(10, 80, 40, 60), heads=_list_heads(), rows=tuple(_list(c)),
                 together=True),
        ),
    )  # fmt: skip


def _parties(c: F13Content) -> tuple[Row, ...]:
    levels = {level.label for level in CareLevel if level is c.care}
    return (
        row("甲方（村居委会）", fill(values.committee(c.village)), "负责人", fill(None)),
        row("甲方地址", fill(None), "甲方电话", fill(None)),
        row("乙方（被照料人）", fill(c.person), "证件号码", fill(values.spaced(c.id_number))),
        row("乙方住址", fill(c.address, align=LEFT), "乙方电话", fill(values.phone(c.phone))),
        row("乙方自理能力", ticks((level.label for level in CareLevel), levels),
            "丙方与乙方关系", fill(c.carer_relation)),
        row("丙方（照料人）", fill(c.carer), "证件号码", fill(values.spaced(c.carer_id_number))),
        row("丙方住址", fill(c.carer_address, align=LEFT), "丙方电话",
            fill(values.phone(c.carer_phone))),
    )  # fmt: skip


def _wish(c: F13Content) -> tuple[Part, ...]:
    return (
        Words("　　为让乙方得到妥善照料，甲、乙、丙三方自愿订立本协议。协议期限自 "),
        Words(values.day(c.starts_on), Style.KAI),
        Words(" 起，至 "),
        Words(values.day(c.ends_on), Style.KAI),
        Words(" 止。"),
    )


def _clauses(c: F13Content) -> Iterator[Row]:
    fee: tuple[Part, ...] = (
        Words("每月 "),
        *((Words(f"{values.yuan(c.fee)}（{values.capitals(c.fee)}）", Style.KAI),)
          if c.fee is not None else (Blank(40), Words("元"))),
        Words("\n付款周期"), Blank(24), Words("　收款账户"), Blank(76),
    )  # fmt: skip
    yield row("照料护理费", running(*fee), height=16 * MM)
    for name, said in _DUTIES:
        lines = "\n".join(f"{number}. {text}" for number, text in enumerate(said, start=1))
        yield row(name, running(Words(lines)), height=12 * MM)
    yield row("变更和解除", running(Words(_END)))
    yield row("违约责任", running(Words(_BREACH)))
    yield row("其他约定", fill(None), height=12 * MM)


def _signatures() -> tuple[Row, ...]:
    return (
        row(
            opinion(Words("甲方："), signers=("负责人",)),
            sign("乙方签字\n（或按手印）："),
            sign("丙方签字\n（或按手印）："),
        ),
    )


def _list_heads() -> tuple[Row, ...]:
    return (
        row(head(f"附件　{SERVICES}", span=4)),
        row(head("序号"), head("服务内容"), head("频　次"), head("备　注")),
    )


def _list(c: F13Content) -> Iterator[Row]:
    yield row("约定", story(c.services, span=3, top=False))
    for number, name in enumerate(_SERVICES, start=1):
        yield row(fill(str(number)), mixed(Tick(name)), fill(None), fill(None))
