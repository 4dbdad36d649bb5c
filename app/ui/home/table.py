"""Today's work as table rows."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.today import WorkItem, WorkKind
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import plain_date

COLUMNS = (
    Column("要做什么"),
    Column("户主"),
    Column("住址", spare=True),
    Column("期限"),
    Column("为什么要做", stretch=True),
)

_LOOKS = {
    WorkKind.RELIEF_PAPERWORK: ("urgent", Tone.BAD),
    WorkKind.RETURNED: ("arrow-back-up", Tone.WARN),
    WorkKind.DIFFERS: ("arrows-diff", Tone.WARN),
    WorkKind.REVIEW: ("calculator", Tone.WARN),
    WorkKind.VISIT: ("walk", Tone.PRIMARY),
    WorkKind.SIGNATURE: ("fingerprint", Tone.WARN),
    WorkKind.DECIDED: ("circle-check", Tone.OK),
    WorkKind.NOTICE_TO_POST: ("clipboard-list", Tone.WARN),
    WorkKind.CARE_CHECK: ("home", Tone.PRIMARY),
    WorkKind.LEFT_BEHIND_ELDER: ("walk", Tone.PRIMARY),
    WorkKind.LEFT_BEHIND_CHILD: ("walk", Tone.PRIMARY),
    WorkKind.SWEEP: ("users", Tone.INFO),
    WorkKind.APPLICATION: ("file-text", Tone.PRIMARY),
    WorkKind.SUBMISSION: ("file-text", Tone.PRIMARY),
    WorkKind.ACCEPTANCE: ("phone", Tone.PRIMARY),
    WorkKind.MATERIAL: ("note", Tone.WARN),
    WorkKind.NOTICE_END: ("clock", Tone.WARN),
    WorkKind.WITH_COUNTY: ("phone", Tone.WARN),
    WorkKind.REFUSAL_NOTICE: ("file-text", Tone.BAD),
    WorkKind.NOT_ACCEPTED: ("file-text", Tone.BAD),
    WorkKind.RELIEF_DECISION: ("clock", Tone.BAD),
    WorkKind.RELIEF_TO_PAY: ("cash", Tone.BAD),
    WorkKind.INSTALMENT: ("cash", Tone.WARN),
    WorkKind.RELIEF_TO_CLOSE: ("circle-check", Tone.OK),
    WorkKind.RELIEF_FOLLOW_UP: ("walk", Tone.PRIMARY),
    WorkKind.RECOVERY: ("arrow-back-up", Tone.BAD),
    WorkKind.RELIEF_TO_DIBAO: ("file-text", Tone.WARN),
    WorkKind.RELIEF_AFTER: ("cash", Tone.WARN),
    WorkKind.AUTHORISATION_ENDS: ("fingerprint", Tone.WARN),
    WorkKind.FAMILY_REVIEW: ("users", Tone.WARN),
    WorkKind.LEAD: ("eye", Tone.INFO),
    WorkKind.REFERRAL: ("arrows-diff", Tone.INFO),
    WorkKind.GRACE: ("calculator", Tone.WARN),
    WorkKind.PERIODIC_REVIEW: ("calculator", Tone.WARN),
    WorkKind.BENEFIT_ENDS: ("clock", Tone.WARN),
    WorkKind.BENEFIT_TOLD: ("file-text", Tone.BAD),
    WorkKind.CERTIFICATE_ENDS: ("clock", Tone.INFO),
    WorkKind.CARE_AGREEMENT: ("home", Tone.WARN),
    WorkKind.MUST_PLACE: ("alert-triangle", Tone.BAD),
    WorkKind.SELF_CARE: ("clipboard-list", Tone.WARN),
    WorkKind.WATCH: ("eye", Tone.PRIMARY),
    WorkKind.CASE_PLAN: ("users", Tone.PRIMARY),
    WorkKind.COMPLAINT: ("phone", Tone.WARN),
    WorkKind.GROWN_UP: ("calendar-event", Tone.WARN),
    WorkKind.UNFINISHED_VISIT: ("note", Tone.WARN),
    WorkKind.LEFT_OUT: ("eye", Tone.WARN),
    WorkKind.CHILD_AT_RISK: ("urgent", Tone.BAD),
    WorkKind.CHILDREN_ALONE: ("alert-triangle", Tone.WARN),
    WorkKind.JOB_COST_ENDS: ("calculator", Tone.INFO),
    WorkKind.REPORT: ("table", Tone.WARN),
    WorkKind.RESERVE_FUND: ("cash", Tone.WARN),
}
_OTHER = ("clock", Tone.INFO)
_DEADLINES = frozenset(
    {WorkKind.RELIEF_PAPERWORK, WorkKind.REVIEW, WorkKind.SIGNATURE, WorkKind.DIFFERS}
)


def work_rows(items: Sequence[WorkItem]) -> list[Row]:
    """One row for each thing to do; the row's key is the item."""
    return [_row(item) for item in items]


def _row(item: WorkItem) -> Row:
    icon, tone = _LOOKS.get(item.kind, _OTHER)
    cells = (
        Cell(item.kind.label, icon, tone),
        Cell(item.who),
        Cell(item.place),
        Cell(item.due_text, "clock", _due_tone(item), chip=True),
        Cell(item.why),
    )
    spoken = f"{item.kind.label}，{item.who}，{item.place}，{item.due_text}，{item.why}"
    return Row(item, cells, f"{spoken}，{rule_line(item)}")


def rule_line(item: WorkItem) -> str:
    """What Enter does for a row, until when, and the rule and clause that say so."""
    due = "" if item.due_on is None else f"　最晚 {plain_date(item.due_on)}"
    return f"下一步：{item.action or item.kind.label}（回车）{due}　依据：{item.rule}"


def whole_line(item: WorkItem) -> str:
    """The rule of a row, and before it the reason, for where the column cuts it short."""
    return f"{item.why}　{rule_line(item)}" if item.why else rule_line(item)


def _due_tone(item: WorkItem) -> Tone:
    """Solid red is for what is overdue or all but; with days left it stays pale."""
    if item.pressing:
        return Tone.URGENT
    if item.overdue:
        return Tone.BAD
    return Tone.WARN if item.kind in _DEADLINES else Tone.INFO
