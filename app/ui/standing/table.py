"""The words of the page of reviews and 渐退: its list, and one household's facts. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.application_events import Actor
from app.domain.clock import day_words, month_words
from app.domain.grace_states import GraceStatus
from app.domain.money import Money
from app.domain.standing import Benefit, GracePeriod
from app.rules.deadlines import NOT_GIVEN
from app.services.standing_book import LineKind, StandingFile, StandingLine, StandingList
from app.services.standing_ends import ReviewDue
from app.ui.standing.deeds import DeedKind, not_yet
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text, short_date

LIST: Final = (
    Column("办什么"),
    Column("谁"),
    Column("地方", spare=True),
    Column("现在怎样", stretch=True),
    Column("最晚"),
)
MONTHS: Final = (Column("月份", stretch=True), Column("几成"), Column("发多少"), Column("一共"))
HISTORY: Final = (Column("什么时候"), Column("做了什么", stretch=True), Column("谁记的"))
BENEFITS: Final = (
    Column("待遇"), Column("谁", stretch=True), Column("每月"), Column("从"), Column("到"),
)  # fmt: skip
_LOOKS: Final = {
    LineKind.GRACE: ("calculator", Tone.WARN),
    LineKind.REVIEW: ("calendar-event", Tone.PRIMARY),
    LineKind.BENEFIT: ("clock", Tone.INFO),
    LineKind.CERTIFICATE: ("clock", Tone.INFO),
}
_TONES: Final = {
    GraceStatus.PROPOSED: Tone.WARN,
    GraceStatus.APPROVED: Tone.INFO,
    GraceStatus.RUNNING: Tone.PRIMARY,
    GraceStatus.ENDED: Tone.WARN,
}
_OPEN: Final = "还没定"


def line_rows(lines: Sequence[StandingLine]) -> list[Row]:
    """The list; the key is the household."""
    found = []
    for line in lines:
        icon, tone = _LOOKS[line.kind]
        due = "" if line.due_on is None else date_text(line.due_on)
        cells = (
            Cell(line.kind.label, icon, tone),
            Cell(line.who),
            Cell(line.place),
            Cell(line.what),
            Cell(due, tone=Tone.BAD if line.late else Tone.INFO, chip=bool(due)),
        )
        said = rule_text(line) or due
        spoken = f"{line.kind.label}，{line.who}，{line.place}，{line.what}，{said}"
        found.append(Row(line.household, cells, spoken))
    return found


def rule_text(line: StandingLine) -> str:
    """Until when, and what made it so."""
    return "" if line.due_on is None else f"最晚 {date_text(line.due_on)}　依据：{line.rule}"


def unknown_text(found: StandingList) -> str:
    """How many households nobody knows the last review of."""
    if not found.never_reviewed:
        return ""
    return f"另有 {found.never_reviewed} 户还没记过复核；在家庭页打开一户，记一次就开始算。"


def title_text(file: StandingFile) -> str:
    """Who and where."""
    return f"{file.who} · {file.place}"


def chip_of(grace: GracePeriod | None) -> tuple[str, Tone]:
    """Where the 渐退 stands."""
    if grace is None:
        return "没有渐退", Tone.SOFT
    return grace.status.label, _TONES.get(grace.status, Tone.SOFT)


def now_lines(file: StandingFile, today: date) -> list[str]:
    """What there is to know before pressing anything, a line each."""
    lines = []
    if file.review is not None:
        lines.append(_review_line(file.review))
    if file.grace is not None and file.grace.status in _TONES:
        lines += _grace_lines(file, file.grace)
        lines += filter(None, [waiting_line(file.grace, not_yet(file, today))])
    lines += [
        f"{one.person_name}的{one.kind.label}到 {date_text(one.valid_to)}"
        for one in file.certificates
    ]
    if file.rigid is not None:
        lines.append(f"刚性支出困难认定到 {file.rigid.due_text}（{file.rigid.explanation}）")
    return lines


def _review_line(review: ReviewDue) -> str:
    if review.due_on is not None:
        return f"复核：{date_text(review.due_on)} 前（{review.rule}）"
    if review.deadline.limit is None:
        return f"复核：{NOT_GIVEN}"
    return f"复核：还没记过，记一次就开始算（{review.rule}）"


def _grace_lines(file: StandingFile, grace: GracePeriod) -> list[str]:
    lines = []
    if file.hand.actor is Actor.COUNTY and grace.status in {
        GraceStatus.PROPOSED,
        GraceStatus.ENDED,
    }:
        rule = "" if file.hand.ground is None else f"（{file.hand.ground}）"
        lines.append(f"批准、退出、恢复由县里定{rule}，同步下来就看得到。")
    if not grace.shares:
        span = ""
        if grace.least_months is not None:
            span = f"，一共 {grace.least_months} 到 {grace.most_months} 个月"
        lines.append(f"每月发几成县里还没定{span}（{grace.basis}）。")
    if file.freeze.frozen is None:
        lines.append(f"期满退不退问县里（{file.freeze.basis}）。")
    elif file.freeze.frozen:
        lines.append(f"现在暂停退出，满了也先不退（{file.freeze.basis}）。")
    return lines


def waiting_line(grace: GracePeriod, deed: DeedKind | None) -> str:
    """From when the next step can be recorded; empty where it need not wait."""
    if deed is DeedKind.BEGIN:
        return f"{day_words(grace.start_month)}起才开始，到那天再记。"
    if deed is DeedKind.END and grace.ends_on is not None:
        return f"{day_words(grace.ends_on)}满，第二天起可以记期满。"
    return ""


def facts_of(file: StandingFile) -> list[tuple[str, str]]:
    """The category and the 渐退 as label and text; empty texts are left out."""
    grace = file.grace
    if grace is None:
        return [("现在", file.category.label)]
    last = "" if grace.ends_on is None else f" 到 {date_text(grace.ends_on)}"
    agreed = ""
    if grace.approved_on is not None:
        agreed = f"{grace.approved_by}，{date_text(grace.approved_on)}，{grace.paper_no}"
    facts = (
        ("现在", file.category.label),
        ("从哪天", f"{date_text(grace.start_month)}{last}"),
        ("原来每月", "" if grace.former is None else _yuan(grace.former)),
        ("变动情况", grace.reason),
        ("谁批的", agreed),
        ("依据", f"{grace.rule}（{grace.basis}）" if grace.basis else grace.rule),
    )
    return [(label, text) for label, text in facts if text]


def month_rows(file: StandingFile) -> list[Row]:
    """The schedule with what it comes to."""
    return [
        Row(
            paid.share.month,
            (
                Cell(f"{paid.share.month.year}年{paid.share.month.month}月"),
                Cell(f"{paid.share.percent}%", right=True),
                Cell(_yuan(paid.share.amount), right=True),
                Cell(_yuan(paid.so_far), right=True),
            ),
        )
        for paid in file.months
    ]


def history_rows(file: StandingFile) -> list[Row]:
    """Steps, reviews and 增减员 together, the newest first."""
    found = [
        (one.happened_on, one.id, f"{one.event.label}{_note(one.note)}{_paper(one.paper_no)}",
         one.handler)
        for one in file.steps
    ]  # fmt: skip
    found += [
        (one.reviewed_on, one.id, f"复核：{one.result.label}{_note(one.note)}", one.handler)
        for one in file.reviews
    ]
    found += [
        (one.happened_on, one.id, f"{one.kind.label}：{one.person_name}，{one.reason}", one.handler)
        for one in file.changes
    ]
    return [
        Row(key, (Cell(short_date(on)), Cell(what), Cell(who)))
        for on, key, what, who in sorted(found, reverse=True)
    ]


def benefit_rows(benefits: Sequence[Benefit]) -> list[Row]:
    """What is received; the key of what the village may stop is its id."""
    found = []
    for one in benefits:
        until, tone = "", Tone.TEXT
        if one.to_month is not None:
            until, tone = f"{month_words(one.to_month)}停：{one.stop_reason}", Tone.SOFT
        elif one.ends_on is not None:
            by = "" if one.ends_by is None else f" {one.ends_by.label}"
            until, tone = f"{date_text(one.ends_on)}{by}", Tone.WARN
        cells = (
            Cell(one.kind.label + ("（县里）" if one.by_county else "")),
            Cell(one.person_names or "全家"),
            Cell("" if one.amount is None else _yuan(one.amount), right=True),
            Cell(month_words(one.from_month)),
            Cell(until, tone=tone, chip=bool(until)),
        )
        found.append(Row(one.id, cells))
    return found


def _yuan(amount: Money | None) -> str:
    return _OPEN if amount is None else f"{amount.grouped()} 元"


def _note(note: str) -> str:
    return f"：{note}" if note else ""


def _paper(number: str) -> str:
    return f"（{number}）" if number else ""
