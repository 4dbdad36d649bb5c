"""Who looks after whom by agreement, who is kept in view, cases in hand, and complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.care_states import IN_FORCE, CareStatus
from app.domain.case_plan_states import CaseStage
from app.domain.ids import CareId, CasePlanId, ComplaintId, HouseholdId, PersonId, WatchId
from app.domain.money import Money
from app.domain.people import SelfCare
from app.domain.watch_states import WatchStatus
from app.domain.words import Word


class CareEnd(Word):
    """Why a care agreement was ended (domain.md §5.3)."""

    CARER_UNFIT = "carer_unfit", "照料人不能尽责"
    DIED = "died", "本人去世"
    INSTITUTION = "institution", "进机构集中供养"
    MOVED = "moved", "搬走了"
    EXPIRED = "expired", "到期不续"


class Have(Word):
    """Whether a thing is there."""

    YES = "yes", "有"
    NO = "no", "没有"


class WatchCause(Word):
    """Why a household is kept in view: the three kinds of 监测对象, and 备案 (S0:L27)."""

    UNSTABLE_LIFTED_OUT = "unstable_lifted_out", "脱贫不稳定"
    AT_RISK_MARGINAL = "at_risk_marginal", "边缘易致贫"
    SUDDEN_DIFFICULTY = "sudden_difficulty", "突发严重困难"
    BETWEEN_LINES = "between_lines", "收入比低保标准高一点"
    DIFFICULTIES = "difficulties", "不符合条件但有困难"


class ComplaintChannel(Word):
    """How a complaint came in."""

    PHONE = "phone", "电话"
    IN_PERSON = "in_person", "当面说"
    LETTER = "letter", "来信"
    ONLINE = "online", "网上"
    HANDED_DOWN = "handed_down", "上面转来"


class FourCare(Word):
    """四有 (S4:L40): what whoever is looked after at home by agreement should have."""

    AGREEMENT = "agreement", "照料协议"
    STANDARD = "standard", "服务标准和标识"
    VISITS = "visits", "定期探访记录"
    PLAN = "plan", "应急预案"


class AbilityKind(Word):
    """Whether somebody's self-care is looked at for the first time, or again (F12)."""

    FIRST = "first", "首次"
    REVIEW = "review", "复核"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareAgreement:
    """One 委托照料服务协议: who is looked after, by whom, for how much a month, from when to when.

    `visited_on` is the last visit of the household since it began, which 四有 asks for.
    """

    id: CareId
    household: HouseholdId
    person: PersonId
    person_name: str = field(repr=False)
    carer: str = field(repr=False)
    carer_phone: str = field(repr=False)
    carer_relation: str = ""
    carer_id_number: str = field(default="", repr=False)
    carer_address: str = field(default="", repr=False)
    fee: Money | None
    services: str = field(repr=False)
    starts_on: date
    ends_on: date
    has_standard: bool
    has_plan: bool
    status: CareStatus
    follows: CareId | None
    ended_on: date | None
    ended_by: CareEnd | None
    visited_on: date | None = None

    @property
    def lacks(self) -> tuple[FourCare, ...]:
        """What of the 四有 is not there."""
        there = {
            FourCare.AGREEMENT: self.status in IN_FORCE,
            FourCare.STANDARD: self.has_standard,
            FourCare.VISITS: self.visited_on is not None,
            FourCare.PLAN: self.has_plan,
        }
        return tuple(one for one in FourCare if not there[one])


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEntry:
    """One household kept in view. `compared_on` is the last monthly comparison, None before."""

    id: WatchId
    household: HouseholdId
    cause: WatchCause
    note: str = field(repr=False)
    noticed_on: date
    listed_on: date | None
    compared_on: date | None
    status: WatchStatus
    handler: str

    @property
    def looked_on(self) -> date | None:
        """From when the next comparison counts; None before it is on the list."""
        return max((day for day in (self.listed_on, self.compared_on) if day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """One household's case (个案). `due_on` is the day agreed for the step in hand, None before."""

    id: CasePlanId
    household: HouseholdId
    need: str = field(repr=False)
    opened_on: date
    due_on: date | None
    status: CaseStage
    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint (投诉举报): about whom or what, since when it waits, and what was answered."""

    id: ComplaintId
    household: HouseholdId | None
    who: str = field(repr=False)
    channel: ComplaintChannel
    content: str = field(repr=False)
    received_on: date
    answered_on: date | None
    answer: str = field(repr=False)
    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaringStep:
    """One step of an agreement, an entry or a case, as it was recorded."""

    id: str
    label: str
    happened_on: date
    handler: str
    told_by: str
    paper_no: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCareAssessment:
    """One 生活自理能力评估: which of the six acts somebody can do, as two assessors saw it.

    Written once; a later one stands beside it.
    """

    id: str
    household: HouseholdId
    person: PersonId
    person_name: str = field(repr=False)
    kind: AbilityKind
    assessed_on: date
    acts: Mapping[SelfCare, bool] = field(hash=False)
    assessors: tuple[str, str]
    note: str = field(repr=False)
    handler: str


CaringRecord = CareAgreement | WatchEntry | CasePlan | Complaint | SelfCareAssessment
Stepped = CareAgreement | WatchEntry | CasePlan
"""Records that go step by step along a machine."""
