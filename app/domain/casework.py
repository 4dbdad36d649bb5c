"""What a coordinator records: visits, emergency relief, applications, tests and prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.goods import Goods
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
from app.domain.procedure import Proxy, ReturnComment
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy
from app.domain.visit_words import (
    CarerDuty,
    Cleanliness,
    Explained,
    FireSafety,
    Satisfaction,
    VisitKind,
)
from app.domain.words import Word


class Met(Word):
    """Whom the visitor saw."""

    SELF = "self", "见到本人"
    FAMILY = "family", "见到家人"
    NOBODY = "nobody", "没人在家"
    PHONE = "phone", "电话"


class Channel(Word):
    """By which road a visitor was in touch; a pack says which of them count."""

    HOME = "home", "上门"
    PHONE = "phone", "打电话"
    VIDEO = "video", "视频"
    WECHAT = "wechat", "微信"
    REMOTE = "remote", "远程看护"


def channel_of(met: Met) -> Channel:
    """The road where nothing else was said: whoever was met was met at home, but for a call."""
    return Channel.PHONE if met is Met.PHONE else Channel.HOME


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
    kind: VisitKind = VisitKind.ROUTINE
    cleanliness: Cleanliness | None = None
    dwelling: Cleanliness | None = None
    fire_safety: FireSafety | None = None
    carer: CarerDuty | None = None
    """These four are asked of a welfare check only."""
    explained: Explained | None = None
    satisfaction: Satisfaction | None = None
    """These two are asked where the pack says so (`visit_asks`)."""
    channel: Channel = Channel.HOME


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
    """Where one 先行救助 stands (domain.md §5.3); what may follow: `app.domain.relief_states`."""

    REPORTED = "reported", "已报告"
    VERIFIED = "verified", "已核实"
    APPROVED_FAST = "approved_fast", "已同意，还没给"
    REFERRED_UP = "referred_up", "已转上级"
    DECLINED = "declined", "不给了"
    PAID = "paid", "已给"
    PAPERWORK_PENDING = "paperwork_pending", "待补手续"
    SUPPLEMENTED = "supplemented", "已补齐"
    CLOSED = "closed", "已办结"
    RECOVERING = "recovering", "要追回"
    RECOVERED = "recovered", "已追回"
    REVERSED = "reversed", "已冲正"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """One 先行救助. Paid is irreversible; a correction is a reversing entry that names it.

    `amount` is the whole sum; of staged relief each part is paid by itself and `payment_id`,
    `quota_id` and `paid_at` are its parts'. Times are aware UTC instants.
    """

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
    paid_at: datetime | None
    payment_id: str | None
    quota_id: str | None
    paperwork_due_on: date | None
    """None while nothing is owed, or where the county has given no term."""
    paperwork_rule: str
    paperwork_done_on: date | None
    handler: str
    cap: Money | None = None
    """The most this payment might be under the rules it was made by; None where none set one."""
    cap_rule: str = ""
    pack_sha256: str = ""
    """The pack whose rules those were."""
    is_unknown: bool = False
    """Nobody knows the payee's name."""
    reported_by: ReportedBy | None = None
    """How it became known; None where nobody was asked."""
    reporter: str = ""
    event_place: str = ""
    """Where it happened, where that is not the village."""
    goods_items: tuple[Goods, ...] = ()
    source: FundSource = FundSource.BUDGET
    is_staged: bool = False
    parent: ReliefId | None = None
    """What this follows on (跟进救助)."""
    referral_reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_how: ApprovalWay | None = None
    decision_due_at: datetime | None = None
    """Until when somebody above has to decide, by the hour clock; None where there is no term."""
    decision_rule: str = ""
    emergency_over_on: date | None = None
    reverses: ReliefId | None = None
    reversal_reason: str = ""
    apart_from: ReliefId | None = None
    """What was given to the same household less than a day from it and is another matter."""
    apart_reason: str = ""
    """Why it is: she was asked before it was paid."""

    @property
    def moment(self) -> datetime:
        """When it was given, or, until then, when it became known."""
        return self.paid_at or self.found_at


class ApplicationStatus(Word):
    """domain.md §5.3; the village drives it to `sent_for_confirmation` (application_states.py)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    SUPPLEMENT_REQUESTED = "supplement_requested", "等补材料"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    ACCEPTED = "accepted", "已受理"
    CHECKING = "checking", "核对中"
    INVESTIGATING = "investigating", "等入户调查"
    ASSESSED = "assessed", "已调查"
    IN_REVIEW = "in_review", "民主评议中"
    NOTICE_POSTED = "notice_posted", "公示中"
    REINVESTIGATING = "reinvestigating", "有异议在复查"
    SENT_FOR_CONFIRMATION = "sent_for_confirmation", "报县确认"
    CONFIRMED = "confirmed", "县里同意"
    REFUSED = "refused", "县里没同意"
    RETURNED = "returned", "县里退回"
    PUBLISHED = "published", "已公布"
    WATCHLISTED = "watchlisted", "备案关注"
    WITHDRAWN = "withdrawn", "已撤回"
    CLOSED_BY_DEATH = "closed_by_death", "因去世终止"


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
    proxy: Proxy = field(default=Proxy())
    """Who files it."""
    converted_from: ApplicationId | None = None
    """The application this one goes on from by consent, without filing again (S2:L9)."""
    consent_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    comments: tuple[ReturnComment, ...] = ()
    """What the county wants mended, field by field; only the county writes it."""

    @property
    def is_refused(self) -> bool:
        """Whether the county did not agree, also where it keeps the household in view since."""
        registered = self.status is ApplicationStatus.WATCHLISTED
        return self.status is ApplicationStatus.REFUSED or (
            registered and self.decided_category is None
        )


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
    face: str = ""
    """The machine's own 仿宋 it was printed in; empty for the program's 宋体."""
