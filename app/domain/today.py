"""Today's list: what is due, for whom, until when, why, and the one next action."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.ids import HouseholdId
from app.domain.words import Word


class WorkKind(Word):
    """Why a line stands in today's list."""

    RELIEF_PAPERWORK = "relief_paperwork", "补先行救助手续"
    RETURNED = "returned", "县里退回，要改"
    DIFFERS = "differs", "两边不一样，要你选"
    REVIEW = "review", "收入复核测算"
    VISIT = "visit", "走访"
    SIGNATURE = "signature", "补签字"
    DECIDED = "decided", "县里有结果，告诉这户"
    NOTICE_TO_POST = "notice_to_post", "贴确认公示"
    CARE_CHECK = "care_check", "探视分散供养特困人员"
    LEFT_BEHIND_ELDER = "left_behind_elder", "探访留守老人"
    LEFT_BEHIND_CHILD = "left_behind_child", "探访留守儿童"
    SWEEP = "sweep", "集中排查"
    APPLICATION = "application", "办申请"
    SUBMISSION = "submission", "提交申请"
    ACCEPTANCE = "acceptance", "等受理"
    MATERIAL = "material", "收申请材料"
    NOTICE_END = "notice_end", "公示期满"
    WITH_COUNTY = "with_county", "等县里决定"
    REFUSAL_NOTICE = "refusal_notice", "送不同意告知书"
    NOT_ACCEPTED = "not_accepted", "送不予受理告知书"
    RELIEF_DECISION = "relief_decision", "先行救助等审批"
    RELIEF_TO_PAY = "relief_to_pay", "先行救助还没给"
    INSTALMENT = "instalment", "分期救助该给了"
    RELIEF_TO_CLOSE = "relief_to_close", "先行救助可以办结"
    RELIEF_FOLLOW_UP = "relief_follow_up", "救助后回访"
    RECOVERY = "recovery", "追回先行救助"
    RELIEF_TO_DIBAO = "relief_to_dibao", "说好转低保"
    RELIEF_AFTER = "relief_after", "说好接着帮"
    AUTHORISATION_ENDS = "authorisation_ends", "授权快到期"
    FAMILY_REVIEW = "family_review", "家里人变了，去复核"
    LEAD = "lead", "核实线索"
    REFERRAL = "referral", "跟着转介"
    GRACE = "grace", "渐退"
    PERIODIC_REVIEW = "periodic_review", "定期复核"
    BENEFIT_ENDS = "benefit_ends", "待遇快到期"
    BENEFIT_TOLD = "benefit_told", "县里停发、减发，告诉这户"
    CERTIFICATE_ENDS = "certificate_ends", "证件快到期"
    CARE_AGREEMENT = "care_agreement", "照料协议"
    SELF_CARE = "self_care", "评估自理能力"
    MUST_PLACE = "must_place", "要不要集中供养"
    WATCH = "watch", "备案监测"
    CASE_PLAN = "case_plan", "个案"
    COMPLAINT = "complaint", "答复投诉"
    GROWN_UP = "grown_up", "特困孩子满年龄"
    UNFINISHED_VISIT = "unfinished_visit", "走访没记完"
    LEFT_OUT = "left_out", "重残重病没有救助"
    CHILD_AT_RISK = "child_at_risk", "孩子要马上保护"
    CHILDREN_ALONE = "children_alone", "家里只剩未成年人"
    JOB_COST_ENDS = "job_cost_ends", "就业扣减快满"
    REPORT = "report", "报送季报"
    RESERVE_FUND = "reserve_fund", "备用金提醒"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing to do today: what, for whom, by when, why, and under which rule."""

    kind: WorkKind
    household: HouseholdId | None
    entity_id: str
    who: str
    place: str
    due_on: date | None
    overdue: bool
    due_text: str
    why: str
    rule: str
    pressing: bool = False
    """Overdue, or so near its end that nothing else comes first."""
    page: str = ""
    """Where `action` is done, opened with `target`."""
    target: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The home page: counts for the cards, and the list in order of urgency."""

    on: date
    items: tuple[WorkItem, ...]
    visits_due: int
    visits_left_this_month: int
    deadlines: int
    paperwork: int
    waiting_upload: int
    differing: int
    remaking: bool = False
    """The rules changed and a big village's list is being made anew; until then rows are old."""
    recent: tuple[tuple[HouseholdId, str, str], ...] = field(default=())
    """(household, head name, place), newest first."""
    turns_at: datetime | None = None
    """When the list reads otherwise though nobody saved anything: midnight, or an hour clock."""
