"""F09 受理（补正、不予受理）告知书 — what the office answers to an application (domain.md §3.8).

Composed from Guangdong's chain of notices; no public template [NF]. One sheet for each answer, with
the title it has. What is to be brought is said once and as a whole (一次性告知). Remedy and clause
of a refusal are the office's to say: where nobody told them they are lines to write on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, head, mixed, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import persons
from app.documents.forms.rungs import RUNGS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Words
from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application
from app.domain.households import Household
from app.domain.procedure import ApplicationStep, Material, MaterialState

FORM: Final = "F09"
VERSION: Final = "2"
TITLE: Final = "受理（补正、不予受理）告知书"
HOLDERS: Final = ("申请人存", "存档")

TITLES: Final = {
    ApplicationEvent.ACCEPT: "受理告知书",
    ApplicationEvent.NEED_MATERIAL: "补正材料告知书",
    ApplicationEvent.NOT_ACCEPT: "不予受理告知书",
}
"""The answers there are, and what each sheet is called."""
TO_FILL: Final = "（由受理单位填写）"
_MATERIALS: Final = 3
_GIVEN: Final = frozenset({MaterialState.RECEIVED, MaterialState.PROMISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class F09Material:
    """One piece that was handed in."""

    name: str
    how: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F09Content:
    """What the sheet says. `asked` is what is to be brought, `due_on` until when."""

    unit: str
    event: ApplicationEvent
    paper_no: str
    applicant: str
    id_number: str | None
    address: str
    phone: str | None
    requested: tuple[str, ...]
    filed_on: date
    answered_on: date
    answered_by: str
    received: tuple[F09Material, ...]
    asked: tuple[str, ...]
    due_on: date | None
    reason: str
    remedy: str = ""


def content_of(
    step: ApplicationStep,
    application: Application,
    household: Household,
    *,
    unit: str,
    materials: Sequence[Material] = (),
    remedy: str = "",
) -> F09Content:
    """The sheet of one answer: a step that is among `TITLES`. Raises Refused A-42."""
    applicant = persons.applicant_of(household, application.applicant).person
    said = step.details
    due_on = said.get("due_on")
    return F09Content(
        unit=unit,
        event=step.event,
        paper_no=step.paper_no,
        applicant=applicant.name,
        id_number=applicant.id_number,
        address=household.whole_address,
        phone=household.phone or applicant.phone,
        requested=tuple(RUNGS[rung] for rung in application.requested if rung in RUNGS),
        filed_on=application.filed_on,
        answered_on=step.happened_on,
        answered_by=step.told_by,
        received=tuple(map(_material, (one for one in materials if one.state in _GIVEN))),
        asked=tuple(said.get("materials") or ()),
        due_on=date.fromisoformat(due_on) if isinstance(due_on, str) else due_on,
        reason=step.note,
        remedy=remedy,
    )


def _material(one: Material) -> F09Material:
    if one.state is MaterialState.PROMISED:
        how = "以承诺代替"
    else:
        how = "" if one.mode is None else one.mode.label
    return F09Material(name=one.name, how=how, on=one.settled_on)


def render(content: F09Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F09Content, document_no: str) -> Paper:
    """The sheet as it looks."""
    title = TITLES[c.event]
    return Paper(
        form=FORM,
        version=VERSION,
        title=title,
        blocks=(
            Title(
                title,
                left=(Words("填报单位："), Words(c.unit, Style.KAI)),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Prose(_addressed(c), size=12, before=2 * MM, after=3 * MM),
            Grid(columns=(27, 68, 24, 71), rows=_about(c)),
            *_body(c),
            Grid(columns=(1, 1), rows=_served(c), together=True),
            Prose(
                (
                    Words(
                        "说明：本告知书一式两份，申请人和受理单位各存一份；送达情况另填《送达回证》。"
                    ),
                ),
                size=9,
                before=1 * MM,
            ),
        ),
    )


def _addressed(c: F09Content) -> tuple[Part, ...]:
    """The sentence the applicant reads."""
    said: dict[ApplicationEvent, tuple[Part, ...]] = {
        ApplicationEvent.ACCEPT: (Words("现已受理。"),),
        ApplicationEvent.NEED_MATERIAL: (
            Words("材料还不齐全，请在 "),
            *((Words(values.day(c.due_on), Style.KAI),) if c.due_on else (Blank(40),)),
            Words(" 以前补齐下列材料。"),
        ),
        ApplicationEvent.NOT_ACCEPT: (Words("不予受理，理由如下。"),),
    }
    return (
        Words(c.applicant, Style.KAI),
        Words("：你 "),
        Words(values.day(c.filed_on), Style.KAI),
        Words(" 提出的"),
        Words("、".join(c.requested) or "社会救助", Style.KAI),
        Words("申请，"),
        *said[c.event],
    )


def _about(c: F09Content) -> tuple[Row, ...]:
    when = {
        ApplicationEvent.ACCEPT: "受理日期",
        ApplicationEvent.NEED_MATERIAL: "告知日期",
        ApplicationEvent.NOT_ACCEPT: "决定日期",
    }
    return (
        row("申请人", fill(c.applicant), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", story(c.address, span=3, top=False)),
        row("联系电话", fill(values.phone(c.phone)), when[c.event],
            fill(values.day(c.answered_on))),
        row("申请事项", fill("、".join(c.requested), span=3, align=LEFT)),
        row("告知书文号", fill(c.paper_no, span=3, align=LEFT)),
    )  # fmt: skip


def _body(c: F09Content) -> Iterator[Block]:
    if c.event is ApplicationEvent.NEED_MATERIAL:
        yield Grid(
            columns=(14, 116, 60),
            heads=(row(head("序号"), head("需要补正的材料"), head("要　求")),),
            rows=tuple(_asked(c)),
        )
    if c.event is ApplicationEvent.NOT_ACCEPT:
        yield Grid(columns=(27, 163), rows=tuple(_refused(c)))
    yield Grid(
        columns=(14, 86, 40, 50),
        heads=(row(head("序号"), head("已收到的材料"), head("形　式"), head("收到日期")),),
        rows=tuple(_received(c)),
    )


def _asked(c: F09Content) -> Iterator[Row]:
    for number, name in enumerate(c.asked, start=1):
        yield row(fill(str(number)), fill(name, align=LEFT), fill(None))
    for number in range(len(c.asked) + 1, _MATERIALS + 1):
        yield row(fill(str(number)), fill(None), fill(None))


def _refused(c: F09Content) -> Iterator[Row]:
    remedy = (Words(c.remedy, Style.KAI),) if c.remedy else (Blank(100), Words(TO_FILL))
    yield row("不予受理\n理　由", story(c.reason), height=24 * MM)
    yield row("依　据", mixed(Blank(100), Words(TO_FILL)), height=12 * MM)
    yield row("救济途径", mixed(*remedy), height=14 * MM)


def _received(c: F09Content) -> Iterator[Row]:
    for number, one in enumerate(c.received, start=1):
        yield row(fill(str(number)), fill(one.name, align=LEFT), fill(one.how),
                  fill(values.day(one.on)))  # fmt: skip
    for number in range(len(c.received) + 1, _MATERIALS + 1):
        yield row(fill(str(number)), *(fill(None) for _ in range(3)))


def _served(c: F09Content) -> tuple[Row, ...]:
    office: tuple[Part, ...] = (
        Words("受理单位："),
        *((Words(c.answered_by, Style.KAI),) if c.answered_by else (Blank(44),)),
    )
    return (
        row(
            sign("申请人（收到人）签字\n或按手印："),
            opinion(*office, signers=("经办人",)),
        ),
    )
