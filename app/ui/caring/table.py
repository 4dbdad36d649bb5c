"""The words of the page of care agreements, the watch list, cases and complaints. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.care_states import CareStatus
from app.domain.caring import (
    CareAgreement,
    CaringRecord,
    CasePlan,
    Complaint,
    FourCare,
    SelfCareAssessment,
    WatchEntry,
)
from app.domain.case_plan_states import STAGES
from app.services.caring_book import CaringFile, CaringLine, is_in_hand
from app.services.fact_words import ability_words
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text, grouped_phone, short_date

LIST: Final = (
    Column("哪一项"),
    Column("谁"),
    Column("地方", spare=True),
    Column("现在怎样", stretch=True),
    Column("最晚"),
)
RECORDS: Final = (Column("哪一项"), Column("从哪天"), Column("现在怎样", stretch=True))
HISTORY: Final = (Column("什么时候"), Column("做了什么", stretch=True), Column("谁记的"))
_ICONS: Final = {
    CareAgreement: "home",
    WatchEntry: "eye",
    CasePlan: "users",
    Complaint: "phone",
    SelfCareAssessment: "clipboard-list",
}


def kind_of(record: CaringRecord) -> str:
    """What a record is called."""
    if isinstance(record, CareAgreement):
        return "照料协议"
    if isinstance(record, CasePlan):
        return "个案"
    if isinstance(record, SelfCareAssessment):
        return "自理评估"
    return "备案监测" if isinstance(record, WatchEntry) else "投诉"


def state_of(record: CaringRecord) -> str:
    """How it stands, in a line."""
    if isinstance(record, CareAgreement):
        return f"{record.status.label}：{record.carer}照料{record.person_name}"
    if isinstance(record, WatchEntry):
        return f"{record.status.label}：{record.cause.label}，{record.note}"
    if isinstance(record, CasePlan):
        return f"{record.status.label}：{record.need}"
    if isinstance(record, SelfCareAssessment):
        return f"{record.person_name}，{record.kind.label}：{ability_words(record.acts)}"
    state = "等答复" if record.answered_on is None else "答复了"
    return f"{state}：{record.content}"


def line_rows(lines: Sequence[CaringLine]) -> list[Row]:
    """The list; the key is the record's id."""
    found = []
    for line in lines:
        due = "" if line.due_on is None else date_text(line.due_on)
        kind, state = kind_of(line.record), state_of(line.record)
        cells = (
            Cell(kind, _ICONS[type(line.record)], Tone.PRIMARY),
            Cell(line.who),
            Cell(line.place),
            Cell(state),
            Cell(due, tone=Tone.BAD if line.late else Tone.INFO, chip=bool(due)),
        )
        found.append(
            Row(line.record.id, cells, f"{kind}，{line.who}，{line.place}，{state}，{due}")
        )
    return found


def rule_text(line: CaringLine) -> str:
    """Until when, and what made it so."""
    return "" if line.due_on is None else f"最晚 {date_text(line.due_on)}　依据：{line.rule}"


def record_rows(file: CaringFile) -> list[Row]:
    """Every record of the household; the key is its id."""
    return [
        Row(
            one.id,
            (
                Cell(
                    kind_of(one),
                    _ICONS[type(one)],
                    Tone.PRIMARY if is_in_hand(one) else Tone.SOFT,
                ),
                Cell(date_text(_since(one))),
                Cell(state_of(one)),
            ),
        )
        for one in file.records
    ]


def history_rows(file: CaringFile) -> list[Row]:
    """What was done about the record in front, the newest first."""
    return [
        Row(
            one.id,
            (
                Cell(short_date(one.happened_on)),
                Cell("，".join(filter(None, (one.label, one.told_by, one.paper_no, one.note)))),
                Cell(one.handler),
            ),
        )
        for one in reversed(file.steps)
    ]


def title_text(file: CaringFile) -> str:
    """Who and where."""
    return " · ".join(filter(None, (file.who, file.place))) or "没写是谁"


def chip_of(file: CaringFile) -> tuple[str, Tone]:
    """How the record in front stands."""
    at = file.at
    if at is None:
        return "没有在办的", Tone.SOFT
    tone = Tone.PRIMARY if is_in_hand(at) else Tone.SOFT
    if isinstance(at, Complaint):
        return ("投诉：等答复" if is_in_hand(at) else "投诉：答复了"), tone
    if isinstance(at, SelfCareAssessment):
        return f"{kind_of(at)}：{at.kind.label}", tone
    return f"{kind_of(at)}：{at.status.label}", tone


def now_text(file: CaringFile) -> str:
    """What there is to know about the record in front, a line each."""
    at = file.at
    if isinstance(at, CareAgreement):
        return "\n".join(_of_agreement(at))
    if isinstance(at, WatchEntry):
        last = "还没比对过" if at.compared_on is None else f"上次比对 {date_text(at.compared_on)}"
        return f"{at.cause.label}：{at.note}\n{date_text(at.noticed_on)} 发现，{last}"
    if isinstance(at, CasePlan):
        return "\n".join(_of_case(at))
    if at is None:
        return "这一户没有照料协议、个案和自理评估，也不在备案监测里。"
    if isinstance(at, SelfCareAssessment):
        return "\n".join(_of_ability(at))
    said = f"{at.channel.label}，{date_text(at.received_on)} 接到：{at.content}"
    if at.answered_on is None:
        return said
    return f"{said}\n{date_text(at.answered_on)} 答复：{at.answer}"


def _of_agreement(at: CareAgreement) -> list[str]:
    phone = grouped_phone(at.carer_phone)
    fee = "" if at.fee is None else f"每月 {at.fee.grouped()} 元"
    lines = [
        f"{at.carer}照料{at.person_name}　{date_text(at.starts_on)} 到 {date_text(at.ends_on)}",
        "，".join(filter(None, (phone, fee, at.services))),
    ]
    if at.status in {CareStatus.SIGNED, CareStatus.ACTIVE}:
        marks = (f"{one.label}{'缺' if one in at.lacks else '有'}" for one in FourCare)
        lines.append("四有：" + "　".join(marks))
    if at.ended_on is not None:
        by = "" if at.ended_by is None else f"：{at.ended_by.label}"
        lines.append(f"{date_text(at.ended_on)} 结束{by}")
    return [line for line in lines if line]


def _of_case(at: CasePlan) -> list[str]:
    """The hardship, the six steps with the one in hand, and the day agreed for it."""
    steps = " → ".join(f"【{one.label}】" if one is at.status else one.label for one in STAGES)
    lines = [f"{date_text(at.opened_on)} 开的个案：{at.need}", steps]
    if at.status in STAGES:
        day = "还没说定" if at.due_on is None else date_text(at.due_on)
        lines.append(f"{at.status.label}说定哪天做：{day}")
    return lines


def _of_ability(at: SelfCareAssessment) -> list[str]:
    who = f"{at.person_name}（{at.kind.label}）"
    lines = [
        f"{date_text(at.assessed_on)} 评估{who}：{ability_words(at.acts)}",
        f"评估人：{'、'.join(at.assessors)}",
        at.note,
    ]
    return [line for line in lines if line]


def _since(record: CaringRecord) -> date:
    if isinstance(record, CareAgreement):
        return record.starts_on
    if isinstance(record, CasePlan):
        return record.opened_on
    if isinstance(record, SelfCareAssessment):
        return record.assessed_on
    return record.noticed_on if isinstance(record, WatchEntry) else record.received_on
