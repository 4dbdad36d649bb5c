"""What a step takes besides being legal: whose it is, what must have been done, what must be said.

The machine says what may follow; these say what has to be there first. Each refusal is one guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.application_events import Actor, ApplicationEvent
from app.domain.application_states import OVER
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.clock import day_words
from app.domain.households import Category, Household
from app.domain.problem import Refused
from app.domain.procedure import (
    ApplicationStep,
    Attendant,
    Material,
    MaterialState,
    Notice,
    RelativeFiling,
    Review,
    SignedKind,
)
from app.rules.deadlines import Deadline
from app.rules.procedure import Hand, checks_first, review_mode
from app.rules.terms import Terms
from app.services.application_lacks import Known
from app.services.signers import held_by
from app.services.stepping import StepFacts, newest_step, pauses_of, this_round

E = ApplicationEvent
_LOOKED: Final = frozenset({E.INVESTIGATED, E.REINVESTIGATED})
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
_WITH_THE_COUNTY: Final = frozenset({ApplicationStatus.SENT_FOR_CONFIRMATION, *OVER})
_GRANTED: Final = frozenset({ApplicationStatus.CONFIRMED, ApplicationStatus.PUBLISHED})
_CONVERTIBLE: Final = frozenset({Category.MARGINAL, Category.RIGID_EXPENDITURE, Category.WATCHLIST})
INVESTIGATORS: Final = 2
"""民发〔2021〕57号: 入户调查 takes two people at least (domain.md §2.13)."""
WITNESSES: Final = 2


def require_in_hand(application: Application) -> None:
    """Raises Refused A-35 once it is with the county or over."""
    if application.status in _WITH_THE_COUNTY:
        raise Refused(
            f"这份申请现在是“{application.status.label}”，不能再改。",
            do="要更正请等县里退回，或打电话给县里。",
            code="A-35",
        )


def may_go_over(application: Application) -> bool:
    """Whether it made a recognised family that may go over to 低保 or 特困 by consent (S2:L9)."""
    return application.status in _GRANTED and application.decided_category in _CONVERTIBLE


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
    if checks_first(terms) and newest_step(this_round(steps), ApplicationEvent.PRECHECK) is None:
        raise Refused("这里要先核对、再受理。", do="请先记“受理前核对”的结果。", code="A-09")


def require_not_standing(steps: Sequence[ApplicationStep]) -> None:
    """Material is asked for once at a time (一次性告知). Raises Refused A-10."""
    pauses = pauses_of(this_round(steps))
    if pauses and pauses[-1].until is None:
        raise Refused("上一次要补的材料还没收齐。", do="请先记“收齐材料”，再要新的。", code="A-10")


def require_not_awaited(steps: Sequence[ApplicationStep]) -> None:
    """Raises Refused A-45: with the county nothing more can be recorded, and the clock stands."""
    pauses = pauses_of(this_round(steps))
    if pauses and pauses[-1].until is None:
        raise Refused(
            "要补的材料还没收齐，不能报县里。", do="请先记“收齐材料”，再报上去。", code="A-45"
        )


def require_authorised(known: Known, on: date, doing: str) -> None:
    """Everybody's authorisation holds on `on`: it ends the day it is taken back in writing (F02).

    What was found while it held stays in the file; nothing more is looked up or sent on without it.
    Raises Refused A-46.
    """
    left = sum(
        held_by(signer, SignedKind.AUTHORISATION, known.signed, on) is None
        for signer in known.signers
    )
    if left:
        raise Refused(
            f"有 {left} 份核对授权书没签、过期或收回了，不能{doing}。",
            do="请他们重签一份；不愿意再授权的，就记撤回申请。",
            code="A-46",
            field="signatures",
        )


def require_material_in(steps: Sequence[ApplicationStep], materials: Sequence[Material]) -> None:
    """Raises Refused A-11 when nothing was asked for, A-12 while something is still missing."""
    pauses = pauses_of(this_round(steps))
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


def require_investigators(
    names: Sequence[str], household: Household | None, relative: RelativeFiling | None
) -> None:
    """Raises Refused A-13 with fewer than two different people, or with one who is theirs."""
    told = {name.strip() for name in names if name.strip()}
    if told & stands_back(household, relative):
        raise Refused(
            "调查人里有这一户的家里人、赡养人或登记过的近亲属。",
            do="请写去调查的两位；只是同名，就在名字后面写上单位。",
            code="A-13",
            field="investigators",
        )
    if len(told) < INVESTIGATORS:
        raise Refused(
            "入户调查要两个人以上。",
            do="请写两位调查人的名字。",
            code="A-13",
            field="investigators",
        )


def names_in(household: Household | None) -> set[str]:
    """Who belongs to it, by name: nobody looks into, judges or attests their own case."""
    return set() if household is None else {one.person.name for one in household.members}


def stands_back(household: Household | None, relative: RelativeFiling | None) -> set[str]:
    """Who neither looks into the case nor judges it, by name: the family, who owes it support, and
    the relative on the staff whom it declared (S2:L21, F22)."""
    owing = () if household is None else household.obligors
    own = names_in(household) | {one.name.strip() for one in owing}
    if relative is not None and relative.has_relative:
        own.add(relative.staff_name.strip())
    return own - {""}


def require_fair(
    attendance: Sequence[Attendant],
    seats: Sequence[str],
    household: Household | None,
    relative: RelativeFiling | None,
) -> None:
    """`seats`: who chairs and who writes it down.

    Raises Refused A-28 for somebody who is there twice, A-41 for one who is theirs voting, chairing
    or writing.
    """
    names = [one.name for one in attendance]
    if len(set(names)) < len(names):
        raise Refused(
            "到会的人里有一个名字写了两次。",
            do="请去掉重的；真是同名的，就写“大”“小”分开。",
            code="A-28",
            field="attendance",
        )
    own = stands_back(household, relative)
    if any(one.name in own and not one.recused for one in attendance):
        raise Refused(
            "申请这一户的家里人、赡养人和登记过的近亲属要回避，不能投票。",
            do="请在名字后面写“（回避）”；只是同名，就写上哪个组的。",
            code="A-41",
            field="attendance",
        )
    if any(name.strip() in own for name in seats):
        raise Refused(
            "主持、记录的人是这一户的家里人、赡养人或登记过的近亲属，要回避。",
            do="请换一个人主持、记录；只是同名，就写上职务。",
            code="A-41",
            field="chair",
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
    tested: AssessmentRecord | None,
) -> None:
    """What has to be before a notice.

    Raises Refused A-15 where a review has to be held and was not since the last investigation, or
    not on this means test, A-16 where one held since did not pass.
    """
    begun = newest_step(steps, ApplicationEvent.NEED_REVIEW)
    after = reviews_on(tested, steps, reviews)
    waits = begun is not None and begun.after == application.status
    if (review_mode(terms) == "required" or waits) and not after:
        raise Refused("还没有民主评议的结果。", do="请先记评议结果，再贴公示。", code="A-15")
    require_not_failed(steps, reviews)


def reviews_since(steps: Sequence[ApplicationStep], reviews: Sequence[Review]) -> list[Review]:
    """Those recorded after the last investigation that decided something, in the order of their
    steps."""
    begins = [at for at, step in enumerate(steps) if step.event in _LOOKED]
    rest = steps[begins[-1] :] if begins else steps
    known = {one.id: one for one in reviews}
    told = (str(step.details.get("review_id")) for step in rest if step.event is E.REVIEWED)
    return [known[review] for review in told if review in known and not known[review].is_void]


def reviews_on(
    tested: AssessmentRecord | None, steps: Sequence[ApplicationStep], reviews: Sequence[Review]
) -> list[Review]:
    """Those of them that judged the means test the application stands on now."""
    since = None if tested is None else tested.made_at
    told = [one for one in steps if since is None or one.recorded_at >= since]
    judged = {str(one.details.get("review_id")) for one in told if one.event is E.REVIEWED}
    return [one for one in reviews_since(steps, reviews) if one.id in judged]


def require_not_failed(steps: Sequence[ApplicationStep], reviews: Sequence[Review]) -> None:
    """One that did not pass is not mended by another: they look again. Raises Refused A-16."""
    if any(one.passed is False for one in reviews_since(steps, reviews)):
        raise Refused(
            "民主评议没有通过。",
            do="请先复查：记异议、再记复查结果，重新评议。",
            code="A-16",
        )


def require_posted(
    places: Sequence[object],
    posted_by: Sequence[str],
    witnesses: Sequence[str],
    household: Household,
) -> None:
    """Raises Refused A-17 without a place, somebody who posted it and two other witnesses, none of
    them of the household."""
    if names_in(household) & {name.strip() for name in (*posted_by, *witnesses)}:
        raise Refused(
            "贴公示的人、见证人不能是这一户自己的人。",
            do="请换别人；只是同名，就在名字后面写上职务。",
            code="A-17",
            field="witnesses",
        )
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
            f"公示要贴到{day_words(due)}，还没满。",
            do="满了的第二天起再记“公示期满”；有人提意见就记异议。",
            code="A-19",
            field="happened_on",
        )


def require_not_extended(steps: Sequence[ApplicationStep]) -> None:
    """Raises Refused A-21: an extension is given once for each acceptance."""
    if newest_step(this_round(steps), ApplicationEvent.EXTEND) is not None:
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
