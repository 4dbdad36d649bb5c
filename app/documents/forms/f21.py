"""F21 增减员调整表（动态管理记录） (domain.md §3.20).

Composed from the fields of a running system; no public template [NF]. Up to three people come and
three go on one page. The yearly figures come from the newest means test, and stay empty without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import LEFT, Cell, Row, fill, head, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.casework import AssessmentRecord
from app.domain.households import Category, Household
from app.domain.ids import PersonId
from app.domain.money import Money
from app.domain.people import Member
from app.domain.standing import ChangeKind, CompositionChange, PeriodicReview

FORM: Final = "F21"
VERSION: Final = "1"
TITLE: Final = "增减员调整表（动态管理记录）"
HOLDERS: Final = ("乡镇存", "县存")
MOST: Final = 3
"""So many come and so many go on one page."""
_HEADS: Final = ("姓　名", "性　别", "证件号码", "与户主关系", "身体状况", "哪一天")
_OBLIGORS: Final = 3
_ROW: Final = 7 * MM
"""Lower than usual, so that both groups and the opinions stand on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class F21Person:
    """Who comes or goes, and why."""

    name: str
    sex: str
    id_number: str | None
    relation: str
    health: str
    happened_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F21Content:
    """What the form says. `reviewed_on` is the last 定期复核."""

    unit: str
    head: str
    id_number: str | None
    address: str
    category: Category
    amount: Money | None
    heads: int
    added: tuple[F21Person, ...]
    removed: tuple[F21Person, ...]
    obligors: tuple[str, ...]
    income_month: str
    standard: str
    """A month, in yuan, as the newest test shows them."""
    tested_on: date | None
    reviewed_on: date | None
    review: str
    handler: str


def content_of(
    changes: Sequence[CompositionChange],
    household: Household,
    *,
    unit: str,
    handler: str = "",
    tested: AssessmentRecord | None = None,
    review: PeriodicReview | None = None,
    former: Sequence[Member] = (),
) -> F21Content:
    """The form of a household's newest changes; those of one day stand on one page together.

    `former` are those who left, as they stood in the household.
    """
    known = {one.person.id: one for one in (*reversed(former), *household.members)}
    head_member = household.head_member
    said = {} if tested is None else StoredAnswer(tested).said
    return F21Content(
        unit=unit,
        head="" if head_member is None else head_member.person.name,
        id_number=None if head_member is None else head_member.person.id_number,
        address=household.whole_address,
        category=household.category,
        amount=household.benefit_month,
        heads=len(household.members),
        added=_people(changes, ChangeKind.ADD, known),
        removed=_people(changes, ChangeKind.REMOVE, known),
        obligors=tuple(o.name or persons.kin(o.relation) for o in household.obligors[:_OBLIGORS]),
        income_month=_yuan(said.get("per_capita_month")),
        standard=_yuan(said.get("standard_month")),
        tested_on=None if tested is None else tested.on,
        reviewed_on=None if review is None else review.reviewed_on,
        review="" if review is None else review.result.label,
        handler=handler,
    )


def _yuan(text: object) -> str:
    return f"{text} 元" if isinstance(text, str) else ""


def _people(
    changes: Sequence[CompositionChange], kind: ChangeKind, known: Mapping[PersonId, Member]
) -> tuple[F21Person, ...]:
    found = []
    for change in [one for one in changes if one.kind is kind][:MOST]:
        member = None if change.person is None else known.get(change.person)
        person = None if member is None else member.person
        ill = person is not None and person.serious_illness
        disabled = person is not None and person.disability_kind is not None
        found.append(
            F21Person(
                name=change.person_name,
                sex="" if person is None else person.sex.label,
                id_number=None if person is None else person.id_number,
                relation="" if member is None else member.relation.label,
                health="、".join(word for word, on in (("重病", ill), ("残疾", disabled)) if on),
                happened_on=change.happened_on,
                reason=change.reason,
            )
        )
    return tuple(found)


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
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 68, 24, 71), rows=_household(c)),
            Grid(columns=(24, 14, 48, 28, 40, 36), rows=_group("增　员", c.added)),
            Grid(columns=(24, 14, 48, 28, 40, 36), rows=_group("减　员", c.removed)),
            Grid(columns=(27, 68, 24, 71), rows=_yearly(c)),
            Grid(columns=(1, 1, 1), rows=_opinions(), clings=True, together=True),
        ),
    )


def _household(c: F21Content) -> tuple[Row, ...]:
    return (
        row("户　主", fill(c.head), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, span=3, align=LEFT)),
        row("救助类别", fill(c.category.label), "月保障金", fill(values.yuan(c.amount))),
        row("现有人口", fill(f"{c.heads} 人"), "经办人", fill(c.handler)),
    )


def _group(name: str, people: Sequence[F21Person]) -> tuple[Row, ...]:
    """Up to three people and the reasons; empty lines to write in."""
    filled = [_cells(one) for one in people]
    rows = [
        row(*cells, height=_ROW) for cells in (filled + [tuple(map(fill, [""] * 6))] * MOST)[:MOST]
    ]
    reasons = "；".join(f"{one.name}：{one.reason}" for one in people)
    return (
        row(head(name, span=6), height=_ROW),
        row(*(head(one) for one in _HEADS), height=_ROW),
        *rows,
        row("理　由", story(reasons, span=5), height=11 * MM),
    )


def _cells(one: F21Person) -> tuple[Cell, ...]:
    return (
        fill(one.name),
        fill(one.sex),
        fill(values.spaced(one.id_number)),
        fill(one.relation),
        fill(one.health),
        fill(values.day(one.happened_on)),
    )


def _yearly(c: F21Content) -> tuple[Row, ...]:
    """年度动态管理: what the newest test says; the rest is written in by hand."""
    return (
        row(head("年度动态管理", span=4), height=_ROW),
        row("测算日期", fill(values.day(c.tested_on)), "人均月收入", fill(c.income_month)),
        row("低保标准", fill(c.standard), "法定义务人", fill("、".join(c.obligors))),
        row("财产变化", fill(""), "房产车辆", fill("")),
        row("上次复核", fill(values.day(c.reviewed_on)), "复核结果", fill(c.review)),
    )


def _opinions() -> tuple[Row, ...]:
    return (
        row(
            sign("户主签字或按手印："),
            opinion(Words("村（居）委会意见："), signers=("负责人",)),
            opinion(Words("乡镇（街道）意见："), signers=("负责人",)),
        ),
    )
