"""The application as a table: domain.md §5.3, and whose each move is.

A state is moved by the village, or by what the village is told of the township; the moves of the
county come only by sync and replace the state as a whole. A move to the same state is a step that
is recorded and changes nothing else: an extension, material asked for after acceptance, the day
the household was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.application_events import ApplicationEvent
from app.domain.casework import ApplicationStatus
from app.domain.machine import Machine

_UNDER_WAY: Final = (
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.CHECKING,
    ApplicationStatus.INVESTIGATING,
    ApplicationStatus.ASSESSED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.NOTICE_POSTED,
    ApplicationStatus.REINVESTIGATING,
)
"""Between acceptance and the way to the county: the office's clock runs."""
_OPEN: Final = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.SUPPLEMENT_REQUESTED,
    *_UNDER_WAY,
    ApplicationStatus.SENT_FOR_CONFIRMATION,
    ApplicationStatus.RETURNED,
)
"""Not decided and not over: it may be withdrawn, and it ends when the applicant dies."""
TOLD: Final = (
    ApplicationStatus.NOT_ACCEPTED,
    ApplicationStatus.CONFIRMED,
    ApplicationStatus.REFUSED,
    ApplicationStatus.PUBLISHED,
    ApplicationStatus.WATCHLISTED,
)
"""Answers the household has to be told of."""
GRANTED: Final = (ApplicationStatus.CONFIRMED, ApplicationStatus.PUBLISHED)
"""What stands on the list of those confirmed (F08), which the village hangs up, too."""

