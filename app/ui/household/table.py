"""Members and history of one household as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.happening import Happening
from app.domain.households import Household
from app.domain.people import (
    IdKind,
    Member,
    Person,
    PersonStatus,
    Student,
    mask_id_number,
    spaced_id_number,
)
from app.services.paid_now import PaidNow
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import grouped_phone

MEMBER_COLUMNS = (
    Column("姓名"),
    Column("关系"),
    Column("性别"),
    Column("年龄"),
    Column("身份证号"),
    Column("健康 / 残疾"),
    Column("现在做什么", stretch=True),
)
HISTORY_COLUMNS = (Column("哪一天"), Column("什么事"), Column("情况", stretch=True))

_LOOKS = {
    "visit": ("walk", Tone.OK),
    "relief": ("urgent", Tone.BAD),
    "application": ("file-text", Tone.PRIMARY),
    "assessment": ("calculator", Tone.PRIMARY),
    "print": ("printer", Tone.SOFT),
    "decision": ("circle-check", Tone.OK),
    "signature": ("fingerprint", Tone.WARN),
    "family": ("users", Tone.OFFLINE),
    "lead": ("eye", Tone.INFO),
    "referral": ("arrows-diff", Tone.INFO),
    "benefit": ("cash", Tone.OK),
    "grace": ("clock", Tone.WARN),
    "review": ("calculator", Tone.WARN),
}


def member_rows(members: Sequence[Member], today: date, *, whole: bool) -> list[Row]:
    """One row for each member; ID numbers masked unless `whole`."""
    return [_member(member, today, whole=whole) for member in members]


def brief_text(household: Household, missing: Sequence[str], paid: PaidNow) -> str:
    """Where they live, how to reach them, what they are paid, what to know before knocking and what
    is missing, one after the other."""
    lacks = f"缺{'、'.join(missing[:2])}" if missing else ""
    if len(missing) > 2:  # noqa: PLR2004  # the two that stand there
        lacks += f"等 {len(missing)} 样"
    parts = (
        household.address or household.place,
        grouped_phone(household.phone) or "没登记电话",
        money_text(household, paid),
        household.knock_note or "",
        lacks,
    )
    return "　".join(part for part in parts if part)


def money_text(household: Household, paid: PaidNow) -> str:
    """What is paid each month, and what this month where a 渐退 pays a share of it."""
    word, granted = household.category.label, household.benefit_month
    if not granted:
        return f"{word}，现在没有按月发的钱"
    told = f"{word} 每月 {granted.grouped()} 元"
    if paid.grace_until is None:
        return told
    until = f"{paid.grace_until.year}年{paid.grace_until.month}月"
    if paid.amount is None:
        return f"{told}，正在渐退（到{until}），这个月发多少看渐退那一页"
    return f"{told}；正在渐退，这个月发 {paid.amount.grouped()} 元（到{until}）"


def history_rows(happenings: Sequence[Happening]) -> list[Row]:
    """One row for each thing that happened, in the order given."""
    rows = []
    for at, happened in enumerate(happenings):
        icon, tone = _LOOKS.get(happened.kind, ("note", Tone.SOFT))
        day = happened.on
        cells = (
            Cell(f"{day.year}年{day.month}月{day.day}日", tone=Tone.SOFT),
            Cell(happened.title, icon, tone),
            Cell(happened.detail),
        )
        more = "，回车去看" if happened.page else ""
        rows.append(Row(at, cells, "，".join(cell.text for cell in cells if cell.text) + more))
    return rows


def age_of(person: Person, today: date) -> int | None:
    """Full years, or None without a date of birth."""
    if person.birth is None:
        return None
    before_birthday = (today.month, today.day) < (person.birth.month, person.birth.day)
    return today.year - person.birth.year - before_birthday


def _member(member: Member, today: date, *, whole: bool) -> Row:
    person = member.person
    age = age_of(person, today)
    cells = (
        Cell(person.name, tone=Tone.TEXT),
        Cell(member.relation.label),
        Cell(person.sex.label),
        Cell("" if age is None else f"{age}"),
        _number(person, whole=whole),
        _health(person),
        Cell(_doing(member)),
    )
    return Row(person.id, cells)


def _number(person: Person, *, whole: bool) -> Cell:
    if not person.id_number:
        word = "没登记" if person.id_kind is IdKind.RESIDENT else person.id_kind.label
        return Cell(word, tone=Tone.WARN)
    if whole and person.id_kind is IdKind.RESIDENT:
        return Cell(spaced_id_number(person.id_number))
    return Cell(person.id_number if whole else mask_id_number(person.id_number))


def _health(person: Person) -> Cell:
    """Disability before illness: it is what the benefits ask first."""
    if person.disability_kind is not None:
        level = f"{person.disability_level}级" if person.disability_level else ""
        return Cell(f"{person.disability_kind.label}{level}", tone=Tone.OFFLINE)
    if person.serious_illness:
        return Cell(person.illness or "重病", tone=Tone.BAD)
    return Cell(person.illness or "", tone=Tone.TEXT)


def _doing(member: Member) -> str:
    person = member.person
    if person.status not in (None, PersonStatus.NORMAL):
        return person.status.label
    if person.student not in (None, Student.NONE):
        return person.student.label
    parts = [member.living.label if member.living else "", person.labour.label]
    return "，".join(part for part in parts if part and part != "不清楚")
