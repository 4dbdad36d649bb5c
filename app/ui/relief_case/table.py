"""The words of one 先行救助's page: its facts, its steps, its parts, its chain. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import CHINA, china_date
from app.domain.money import Money
from app.domain.relief_area import EventArea, event_area_of
from app.domain.relief_case import Instalment, ReliefCase
from app.domain.relief_words import InstalmentStatus
from app.ui.relief.table import plain_yuan, sum_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text, short_date
from app.ui.widgets.moment import moment_text

STEPS: Final = (Column("什么时候"), Column("做了什么", stretch=True), Column("谁记的"))
PARTS: Final = (Column("第几次"), Column("哪天", stretch=True), Column("多少"), Column("给了没有"))
CHAIN: Final = (Column("哪天"), Column("什么事", stretch=True), Column("多少"), Column("怎样了"))
_TONES: Final = {
    InstalmentStatus.PAID: Tone.OK,
    InstalmentStatus.PLANNED: Tone.WARN,
    InstalmentStatus.REVERSED: Tone.BAD,
    InstalmentStatus.CANCELLED: Tone.SOFT,
}


def title_text(case: ReliefCase) -> str:
    """Who and how much."""
    relief = case.relief
    return f"{relief.payee_name} · {relief.event.label} · {sum_text(relief)}"


def facts_of(case: ReliefCase) -> list[tuple[str, str]]:
    """What there is to know, as label and text; empty texts are left out."""
    relief = case.relief
    goods = "、".join(map(str, relief.goods_items)) or relief.goods
    agreed = ""
    if relief.decided_how is not None:
        at = "" if relief.decided_at is None else f"{relief.decided_at.astimezone(CHINA):%H:%M}，"
        agreed = f"{relief.decided_by}（{at}{relief.decided_how.label}）"
    facts = (
        ("编号", relief.document_no),
        ("怎么给", relief.way.label + (f"：{goods}" if goods else "")),
        ("从哪里出", relief.source.label),
        ("出事的地方", place_text(relief)),
        ("什么时候发现", moment_text(relief.found_at)),
        ("帮几个人", f"{relief.persons} 人"),
        ("怎么知道的", "" if relief.reported_by is None else relief.reported_by.label),
        ("谁同意的", agreed),
        ("转上级原因", relief.referral_reason),
        ("不是同一件事", relief.apart_reason),
        ("补手续期限" if relief.paperwork_done_on is None else "手续", _due(case)),
        ("当时在办的申请", _applied(case)),
        ("手写收条", "；".join(case.receipts_by_hand)),
        ("已给", f"{plain_yuan(case.given)} 元" if relief.is_staged else ""),
        ("已追回", f"{plain_yuan(case.recovered)} 元" if case.recovered.fen else ""),
        ("冲正原因", "" if case.reversal is None else case.reversal.reversal_reason),
        ("说明", relief.event_note),
    )
    return [(label, text) for label, text in facts if text]


def place_text(relief: Relief) -> str:
    """Where it happened; nothing for the village itself without a word more."""
    area = event_area_of(relief.event_area_code)
    if area is EventArea.VILLAGE or area.label in relief.event_place:
        return relief.event_place
    return f"{relief.event_place}（{area.label}）"


def step_rows(case: ReliefCase) -> list[Row]:
    """The steps, the newest first."""
    found = []
    for step in reversed(case.steps):
        what = "记下这件事" if step.event is None else step.event.label
        amount = "" if step.amount is None else f" {plain_yuan(step.amount)} 元"
        note = f"：{step.note}" if step.note else ""
        at = (
            f"{short_date(china_date(step.happened_at))} {step.happened_at.astimezone(CHINA):%H:%M}"
        )
        found.append(Row(step.id, (Cell(at), Cell(f"{what}{amount}{note}"), Cell(step.who))))
    return found


def part_rows(parts: Sequence[Instalment]) -> list[Row]:
    """The parts of staged relief."""
    return [
        Row(
            part.id,
            (
                Cell(f"第 {part.seq} 次"),
                Cell(
                    date_text(part.planned_on if part.paid_at is None else china_date(part.paid_at))
                ),
                Cell(f"{plain_yuan(part.amount)} 元", right=True),
                Cell(part.status.label, tone=_TONES[part.status], chip=True),
            ),
        )
        for part in parts
    ]


def chain_rows(case: ReliefCase) -> list[Row]:
    """What it follows on and what follows on it; nothing where it stands alone."""
    if len(case.chain) == 1:
        return []
    return [
        Row(
            one.id,
            (
                Cell(short_date(china_date(one.moment))),
                Cell(one.event.label + ("（这一笔）" if one.id == case.relief.id else "")),
                Cell(f"{plain_yuan(one.amount)} 元", right=True),
                Cell(one.status.label, tone=Tone.SOFT, chip=True),
            ),
        )
        for one in case.chain
    ]


def left_text(case: ReliefCase) -> str:
    """What is still to come back."""
    if case.relief.status is not ReliefStatus.RECOVERING:
        return ""
    left = case.given - case.recovered
    return f"还要追回 {plain_yuan(left)} 元" if left > Money(0) else ""


def _applied(case: ReliefCase) -> str:
    one = case.application
    if one is None:
        return ""
    return f"{date_text(one.filed_on)}　{one.document_no}（现在：{one.status.label}）"


def _due(case: ReliefCase) -> str:
    relief = case.relief
    if relief.paperwork_done_on is not None:
        return f"{date_text(relief.paperwork_done_on)} 补过了"
    if not relief.paperwork_rule:
        return ""
    day = "" if relief.paperwork_due_on is None else f"{date_text(relief.paperwork_due_on)}　"
    return f"{day}{relief.paperwork_rule}"
