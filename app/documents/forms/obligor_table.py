"""Those bound by law to support somebody, as F01 and F21 list them: whoever is known, and lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid
from app.documents.cells import SMALL, Row, fill, head, row
from app.documents.forms import persons
from app.documents.ink import MM
from app.domain.households import Household
from app.domain.money import Money
from app.domain.people import Obligor, PersonStatus
from app.rules.facts import Facts

_COLUMNS: Final = (22, 22, 12, 36, 16, 24, 24, 26)
_HEADS: Final = (
    "姓名", "关系", "年龄", "工作单位", "家庭\n人口", "月收入\n（元）",
    "每月应付\n赡养费（元）", "无能力\n原因",
)  # fmt: skip
_LEAST: Final = 3
"""Lines there are at least, so that those who are missing can be written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundLine:
    """One person bound to support a member."""

    name: str
    relation: str
    age: int | None
    monthly_income: Money | None
    maintenance_month: Money | None
    unable: str


def bound_lines(
    household: Household, facts: Facts | None, on: date
) -> tuple[BoundLine, ...] | None:
    """Everybody bound; None when nobody asked, empty when somebody did and there is nobody."""
    bound = persons.obligors(household, facts)
    return None if bound is None else tuple(_line(one, on) for one in bound)


def _line(obligor: Obligor, on: date) -> BoundLine:
    status = obligor.status
    return BoundLine(
        name=obligor.name,
        relation=obligor.relation,
        age=values.age(obligor.birth, on),
        monthly_income=obligor.monthly_income,
        maintenance_month=obligor.maintenance_month,
        unable=status.label if status not in {None, PersonStatus.NORMAL} else "",
    )


def obligor_table(lines: tuple[BoundLine, ...] | None) -> Grid:
    """The table, 无 in its first line where somebody asked and there is nobody."""
    rows = [_row(one) for one in lines or ()]
    if lines == ():
        rows = [row(fill("无", size=SMALL), *(fill(None) for _ in _HEADS[1:]))]
    rows += [row(*(fill(None) for _ in _HEADS))] * (_LEAST - len(rows))
    return Grid(
        columns=_COLUMNS,
        heads=(row(*(head(name, size=SMALL) for name in _HEADS), height=10 * MM),),
        rows=tuple(rows),
        side="赡养抚养扶养义务人",
    )


def _row(line: BoundLine) -> Row:
    age = "" if line.age is None else str(line.age)
    said = (
        line.name, line.relation, age, None, None,
        line.monthly_income.grouped() if line.monthly_income else "",
        line.maintenance_month.grouped() if line.maintenance_month else "", line.unable,
    )  # fmt: skip
    return row(*(fill(text, size=SMALL) for text in said))
