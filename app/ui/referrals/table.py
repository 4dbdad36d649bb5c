"""Leads and referrals as table rows, and one of them in words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.visiting import CaseStep, Lead, Referral
from app.services.referrals import CaseFile, CaseLine
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import short_date

COLUMNS = (Column("谁"), Column("住在"), Column("办什么", stretch=True), Column("到哪一步"))


def case_rows(lines: Sequence[CaseLine]) -> list[Row]:
    """One row for each; the row's key is its id."""
    return [_row(line) for line in lines]


def heading(file: CaseFile) -> str:
    """Whom it is about and what it is."""
    what = "线索" if isinstance(file.line.case, Lead) else "转介"
    return f"{file.line.who}　{what}"


def about(file: CaseFile) -> str:
    """What is known of it."""
    case = file.line.case
    if isinstance(case, Lead):
        by = "" if case.due_on is None else f"，最晚 {short_date(case.due_on)} 核实"
        source = f"{case.source.label}（{case.batch}）" if case.batch else case.source.label
        return f"{short_date(case.found_on)} {source}{by}：{case.content}"
    due = "没写要求哪天前回复" if case.due_on is None else f"要求 {short_date(case.due_on)} 前回复"
    said = f"　{case.content}" if case.content else ""
    return f"{short_date(case.made_on)} 转给{case.to_org}（{case.need.label}），{due}。{said}"


def noticed(case: Lead | Referral) -> str:
    """What it is about, for the first line of a case."""
    if case.content or isinstance(case, Lead):
        return case.content
    return _to_whom(case)


def steps_text(steps: Sequence[CaseStep]) -> str:
    """What was done, a line each, the newest last."""
    return "\n".join(_step(step) for step in steps) or "还没有办过。"


def _step(step: CaseStep) -> str:
    words = {event.value: event.label for kind in (LeadEvent, ReferralEvent) for event in kind}
    said = f"：{step.note}" if step.note else ""
    return f"{short_date(step.happened_on)} {step.who} {words.get(step.event, step.event)}{said}"


def _row(line: CaseLine) -> Row:
    case = line.case
    what = f"线索：{case.content}" if isinstance(case, Lead) else _to_whom(case)
    tone = Tone.FAINT if line.is_over else Tone.INFO
    return Row(
        case.id,
        (
            Cell(line.who or "不知道是谁"),
            Cell(line.place),
            Cell(what),
            Cell(case.status.label, "", tone, chip=True),
        ),
    )


def _to_whom(case: Referral) -> str:
    return f"转给{case.to_org}（{case.need.label}）"
