"""What surrounds an application: its steps, materials, signatures, review, notice and objections.

Everything here is recorded as it happened or as it was told; who may decide is not said here but
by the policy pack (app.rules.procedure).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from app.domain.application_events import ApplicationEvent
from app.domain.ids import ApplicationId, HouseholdId, PersonId
from app.domain.words import Word

APPROVED_FACTS: Final = (
    "household_member", "person", "support_obligor", "income_item", "expense_item", "asset_item",
)  # fmt: skip
"""What an approval rests on: a change of one of these after it asks for another (R51)."""


class FiledBy(Word):
    """Who brings the application (代办, S3:L23; F01 是否代理申请)."""

    SELF = "self", "本人申请"
    PROXY = "proxy", "委托别人代办"
    VILLAGE = "village", "村里代办"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Who files it, and the 委托书 behind that (F26)."""

    filed_by: FiledBy = FiledBy.SELF
    name: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    relation: str = ""
    phone: str = field(default="", repr=False)
    signed_on: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of a power of attorney is missing; there is none for oneself."""
        if self.filed_by is FiledBy.SELF:
            return True
        told = (self.name, self.id_number, self.relation, self.phone, self.signed_on)
        return all(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnComment:
    """One thing the county wants mended: where it stands in the record, and what is wrong.

    `entity` and `entity_id` name the record ("household", "person" …), `column` the field of it.
    """

    entity: str
    entity_id: str
    column: str
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        """Names the place in the answers to the comments."""
        return f"{self.entity}:{self.entity_id}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationStep:
    """One step, written once. `before` and `after` are states; equal for one that moves nothing."""

    id: str
    application: ApplicationId
    household: HouseholdId
    number: int
    """Counts the steps of the application from 1."""
    event: ApplicationEvent
    before: str
    after: str
    happened_on: date
    handler: str
    told_by: str
    """Who of the township or county told it, where the village does not decide it itself."""
    paper_no: str
    note: str = field(repr=False)
    details: dict[str, Any] = field(repr=False, hash=False)
    recorded_at: datetime


class MaterialCode(Word):
    """The attachments of F01; `asked` is what the township named besides."""

    HUKOU_BOOK = "hukou_book", "户口本"
    ID_CARD = "id_card", "身份证"
    RESIDENCE_PERMIT = "residence_permit", "居住证"
    DISABILITY = "disability", "残疾证"
    DIAGNOSIS = "diagnosis", "诊断书和费用单"
    SCHOOL = "school", "学籍证明"
    INCOME = "income", "收入材料"
    MAINTENANCE = "maintenance", "赡养协议"
    POWER_OF_ATTORNEY = "power_of_attorney", "委托书"
    BANK_CARD = "bank_card", "银行卡复印件"
    ASKED = "asked", "镇里另外要的"


class MaterialState(Word):
    """How it stands with one piece of the checklist."""

    NEEDED = "needed", "还缺"
    RECEIVED = "received", "已收"
    PROMISED = "promised", "以承诺代替"
    NOT_NEEDED = "not_needed", "不用交"


class EvidenceMode(Word):
    """In what form it was taken (S1:L26)."""

    ORIGINAL = "original", "看过原件"
    COPY = "copy", "复印件"
    SHARED = "shared", "部门共享查到"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One piece of the checklist. A promise says what it replaces and when it was signed."""

    id: str
    application: ApplicationId
    code: MaterialCode
    name: str = field(repr=False)
    person: PersonId | None
    state: MaterialState
    mode: EvidenceMode | None
    asked_on: date
    settled_on: date | None
    replaces: str = field(repr=False)
    note: str = field(repr=False)


class SignedKind(Word):
    """What an adult signs besides the application itself."""

    AUTHORISATION = "authorisation", "核对授权书"
    DECLARATION = "declaration", "诚信承诺书"


