"""Applications and what surrounds one of them, as rows. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from app.domain.application_events import Actor
from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as Status
from app.domain.words import Word
from app.services.application_file import (
    TO_SEND_UP,
    Action,
    ApplicationFile,
    ListLine,
    Running,
    hindering,
)
from app.ui.applications.around import (
    material_rows,
    public_rows,
    row_of,
    signed_rows,
    step_rows,
)
from app.ui.applications.keys import Jump, Start
from app.ui.applications.places import comment_label, page_of, target_of
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text, short_date

LIST_COLUMNS: Final = (
    Column("谁申请"),
    Column("住址", spare=True),
    Column("到哪一步"),
    Column("期限"),
    Column("下一步", stretch=True),
)
PART_COLUMNS: Final = (Column("事项"), Column("情况"), Column("说明", stretch=True))


class Stage(Word):
    """Which applications the list shows."""

    OPEN = "open", "在办的"
    DRAFT = "draft", "草稿"
    RETURNED = "returned", "县里退回"
    TOWNSHIP = "township", "等镇里"
    VILLAGE = "village", "村里办"
    COUNTY = "county", "等县里"
    OVER = "over", "办完的"


STATUSES: Final = {
    Stage.DRAFT: (Status.DRAFT,),
    Stage.RETURNED: (Status.RETURNED,),
    Stage.TOWNSHIP: (
        Status.SUBMITTED,
        Status.SUPPLEMENT_REQUESTED,
        Status.ACCEPTED,
        Status.CHECKING,
    ),
    Stage.VILLAGE: (
        Status.INVESTIGATING,
        Status.ASSESSED,
        Status.IN_REVIEW,
        Status.NOTICE_POSTED,
        Status.REINVESTIGATING,
    ),
    Stage.COUNTY: (Status.SENT_FOR_CONFIRMATION,),
    Stage.OVER: (
        Status.CONFIRMED,
        Status.REFUSED,
        Status.PUBLISHED,
        Status.WATCHLISTED,
        Status.NOT_ACCEPTED,
        Status.WITHDRAWN,
        Status.CLOSED_BY_DEATH,
    ),
}
"""The states of each stage; those under way are all but the last."""


_TO_INVESTIGATE: Final = frozenset(
    {
        Status.ACCEPTED,
        Status.CHECKING,
        Status.INVESTIGATING,
        Status.ASSESSED,
        Status.REINVESTIGATING,
    }
)
"""While somebody goes there, or may go once more."""


class Part(Word):
    """What is shown of one application."""

    DO = "do", "能办的"
    LACKS = "lacks", "还缺"
    SIGNED = "signed", "签字"
    MATERIALS = "materials", "材料"
    PUBLIC = "public", "公示"
    STEPS = "steps", "经过"


def statuses_of(stage: Stage) -> tuple[Status, ...]:
    """The states a stage shows."""
    if stage is Stage.OPEN:
        return tuple(
            one for part, states in STATUSES.items() if part is not Stage.OVER for one in states
        )
    return STATUSES[stage]


def status_tone(status: Status) -> Tone:
    """How a state looks."""
    if status in {Status.RETURNED, Status.SUPPLEMENT_REQUESTED, Status.REINVESTIGATING}:
        return Tone.WARN
    if status in {Status.REFUSED, Status.NOT_ACCEPTED}:
        return Tone.BAD
    if status in {Status.CONFIRMED, Status.PUBLISHED}:
        return Tone.OK
    return Tone.INFO


def list_rows(lines: Sequence[ListLine]) -> list[Row]:
    """One row for each application; its key is the application."""
    return [_line(one) for one in lines]


def rule_text(line: ListLine) -> str:
    """By which rule a day of the list is that day."""
    return "" if line.due is None else clock_lines([line.due])


def next_text(line: ListLine) -> str:
    """What is to be done next, and how many papers are missing."""
    return line.next + (f"，还差 {line.lacking} 样" if line.lacking else "")


def clock_lines(clocks: Sequence[Running]) -> str:
    """Every clock with what is left, its day and its rule, a line each."""
    return "\n".join(
        "　".join(
            filter(
                None,
                (
                    f"{one.deadline.kind.label}期限：{one.deadline.due_text}",
                    "" if one.reading is None else one.reading.text,
                    one.deadline.explanation,
                ),
            )
        )
        for one in clocks
    )


def part_rows(part: Part, file: ApplicationFile) -> list[Row]:
    """The rows of one part."""
    rows = {
        Part.DO: _do,
        Part.LACKS: _lacks,
        Part.SIGNED: signed_rows,
        Part.MATERIALS: material_rows,
        Part.PUBLIC: public_rows,
        Part.STEPS: step_rows,
    }[part](file)
    return list(rows)


def part_labels(file: ApplicationFile) -> list[tuple[Part, str]]:
    """The parts; while it is to go up with how many things hinder that, as the list says it."""
    to_send = file.application.status in TO_SEND_UP
    counts = {Part.LACKS: hindering(file.application, file.lacks) if to_send else 0}
    return [
        (part, f"{part.label} {counts[part]}" if counts.get(part) else part.label) for part in Part
    ]


def _line(one: ListLine) -> Row:
    due = "" if one.due is None else _due(one.due)
    late = one.due is not None and one.due.reading is not None and one.due.reading.overdue
    return Row(
        one.id,
        (
            Cell(one.who),
            Cell(one.place),
            Cell(one.status.label, "", status_tone(one.status), chip=True),
            Cell(due, tone=Tone.BAD if late else Tone.TEXT),
            Cell(next_text(one)),
        ),
    )


def _due(running: Running) -> str:
    if running.reading is not None:
        return running.reading.text
    return running.deadline.due_text


def _do(file: ApplicationFile) -> Iterator[Row]:
    if file.may_change_applicant and not file.who:
        yield _applicant(file)
    if file.investigation is None:
        yield from _investigation(file)
    going_on = [at for at in range(len(file.actions)) if not _ends(file, at)]
    yield from (_action(file, at) for at in sorted(going_on, key=partial(_hinders, file)))
    if file.investigation is not None:
        yield from _investigation(file)
    if any(not one.holds for one in file.signatures):
        yield row_of(
            Start("sign_all"),
            Cell("都签好了", "fingerprint", Tone.PRIMARY),
            Cell("村里办"),
            Cell("全体成年人的授权书、承诺书都签了字按了手印"),
        )
    yield row_of(
        Start("relatives"),
        Cell("近亲属备案", "users", Tone.PRIMARY),
        Cell("村里办"),
        Cell(_relative_words(file)),
    )
    if file.application.status in {Status.DRAFT, Status.RETURNED, Status.SUBMITTED}:
        yield row_of(
            Start("proxy"),
            Cell("谁来申请", "user", Tone.PRIMARY),
            Cell("村里办"),
            Cell(file.application.proxy.filed_by.label),
        )
    if file.may_change_applicant and file.who and len(file.household.members) > 1:
        yield _applicant(file)
    if file.may_convert:
        yield row_of(
            Start("convert"),
            Cell("经同意转申请", "chevron-right", Tone.PRIMARY),
            Cell("村里办"),
            Cell("低保边缘、刚性支出户转申请低保、特困，不用重填"),
        )
    yield row_of(
        Jump("printing", file.application.id),
        Cell("打印这份申请的表", "printer", Tone.PRIMARY),
        Cell(""),
        Cell(file.application.document_no),
    )
    yield from (_action(file, at) for at in range(len(file.actions)) if _ends(file, at))


def _applicant(file: ApplicationFile) -> Row:
    """First in the list once who applied has left the household."""
    tone = Tone.PRIMARY if file.who else Tone.WARN
    return row_of(
        Start("applicant"),
        Cell("换申请人", "user", tone),
        Cell("村里办"),
        Cell(f"现在是{file.who}" if file.who else "申请人不在这户了，换一个人或者记撤回"),
    )


def _investigation(file: ApplicationFile) -> Iterator[Row]:
    """The form of the 入户调查, first while nobody has filled it in; Enter goes there."""
    seen = file.investigation
    if file.application.status not in _TO_INVESTIGATE:
        return
    words = "两个人去，回车去填"
    if seen is not None:
        words = f"{short_date(seen.investigated_on)} {'、'.join(seen.investigators)} 填过，回车再填"
    yield row_of(
        Jump("investigation", file.application.id),
        Cell("填入户调查表", "walk", Tone.PRIMARY),
        Cell("村里办"),
        Cell(words),
    )


def _ends(file: ApplicationFile, at: int) -> bool:
    """Whether an action ends the application; those stand last."""
    return file.actions[at].event in {E.WITHDRAW, E.DEATH}


def _hinders(file: ApplicationFile, at: int) -> bool:
    """Whether it is no step on the way: Enter on the first row goes on."""
    return file.actions[at].event is E.OBJECTION


def _action(file: ApplicationFile, at: int) -> Row:
    action = file.actions[at]
    return row_of(
        Start("event", at),
        Cell(action.event.label, _icon(action), Tone.PRIMARY),
        Cell(_whose(action)),
        Cell(_why(action, file)),
    )


def _icon(action: Action) -> str:
    return {
        E.WITHDRAW: "arrow-back-up",
        E.DEATH: "x",
        E.NOT_ACCEPT: "circle-x",
        E.NEED_MATERIAL: "note",
        E.POST: "clipboard-list",
        E.POST_LIST: "clipboard-list",
        E.OBJECTION: "alert-triangle",
    }.get(action.event, "chevron-right")


def _whose(action: Action) -> str:
    return "镇里定的，照说的记" if action.hand.actor is Actor.TOWNSHIP else "村里办"


def _why(action: Action, file: ApplicationFile) -> str:
    if action.event is E.SUBMIT:
        left = sum(one.blocks for one in file.lacks)
        return f"还差 {left} 样，见“还缺”" if left else "都齐了，可以提交"
    return "" if action.hand.ground is None else str(action.hand.ground)


def _relative_words(file: ApplicationFile) -> str:
    filing = file.relative
    if filing is None:
        return "还没问"
    said = "没有"
    if filing.has_relative:
        work = "".join(part for part in (filing.staff_unit, filing.staff_post) if part)
        said = f"有：{filing.staff_name}（{work}），{filing.relation}"
    return (
        f"{said}（{date_text(filing.declared_on)}，{'签了字' if filing.is_signed else '没签字'}）"
    )


def _lacks(file: ApplicationFile) -> Iterator[Row]:
    household = file.application.household
    if file.application.status is Status.RETURNED:
        for at, comment in enumerate(file.application.comments):
            mended = comment.key in file.mended
            yield row_of(
                Jump(page_of(comment), target_of(comment, household), at),
                Cell(comment_label(comment), "check" if mended else "arrow-back-up", Tone.WARN),
                Cell("县里的意见", "", Tone.WARN, chip=True),
                Cell("改过了，按回车再看" if mended else "按回车去改"),
            )
    before = "提交前要有" if file.application.status is Status.DRAFT else "还没有"
    for at, one in enumerate(file.lacks):
        key: object = Start(one.section, at) if one.page == "applications" else None
        yield row_of(
            key or Jump(one.page, one.target, at),
            Cell(one.what, "alert-triangle" if one.blocks else "info-circle", Tone.WARN),
            Cell(before if one.blocks else "可以先放着"),
            Cell("按回车去补"),
        )
