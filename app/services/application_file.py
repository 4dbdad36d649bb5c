"""One application with everything around it, as its page shows it; and the list of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.application_events import SENT, Actor, ApplicationEvent
from app.domain.application_states import APPLICATION, OVER
from app.domain.casework import Application, AssessmentRecord, Relief
from app.domain.casework import ApplicationStatus as Status
from app.domain.clock import Clock, china_date
from app.domain.households import Household
from app.domain.ids import ApplicationId, HouseholdId
from app.domain.procedure import (
    ApplicationStep,
    Authorization,
    Material,
    Notice,
    Objection,
    RelativeFiling,
    ReturnComment,
    Review,
    SignedKind,
)
from app.domain.visiting import Investigation
from app.rules.clocks import ClockKind, Event
from app.rules.deadline_reading import Reading, reading_of
from app.rules.deadlines import Deadline
from app.rules.procedure import Hand, asks_for_relatives, hand_of, review_mode
from app.services.application_guards import may_go_over, was_sent
from app.services.application_lacks import Known, Lack, lacks_of
from app.services.application_materials import checklist_of
from app.services.application_next import next_of
from app.services.comments_mended import mended_of
from app.services.ground_rules import GroundRules
from app.services.looked_into import investigation_of
from app.services.missing import no_household
from app.services.notice_bodies import hangs_as_it_is
from app.services.relief_beside import relief_beside
from app.services.retesting import needs_new_test
from app.services.signers import Signer, held_by, newest_of, signed_for, signers_of
from app.services.standing_ends import is_recognised_still
from app.services.stepping import application_in, newest_step, pauses_of, this_round
from app.services.work import Begin

if TYPE_CHECKING:
    from app.rules.terms import Terms
    from app.store.queries.procedure import ListedApplication
    from app.store.unit_of_work import UnitOfWork

E = ApplicationEvent
LISTED: Final = 300
"""More than a village has under way; of those long over nobody reads further."""
TO_SEND_UP: Final = frozenset({Status.DRAFT, Status.RETURNED})
"""While it lies with the village and is to go up."""
EXPIRY_WARNED: Final = 30
"""Days before the end of an authorisation from which it is told."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One paper somebody has to sign: the one that holds, or the newest that does not any more."""

    signer: Signer
    kind: SignedKind
    paper: Authorization | None
    holds: bool
    ends_soon: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A clock of the application as it stands."""

    deadline: Deadline
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Action:
    """A step that may be taken, and whose it is."""

    event: ApplicationEvent
    hand: Hand


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """Everything about one application."""

    application: Application
    household: Household
    tested: AssessmentRecord | None
    steps: tuple[ApplicationStep, ...]
    materials: tuple[Material, ...]
    signatures: tuple[Signature, ...]
    reviews: tuple[Review, ...]
    notices: tuple[Notice, ...]
    objections: tuple[Objection, ...]
    relative: RelativeFiling | None
    investigation: Investigation | None
    """The newest 入户调查 of the household since it was filed."""
    clocks: tuple[Running, ...]
    lacks: tuple[Lack, ...]
    """What is missing while it is under way, but for what the county names in its comments."""
    mended: frozenset[str]
    """Keys of the county's comments whose field was changed since."""
    actions: tuple[Action, ...]
    needs_new_approval: bool
    """A fact of the household was changed after it was sent up (security R51)."""
    may_convert: bool
    """It may go over to another rung by consent, and nothing else is under way (A-36, A-38)."""
    relief: tuple[Relief, ...] = ()
    """先行救助 the household was given while it was under way."""

    @property
    def asks_to_mend(self) -> bool:
        """Whether a comment of the county waits whose field nobody has changed yet."""
        return self.application.status is Status.RETURNED and any(
            one.key not in self.mended for one in self.application.comments
        )

    @property
    def who(self) -> str:
        """Who applies."""
        applicant = self.application.applicant
        return next((m.person.name for m in self.household.members if m.person.id == applicant), "")

    @property
    def may_change_applicant(self) -> bool:
        """Whether it is in the village's hands and somebody could apply."""
        status = self.application.status
        in_hand = status is not Status.SENT_FOR_CONFIRMATION and status not in OVER
        return in_hand and bool(self.household.members)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One application in the list: how it stands, and by when something has to happen."""

    id: ApplicationId
    household: HouseholdId
    document_no: str
    who: str = field(repr=False)
    place: str
    status: Status
    filed_on: date
    due: Running | None
    lacking: int
    next: str
    """What is to be done about it next."""


@dataclass(frozen=True, slots=True)
class ApplicationFiles:
    """Looks applications up. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def get(self, application_id: ApplicationId) -> ApplicationFile:
        """Everything about one. Raises Refused F-31, F-01."""
        with self.begin() as work:
            return file_of(work, self.rules, application_in(work, application_id), self.clock.now())

    def lines(self, statuses: Sequence[Status]) -> list[ListLine]:
        """Those in these states, the longest waiting first; of those that are over the newest."""
        over = OVER.issuperset(statuses)
        with self.begin() as work:
            found = work.procedure.listed(statuses, limit=LISTED, newest_first=over)
            terms = self.rules.terms(work)
            return [self._line(work, terms, one) for one in found]

    def newest_of(self, household_id: HouseholdId) -> Application | None:
        """The application a household is spoken of by: its newest."""
        with self.begin() as work:
            return next(iter(work.casework.applications_of(household_id)), None)

    def comments_of(self, household_id: HouseholdId) -> tuple[ReturnComment, ...]:
        """What the county wants mended in a household's records; nothing once it was sent again."""
        newest = self.newest_of(household_id)
        if newest is None or newest.status is not Status.RETURNED:
            return ()
        return newest.comments

    def _line(self, work: UnitOfWork, terms: Terms, listed: ListedApplication) -> ListLine:
        application = listed.application
        steps = work.procedure.steps(application.id)
        running = clocks_of(work, self.rules, application, steps, self.clock.now())
        return ListLine(
            id=application.id,
            household=application.household,
            document_no=application.document_no,
            who=listed.who,
            place=listed.place,
            status=application.status,
            filed_on=application.filed_on,
            due=running[-1] if running else None,
            lacking=self._lacking(work, application),
            next=next_of(work, terms, application, steps),
        )

    def _lacking(self, work: UnitOfWork, application: Application) -> int:
        """How many things hinder sending it up."""
        if application.status not in TO_SEND_UP:
            return 0
        return hindering(application, _lacks(application, known_of(work, self.rules, application)))


