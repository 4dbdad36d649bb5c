"""Papers that several households share: the joint F07 of a day, and F22 of the whole village."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain.casework import Application, ApplicationStatus
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.domain.procedure import Notice, NoticeKind
from app.services.case_paper import CasePaper, Source
from app.services.notice_bodies import body_now
from app.services.retesting import require_postable

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.forms.f07 import NoticeContent
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

RELATED: Final = "related"
"""What F22L is about: the households with relatives among the staff, as they declared."""
_SEVERAL: Final = 2
"""One alone has a sheet of its own."""
_TO_POST: Final = (ApplicationStatus.ASSESSED, ApplicationStatus.IN_REVIEW)
"""States from which the first notice is put up."""
T = TypeVar("T")
_MOST: Final = 200
"""Applications one sheet names at most."""


def offered_jointly(work: UnitOfWork, rules: GroundRules) -> dict[str, str | None]:
    """Form → what it would be about; None for one that fewer than two households share today."""
    today = rules.clock.today()
    hung = len(_posted(work, today)) + len(_waiting(work, rules))
    day = today.isoformat() if hung >= _SEVERAL else None
    related = RELATED if len(work.procedure.related()) >= _SEVERAL else None
    return {"F07L": day, "F07LA3": day, "F22L": related}


def _nobody(_work: UnitOfWork, _household: HouseholdId) -> list[CasePaper]:
    """No household has one of these."""
    return []


def _find_day(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    try:
        day = date.fromisoformat(entity_id)
    except ValueError:
        return None
    return CasePaper(id=entity_id, household=None, about=day)


def _posted(work: UnitOfWork, day: date) -> list[Notice]:
    """The F07 that began to hang on a day; of an application posted twice, the later."""
    found = work.procedure.posted_on(NoticeKind.F07, day)
    return list({one.application: one for one in found}.values())


def _waiting(work: UnitOfWork, rules: GroundRules) -> list[Application]:
    """Applications whose notice may be put up now, the longest waiting first."""
    listed = work.procedure.listed(_TO_POST, limit=_MOST, newest_first=False)
    found = []
    for application in (one.application for one in listed):
        try:
            require_postable(work, rules, application)
        except Refused:  # it may not hang yet, so it is on no sheet
            continue
        found.append(application)
    return found


def _notice(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    """The sheet of a day: what was posted on it and, while it lasts, what may still be."""
    from app.documents.forms import f07

    day: date = paper.about
    posted = _posted(work, day)
    waiting = _waiting(work, rules) if day == rules.clock.today() else []
    bodies = [one.body for one in posted]
    bodies += [body_now(work, rules, one) for one in waiting]
    if not bodies:
        raise Refused("这一天没有公示，这张表还打不了。", do="请先把公示记下来。", code="P-20")
    about = [*(one.application for one in posted), *(one.id for one in waiting)]
    hung = [] if waiting else posted
    sheet: NoticeContent = f07.NoticeContent(
        unit=work.identity.village_name,
        kind=NoticeKind.F07,
        lines=tuple(map(f07.line_of, bodies)),
        was_reviewed=all(work.procedure.reviews(one) for one in about),
        contact=_shared(hung, lambda one: str(one.body.get("contact") or "")) or "",
        first=_shared(hung, lambda one: one.posted_on),
        last=_shared(hung, lambda one: one.ends_on),
        places=_shared(hung, lambda one: one.places) or (),
        posted_by=_shared(hung, lambda one: one.posted_by) or (),
        witnesses=_shared(hung, lambda one: one.witnesses) or (),
    )
    return sheet


def _shared(notices: Sequence[Notice], of: Callable[[Notice], T]) -> T | None:
    """What all the notices say; None where they differ, to be written in by hand."""
    said = [of(one) for one in notices]
    return said[0] if said and all(one == said[0] for one in said) else None


def _find_related(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    known = entity_id == RELATED
    return CasePaper(id=RELATED, household=None, about=None) if known else None


def _related(work: UnitOfWork, _rules: GroundRules, _paper: CasePaper) -> FormContent:
    """Every household with a relative among the staff, in the order they declared it."""
    from app.documents.forms import f22

    unit = work.identity.village_name
    homes = [(one, work.households.get(one.household)) for one in work.procedure.related()]
    lines = [
        line
        for filing, home in homes
        if home is not None
        for line in f22.content_of(filing, home, unit=unit).lines
    ]
    return f22.F22Content(unit=unit, lines=tuple(lines))


SOURCES: Final = {
    "joint_notice": Source(_nobody, _find_day, _notice),
    "related": Source(_nobody, _find_related, _related),
}
