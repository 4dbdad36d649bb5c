"""贴确认公示: what was granted is published where the household lives, and stands here until it is.

社会救助暂行办法（国务院令第649号）第十一条（三）: 批准的“在申请人所在村、社区公布”; 特困 go
the same way. The form is F08 (domain.md §3.7); it hangs until the list changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import GRANTED
from app.domain.due import ALWAYS, DueItem
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.today import WorkKind
from app.services.due_case import Case
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.domain.casework import Application
    from app.store.unit_of_work import UnitOfWork

READS: Final = ("application", "application_step")
_IN_LAW: Final = frozenset({Category.DIBAO, Category.SINGLE_PERSON, Category.TEKUN})
_LAW: Final = "社会救助暂行办法（国务院令第649号）第十一条：批准的在申请人所在村、社区公布"
_LIST: Final = "审核确认公示（F08）：村里的名单照县里确认的贴，名单变了再换"


def notice_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """The newest grant of a household, while nobody has recorded that it was put up."""
    known = work.casework.applications_of(HouseholdId(subject))
    granted = [one for one in known if one.status in GRANTED]
    household = work.households.get(HouseholdId(subject)) if granted else None
    if household is None or household.category is Category.NONE:
        return  # no longer supported: its name is on no list
    newest = max(granted, key=_decided)
    case = Case(newest, household, work.procedure.steps(newest.id))
    if case.is_nobody_left or case.newest(ApplicationEvent.POST_LIST) is not None:
        return
    rung = newest.decided_category or household.category
    row = case.row(
        WorkKind.NOTICE_TO_POST,
        f"县里确认了{rung.label}，确认公示还没贴",
        "打印确认公示（F08）贴上去，记“贴确认公示”",
        _LAW if rung in _IN_LAW else _LIST,
    )
    yield replace(row, appears_on=newest.decided_on or ALWAYS, since=newest.decided_on)


def _decided(one: Application) -> tuple[str, str]:
    return ("" if one.decided_on is None else one.decided_on.isoformat(), one.id)
