"""F10 不予确认同意告知书 — the county said no, and the household is told (domain.md §3.9).

After the name 安徽 gives it (不予批准决定书) and NC's 社会救助告知书. The reason is the county's
own words; the figures are those of the means test behind the application, named as such. What may
be done against it is printed only where the county's pack words it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, mixed, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import holdings, persons
from app.documents.forms.rungs import RUNGS
from app.documents.forms.stored_answer import StoredAnswer
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Words
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Household
from app.domain.money import Money

FORM: Final = "F10"
VERSION: Final = "2"
TITLE: Final = "不予确认同意告知书"
HOLDERS: Final = ("申请人存", "存档")
TO_FILL: Final = "（由县里填写）"


@dataclass(frozen=True, slots=True, kw_only=True)
class F10Content:
    """What the notice says. Sums a head and month; None without a test."""

    unit: str
    applicant: str
    id_number: str | None
    address: str
    people: int
    requested: tuple[str, ...]
    filed_on: date
    decided_on: date | None
    reason: str
    per_capita: Money | None
    standard: Money | None
    tested_on: date | None
    property: str
    received_by: str
    told_on: date | None
    remedy: str = ""


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    tested: AssessmentRecord | None = None,
    received_by: str = "",
    told_on: date | None = None,
    remedy: str = "",
) -> F10Content:
    """The notice of a refused application. Raises Refused A-42."""
    applicant = persons.applicant_of(household, application.applicant).person
    answer = None if tested is None else StoredAnswer(tested)
    told = None if answer is None else answer.facts
    return F10Content(
        unit=unit,
        applicant=applicant.name,
        id_number=applicant.id_number,
        address=household.whole_address,
        people=len(household.members),
        requested=tuple(RUNGS[rung] for rung in application.requested if rung in RUNGS),
        filed_on=application.filed_on,
        decided_on=application.decided_on,
        reason=application.decision_note or "",
        per_capita=None if answer is None else answer.money("per_capita_month"),
        standard=None if answer is None else answer.money("standard_month"),
        tested_on=None if tested is None else tested.on,
        property=holdings.told(told.household.assets) if told else "",
        received_by=received_by,
        told_on=told_on,
        remedy=remedy,
    )


def render(content: F10Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F10Content, document_no: str) -> Paper:
    """The notice as it looks."""
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(
                TITLE,
                left=(Words("填报单位："), Words(c.unit, Style.KAI)),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Prose(_addressed(c), size=12, before=2 * MM, after=3 * MM),
            Grid(columns=(27, 68, 24, 71), rows=_about(c)),
            Grid(columns=(27, 163), rows=tuple(_grounds(c))),
            Grid(columns=(1, 1), rows=_served(c), together=True),
            Prose(
                (Words("说明：本告知书应当在决定后按期送达本人；送达情况另填《送达回证》。"),),
                size=9,
                before=1 * MM,
            ),
        ),
    )


def _addressed(c: F10Content) -> tuple[Part, ...]:
    """The sentence the household reads."""
    return (
        Words(c.applicant, Style.KAI),
        Words("：你 "),
        Words(values.day(c.filed_on), Style.KAI),
        Words(" 提出的"),
        Words("、".join(c.requested) or "社会救助", Style.KAI),
        Words("申请，经审核不符合条件，不予确认同意。现将理由告知如下。"),
    )


def _about(c: F10Content) -> tuple[Row, ...]:
    return (
        row("申请人", fill(c.applicant), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", story(c.address, span=3, top=False)),
        row("家庭人口", fill(f"{c.people} 人"), "决定日期", fill(values.day(c.decided_on))),
        row("申请事项", fill("、".join(c.requested), span=3, align=LEFT)),
        row("告知书文号", fill(None, span=3)),
    )  # fmt: skip


def _grounds(c: F10Content) -> Iterator[Row]:
    remedy = (Words(c.remedy, Style.KAI),) if c.remedy else (Blank(100), Words(TO_FILL))
    yield row("不同意的\n原　因", story(c.reason), height=28 * MM)
    yield row("依据条款", mixed(Blank(100), Words(TO_FILL)), height=12 * MM)
    yield row("核算情况", mixed(*_figures(c)), height=14 * MM)
    yield row("家庭财产", story(c.property, top=False))
    yield row("权利告知", mixed(*remedy), height=16 * MM)


def _figures(c: F10Content) -> tuple[Part, ...]:
    """What the household has a head and month, beside the standard; lines where nobody tested."""
    on = (Words(f"（{values.day(c.tested_on)}测算）", Style.KAI),) if c.tested_on else ()
    return (
        Words("家庭人均月收入 "), *_sum(c.per_capita), Words("　低保标准 "), *_sum(c.standard), *on,
    )  # fmt: skip


def _sum(amount: Money | None) -> tuple[Part, ...]:
    return (Blank(30), Words("元")) if amount is None else (Words(values.yuan(amount), Style.KAI),)


def _served(c: F10Content) -> tuple[Row, ...]:
    told = values.day(c.told_on)
    who = f"收到人签字或按手印：\n{c.received_by}"
    office = Words(f"告知单位：\n告知日期 {told}" if told else "告知单位：")
    return (row(sign(who), opinion(office, signers=("送达人",))),)
