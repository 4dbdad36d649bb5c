"""What a supported household stands in: 渐退, 定期复核, 增减员, and benefits with their ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.grace_states import GraceEvent, GraceStatus
from app.domain.ids import AssessmentId, BenefitId, GraceId, HouseholdId, PersonId
from app.domain.money import Money
from app.domain.words import Word
from app.domain.workdays import month_start

EARLY: Final = timedelta(days=30)
"""So long before an end it stands in today's list."""
_DAY: Final = timedelta(days=1)


class CaseClass(Word):
    """How often a household is looked at again (domain.md §2.14), by the names of the packs."""

    STABLE = "stable", "收入稳定、没有劳动力"
    OTHER = "other", "有劳动力或收入会变"


class ReviewResult(Word):
    """What a 定期复核 found."""

    NO_CHANGE = "no_change", "没有变化"
    TESTED = "tested", "有变化，重新测算了"


class ChangeKind(Word):
    """增员 or 减员."""

    ADD = "add", "增员"
    REMOVE = "remove", "减员"


class BenefitKind(Word):
    """What somebody receives beside or under 低保 (domain.md §2.10, §2.11)."""

    DIBAO = "dibao", "低保金"
    TEKUN = "tekun", "特困供养金"
    MARGINAL = "marginal", "低保边缘救助金"
    DISABILITY_LIVING = "disability_living", "困难残疾人生活补贴"
    DISABILITY_CARE = "disability_care", "重度残疾人护理补贴"
    ELDERLY = "elderly", "高龄津贴"
    ORPHAN = "orphan", "孤儿基本生活费"
    DE_FACTO_ORPHAN = "de_facto_orphan", "事实无人抚养儿童补贴"
    OTHER = "other", "别的待遇"


LET_GO: Final = "渐退期满退出"
"""Why the county stops what a 渐退 let go."""


class EndsBy(Word):
    """Why a benefit will end on a day that is known beforehand."""

    AGE = "age", "满 18 周岁"
    TERM = "term", "批的期限到了"


class CertificateKind(Word):
    """A paper that runs out on a day it says itself; no benefit ends by that alone."""

    DISABILITY = "disability", "残疾证"
    RESIDENCE_PERMIT = "residence_permit", "居住证"
    ID_CARD = "id_card", "身份证"


UNTIL_GROWN: Final = frozenset({BenefitKind.ORPHAN, BenefitKind.DE_FACTO_ORPHAN})
"""Benefits of children, which end with the eighteenth birthday."""


@dataclass(frozen=True, slots=True)
class GraceShare:
    """One month of a 渐退, by its first day: so much percent, in money None while it is open."""

    month: date
    percent: int
    amount: Money | None


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A month with what it makes together with those before; None once a month is open."""

    share: GraceShare
    so_far: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GracePeriod:
    """One 渐退. `shares` is empty while the county has not said what each month pays.

    `least_months` and `most_months` bound what it may say. `pack_sha256` is the pack of the means
    test it was proposed from, `rule` its words, `basis` the clause.
    """

    id: GraceId
    household: HouseholdId
    assessment: AssessmentId
    pack_sha256: str
    rule: str
    basis: str
    former: Money | None
    start_month: date
    shares: tuple[GraceShare, ...]
    least_months: int | None
    most_months: int | None
    heads: int
    reason: str = field(repr=False)
    status: GraceStatus
    proposed_on: date
    approved_on: date | None
    approved_by: str
    paper_no: str
    handler: str

    @property
    def ends_on(self) -> date | None:
        """The last day of the last month; None while nobody knows how many there are."""
        return month_start(self.start_month, len(self.shares)) - _DAY if self.shares else None

    @property
    def is_open(self) -> bool:
        """Whether something of its schedule is still to be said."""
        return not self.shares or any(one.amount is None for one in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraceStepTaken:
    """One step of a 渐退, as it was recorded."""

    id: str
    grace: GraceId
    number: int
    event: GraceEvent
    after: GraceStatus
    happened_on: date
    handler: str
    told_by: str
    paper_no: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReview:
    """One 定期复核. Written once; `assessment` where the household was tested for it."""

    id: str
    household: HouseholdId
    case_class: CaseClass
    reviewed_on: date
    result: ReviewResult
    assessment: AssessmentId | None
    note: str = field(repr=False)
    handler: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionChange:
    """One 增员 or 减员. Written once; `deed` is the family deed that brought it about, or None."""

    id: str
    household: HouseholdId
    kind: ChangeKind
    person: PersonId | None
    person_name: str = field(repr=False)
    reason: str = field(repr=False)
    happened_on: date
    handler: str
    recorded_at: datetime
    deed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Something received, from a month to a month (first days); `to_month` is the last paid one.

    `ends_on` is a day known beforehand, `ends_by` why. What is `by_county` only the county changes.
    """

    id: BenefitId
    household: HouseholdId
    kind: BenefitKind
    persons: tuple[PersonId, ...]
    person_names: str = field(repr=False)
    amount: Money | None
    from_month: date
    to_month: date | None
    ends_on: date | None
    ends_by: EndsBy | None
    stop_reason: str
    by_county: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Until when somebody's paper is valid, as it was read; the newest told of a kind stands."""

    id: str
    household: HouseholdId
    person: PersonId
    person_name: str = field(repr=False)
    kind: CertificateKind
    valid_to: date
    handler: str
    recorded_at: datetime


def paid_by_month(shares: Iterable[GraceShare]) -> tuple[PaidMonth, ...]:
    """Each month with the running sum."""
    found: list[PaidMonth] = []
    so_far: Money | None = Money(0)
    for share in shares:
        so_far = None if so_far is None or share.amount is None else so_far + share.amount
        found.append(PaidMonth(share, so_far))
    return tuple(found)


def moved_to(shares: Iterable[GraceShare], start: date) -> tuple[GraceShare, ...]:
    """The same shares from another first month on."""
    return tuple(
        GraceShare(month_start(start, n), share.percent, share.amount)
        for n, share in enumerate(shares)
    )
