"""F21 增减员调整表（动态管理记录） (domain.md §3.20, §3.23: A4, lying down).

Composed from the fields of a running system; no public template [NF]. Everybody who came and
everybody who went stands on it: where there are many, the tables go on over the next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import LEFT, SMALL, Cell, Row, fill, head, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f21_content import F21Content, F21Person
from app.documents.forms.obligor_table import obligor_table
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.money import Money

FORM: Final = "F21"
VERSION: Final = "2"
TITLE: Final = "增减员调整表（动态管理记录）"
HOLDERS: Final = ("乡镇存", "县存")
_LEAST: Final = 3
"""Lines of each group there are at least."""
_GROUP: Final = (26, 12, 42, 22, 30, 34, 22, 26, 55)
_HEADS: Final = (
    "姓　名", "性别", "证件号码", "与户主关系", "身体状况", "工作单位", "年收入（元）",
    "哪一天", "理　由",
)  # fmt: skip


def render(content: F21Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F21Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("填报单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        landscape=True,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(24, 46) * 4, rows=_household(c)),
            _group("增员", c.added),
            _group("减员", c.removed),
            Grid(columns=(24, 46) * 4, rows=_yearly(c), side="年度动态管理"),
            obligor_table(c.obligors),
            Grid(columns=(1, 1, 1), rows=_opinions(), clings=True, together=True),
        ),
    )


def _household(c: F21Content) -> tuple[Row, ...]:
    return (
        row("户　主", fill(c.head), "证件号码", fill(values.spaced(c.id_number)),
            "现有人口", fill(f"{c.heads} 人"), "联系电话", fill(values.phone(c.phone))),
        row("住　址", fill(c.address, span=3, align=LEFT),
            "救助类别", fill(c.category.label), "月保障金", fill(values.yuan(c.amount))),
    )  # fmt: skip


def _group(name: str, people: Sequence[F21Person]) -> Grid:
    """Everybody of one group, and empty lines to write in."""
    rows = [row(*_cells(one)) for one in people]
    rows += [row(*(fill(None) for _ in _HEADS))] * (_LEAST - len(rows))
    return Grid(
        columns=_GROUP,
        heads=(row(*(head(one, size=SMALL) for one in _HEADS)),),
        rows=tuple(rows),
        side=name,
        breaks=True,
    )


def _cells(one: F21Person) -> tuple[Cell, ...]:
    income = "" if one.income_year is None else one.income_year.grouped()
    said = (
        one.name, one.sex, values.spaced(one.id_number), one.relation, one.health, one.employer,
        income, values.day(one.happened_on),
    )  # fmt: skip
    return (*(fill(text, size=SMALL) for text in said), story(one.reason, size=SMALL, top=False))


def _yearly(c: F21Content) -> tuple[Row, ...]:
    """年度动态管理: what the newest test and the last 复核 say; the rest is written in by hand."""
    f = c.figures
    return (
        row("测算日期", fill(values.day(f.on)), "家庭年收入", _yuan(f.gross),
            "刚性支出", _yuan(f.outlay), "就业成本", _yuan(f.job_costs)),
        row("净收入", _yuan(f.net), "人均月收入", _yuan(f.per_capita),
            "低保标准", _yuan(f.standard), "货币财产", _yuan(c.money)),
        row("人均财产", fill(c.money_each), "房　产", fill(c.houses),
            "车　辆", fill(c.vehicles), "农　机", fill(c.machines)),
        row("近亲属", fill(c.relative, align=LEFT), "上次复核", fill(values.day(c.reviewed_on)),
            "复核结果", fill(c.review), "经办人", fill(c.handler)),
        row("其　他", fill(None, span=7)),
    )  # fmt: skip


def _yuan(amount: Money | None) -> Cell:
    return fill(values.yuan(amount))


def _opinions() -> tuple[Row, ...]:
    return (
        row(
            sign("户主签字或按手印："),
            opinion(Words("村（居）委会意见："), signers=("负责人",)),
            opinion(Words("乡镇（街道）意见："), signers=("负责人",)),
        ),
    )