def hindering(application: Application, lacks: Sequence[Lack]) -> int:
    """What has to be there before it goes up: the list and its own page count alike."""
    commented = len(application.comments) if application.status is Status.RETURNED else 0
    return commented + sum(one.blocks for one in lacks)


def _lacks(application: Application, known: Known) -> tuple[Lack, ...]:
    """Nothing is missing of what is over; what the county names stands in its comments already."""
    if application.status in OVER:
        return ()
    named = set()
    if application.status is Status.RETURNED:
        named = {f"{application.household}@{one.key}" for one in application.comments}
    return tuple(one for one in lacks_of(known) if one.target not in named)


def file_of(
    work: UnitOfWork, rules: GroundRules, application: Application, now: datetime
) -> ApplicationFile:
    """Everything about one application, in the caller's transaction."""
    known = known_of(work, rules, application)
    steps = tuple(work.procedure.steps(application.id))
    return ApplicationFile(
        application=application,
        household=known.household,
        tested=known.tested,
        steps=steps,
        materials=tuple(known.materials),
        signatures=tuple(_signatures(known)),
        reviews=tuple(work.procedure.reviews(application.id)),
        notices=tuple(work.procedure.notices(application.id)),
        objections=tuple(work.procedure.objections(application.id)),
        relative=known.relative,
        investigation=investigation_of(work, application),
        clocks=clocks_of(work, rules, application, steps, now),
        lacks=_lacks(application, known),
        mended=mended_of(work, application, steps),
        actions=tuple(
            _actions(
                application,
                steps,
                rules.terms(work),
                hangs=hangs_as_it_is(work, rules, application),
            )
        ),
        needs_new_approval=is_outdated(work, application, steps),
        may_convert=may_go_over(application)
        and is_recognised_still(work, rules, application, china_date(now))
        and not _has_one_under_way(work, application),
        relief=relief_beside(work, application, steps),
    )


def _has_one_under_way(work: UnitOfWork, application: Application) -> bool:
    known = work.casework.applications_of(application.household)
    return any(one.status not in OVER for one in known)


