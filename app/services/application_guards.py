"""What a step takes besides being legal: whose it is, what must have been done, what must be said.

The machine says what may follow; these say what has to be there first. Each refusal is one guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.application_events import Actor, ApplicationEvent
from app.domain.casework import Application
from app.domain.problem import Refused
from app.domain.procedure import (
    ApplicationStep,
    Material,
    MaterialState,
    Notice,
    Review,
)
from app.rules.deadlines import Deadline
from app.rules.procedure import Hand, checks_first, review_mode
from app.rules.terms import Terms
from app.services.stepping import StepFacts, newest_step, pauses_of

_REASONED: Final = frozenset(
    {
        ApplicationEvent.NOT_ACCEPT,
        ApplicationEvent.EXTEND,
        ApplicationEvent.WITHDRAW,
        ApplicationEvent.REOPEN,
    }
)
_ON_PAPER: Final = frozenset(
    {ApplicationEvent.ACCEPT, ApplicationEvent.NOT_ACCEPT, ApplicationEvent.NEED_MATERIAL}
)
INVESTIGATORS: Final = 2
"""民发〔2021〕57号: 入户调查 takes two people at least (domain.md §2.13)."""
WITNESSES: Final = 2


def require_told(event: ApplicationEvent, hand: Hand, facts: StepFacts) -> None:
    """Who said so, where it is not the village's word.

    Raises Refused A-05 for a step of the county, A-06 without who told it, A-07 without the number
    of the township's paper, A-08 without a reason where one is due.
    """
    if hand.actor is Actor.COUNTY:
        raise Refused("这一步由县里作出，同步下来才算。", do="请先同步。", code="A-05")
    if hand.actor is Actor.TOWNSHIP and not facts.told_by.strip():
        raise Refused(
            "这一步是镇里定的，要写是谁说的。",
            do="请写镇里经办人的名字或办公室。",
            code="A-06",
            field="told_by",
        )
    if hand.actor is Actor.TOWNSHIP and event in _ON_PAPER and not facts.paper_no.strip():
        raise Refused(
            "镇里的告知书要记编号。",
            do="请照告知书上的文号填；还没拿到就先等等，或打电话问。",
            code="A-07",
            field="paper_no",
        )
    if event in _REASONED and not facts.note.strip():
        raise Refused("这一步要写原因。", do="请在说明里写一句为什么。", code="A-08", field="note")


def require_acceptable(terms: Terms, steps: Sequence[ApplicationStep]) -> None:
    """Raises Refused A-09 where means are checked before acceptance and nobody did."""
    if checks_first(terms) and newest_step(steps, ApplicationEvent.PRECHECK) is None:
        raise Refused("这里要先核对、再受理。", do="请先记“受理前核对”的结果。", code="A-09")


def require_not_standing(steps: Sequence[ApplicationStep]) -> None:
    """Material is asked for once at a time (一次性告知). Raises Refused A-10."""
    pauses = pauses_of(steps)
    if pauses and pauses[-1].until is None:
        raise Refused("上一次要补的材料还没收齐。", do="请先记“收齐材料”，再要新的。", code="A-10")


def require_material_in(steps: Sequence[ApplicationStep], materials: Sequence[Material]) -> None:
    """Raises Refused A-11 when nothing was asked for, A-12 while something is still missing."""
    pauses = pauses_of(steps)
    if not pauses or pauses[-1].until is not None:
        raise Refused("没有在等补材料。", do="要材料请先记“要求补材料”。", code="A-11")
    left = sum(one.state is MaterialState.NEEDED for one in materials)
    if left:
        raise Refused(
            f"还有 {left} 样材料没收，也没有承诺代替。",
            do="请在材料清单里一样一样记好。",
            code="A-12",
            field="materials",
        )


def require_investigators(names: Sequence[str]) -> None:
    """Raises Refused A-13 with fewer than two different people."""
    if len({name.strip() for name in names if name.strip()}) < INVESTIGATORS:
        raise Refused(
            "入户调查要两个人以上。",
            do="请写两位调查人的名字。",
            code="A-13",
            field="investigators",
        )


def require_reviews_held(terms: Terms) -> None:
    """Raises Refused A-14 where the pack holds no reviews."""
    if review_mode(terms) == "none":
        raise Refused("县里规定不开民主评议。", do="请直接贴公示。", code="A-14")


def require_reviewed(
    application: Application,
    terms: Terms,
    steps: Sequence[ApplicationStep],
    reviews: Sequence[Review],
) -> None:
    """What has to be before a notice.

    Raises Refused A-15 where a review has to be held and was not since the last investigation,
    A-16 where the last one did not pass.
    """
    since = newest_step(steps, ApplicationEvent.INVESTIGATED, ApplicationEvent.REINVESTIGATED)
    begun = newest_step(steps, ApplicationEvent.NEED_REVIEW)
    after = [one for one in reviews if since is None or one.held_on >= since.happened_on]
    waits = begun is not None and begun.after == application.status
    if (review_mode(terms) == "required" or waits) and not after:
        raise Refused("还没有民主评议的结果。", do="请先记评议结果，再贴公示。", code="A-15")
    if after and after[0].passed is False:
        raise Refused(
            "民主评议没有通过。",
            do="请先复查：记异议、再记复查结果，重新评议。",
            code="A-16",
        )


def require_posted(
    places: Sequence[object], posted_by: Sequence[str], witnesses: Sequence[str]
) -> None:
    """Raises Refused A-17 without a place, somebody who posted it and two other witnesses."""
    hands = {name.strip() for name in posted_by if name.strip()}
    saw = {name.strip() for name in witnesses if name.strip()} - hands
    if not places or not hands or len(saw) < WITNESSES:
        raise Refused(
            "公示要写贴在哪里、谁贴的、两位见证人。",
            do="见证人不能是贴的人自己。",
            code="A-17",
            field="witnesses" if places and hands else "places" if not places else "posted_by",
        )


def require_notice_over(notice: Notice | None, deadline: Deadline | None, facts: StepFacts) -> None:
    """Raises Refused A-19 while the notice still hangs. Without a term the day is hers to say."""
    due = None if deadline is None else deadline.due_on
    if notice is not None and due is not None and facts.happened_on <= due:
        raise Refused(
            f"公示要贴到 {due}，还没满。",
            do="满了的第二天起再记“公示期满”；有人提意见就记异议。",
            code="A-19",
            field="happened_on",
        )


def require_not_extended(steps: Sequence[ApplicationStep]) -> None:
    """Raises Refused A-21: an extension is given once."""
    if newest_step(steps, ApplicationEvent.EXTEND) is not None:
        raise Refused("期限已经延长过一次了。", do="请抓紧办，或请示镇里。", code="A-21")


def require_way_back(event: ApplicationEvent, steps: Sequence[ApplicationStep]) -> None:
    """Back to where it was returned from.

    Raises Refused A-22 for what was at the county already and is not handed in again, and for what
    never was there and cannot be sent again.
    """
    sent = was_sent(steps)
    if event is ApplicationEvent.RESUBMIT and sent:
        raise Refused("这份已经报到县里过。", do="请用“改好再报县里”。", code="A-22")
    if event in {ApplicationEvent.RESEND, ApplicationEvent.REOPEN} and not sent:
        raise Refused("这份还没有公示报县，不能直接报。", do="请用“改好再提交”。", code="A-22")


def was_sent(steps: Sequence[ApplicationStep]) -> bool:
    """Whether it went the whole way to the county before, since it was last a draft."""
    last = newest_step(
        steps, ApplicationEvent.NOTICE_CLEAN, ApplicationEvent.RESEND, ApplicationEvent.REWORK
    )
    return last is not None and last.event is not ApplicationEvent.REWORK
