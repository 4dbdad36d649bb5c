"""What the papers of a household beside its applications say: F04, F16, F19, F22, F27, F28."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.documents.registry import FORMS
from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application, PrintRecord, Relief
from app.domain.clock import china_date
from app.domain.households import Household
from app.domain.ids import (
    ApplicationId,
    HouseholdId,
    InvestigationId,
    ReferralId,
    ReliefId,
)
from app.domain.money import Money
from app.domain.procedure import MaterialState, NoticeKind
from app.domain.referral_states import ReferralEvent
from app.domain.referral_words import LeadSource
from app.domain.relief_states import PAID_OUT
from app.domain.relief_words import InstalmentStatus
from app.domain.standing import Benefit, GracePeriod
from app.domain.visiting import Investigation, Referral
from app.domain.workdays import month_start
from app.services.case_paper import CasePaper, Source
from app.services.joint_papers import RELATED
from app.services.procedure_papers import ANSWERS, home_of, lived_in
from app.services.standing_papers import find_told, told_of
from app.services.stepping import newest_step

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.forms.f28 import F28Line
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

_COVER: Final = "F28"
_GRACE_NOTICE: Final = "F20"
_REFUSAL: Final = "F10"
_SHEET: Final = "F07L"
_MEETING: Final = "F06"
_DECLARED: Final = "F22L"
_LOOSE: Final = frozenset({_COVER, "visits"})
"""Papers that are no piece of a file."""


def _investigations(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    return [_investigated(work, one) for one in work.visiting.investigations_of(household)]


def _find_investigation(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    found = work.visiting.investigation(InvestigationId(entity_id))
    return None if found is None else _investigated(work, found)


def _investigated(work: UnitOfWork, found: Investigation) -> CasePaper:
    """One that belongs to an application has its number."""
    of = None if found.application is None else work.casework.application(found.application)
    return CasePaper(
        id=found.id,
        household=found.household,
        about=found,
        number=None if of is None else of.document_no,
        leans_on=of,
    )


def _investigation(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f04_content

    found: Investigation = paper.about
    relative = work.procedure.relatives(found.household)
    return f04_content.content_of(
        found,
        home_of(work, found.household),
        unit=work.identity.village_name,
        has_relative=None if relative is None else relative.has_relative,
    )


def _aids(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """F16 of each 先行救助, then of the household as it is: the ordinary road needs no payment."""
    return [*map(_aid, work.casework.relief_of(household)), _household(household)]


def _find_aid(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    relief = work.casework.relief(ReliefId(entity_id))
    if relief is not None:
        return _aid(relief) if relief.household is not None else None
    return _find_household(work, entity_id)


def _aid(relief: Relief) -> CasePaper:
    return CasePaper(id=relief.id, household=relief.household, about=relief)


def _aid_content(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f16

    relief: Relief | None = paper.about
    home = (lived_in if relief is None else home_of)(work, paper.household)
    unit = work.identity.village_name
    paid = [
        _as_given(work, one)
        for one in work.casework.relief_of(home.id)
        if one.status in PAID_OUT and (relief is None or one.id != relief.id)
    ]
    made = [] if relief is None else work.relief.supplements(relief.id)
    return f16.content_of(
        home,
        unit=unit,
        on=rules.clock.today(),
        relief=relief,
        paid=paid,
        supports=_supports(work, home),
        event_place=unit,
        tested=next(iter(work.casework.assessments_of(home.id)), None),
        made=made[-1] if made else None,
    )


def _as_given(work: UnitOfWork, relief: Relief) -> Relief:
    """With the sum that was given: of relief in parts those that were paid, not all agreed on."""
    if not relief.is_staged:
        return relief
    parts = work.relief.instalments(relief.id)
    paid = (one.amount for one in parts if one.status is InstalmentStatus.PAID)
    return replace(relief, amount=sum(paid, Money(0)))


def _supports(work: UnitOfWork, household: Household) -> list[str]:
    """What a household and its people receive, each kind once."""
    running = work.standing.running_benefits(household.id)
    return list(dict.fromkeys(one.kind.label for one in running))


def _referrals(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    return [*map(_referred, work.visiting.referrals_of(household))]


def _find_referral(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    found = work.visiting.referral(ReferralId(entity_id))
    return None if found is None else _referred(found)


def _referred(found: Referral) -> CasePaper:
    return CasePaper(id=found.id, household=found.household, about=found)


def _referral(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f19

    found: Referral = paper.about
    home = home_of(work, found.household)
    steps = work.visiting.referral_steps(found.id)
    return f19.content_of(
        found,
        home,
        unit=work.identity.village_name,
        source=_source(work, found),
        supports=_supports(work, home),
        has_agreed=any(one.event == ReferralEvent.CONSENT for one in steps),
    )


def _source(work: UnitOfWork, found: Referral) -> LeadSource | None:
    """How it became known: from the lead, from a visit, or nobody noted it."""
    lead = None if found.lead is None else work.visiting.lead(found.lead)
    if lead is not None:
        return lead.source
    return None if found.visit is None else LeadSource.VISIT


def _relatives(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """The declaration of a household that has relatives among the staff."""
    found = work.procedure.relatives(household)
    if found is None or not found.has_relative:
        return []
    return [CasePaper(id=household, household=household, about=found)]


def _find_relatives(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    return next(iter(_relatives(work, HouseholdId(entity_id))), None)


def _relatives_content(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f22

    home = home_of(work, paper.household)
    return f22.content_of(paper.about, home, unit=work.identity.village_name)


def _served(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """Every notice a household is to sign for, the newest first."""
    found = [*_notices(work, household)]
    return [paper for _day, paper in sorted(found, key=lambda one: one[0], reverse=True)]


def _notices(work: UnitOfWork, household: HouseholdId) -> Iterator[tuple[date, CasePaper]]:
    for application in work.casework.applications_of(household):
        if application.is_refused:
            on = application.decided_on or application.filed_on
            yield on, _of_application(application, application.id, application)
        for step in work.procedure.steps(application.id):
            if step.event in ANSWERS:
                yield step.happened_on, _of_application(application, step.id, (step, application))
    for told in told_of(work, household):
        yield _told_on(told), _of_told(work, told)


def _find_served(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    step = work.procedure.step(entity_id)
    told = None if step is not None else find_told(work, entity_id)
    if told is not None:
        return _of_told(work, told)
    of = ApplicationId(entity_id) if step is None else step.application
    application = work.casework.application(of)
    if application is None:
        return None
    if step is not None:
        is_answer = step.event in ANSWERS
        return _of_application(application, step.id, (step, application)) if is_answer else None
    refused = application.is_refused
    return _of_application(application, application.id, application) if refused else None


def _of_application(application: Application, entity_id: str, about: object) -> CasePaper:
    return CasePaper(
        id=entity_id,
        household=application.household,
        about=about,
        number=application.document_no,
        leans_on=application,
    )


def _told_on(told: GracePeriod | Benefit) -> date:
    """The day of a notice: of a benefit, the first without it."""
    if isinstance(told, GracePeriod):
        return told.approved_on or told.proposed_on
    return month_start(told.to_month or told.from_month, 1)


def _of_told(work: UnitOfWork, told: GracePeriod | Benefit) -> CasePaper:
    """It goes with the F20, and so has its number once that was printed."""
    printed = work.casework.prints_of(_GRACE_NOTICE, told.id)
    number = printed[0].document_no if printed else None
    return CasePaper(id=told.id, household=told.household, about=told, number=number)


def _served_content(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f09, f27

    about, home = paper.about, home_of(work, paper.household)
    person = home.named_head
    title, told = FORMS[_GRACE_NOTICE].title, None
    if not isinstance(about, GracePeriod | Benefit):
        step, application = about if isinstance(about, tuple) else (None, about)
        title = FORMS[_REFUSAL].title if step is None else f09.TITLES[step.event]
        person = next(
            (m.person for m in home.members if m.person.id == application.applicant), person
        )
        over = step is None or step.event is ApplicationEvent.NOT_ACCEPT
        steps = work.procedure.steps(application.id)
        told = newest_step(steps, ApplicationEvent.TELL) if over else None
    return f27.content_of(
        home,
        unit=work.identity.village_name,
        notice=title,
        paper_no=paper.number or "",
        receiver="" if person is None else person.name,
        id_number=None if person is None else person.id_number,
        signed_by="" if told is None else str(told.details.get("received_by") or ""),
        served_on=None if told is None else told.happened_on,
        server="" if told is None else told.handler,
    )


def _household(household: HouseholdId) -> CasePaper:
    return CasePaper(id=household, household=household, about=None)


def _households(_work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    return [_household(household)]


def _find_household(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    household = HouseholdId(entity_id)
    return _household(household) if work.households.has(household) else None


def _cover(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f28

    home = home_of(work, paper.household)
    found = sorted(_pieces(work, home), key=lambda one: (one.on or date.min, one.title))
    return f28.content_of(home, unit=work.identity.village_name, lines=found)


def _pieces(work: UnitOfWork, household: Household) -> Iterator[F28Line]:
    """Every paper that was printed, once however often; every piece of evidence that came in."""
    from app.documents.forms.f28 import F28Line

    unit = work.identity.village_name
    printed = {(one.form, one.entity_id): one for one in _shared_prints(work, household)}
    for one in work.casework.household_prints(household.id):
        if one.form in FORMS and one.form not in _LOOSE:
            printed[one.form, one.entity_id] = one
    for one in printed.values():
        yield F28Line(
            number=one.document_no,
            author=unit,
            title=FORMS[one.form].title,
            on=china_date(one.printed_at),
        )
    for application in work.casework.applications_of(household.id):
        for material in work.procedure.materials(application.id):
            if material.state is MaterialState.RECEIVED:
                yield F28Line(number="", author="", title=material.name, on=material.settled_on)


def _shared_prints(work: UnitOfWork, household: Household) -> Iterator[PrintRecord]:
    """Papers of several households that speak of this one, each as it was printed last: the sheet
    of a day it was announced on, the meeting that spoke of it, the list it declared itself for."""
    about: dict[tuple[str, str], date] = {}
    for application in work.casework.applications_of(household.id):
        for notice in work.procedure.notices(application.id):
            if notice.kind is NoticeKind.F07:
                about[_SHEET, notice.posted_on.isoformat()] = notice.posted_on
        for review in work.procedure.reviews(application.id):
            about[_MEETING, review.session] = review.held_on
    declared = work.procedure.relatives(household.id)
    if declared is not None and declared.has_relative:
        about[_DECLARED, RELATED] = declared.declared_on
    for (form, entity_id), since in about.items():
        prints = work.casework.prints_of(form, entity_id)
        yield from (one for one in prints[:1] if china_date(one.printed_at) >= since)


SOURCES: Final = {
    "investigation": Source(_investigations, _find_investigation, _investigation),
    "aid": Source(_aids, _find_aid, _aid_content),
    "referral": Source(_referrals, _find_referral, _referral),
    "relatives": Source(_relatives, _find_relatives, _relatives_content),
    "served": Source(_served, _find_served, _served_content),
    "file": Source(_households, _find_household, _cover),
}