def known_of(
    work: UnitOfWork, rules: GroundRules, application: Application, on: date | None = None
) -> Known:
    """What says whether something is missing on a day, today where none is said. Raises Refused
    F-01."""
    household = work.households.get(application.household)
    if household is None:
        raise no_household()
    tested = None
    if application.assessment is not None:
        tested = work.casework.assessment(application.assessment)
    return Known(
        application=application,
        household=household,
        tested=tested,
        signers=signers_of(application, household, tested),
        signed=signed_for(work, application, household),
        materials=checklist_of(work, application),
        relative=work.procedure.relatives(household.id),
        asks_for_relatives=asks_for_relatives(rules.terms(work)),
        on=on or rules.clock.today(),
        is_other_now=needs_new_test(work, rules, application, household),
    )


def clocks_of(
    work: UnitOfWork,
    rules: GroundRules,
    application: Application,
    steps: Sequence[ApplicationStep],
    now: datetime,
) -> tuple[Running, ...]:
    """The clocks that run for it, the one that matters most last."""
    found = []
    round_ = this_round(steps)
    accepted = newest_step(round_, E.ACCEPT)
    decided = application.decided_on
    if accepted is not None and decided is None and not _is_closed(application):
        found.append(
            rules.deadline(
                work,
                ClockKind.DECISION,
                {Event.ACCEPTED: accepted.happened_on},
                pauses=pauses_of(round_),
                extended=newest_step(round_, E.EXTEND) is not None,
            )
        )
    if application.status is Status.NOTICE_POSTED:
        posted = newest_step(steps, E.POST)
        if posted is not None:
            happened = {Event.POSTED: posted.happened_on}
            found.append(rules.deadline(work, ClockKind.NOTICE, happened))
    told = newest_step(steps, E.TELL) is not None
    if application.is_refused and decided is not None and not told:
        happened = {Event.REFUSED: decided}
        found.append(rules.deadline(work, ClockKind.REFUSAL_NOTICE, happened))
    calendar = rules.calendar(work)
    return tuple(Running(one, reading_of(one, now, calendar)) for one in found)


def _is_closed(application: Application) -> bool:
    return APPLICATION.is_final(application.status) or application.status is Status.NOT_ACCEPTED


def _signatures(known: Known) -> list[Signature]:
    found = []
    for signer in known.signers:
        for kind in signer.kinds:
            held = held_by(signer, kind, known.signed, known.on)
            paper = held or newest_of(signer, kind, known.signed)
            ends = None if held is None else held.valid_to
            soon = ends is not None and (ends - known.on).days <= EXPIRY_WARNED
            found.append(Signature(signer, kind, paper, held is not None, ends_soon=soon))
    return found


def _actions(
    application: Application, steps: Sequence[ApplicationStep], terms: Terms, *, hangs: bool
) -> list[Action]:
    """What may be done now, as far as the village does or records it. What `hangs` as it is need
    not be put up again."""
    round_ = this_round(steps)
    sent, asked = was_sent(steps), pauses_of(round_)
    standing = bool(asked) and asked[-1].until is None
    hidden = {
        E.RESUBMIT: sent,
        E.RESEND: not sent,
        E.REOPEN: not sent,
        E.REWORK: True,
        E.POST: application.status is Status.NOTICE_POSTED and hangs,
        E.REVIEWED: False,
        E.NEED_REVIEW: review_mode(terms) == "none",
        E.NEED_MATERIAL: standing,
        E.MATERIAL_IN: not standing,
        E.NOTICE_CLEAN: standing,
        E.EXTEND: newest_step(round_, E.EXTEND) is not None,
        E.TELL: newest_step(steps, E.TELL) is not None,
    }
    found = (
        Action(event, hand_of(event, terms)) for event in APPLICATION.events(application.status)
    )
    return [
        one
        for one in found
        if one.hand.actor is not Actor.COUNTY and not hidden.get(one.event, False)
    ]


def is_outdated(
    work: UnitOfWork, application: Application, steps: Sequence[ApplicationStep]
) -> bool:
    """Whether what was sent up is not what the records say any more."""
    if application.status not in {Status.SENT_FOR_CONFIRMATION, Status.CONFIRMED, Status.PUBLISHED}:
        return False
    sent = newest_step(steps, *SENT)
    return sent is not None and work.procedure.changed_since(application.household, sent.id)
