"""F22 近亲属备案表 — staff and the households related to them (domain.md §3.21).

After NC's fields. One line for a household as it declared; the lines below are for the unit. Lying
down, nine lines a page. F22L is the same table for a whole village.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, SMALL, Cell, Row, fill, head, opinion, row, sign
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.households import Category, Household
from app.domain.money import Money
from app.domain.procedure import RelativeFiling

FORM: Final = "F22"
VERSION: Final = "2"
TITLE: Final = "经办人员、村（居）干部近亲属享受社会救助备案表"
HOLDERS: Final = ("乡镇存", "县存")
LINES: Final = 9
"""Lines a page (NC)."""
_HEADS: Final = (
    ("序号", 10), ("工作人员\n姓名", 25), ("证件号码", 40), ("单位", 34), ("职务", 22),
    ("救助对象\n（户主）", 28), ("与工作人\n员关系", 22), ("证件号码", 52),
    ("户籍地址", 34), ("现居住地", 36),
    ("类别", 22), ("月金额\n（元）", 24), ("申报日期", 33),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class F22Line:
    """One household related to somebody of the staff; `amount` a month."""

    staff: str
    unit: str
    post: str
    head: str
    relation: str
    id_number: str | None
    hukou_address: str
    address: str
    category: Category
    amount: Money | None
    declared_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class F22Content:
    """What the form says."""

    unit: str
    lines: tuple[F22Line, ...]


def content_of(filing: RelativeFiling, household: Household, *, unit: str) -> F22Content:
    """The form of one household's declaration that there is a relative."""
    head = household.named_head
    line = F22Line(
        staff=filing.staff_name,
        unit=filing.staff_unit,
        post=filing.staff_post,
        head="" if head is None else head.name,
        relation=filing.relation,
        id_number=None if head is None else head.id_number,
        hukou_address="" if head is None else head.hukou_address or "",
        address=household.whole_address,
        category=household.category,
        amount=household.benefit_month,
        declared_on=filing.declared_on,
    )
    return F22Content(unit=unit, lines=(line,))


def render(content: F22Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F22Content, document_no: str) -> Paper:
    """The form as it looks."""
    return sheet(c, document_no, form=FORM, title=TITLE, signatures=_signatures())


def sheet(c: F22Content, document_no: str, *, form: str, title: str, signatures: Row) -> Paper:
    """The table under `title` with who signs below it."""
    rows = [row(*_cells(n, one)) for n, one in enumerate(c.lines, start=1)]
    empty = [
        row(fill(str(n), size=SMALL), *(fill(None) for _ in _HEADS[1:]))
        for n in range(len(rows) + 1, LINES + 1)
    ]
    return Paper(
        form=form,
        version=VERSION,
        title=title,
        landscape=True,
        blocks=(
            Title(
                title,
                left=(Words("填报单位："), Words(c.unit, Style.KAI)),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Grid(
                columns=tuple(width for _name, width in _HEADS),
                heads=(_heads(),),
                rows=(*rows, *empty),
            ),
            Grid(columns=(1, 1, 1), rows=(signatures,), together=True),
            Prose(
                (
                    Words(
                        "说明：近亲属的范围按县里的规定；享受救助期间情况有变化的，及时更新备案。"
                    ),
                ),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _heads() -> Row:
    return row(*(head(name, size=SMALL) for name, _width in _HEADS), height=10 * MM)


def _cells(number: int, one: F22Line) -> list[Cell]:
    said = (
        str(number), one.staff, "", one.unit, one.post, one.head, one.relation,
        values.spaced(one.id_number),
    )  # fmt: skip
    amount = "" if one.amount is None else one.amount.grouped()
    rest = (one.category.label, amount, values.day(one.declared_on))
    return [
        *(fill(text, size=SMALL) for text in said),
        fill(one.hukou_address, size=SMALL, align=LEFT),
        fill(one.address, size=SMALL, align=LEFT),
        *(fill(text, size=SMALL) for text in rest),
    ]


def _signatures() -> Row:
    return row(
        sign("申报人签字：\n（户主）"),
        sign("填表人签字："),
        opinion(Words("备案单位："), signers=("负责人",)),
    )