_WAY: Final[Mapping[tuple[ApplicationStatus, ApplicationEvent], ApplicationStatus]] = {
    (ApplicationStatus.DRAFT, ApplicationEvent.SUBMIT): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, ApplicationEvent.ACCEPT): ApplicationStatus.ACCEPTED,
    (
        ApplicationStatus.SUBMITTED,
        ApplicationEvent.NEED_MATERIAL,
    ): ApplicationStatus.SUPPLEMENT_REQUESTED,
    (ApplicationStatus.SUBMITTED, ApplicationEvent.PRECHECK): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.SUBMITTED, ApplicationEvent.NOT_ACCEPT): ApplicationStatus.NOT_ACCEPTED,
    (
        ApplicationStatus.SUPPLEMENT_REQUESTED,
        ApplicationEvent.MATERIAL_IN,
    ): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.ACCEPTED, ApplicationEvent.SEND_CHECK): ApplicationStatus.CHECKING,
    (ApplicationStatus.ACCEPTED, ApplicationEvent.CHECK_REPORT): ApplicationStatus.INVESTIGATING,
    (ApplicationStatus.CHECKING, ApplicationEvent.CHECK_REPORT): ApplicationStatus.INVESTIGATING,
    (ApplicationStatus.INVESTIGATING, ApplicationEvent.INVESTIGATED): ApplicationStatus.ASSESSED,
    (ApplicationStatus.ASSESSED, ApplicationEvent.NEED_REVIEW): ApplicationStatus.IN_REVIEW,
    (ApplicationStatus.ASSESSED, ApplicationEvent.POST): ApplicationStatus.NOTICE_POSTED,
    (ApplicationStatus.IN_REVIEW, ApplicationEvent.REVIEWED): ApplicationStatus.IN_REVIEW,
    (ApplicationStatus.IN_REVIEW, ApplicationEvent.POST): ApplicationStatus.NOTICE_POSTED,
    (ApplicationStatus.IN_REVIEW, ApplicationEvent.OBJECTION): ApplicationStatus.REINVESTIGATING,
    (
        ApplicationStatus.NOTICE_POSTED,
        ApplicationEvent.OBJECTION,
    ): ApplicationStatus.REINVESTIGATING,
    (
        ApplicationStatus.NOTICE_POSTED,
        ApplicationEvent.NOTICE_CLEAN,
    ): ApplicationStatus.SENT_FOR_CONFIRMATION,
    (
        ApplicationStatus.REINVESTIGATING,
        ApplicationEvent.REINVESTIGATED,
    ): ApplicationStatus.ASSESSED,
    # another says so too, while they look
    (
        ApplicationStatus.REINVESTIGATING,
        ApplicationEvent.OBJECTION,
    ): ApplicationStatus.REINVESTIGATING,
    # what hangs is not so any more, and hangs anew
    (ApplicationStatus.NOTICE_POSTED, ApplicationEvent.POST): ApplicationStatus.NOTICE_POSTED,
}
_COUNTY: Final[Mapping[tuple[ApplicationStatus, ApplicationEvent], ApplicationStatus]] = {
    (
        ApplicationStatus.SENT_FOR_CONFIRMATION,
        ApplicationEvent.CONFIRM,
    ): ApplicationStatus.CONFIRMED,
    (ApplicationStatus.SENT_FOR_CONFIRMATION, ApplicationEvent.RETURN): ApplicationStatus.RETURNED,
    (ApplicationStatus.SENT_FOR_CONFIRMATION, ApplicationEvent.REFUSE): ApplicationStatus.REFUSED,
    (ApplicationStatus.CONFIRMED, ApplicationEvent.PUBLISH): ApplicationStatus.PUBLISHED,
    (ApplicationStatus.CONFIRMED, ApplicationEvent.REGISTER): ApplicationStatus.WATCHLISTED,
    (ApplicationStatus.REFUSED, ApplicationEvent.REGISTER): ApplicationStatus.WATCHLISTED,
}
_RETURNED: Final[Mapping[tuple[ApplicationStatus, ApplicationEvent], ApplicationStatus]] = {
    (ApplicationStatus.RETURNED, ApplicationEvent.RESUBMIT): ApplicationStatus.SUBMITTED,
    (ApplicationStatus.RETURNED, ApplicationEvent.RESEND): ApplicationStatus.SENT_FOR_CONFIRMATION,
    (ApplicationStatus.RETURNED, ApplicationEvent.REOPEN): ApplicationStatus.ASSESSED,
    (ApplicationStatus.RETURNED, ApplicationEvent.REWORK): ApplicationStatus.DRAFT,
}
_SAME: Final[Mapping[tuple[ApplicationStatus, ApplicationEvent], ApplicationStatus]] = {
    **{(state, ApplicationEvent.NEED_MATERIAL): state for state in _UNDER_WAY},
    **{(state, ApplicationEvent.MATERIAL_IN): state for state in _UNDER_WAY},
    **{(state, ApplicationEvent.EXTEND): state for state in _UNDER_WAY},
    **{(state, ApplicationEvent.TELL): state for state in TOLD},
    **{(state, ApplicationEvent.POST_LIST): state for state in GRANTED},
}
_ENDS: Final[Mapping[tuple[ApplicationStatus, ApplicationEvent], ApplicationStatus]] = {
    **{(state, ApplicationEvent.WITHDRAW): ApplicationStatus.WITHDRAWN for state in _OPEN},
    **{(state, ApplicationEvent.DEATH): ApplicationStatus.CLOSED_BY_DEATH for state in _OPEN},
}

APPLICATION: Final = Machine("这份申请", "A-01", {**_WAY, **_COUNTY, **_RETURNED, **_SAME, **_ENDS})

BY_COUNTY: Final = frozenset(event for _, event in _COUNTY)
"""Moves no laptop makes."""
DECIDED: Final = frozenset(
    {
        ApplicationStatus.CONFIRMED,
        ApplicationStatus.REFUSED,
        ApplicationStatus.PUBLISHED,
        ApplicationStatus.WATCHLISTED,
    }
)
"""What the county has settled; nothing a laptop says changes it."""
OVER: Final = frozenset(
    {
        *DECIDED,
        ApplicationStatus.NOT_ACCEPTED,
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.CLOSED_BY_DEATH,
    }
)
"""Nothing more is decided about these."""


def device_may_move(before: ApplicationStatus, after: ApplicationStatus) -> bool:
    """Whether some step of the village leads from `before` to `after`."""
    return any(
        state is before and reached is after and event not in BY_COUNTY
        for (state, event), reached in APPLICATION.moves.items()
    )


def county_may_decide(state: ApplicationStatus) -> bool:
    """Whether the county may answer an application it holds in `state`.

    The township may know on paper what the village has not recorded yet, so everything that was
    handed in and is not over may be answered.
    """
    return state is not ApplicationStatus.DRAFT and state not in OVER
