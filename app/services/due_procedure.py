"""What an application owes from its draft to the county's answer: one next step, with its clock.

Whatever is open has a row, and the list shows the most urgent of them
(`app.services.due_reading`). A clock the county has given no time for has no day and says so;
while material is awaited the clock stands, and the row is about the material.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent as E
from app.domain.application_states import OVER, TOLD
from app.domain.casework import ApplicationStatus as Status
from app.domain.clock import day_words
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.procedure import MaterialState, SignedKind
from app.domain.today import WorkKind
from app.rules.clocks import ClockKind, Event
from app.rules.procedure import hand_of
from app.services.application_file import EXPIRY_WARNED, is_outdated
from app.services.application_lacks import counted_words, facts_lacking
from app.services.due_answers import answer_due, register_due, return_due
from app.services.due_case import Case, by_clock, dated
from app.services.ground_rules import GroundRules
from app.services.notice_bodies import hangs_as_it_is
from app.services.signers import held_by, newest_of, signed_for, signers_of

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

READS: Final = (
    "application", "application_step", "application_material", "check_authorization",
    "community_review", "assessment", "support_obligor", "income_item", "expense_item",
    "asset_item", "watch_entry",
)  # fmt: skip
_DAY: Final = timedelta(days=1)
_NAMED: Final = 3
"""So many of the missing materials are named; of more their number is said."""
_ONE_OF_THEM: Final = "民发〔2021〕57号：家里定一个共同生活的人作申请人"
_WHOLE: Final = "签字和事实齐了才能提交"
_ACCEPTED_FIRST: Final = "受理了才开始算办理的日子"


def procedure_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """What the applications of one household owe."""
    known = work.casework.applications_of(HouseholdId(subject))
    if not known:
        return
    household = work.households.get(HouseholdId(subject))
    if household is None:
        return
    for application in known:
        case = Case(application, household, work.procedure.steps(application.id))
        if application.status in TOLD:
            yield from answer_due(work, rules, case)
            if application.status is Status.WATCHLISTED:
                yield from register_due(work, rules, case)
        elif application.status is Status.RETURNED:
            yield return_due(work, rules, case)
        elif application.status not in OVER:
            yield from _open(work, rules, case)


def _open(work: UnitOfWork, rules: GroundRules, case: Case) -> Iterator[DueItem]:
    """One that is neither decided nor over."""
    if not case.has_applicant:
        yield _applicant(work, rules, case)
        return
    yield from _materials(work, case)
    yield from _signatures(work, case)
    status = case.application.status
    if status is Status.DRAFT:
        yield _draft(work, rules, case)
    elif status is Status.SUBMITTED:
        yield _submitted(work, rules, case)
    elif status is Status.SENT_FOR_CONFIRMATION:
        yield _with_county(work, rules, case)
    elif status is not Status.SUPPLEMENT_REQUESTED:
        yield from _under_way(work, rules, case)


def _applicant(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """Who applied has left the household: it goes on with another, or not at all."""
    sent = case.application.status is Status.SENT_FOR_CONFIRMATION
    action = "记撤回，或请县里退回来换人" if sent else "换一个申请人，或者记撤回"
    row = case.row(WorkKind.APPLICATION, "申请人不在这户了", action, _ONE_OF_THEM)
    deadline = case.decision(work, rules)
    return row if deadline is None else by_clock(row, deadline)


def _materials(work: UnitOfWork, case: Case) -> Iterator[DueItem]:
    """What was asked for and is not in; or all of it is in, and nobody has said so."""
    left = [
        one
        for one in work.procedure.materials(case.application.id)
        if one.state is MaterialState.NEEDED
    ]
    status = case.application.status
    if status is Status.SENT_FOR_CONFIRMATION:
        return  # nothing more can be recorded about it here
    waits = status is Status.SUPPLEMENT_REQUESTED or case.is_waiting
    if left:
        names = "、".join(one.name for one in left[:_NAMED])
        more = f"等 {len(left)} 样" if len(left) > _NAMED else ""
        row = case.row(WorkKind.MATERIAL, f"还缺：{names}{more}", "催一催，收到就记", "一次性告知")
        yield _until_told(case, row) if waits else row
    elif waits:
        yield case.row(
            WorkKind.MATERIAL, "要补的都到了", "记一笔“收齐材料”，日子才接着算", "一次性告知"
        )


def _until_told(case: Case, row: DueItem) -> DueItem:
    """With the day that was said when the material was asked for (F09), where one was."""
    asked = case.newest(E.NEED_MATERIAL)
    due_on = None if asked is None else asked.details.get("due_on")
    if asked is None or due_on is None:
        return row
    rule = f"一次性告知时说好的日子 {asked.paper_no}".strip()
    return replace(row, due_on=date.fromisoformat(str(due_on)), rule=rule)


def _signatures(work: UnitOfWork, case: Case) -> Iterator[DueItem]:
    """Who has not signed, and whose authorisation ends."""
    application, household = case.application, case.household
    known = signed_for(work, application, household)
    signed = [one for one in known if one.revoked_on is None]
    papers = [
        (signer, kind, newest_of(signer, kind, signed))
        for signer in signers_of(application, household, case.tested(work))
        for kind in signer.kinds
    ]
    left = sum(paper is None for _, _, paper in papers)
    if left:
        yield case.row(
            WorkKind.SIGNATURE, f"还有 {left} 份没签", "去签字按手印", "全体成年人授权和承诺"
        )
    ends = [paper.valid_to for _, _, paper in papers if paper is not None and paper.valid_to]
    if ends:
        last = min(ends)
        row = case.row(
            WorkKind.AUTHORISATION_ENDS,
            f"核对授权书到{day_words(last)}为止",
            "请他们重签一份",
            "授权书上写的期限",
        )
        yield dated(row, appears_on=last - timedelta(days=EXPIRY_WARNED), due_on=last)


def _draft(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """Not handed in. What is not signed or not in has a row that comes before this one."""
    facts = facts_lacking(case.application, case.household, case.tested(work))
    lacks = [one for one in facts if one.blocks]
    if lacks:
        why, action = f"还差：{counted_words(lacks)}", "补上，提交"
    else:
        why, action = "写好了，还没提交", case.next(work, rules)
    return replace(case.row(WorkKind.SUBMISSION, why, action, _WHOLE), standing=1)


def _submitted(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """Handed in and not accepted: whose word that is, the pack says."""
    hand = hand_of(E.ACCEPT, rules.terms(work))
    rule = _ACCEPTED_FIRST if hand.ground is None else f"{_ACCEPTED_FIRST}，{hand.ground}"
    row = case.row(WorkKind.ACCEPTANCE, "交上去了，还没记受理", case.next(work, rules), rule)
    return replace(row, standing=1)


def _with_county(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """The county has it: nothing is to do here before its day is over, unless what it has is no
    longer so.
    """
    if is_outdated(work, case.application, case.steps):
        return case.row(
            WorkKind.WITH_COUNTY,
            "报上去以后，家里的情况改过：需重新审批",
            "告诉镇里哪里改了，请他们照改过的看",
            "批的要是现在的情况",
        )
    deadline = case.decision(work, rules)
    row = case.row(WorkKind.WITH_COUNTY, "报到县里了，还没回", "打电话问县里批了没有", "")
    if deadline is None:
        return row
    row = replace(row, rule=deadline.explanation)
    if deadline.due_on is None:
        return row
    return replace(by_clock(row, deadline), appears_on=deadline.due_on + _DAY)


def _under_way(work: UnitOfWork, rules: GroundRules, case: Case) -> Iterator[DueItem]:
    """Accepted: the office's time to decide, and the notice that runs out."""
    status = case.application.status
    posted = case.newest(E.POST)
    deadline = case.decision(work, rules)
    if case.is_waiting:
        return  # it stands: the row about the material is the one to do
    row = case.row(WorkKind.APPLICATION, f"申请{status.label}", case.next(work, rules), "")
    if deadline is not None:
        row = replace(row, rule=deadline.explanation)
        row = replace(by_clock(row, deadline), appears_on=deadline.started_on or ALWAYS)
    if status is Status.NOTICE_POSTED and posted is not None:
        notice = rules.deadline(work, ClockKind.NOTICE, {Event.POSTED: posted.happened_on})
        if notice.due_on is not None:
            if not hangs_as_it_is(work, rules, case.application):
                said = "公示和现在的情况不一样了"
                yield case.row(WorkKind.NOTICE_END, said, "照现在的重新贴公示", notice.explanation)
                return
            yield _hung(work, case, notice.due_on, row, notice.explanation)
            row = replace(row, until=notice.due_on)
    yield row


def _hung(work: UnitOfWork, case: Case, last: date, waits: DueItem, rule: str) -> DueItem:
    """From the day after its last the notice is done with: from then on one may go on, and late is
    what the office's own time says, which `waits` for it until then."""
    over = last + _DAY
    may_go = _is_authorised(work, case, over)
    return replace(
        waits,
        kind=WorkKind.NOTICE_END,
        why=f"公示贴到{last.month}月{last.day}日，满了",
        action="没人提意见就报上去" if may_go else "先请他们重签核对授权书，再报上去",
        rule="；".join(filter(None, (rule, waits.rule))),
        appears_on=over,
        since=over,
    )


def _is_authorised(work: UnitOfWork, case: Case, on: date) -> bool:
    """Whether everybody's authorisation covers the day it may go up (A-46)."""
    signed = signed_for(work, case.application, case.household)
    return all(
        held_by(signer, SignedKind.AUTHORISATION, signed, on) is not None
        for signer in signers_of(case.application, case.household, case.tested(work))
    )
