"""F12 生活自理能力评估表 — six acts, one page for each person looked at (domain.md §3.11, §2.6).

What nobody looked at stays open for the two assessors. Two copies: file and carer's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Row,
    fill,
    head,
    mixed,
    opinion,
    row,
    running,
    sign,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f12_content import ACTS, F12Content, F12Person
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Part, Tick, Words
from app.domain.caring import AbilityKind
from app.rules.care import CareLevel

FORM: Final = "F12"
VERSION: Final = "2"
TITLE: Final = "生活自理能力评估表"
HOLDERS: Final = ("存档", "照料人档案存")

_RULE: Final = (
    "六项都能做到的，具备生活自理能力（全自理）；一至三项做不到的，部分丧失生活自理能力（半护理）；"
    "四项以上做不到的，完全丧失生活自理能力（全护理）。能力有变化的，应当及时报告并重新评估。"
)


def render(content: F12Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F12Content, document_no: str) -> Paper:
    """The form as it looks."""
    blocks = tuple(block for person in c.people for block in _page(c, person, document_no))
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _page(c: F12Content, person: F12Person, document_no: str) -> Iterator[Block]:
    unit = (Words("单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    yield Title(TITLE, left=unit, right=number, begins_page=True)
    yield Grid(columns=(27, 89, 24, 50), rows=_facts(c, person))
    yield Grid(columns=(14, 40, 46, 90), heads=(_heads(),), rows=tuple(_acts(person)))
    yield Grid(columns=(27, 163), rows=_conclusion(person))
    yield Grid(columns=(1, 1, 1), rows=(_signatures(person),))
    yield Grid(columns=(27, 163), rows=(_township(),))


def _facts(c: F12Content, p: F12Person) -> tuple[Row, ...]:
    age = "" if p.age is None else f"{p.age} 周岁"
    number = fill(values.spaced(p.id_number))
    kinds = [Tick(kind.label, kind is p.kind) for kind in AbilityKind]
    return (
        row("姓　名", fill(p.name), "性别、年龄", fill("，".join(filter(None, (p.sex, age))))),
        row("残疾等级", fill(p.disability), "证件号码", number),
        row("住　址", fill(p.address, align=LEFT), "联系电话", fill(values.phone(p.phone))),
        row("评估日期", fill(values.day(c.assessed_on)), "评估类型", mixed(*kinds)),
    )


def _heads() -> Row:
    return row(*(head(name) for name in ("序号", "评估项目", "能不能做到", "观察说明")))


def _acts(p: F12Person) -> Iterator[Row]:
    for number, (name, can) in enumerate(zip(ACTS.values(), p.acts, strict=True), start=1):
        answer = mixed(Tick("能", can is True), Tick("不能", can is False), align=0.5)
        yield row(str(number), name, answer, fill(None), height=11 * MM)


def _conclusion(p: F12Person) -> tuple[Row, ...]:
    failed = "" if p.failed is None else f"{p.failed} 项"
    done = "" if p.failed is None else f"{len(ACTS) - p.failed} 项"
    counts: tuple[Part, ...] = (
        Words("不能做到 "), Words(failed or "　　　项", Style.KAI),
        Words("，能做到 "), Words(done or "　　　项", Style.KAI),
    )  # fmt: skip
    levels = [Tick(level.label, level is p.level) for level in CareLevel]
    return (
        row("项　数", mixed(*counts)),
        row("评估结论", mixed(*levels)),
        row("评定办法", running(Words(_RULE), size=SMALL), height=13 * MM),
        row("备　注", fill(p.note, align=LEFT), height=12 * MM),
    )


def _signatures(p: F12Person) -> Row:
    one, other = (*p.assessors, "", "")[:2]
    return row(
        sign(f"评估人（一）{one}\n签字："),
        sign(f"评估人（二）{other}\n签字："),
        sign("本人（监护人）\n签字\n（或按手印）："),
    )


def _township() -> Row:
    return row("乡镇（街道）", opinion(Words("评估结论已经复核。"), signers=("负责人",)))
