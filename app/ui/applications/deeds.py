"""The steps of an application as small forms: their questions, and their use case. No Qt."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from app.domain.application_events import Actor
from app.domain.application_events import ApplicationEvent as E
from app.domain.households import Category
from app.domain.problem import Refused
from app.domain.procedure import NoticeKind, NoticePlace, ObjectionOutcome
from app.domain.visiting import Investigation
from app.services.application_file import Action, ApplicationFile
from app.services.application_publicity import (
    AnswerObjection,
    HoldReview,
    PostNotice,
    RaiseObjection,
)
from app.services.application_steps import TakeStep
from app.services.typed_people import attendance_of, names_of
from app.ui.applications.asking import (
    Ask,
    Deed,
    Field,
    Values,
    day_field,
    lines_of,
    required_day,
    text_of,
)
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.places import field_label

_NEEDS_NOTE: Final = frozenset({E.NOT_ACCEPT, E.EXTEND, E.WITHDRAW, E.REOPEN})
_MENDING: Final = frozenset({E.RESUBMIT, E.RESEND})
_INVESTIGATORS: Final = "调查人"
_TWO: Final = "两位以上，用顿号隔开"


def deed_of(action: Action, file: ApplicationFile, today: date) -> Deed:
    """The deed behind a step that may be taken."""
    match action.event:
        case E.POST:
            return _posting(NoticeKind.F07, file, today)
        case E.POST_LIST:
            return _posting(NoticeKind.F08, file, today)
        case E.REVIEWED:
            return _reviewing(file, today)
        case E.OBJECTION:
            return _objecting(file, today)
        case E.REINVESTIGATED:
            return _answering(file, today)
    return _stepping(action, file, today)


def _stepping(action: Action, file: ApplicationFile, today: date) -> Deed:
    """A plain step: its day, who said so, and what it takes besides."""
    event = action.event
    fields = [day_field("happened_on", "哪一天", today)]
    if action.hand.actor is Actor.TOWNSHIP:
        fields.append(Field("told_by", "镇里谁说的", Ask.LINE, hint="经办人的名字或办公室"))
        fields.append(Field("paper_no", "文书编号", Ask.LINE, hint="告知书、通知书上的文号"))
    if event is E.NEED_MATERIAL:
        fields.append(Field("materials", "要补什么", Ask.LINES, hint="一次说全，一行写一样"))
        fields.append(Field("due_on", "哪天前交", Ask.DAY, hint="告知书上没写就空着", future=True))
    if event is E.TELL:
        fields.append(Field("received_by", "谁签收的", Ask.LINE))
    if event is E.INVESTIGATED:
        fields.append(_investigators(file.investigation))
    if event in _MENDING:
        fields += [
            Field(
                f"answer:{one.key}",
                field_label(one),
                Ask.LINE,
                initial="已改" if one.key in file.mended else None,
                hint="已改；或写为什么不用改",
                below=f"县里说：{one.text}",
            )
            for one in file.application.comments
        ]
    needs = "" if event in _NEEDS_NOTE else "可以不填"
    fields.append(Field("note", "原因" if event in _NEEDS_NOTE else "说明", Ask.LINES, hint=needs))
    return Deed(
        key=event.value,
        title=f"{event.label}",
        fields=tuple(fields),
        act=partial(_take, file, action),
        hint="" if action.hand.ground is None else f"{action.hand.ground}",
    )


def _take(file: ApplicationFile, action: Action, desk: ApplicationDesk, values: Values) -> str:
    moved = desk.steps.take(
        TakeStep(
            application=file.application.id,
            event=action.event,
            happened_on=required_day(values, "happened_on"),
            told_by=text_of(values, "told_by"),
            paper_no=text_of(values, "paper_no"),
            note=text_of(values, "note"),
            materials=lines_of(values, "materials"),
            due_on=values.get("due_on"),
            received_by=text_of(values, "received_by"),
            investigators=names_of(text_of(values, "investigators")),
            investigation=_id_of(file.investigation) if action.event is E.INVESTIGATED else "",
            answers={
                key.removeprefix("answer:"): text_of(values, key)
                for key in values
                if key.startswith("answer:")
            },
        )
    )
    return f"记好了，现在是“{moved.status.label}”。"


def _investigators(seen: Investigation | None) -> Field:
    """Who went, as the record of the 入户调查 says where there is one."""
    names = "" if seen is None else "、".join(seen.investigators)
    return Field("investigators", _INVESTIGATORS, Ask.LINE, initial=names, hint=_TWO)


def _seen_again(file: ApplicationFile) -> Investigation | None:
    """The 入户调查 made since the last objection."""
    seen, objected = file.investigation, file.objections
    if seen is None or not objected or seen.investigated_on < objected[0].raised_on:
        return None
    return seen


def _id_of(seen: Investigation | None) -> str:
    return "" if seen is None else seen.id


def _posting(kind: NoticeKind, file: ApplicationFile, today: date) -> Deed:
    places = (("", "都没贴"), *((one, one.label) for one in NoticePlace))
    return Deed(
        key=f"post:{kind}",
        title=f"贴出{kind.label}",
        fields=(
            day_field("posted_on", "哪一天贴的", today),
            Field("places", "贴在哪里", Ask.SEVERAL, options=places),
            Field("posted_by", "谁贴的", Ask.LINE),
            Field("witnesses", "见证人", Ask.LINE, hint="两位，不能是贴的人，用顿号隔开"),
            Field("contact", "有意见找谁", Ask.LINE, hint="写单位和办公电话，不写个人手机"),
            *_support(file),
        ),
        act=partial(_post, kind, file),
        hint="公示上只写户主、组、人口、类别和金额；不写证件号、电话、病情和未成年人。",
    )


def _post(kind: NoticeKind, file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    desk.publicity.post(
        PostNotice(
            application=file.application.id,
            kind=kind,
            posted_on=required_day(values, "posted_on"),
            places=tuple(one for one in values.get("places") or () if one),
            posted_by=names_of(text_of(values, "posted_by")),
            witnesses=names_of(text_of(values, "witnesses")),
            contact=text_of(values, "contact"),
            support=text_of(values, "support"),
        )
    )
    if kind is NoticeKind.F08:
        return "确认公示记好了。"
    return "公示记好了，满了会在今日工作里提醒。"


def _support(file: ApplicationFile) -> tuple[Field, ...]:
    """How 特困 are to be kept, asked only where that is applied for."""
    if Category.TEKUN not in file.application.requested:
        return ()
    forms = (("分散供养", "分散供养"), ("集中供养", "集中供养"))
    return (Field("support", "建议供养方式", Ask.CHOICE, options=forms),)


def _reviewing(file: ApplicationFile, today: date) -> Deed:
    return Deed(
        key=E.REVIEWED.value,
        title="民主评议结果",
        fields=(
            day_field("held_on", "哪一天", today),
            Field("place", "在哪里", Ask.LINE),
            Field("chair", "主持人", Ask.LINE),
            Field("recorder", "记录人", Ask.LINE),
            Field("expected", "应到几人", Ask.COUNT),
            Field(
                "attendance",
                "到会的人",
                Ask.LINES,
                hint="一行一种身份：村民代表 张三、李四（回避）；另有 村干部、党员、乡镇干部",
            ),
            Field("agree", "同意", Ask.COUNT),
            Field("against", "不同意", Ask.COUNT),
            Field("abstain", "弃权", Ask.COUNT),
            Field("opinion", "主要意见", Ask.LINES, hint="可以不填"),
        ),
        act=partial(_review, file),
        hint="亲属要回避：到会算到会，不投这一户的票。",
    )


def _review(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    attendance = attendance_of(text_of(values, "attendance"))
    verdict = desk.publicity.review(
        HoldReview(
            application=file.application.id,
            held_on=required_day(values, "held_on"),
            place=text_of(values, "place"),
            chair=text_of(values, "chair"),
            recorder=text_of(values, "recorder"),
            expected=values.get("expected") or len(attendance),
            attendance=attendance,
            agree=values.get("agree") or 0,
            against=values.get("against") or 0,
            abstain=values.get("abstain") or 0,
            opinion=text_of(values, "opinion"),
        )
    )
    if verdict.is_void:
        return f"评议记好了：这次不算，{'；'.join(verdict.reasons)}，要重新开。"
    if verdict.passed is None:
        return f"评议记好了。{verdict.rule}，算不算通过请问县里。"
    if verdict.passed:
        return "评议记好了：通过，可以贴公示。"
    return f"评议记好了：没有通过，{'；'.join(verdict.reasons)}。"


def _objecting(file: ApplicationFile, today: date) -> Deed:
    return Deed(
        key=E.OBJECTION.value,
        title="有人提意见",
        fields=(
            day_field("raised_on", "哪一天", today),
            Field("raised_by", "谁提的", Ask.LINE, hint="不愿留名就空着"),
            Field("content", "说的什么", Ask.LINES),
        ),
        act=partial(_object, file),
        hint="记下后要复查，答复了再重新公示。",
    )


def _object(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    desk.publicity.object(
        RaiseObjection(
            application=file.application.id,
            raised_on=required_day(values, "raised_on"),
            raised_by=text_of(values, "raised_by"),
            content=text_of(values, "content"),
        )
    )
    return "意见记好了，请去复查。"


def _answering(file: ApplicationFile, today: date) -> Deed:
    return Deed(
        key=E.REINVESTIGATED.value,
        title="复查结果",
        fields=(
            day_field("handled_on", "哪一天", today),
            _investigators(_seen_again(file)),
            Field(
                "outcome",
                "异议成不成立",
                Ask.CHOICE,
                options=tuple((one, one.label) for one in ObjectionOutcome),
            ),
            Field("reply", "怎么答复的", Ask.LINES),
        ),
        act=partial(_answer, file),
        hint="复查后回到“已调查”，要重新贴公示。",
    )


def _answer(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    outcome = values.get("outcome")
    if not isinstance(outcome, ObjectionOutcome):
        raise Refused("异议成不成立还没选。", do="请选一个。", code="A-20", field="outcome")
    desk.publicity.answer(
        AnswerObjection(
            application=file.application.id,
            handled_on=required_day(values, "handled_on"),
            outcome=outcome,
            reply=text_of(values, "reply"),
            investigators=names_of(text_of(values, "investigators")),
            investigation=_id_of(_seen_again(file)),
        )
    )
    return "复查记好了，请重新贴公示。"
