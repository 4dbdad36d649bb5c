"""What the policy pack in force says about casework: caps, deadlines, how often to visit.

Every answer carries its rule in words, because it stands beside the number on the screen and on the
paper. A value the county has not supplied is said to be so; it is never made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock, PastClock, day_words
from app.domain.households import Area
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.workdays import CalendarYear, WorkdayCalendar
from app.rules import parameters
from app.rules.bundle import bundled_calendars
from app.rules.clocks import ClockKind, Event
from app.rules.day_count import Pause
from app.rules.deadlines import Deadline, Moment, deadline_of
from app.rules.pack import Pack
from app.rules.relief_route import CapKind, ReliefRoute, pay_first_cap, relief_route
from app.rules.terms import Found, Terms, terms_of
from app.rules.visit_rhythm import VisitTerms, visit_terms
from app.services.old_packs import OldPacks
from app.services.policies import Policies

if TYPE_CHECKING:
    from app.store.queries.casework import StoredPack
    from app.store.unit_of_work import UnitOfWork

_DAY: Final = timedelta(days=1)
SHIPPED: Final = "national"
"""The pack used until the county has published its own."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most one payment may be, None when no county rule sets one, and the rule in words."""

    amount: Money | None
    rule: str


@dataclass(frozen=True, slots=True)
class Paperwork:
    """When the paperwork of a payment is due, None where the county gave no term, and the rule."""

    due_on: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class GroundRules:
    """Reads the pack in force inside the caller's transaction."""

    policies: Policies
    clock: Clock
    _packs: dict[str, Pack] = field(default_factory=dict, repr=False)
    _unreadable: set[str] = field(default_factory=set, repr=False)
    _calendars: dict[str, Mapping[int, CalendarYear]] = field(default_factory=dict, repr=False)
    _read: dict[tuple[str, ...], list[tuple[StoredPack, Pack]]] = field(
        default_factory=dict, repr=False
    )
    _visiting: dict[tuple[str, date], VisitTerms | None] = field(default_factory=dict, repr=False)

    def pack(self, work: UnitOfWork, on: date | None = None) -> Pack:
        """The newest published pack in force on a day, today if none is named; else the national
        one."""
        day = on or self.clock.today()
        found = next((one for one in self._published(work) if one.is_in_force(day)), None)
        return found or self.policies.load(SHIPPED)

    def as_of(self, instant: datetime) -> GroundRules:
        """The same rules as they stood then, for what is made again as it was."""
        return replace(self, clock=PastClock(instant))

    @property
    def old_packs(self) -> OldPacks:
        """Packs by their hash, also those no longer in force."""
        return OldPacks(self.policies, self._packs)

    def pack_notice(self, work: UnitOfWork) -> str | None:
        """What to tell when the county's packs have all ended, or one cannot be read here."""
        today = self.clock.today()
        published = list(self._published(work))
        if self._unreadable:
            return "县里发来的新政策包这一版程序读不了，先按以前的算；请升级程序。"
        ended = [
            (pack.title, pack.valid_to)
            for pack in published
            if pack.valid_to is not None and pack.valid_to < today
        ]
        if not published or len(ended) < len(published):
            return None
        newest, last = ended[0]
        return (
            f"县里的“{newest}”政策包只用到{day_words(last)}，已经过期；"
            "先按全国的算，请同步领取新的。"
        )

    def relief_cap(self, work: UnitOfWork, *, persons: int | None, area: Area | None = None) -> Cap:
        """The most one payment made first may be (see `app.rules.relief_route`).

        Persons or area unknown: one person, and the lower of the standards.
        """
        cap = pay_first_cap(self._terms(work), persons=persons, area=area)
        return Cap(cap.limit, cap.rule)

    def relief_head_cap(self, work: UnitOfWork, *, persons: int | None, area: Area | None) -> Cap:
        """The most there is a head, whoever has agreed; no amount where there is no such rule."""
        route = relief_route(
            self._terms(work), Money(0), persons=persons, area=area, pay_first=False
        )
        cap = route.cap(CapKind.PERSON)
        return Cap(None, "") if cap is None else Cap(cap.limit, cap.rule)

    def relief_route(
        self, work: UnitOfWork, amount: Money, *, persons: int | None, area: Area | None
    ) -> ReliefRoute:
        """Which caps a sum paid first is under, and whether township or county decides."""
        terms = self._terms(work)
        return relief_route(terms, amount, persons=persons, area=area, pay_first=True)

    def paperwork(self, work: UnitOfWork, paid_on: date, over_on: date | None = None) -> Paperwork:
        """When the paperwork of a payment made on `paid_on` has to be in.

        `over_on`: when the emergency ended, where that is known.
        """
        happened: dict[Event, Moment] = {Event.PAID: paid_on}
        if over_on is not None:
            happened[Event.EMERGENCY_OVER] = over_on
        deadline = self.deadline(work, ClockKind.PAPERWORK, happened)
        return Paperwork(deadline.due_on, deadline.explanation)

    def emergency_decision(self, work: UnitOfWork, reported_at: datetime) -> Deadline:
        """By when somebody above decides about an emergency: in hours, through weekends."""
        return self.deadline(work, ClockKind.EMERGENCY_DECISION, {Event.ACCEPTED: reported_at})

    def same_cause(self, work: UnitOfWork) -> Found[int] | None:
        """How often a year relief is given for one cause; None while the county has not said."""
        return self._terms(work).find(parameters.SAME_CAUSE)

    def most_parts(self, work: UnitOfWork) -> Found[int] | None:
        """In how many parts staged relief is given at most; None while the county has not said."""
        return self._terms(work).find(parameters.INSTALMENTS_MOST)

    def deadline(
        self,
        work: UnitOfWork,
        kind: ClockKind,
        happened: Mapping[Event, Moment],
        *,
        pauses: Sequence[Pause] = (),
        extended: bool = False,
        case_class: str = "",
    ) -> Deadline:
        """One clock under the pack in force today (see `app.rules.deadlines.deadline_of`)."""
        return deadline_of(
            kind,
            self._terms(work),
            happened,
            self.calendar(work),
            pauses=pauses,
            extended=extended,
            case_class=case_class,
        )

    def visit_terms(self, work: UnitOfWork) -> VisitTerms | None:
        """How often and by which road households are seen; None while the county has not said."""
        pack = self.pack(work)
        turn = (pack.sha256, pack.since(self.clock.today()))
        if turn not in self._visiting:
            self._visiting[turn] = visit_terms(self._terms(work))
        return self._visiting[turn]

    def next_turn(self, work: UnitOfWork) -> date | None:
        """The next day on which a rule in force changes by itself; None when none is announced."""
        today = self.clock.today()
        published = list(self._published(work))
        ends = [pack.valid_to + _DAY for pack in published if pack.valid_to is not None]
        turns = [*self.pack(work).turns, *ends, *(pack.valid_from for pack in published)]
        return min((day for day in turns if day > today), default=None)

    def calendar(self, work: UnitOfWork) -> WorkdayCalendar:
        """The working days: the years shipped, and over them those the county has sent.

        Also what came with a pack that has ended counts; of two notices of a year, the newer.
        """
        if SHIPPED not in self._calendars:
            self._calendars[SHIPPED] = self.policies.calendar().years
        years = dict(self._calendars[SHIPPED])
        for stored, _ in reversed(self._readable(work)):
            if stored.bundle not in self._calendars:
                self._calendars[stored.bundle] = bundled_calendars(stored.bundle.encode())
            years |= self._calendars[stored.bundle]
        return WorkdayCalendar(years)

    def _published(self, work: UnitOfWork) -> Iterator[Pack]:
        """The county's packs, the newest first."""
        return (pack for _, pack in self._readable(work))

    def _readable(self, work: UnitOfWork) -> list[tuple[StoredPack, Pack]]:
        """The county's packs as they came and as they are read, the newest first, read once."""
        known = work.pack_editions
        if known not in self._read:
            self._read.clear()
            self._read[known] = list(self._reading(work))
        return self._read[known]

    def _reading(self, work: UnitOfWork) -> Iterator[tuple[StoredPack, Pack]]:
        for stored in work.casework.packs():
            if stored.sha256 in self._unreadable:
                continue
            if stored.sha256 not in self._packs:
                try:
                    pack = self.policies.received(stored.bundle.encode())
                except Refused:  # written for a later program: the one before stays in force
                    self._unreadable.add(stored.sha256)
                    continue
                self._packs[stored.sha256] = pack
            yield stored, self._packs[stored.sha256]

    def terms(self, work: UnitOfWork) -> Terms:
        """What the pack in force says today, for rules that read more than one value of it."""
        return self._terms(work)

    def _terms(self, work: UnitOfWork) -> Terms:
        """What the pack in force says today."""
        return terms_of(self.pack(work), self.clock.today())
