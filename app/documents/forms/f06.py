"""F06 民主评议记录 — one meeting, every household it spoke of, and who sat there (domain.md §3.6).

After the fields of CAM and the rules of 随州, 商洛 and 仙霞. One copy; the second sheet is signed
by everybody present, one by one. Votes are figures: who voted how is not on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import SMALL, Row, fill, head, label, mixed, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.households import Category
from app.domain.procedure import Attendant, Review, ReviewRole

FORM: Final = "F06"
VERSION: Final = "1"
TITLE: Final = "民主评议记录"
SHEET: Final = "民主评议人员签名表"
HOLDERS: Final = ("存档",)
NO_RULE: Final = "（由县里填写）"
_ACROSS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class F06Case:
    """One household the meeting spoke of. `passed` is None while no rule says what it takes."""

    head: str
    place: str
    people: int
    requested: tuple[Category, ...]
    agree: int
    against: int
    abstain: int
    passed: bool | None
    rule: str
    opinion: str
    recused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class F06Content:
    """What the record says. `seats` are name and role of everybody present."""

    unit: str
    held_on: date
    place: str
    chair: str
    recorder: str
    expected: int
    seats: tuple[tuple[str, ReviewRole], ...]
    cases: tuple[F06Case, ...]


def case_of(
    review: Review, *, head: str, place: str, people: int, requested: tuple[Category, ...]
) -> F06Case:
    """One household's line: the review, and whose it is."""
    return F06Case(
        head=head,
        place=place,
        people=people,
        requested=requested,
        agree=review.agree,
        against=review.against,
        abstain=review.abstain,
        passed=review.passed,
        rule=review.rule,
        opinion=review.opinion,
        recused=tuple(one.name for one in review.attendance if one.recused),
    )


def content_of(reviews: Sequence[Review], cases: Sequence[F06Case], *, unit: str) -> F06Content:
    """The record of one meeting: its reviews, and the line of each, in the same order."""
    first = reviews[0]
    seats: dict[tuple[str, ReviewRole], None] = {}
    for review in reviews:
        seats |= dict.fromkeys(map(_seat, review.attendance))
    return F06Content(
        unit=unit,
        held_on=first.held_on,
        place=first.place,
        chair=first.chair,
        recorder=first.recorder,
        expected=max(review.expected for review in reviews),
        seats=tuple(seats),
        cases=tuple(cases),
    )


def _seat(one: Attendant) -> tuple[str, ReviewRole]:
    return one.name, one.role


def render(content: F06Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F06Content, document_no: str) -> Paper:
    """The record, and the sheet everybody signs."""
    unit = (Words("单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    meeting = (Words("评议时间："), Words(values.day(c.held_on), Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 68, 24, 71), rows=_meeting(c)),
            Grid(
                columns=(10, 28, 22, 14, 34, 16, 16, 16, 34),
                heads=(_heads(),),
                rows=tuple(_case(n, one) for n, one in enumerate(c.cases, start=1)),
            ),
            Grid(columns=(27, 163), rows=tuple(_said(c))),
            Grid(
                columns=(1, 1),
                rows=(row(sign("主持人签字："), sign("记录人签字：")),),
                clings=True,
            ),
            Prose(
                (Words("说明：参加评议的人在后页逐一签名；与评议对象有亲属关系的应当回避。"),),
                size=9,
                before=1 * MM,
            ),
            Title(SHEET, left=meeting, right=number, begins_page=True),
            Grid(columns=(1,) * _ACROSS, rows=tuple(_seats(c))),
        ),
    )


def _meeting(c: F06Content) -> tuple[Row, ...]:
    counts = [
        Words(f"{role.label} {sum(one is role for _name, one in c.seats)} 人　", Style.KAI)
        for role in ReviewRole
    ]
    turnout = f"应到 {c.expected} 人，实到 {len(c.seats)} 人"
    return (
        row("评议时间", fill(values.day(c.held_on)), "评议地点", fill(c.place)),
        row("主持人", fill(c.chair), "记录人", fill(c.recorder)),
        row("到会人数", fill(turnout), "评议户数", fill(f"{len(c.cases)} 户")),
        row("人员组成", mixed(*counts, span=3)),
    )


def _heads() -> Row:
    names = ("序号", "户主", "住址", "家庭\n人口", "申请类别", "同意\n（票）", "不同意\n（票）",
             "弃权\n（票）", "评议结果")  # fmt: skip
    return row(*(head(name, size=SMALL) for name in names), height=10 * MM)


def _case(number: int, one: F06Case) -> Row:
    asked = "、".join(each.label for each in one.requested)
    votes = (str(one.agree), str(one.against), str(one.abstain))
    verdict = mixed(
        Tick("符合", one.passed is True), Tick("不符合", one.passed is False), size=SMALL
    )
    said = (str(number), one.head, one.place, str(one.people), asked, *votes)
    return row(*(fill(text, size=SMALL) for text in said), verdict)


def _said(c: F06Content) -> Iterator[Row]:
    """What was talked about and who sat out, household by household where there are several."""
    several = len(c.cases) > 1
    opinions = [_named(one.head if several else "", one.opinion) for one in c.cases if one.opinion]
    recused = [
        _named(one.head if several else "", "、".join(one.recused))
        for one in c.cases
        if one.recused
    ]
    rules = dict.fromkeys(one.rule for one in c.cases if one.rule)
    yield row("回避人员", story("；".join(recused) or "无", top=False))
    yield row("主要意见", story("\n".join(opinions)), height=40 * MM)
    unsaid: tuple[Part, ...] = (Blank(90), Words(NO_RULE))
    how = [Words("；".join(rules), Style.KAI)] if rules else unsaid
    yield row("通过办法", mixed(*how))


def _named(head_name: str, text: str) -> str:
    return f"{head_name}：{text}" if head_name else text


def _seats(c: F06Content) -> Iterator[Row]:
    """Everybody who was there, three to a row, each with the role they sat in."""
    seats = iter(c.seats)
    while some := list(islice(seats, _ACROSS)):
        cells = [sign(f"{name}\n{role.label}", dated=False) for name, role in some]
        yield row(*cells, *[label("")] * (_ACROSS - len(some)))
