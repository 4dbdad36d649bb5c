"""What a coordinator records: visits, emergency relief, applications, prints, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.households import Category
from app.domain.ids import (
    ApplicationId,
    AssessmentId,
    HouseholdId,
    PersonId,
    PrintId,
    ReliefId,
    VisitId,
)
from app.domain.money import Money
from app.domain.words import Word


class Met(Word):
    """Whom the visitor saw."""

    SELF = "self", "见到本人"
    FAMILY = "family", "见到家人"
    NOBODY = "nobody", "没人在家"
    PHONE = "phone", "电话"


class Health(Word):
    """How the person is."""

    GOOD = "good", "好"
    FAIR = "fair", "一般"
    ILL = "ill", "生病"
    IMPAIRED = "impaired", "行动不便"
    HOSPITAL = "hospital", "住院"


class Supplies(Word):
    """Food and clothing."""

    ENOUGH = "enough", "够"
    TIGHT = "tight", "紧"
    SHORT = "short", "不够"


class Housing(Word):
    """The house."""

    SAFE = "safe", "安全"
    HAZARD = "hazard", "有隐患"
    DANGEROUS = "dangerous", "危险"


class IncomeChange(Word):
    """Income since the last visit."""

    SAME = "same", "没变化"
    MORE = "more", "多了"
    LESS = "less", "少了"


class Need(Word):
    """What the household needs now."""

    NONE = "none", "不需要"
    RELIEF = "relief", "临时救助"
    MEDICAL = "medical", "看病"
    CARE = "care", "照料"
    OTHER = "other", "别的"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One completed home visit. Completed ones are never edited; corrections are addenda."""

    id: VisitId
    household: HouseholdId
    visited_on: date
    met: Met
    health: Health | None
    supplies: Supplies | None
    housing: Housing | None
    income_change: IncomeChange | None
    need: Need | None
    note: str
    visitor: str
    recorded_at: datetime


class EventKind(Word):
    """What happened, for emergency relief."""

    FIRE = "fire", "火灾"
    TRAFFIC = "traffic", "车祸"
    SUDDEN_ILLNESS = "sudden_illness", "急病"
    DROWNING = "drowning", "溺水"
    FLOOD = "flood", "洪涝"
    NO_FOOD = "no_food", "断粮"
    OTHER = "other", "别的"


class ReliefWay(Word):
    """How it is given."""

    CASH = "cash", "现金"
    TRANSFER = "transfer", "转账"
    GOODS = "goods", "米面被褥"


class ReliefStatus(Word):
    """domain.md §5.3, as far as the village drives it."""

    PAID = "paid", "已给"
    PAPERWORK_PENDING = "paperwork_pending", "待补手续"
    SUPPLEMENTED = "supplemented", "已补齐"
    CLOSED = "closed", "已办结"
    REVERSED = "reversed", "已冲正"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """One 先行救助 payment. Paid is irreversible; a correction is a reversing entry."""

    id: ReliefId
    document_no: str
    household: HouseholdId | None
    payee: PersonId | None
    payee_name: str
    payee_id_number: str | None
    event: EventKind
    event_note: str
    event_area_code: str
    amount: Money
    way: ReliefWay
    goods: str
    persons: int
    status: ReliefStatus
    found_at: datetime
    paid_at: datetime
    payment_id: str
    quota_id: str
    paperwork_due_on: date
    paperwork_rule: str
    paperwork_done_on: date | None
    handler: str
    cap: Money | None = None
    """The most this payment might be under the rules it was made by; None where none set one."""
    cap_rule: str = ""
    pack_sha256: str = ""
    """The pack whose rules those were."""


class ApplicationStatus(Word):
    """domain.md §5.3; the village drives it to `sent_for_confirmation`."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    SENT_FOR_CONFIRMATION = "sent_for_confirmation", "报县确认"
    CONFIRMED = "confirmed", "县里同意"
    REFUSED = "refused", "县里没同意"
    RETURNED = "returned", "县里退回"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application for every rung at once (一次申请、分标准审核确认)."""

    id: ApplicationId
    document_no: str
    household: HouseholdId
    applicant: PersonId
    requested: tuple[Category, ...]
    status: ApplicationStatus
    filed_on: date
    assessment: AssessmentId | None
    decided_category: Category | None = None
    decided_benefit_month: Money | None = None
    decided_on: date | None = None
    decision_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRecord:
    """A stored means test: the facts it saw, the pack it used and the whole answer (JSON text)."""

    id: AssessmentId
    household: HouseholdId
    on: date
    pack_id: str
    pack_version: str
    pack_sha256: str
    facts: str
    answer: str
    suggested: Category | None
    benefit_month: Money | None
    made_at: datetime
    pack_title: str = ""
    """What the pack is called in Chinese, where a paper is made of the test; it is not stored."""

    @property
    def pack_name(self) -> str:
        """The pack as a paper names it."""
        return f"{self.pack_title} {self.pack_version} 版".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRecord:
    """One paper that left the program: its number, its content hash and its printed code."""

    id: PrintId
    form: str
    form_version: str
    document_no: str
    household: HouseholdId | None
    entity_id: str | None
    """The visit, payment or application the paper is about; None for the household itself."""
    content_sha256: str
    code: str
    copies: int
    reprint_no: int
    printed_at: datetime


class WorkKind(Word):
    """Why a line stands in today's list."""

    RELIEF_PAPERWORK = "relief_paperwork", "补先行救助手续"
    RETURNED = "returned", "县里退回，要改"
    DIFFERS = "differs", "两边不一样，要你选"
    REVIEW = "review", "收入复核测算"
    VISIT = "visit", "走访"
    SIGNATURE = "signature", "补签字"
    DECIDED = "decided", "县里有结果，告诉这户"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing to do today: what, for whom, by when, why, and under which rule."""

    kind: WorkKind
    household: HouseholdId | None
    entity_id: str
    who: str
    place: str
    due_on: date
    overdue: bool
    due_text: str
    why: str
    rule: str
    pressing: bool = False
    """Overdue, or so near its end that nothing else comes first."""


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
    recent: tuple[tuple[HouseholdId, str, str], ...] = field(default=())
    """(household, head name, place), newest first."""
