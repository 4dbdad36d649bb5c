"""F02 家庭经济状况核对授权书 — a page for everybody who authorises the check (domain.md §3.2).

Composed from 福建's 城市低收入查询授权书 and step 1 of Guangdong's 一般程序; the wording of the
scope is the province's to fix. Two copies: township and 核对机构.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, head, mixed, row, running, sign, ticks
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f02_content import F02Content, F02Person, F02Signer
from app.documents.forms.rungs import rung_ticks
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words

FORM: Final = "F02"
VERSION: Final = "2"
TITLE: Final = "家庭经济状况核对授权书"
HOLDERS: Final = ("乡镇存", "核对机构存")

_SCOPE: Final = (
    "户籍", "婚姻", "社保", "公积金", "房产", "车辆", "商事登记", "税务", "存款", "证券", "基金",
    "保险", "第三方支付", "医疗和教育费用",
)  # fmt: skip
_PERSONS: Final = 4
"""Lines the table has at least (domain.md §3.2), so that somebody can be written in."""

_WISH: Final = (
    "　　为申请和享受社会救助，本人自愿授权下列单位查询、核对本人以及本页所列由监护人代为授权的人的"
    "家庭经济状况信息。"
)
_TO_WHOM: Final = "县级民政部门及其委托的家庭经济状况核对机构，乡镇人民政府（街道办事处）"
_PURPOSE: Final = (
    "社会救助的申请受理、审核确认，以及享受救助期间的定期复核和动态管理；不作别的用途。"
)
_VALIDITY: Final = (
    "　起，在申请办理期间和享受救助期间有效；本人书面撤回、申请没有获得确认或者救助终止的，"
    "到那一天为止。"
)
_SECRECY: Final = (
    "被授权单位和经办人员对核对得到的信息依法保密，只在上列用途内使用，不向无关的单位和个人透露。"
)


def render(content: F02Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F02Content, document_no: str) -> Paper:
    """The form as it looks: a page for each signer."""
    blocks = tuple(block for signer in c.signers for block in _page(c, signer, document_no))
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _page(c: F02Content, signer: F02Signer, document_no: str) -> Iterator[Block]:
    unit = (Words("申报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    yield Title(TITLE, left=unit, right=number, begins_page=True)
    yield Prose((Words(_WISH),), after=3 * MM)
    yield Grid(columns=(27, 89, 24, 50), rows=_signer(signer), side="授权人")
    yield Grid(
        columns=(12, 40, 32, 34, 50, 22),
        heads=(_heads(),),
        rows=tuple(_persons(signer)),
        side="核对的人",
    )
    yield Grid(columns=(27, 163), rows=_terms(c))
    yield Grid(columns=(1, 1), rows=_signatures())
    yield Prose(
        (Words("说明：一人一页；在外地的成年成员可以在当地签好交回。空着的格子由本人如实手写。"),),
        size=9,
        before=1 * MM,
    )


def _signer(signer: F02Signer) -> tuple[Row, ...]:
    person = signer.person
    return (
        row("姓　名", fill(person.name), "与申请人关系", fill(person.relation)),
        row("证件类型", fill(person.id_kind), "证件号码", fill(values.spaced(person.id_number))),
        row(
            "住　址", fill(signer.address, align=LEFT), "联系电话", fill(values.phone(signer.phone))
        ),
    )


def _heads() -> Row:
    names = ("序号", "姓名", "与申请人关系", "证件类型", "证件号码", "由谁授权")
    return row(*(head(name) for name in names))


def _persons(signer: F02Signer) -> Iterator[Row]:
    """The signer, those signed for, and empty lines up to four."""
    own = (signer.person, "本人") if signer.person.name else None
    people = [*([own] if own else []), *((ward, "监护人") for ward in signer.wards)]
    for number, (person, by) in enumerate(people, start=1):
        yield _person(str(number), person, by)
    for number in range(len(people) + 1, _PERSONS + 1):
        yield row(fill(str(number)), *(fill(None) for _ in range(5)))


def _person(number: str, person: F02Person, by: str) -> Row:
    said = (number, person.name, person.relation, person.id_kind)
    spaced = values.spaced(person.id_number)
    return row(*(fill(text) for text in said), fill(spaced), fill(by))


def _terms(c: F02Content) -> tuple[Row, ...]:
    scope: list[Part] = [Tick(item) for item in _SCOPE]
    validity = (
        Words("自　"),
        Words(values.day(c.valid_from), Style.KAI) if c.valid_from else Blank(36),
        Words(_VALIDITY),
    )  # fmt: skip
    return (
        row("授权给谁", running(Words(_TO_WHOM))),
        row("申请人", fill(c.applicant, align=LEFT)),
        row("申请事项", rung_ticks(c.requested)),
        row("核对范围", mixed(*scope, Words("\n"), Tick("以上全部")), height=24 * MM),
        row("核对用途", running(Words(_PURPOSE)), height=12 * MM),
        row("授权期限", running(*validity), height=15 * MM),
        row("保密承诺", running(Words(_SECRECY)), height=15 * MM),
    )


def _signatures() -> tuple[Row, ...]:
    return (
        row(sign("授权人签字\n（或按手印）："), sign("监护人签字\n（或按手印）：")),
        row(ticks(("由他人代写，已念给本人听，本人确认（按手印）",), span=2)),
    )