class CheckScope(Word):
    """What may be checked (F02)."""

    HUKOU = "hukou", "户籍"
    MARRIAGE = "marriage", "婚姻"
    SOCIAL_INSURANCE = "social_insurance", "社保"
    HOUSING_FUND = "housing_fund", "公积金"
    PROPERTY = "property", "房产"
    VEHICLE = "vehicle", "车辆"
    BUSINESS = "business", "商事登记"
    TAX = "tax", "税务"
    DEPOSIT = "deposit", "存款"
    SECURITY = "security", "证券"
    FUND = "fund", "基金"
    INSURANCE = "insurance", "保险"
    THIRD_PARTY = "third_party", "第三方支付"
    OUTLAY = "outlay", "医疗教育费用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What one person signed. Without `valid_to` it holds until it is taken back."""

    id: str
    household: HouseholdId
    person: PersonId | None
    obligor: str | None
    signer: str = field(repr=False)
    kind: SignedKind
    scope: tuple[CheckScope, ...]
    valid_from: date
    valid_to: date | None
    signed_on: date
    paper_ref: str
    revoked_on: date | None = None
    revoke_reason: str = field(default="", repr=False)

    def holds(self, on: date) -> bool:
        """Whether it covers `on`: begun, not ended, not taken back."""
        ended = self.valid_to is not None and self.valid_to < on
        revoked = self.revoked_on is not None and self.revoked_on <= on
        return self.valid_from <= on and not ended and not revoked


class ReviewRole(Word):
    """In what capacity somebody sits in a community review (F06)."""

    TOWNSHIP = "township", "乡镇干部"
    COMMITTEE = "committee", "村干部"
    PARTY = "party", "党员"
    VILLAGER = "villager", "村民代表"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody at a review. Who is related to the household sits it out."""

    name: str = field(repr=False)
    role: ReviewRole
    recused: bool = False


NO_REVIEW_RULES: Final = "县里还没给评议规则"
"""What a review keeps as its rule while the county has not said what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One application before a community review; several of one meeting share `session`."""

    id: str
    application: ApplicationId
    session: str
    held_on: date
    place: str
    chair: str = field(repr=False)
    recorder: str = field(repr=False)
    expected: int
    attendance: tuple[Attendant, ...]
    agree: int
    against: int
    abstain: int
    passed: bool | None
    """None while the county has not said what a review takes, and for one that decided nothing."""
    rule: str
    opinion: str = field(repr=False)

    @property
    def is_void(self) -> bool:
        """Whether it decided nothing: too few came, or too few of the villagers."""
        return self.passed is None and self.rule != NO_REVIEW_RULES

    @property
    def voters(self) -> int:
        """Those present who may vote on this household."""
        return sum(not one.recused for one in self.attendance)


class NoticeKind(Word):
    """Which notice hangs there."""

    F07 = "f07", "初审公示"
    F08 = "f08", "确认公示"


class NoticePlace(Word):
    """Where it hangs."""

    VILLAGE_BOARD = "village_board", "村务公开栏"
    TOWNSHIP_HALL = "township_hall", "乡镇大厅"
    ONLINE = "online", "网上"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One household on one notice, with what it says of them and who saw it posted."""

    id: str
    application: ApplicationId
    kind: NoticeKind
    posted_on: date
    ends_on: date | None
    rule: str
    places: tuple[NoticePlace, ...]
    body: dict[str, Any] = field(repr=False, hash=False)
    posted_by: tuple[str, ...] = field(repr=False)
    witnesses: tuple[str, ...] = field(repr=False)


class ObjectionOutcome(Word):
    """What became of an objection."""

    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Somebody objected to a notice."""

    id: str
    application: ApplicationId
    notice: str
    raised_on: date
    raised_by: str = field(repr=False)
    content: str = field(repr=False)
    handled_on: date | None
    outcome: ObjectionOutcome | None
    reply: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeFiling:
    """Whether the household has relatives among the staff, as it declared (近亲属备案, F22)."""

    id: str
    household: HouseholdId
    has_relative: bool
    staff_name: str = field(repr=False)
    staff_unit: str
    staff_post: str
    relation: str
    declared_on: date
    is_signed: bool
