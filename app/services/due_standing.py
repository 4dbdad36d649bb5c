"""What those already supported are owed: a 渐退 moved on, a review, the end of a benefit.

An end stands in the list 30 days before. While exits are frozen an ended 渐退 says so; a household
nobody knows when it was last looked at has no day, and is listed on the page of reviews only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.clock import day_words, month_words
from app.domain.due import ALWAYS, DueItem
from app.domain.grace_states import UNDER_WAY, GraceEvent, GraceStatus
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.people import PersonStatus
from app.domain.standing import EARLY, LET_GO, Benefit, EndsBy, GracePeriod
from app.domain.today import WorkKind
from app.domain.workdays import month_start
from app.rules.grounds import Outcome
from app.rules.standing import Freeze, freeze_of
from app.services.due_family import untested
from app.services.grace_proposals import is_graced
from app.services.graces import events_of
from app.services.ground_rules import GroundRules
from app.services.standing_ends import (
    BENEFIT_RULES,
    CHANGED,
    paper_rule,
    review_due,
    rigid_validity,
)
from app.services.standing_papers import told_of

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

REVIEW_READS: Final = (
    "periodic_review", "composition_change", "application", "income_item", "expense_item",
    "asset_item", "support_obligor", "family_event", "assessment",
)  # fmt: skip
_PAGE: Final = "standing"
_NEWS_MONTHS: Final = 3
_TELL: Final = "停发、减发要书面告诉本人，写明理由和不服怎么办"
_POOR_AGAIN: Final = "新的测算又在标准以内，不是渐退了"
_NOBODY_LEFT: Final = "这户已经没有人了，渐退不用办了"
_ACTIONS: Final = {
    EndsBy.AGE: "告诉这户，问以后靠什么",
    EndsBy.TERM: "问要不要重新申请",
}


def graces_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for the household's 渐退 under way: what is to be done about it next."""
    for grace in work.standing.graces_of(HouseholdId(subject)):
        if grace.status not in UNDER_WAY:
            continue
        terms = rules.terms(work)
        row = _grace_row(work, grace, freeze_of(terms), events_of(grace, terms))
        if _is_poor_again(work, grace):
            row = replace(row, why=_POOR_AGAIN, action=_back(grace, events_of(grace, terms)),
                          appears_on=ALWAYS, due_on=None)  # fmt: skip
        if work.households.is_over(subject):
            is_ours = GraceEvent.CANCEL in events_of(grace, terms)
            action = "取消渐退" if is_ours else "告诉县里，请县里取消"
            row = replace(row, why=_NOBODY_LEFT, action=action, appears_on=ALWAYS, due_on=None)
        yield row


def _is_poor_again(work: UnitOfWork, grace: GracePeriod) -> bool:
    """Whether a test since the one it was proposed from finds the household under the standard, and
    no 渐退: the work that took them over the line is gone."""
    newest = work.casework.newest_assessment(grace.household)
    proposed = work.casework.assessment(grace.assessment)
    if newest is None or proposed is None or newest.made_at <= proposed.made_at:
        return False
    meets = StoredAnswer(newest).rung(Category.DIBAO).get("outcome") == Outcome.MEETS.value
    return meets and not is_graced(newest)


def _back(grace: GracePeriod, events: Sequence[GraceEvent]) -> str:
    """What follows from it: what has not begun is cancelled, what runs is given up for the full
    sum, by whoever may."""
    begun = grace.status in {GraceStatus.RUNNING, GraceStatus.ENDED}
    event = GraceEvent.REINSTATE if begun else GraceEvent.CANCEL
    if event in events:
        return event.label
    return f"告诉县里，请县里{event.label}"


def reviews_due_by_clock(
    work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each household whose review has a day, from 30 days before it."""
    for looked in work.standing.looked_at(subjects):
        if looked.since is None and looked.changed_on is None:
            continue
        due = review_due(work, rules, looked)
        if due.due_on is None:
            continue
        hurried = due.hurried_on is not None
        if hurried and untested(work, looked.household) is not None:
            continue  # it is asked to test the household first; that row stands there already
        why = CHANGED if hurried else f"该复核了：{due.case_class.label}"
        row = _row(work, WorkKind.PERIODIC_REVIEW, looked.household, why, "复核，记下来")
        yield replace(
            row,
            rule=due.rule,
            due_on=due.due_on,
            appears_on=ALWAYS if hurried else due.due_on - EARLY,
        )


def benefits_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each benefit with a known end, from 30 days before it; none where nobody is left
    to ask: the office is told of such a household by another row (`due_family`). And one for each
    that is somebody's own who has died: who pays does not hear of it alone (S0:L38 动态管理)."""
    for benefit in work.standing.running_benefits(HouseholdId(subject)):
        if _is_of_the_dead(work, benefit):
            if not (benefit.by_county and work.households.is_over(subject)):
                yield _dead_row(work, benefit)
        elif benefit.ends_on is not None and not work.households.is_over(subject):
            yield _benefit_row(work, benefit)


def told_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each benefit the county stopped or made less, until its F20 was printed for whom
    it is about; for three months, as long as it is news. What a 渐退 let go had its own F20."""
    household = HouseholdId(subject)
    if work.households.is_over(subject):
        return
    told = [one for one in told_of(work, household) if isinstance(one, Benefit)]
    if not told:
        return
    printed = {one.entity_id for one in work.casework.household_prints(household)}
    for benefit in told:
        if not benefit.by_county or benefit.to_month is None or benefit.id in printed:
            continue
        if benefit.stop_reason == LET_GO:
            continue
        begins = month_start(benefit.to_month, 1)
        why = f"县里从{month_words(begins)}起停发或减发{benefit.kind.label}"
        action = "打告知书（F20），送到手上"
        row = _row(work, WorkKind.BENEFIT_TOLD, household, why, action)
        yield replace(
            row,
            entity_id=benefit.id,
            rule=_TELL,
            page="printing",
            until=month_start(benefit.to_month, 1 + _NEWS_MONTHS),
        )


def _is_of_the_dead(work: UnitOfWork, benefit: Benefit) -> bool:
    """Whether it is for some people by name, and none of them is alive."""
    people = [work.people.get(one) for one in benefit.persons]
    known = [one for one in people if one is not None]
    return bool(known) and all(one.status is PersonStatus.DEAD for one in known)


def _dead_row(work: UnitOfWork, benefit: Benefit) -> DueItem:
    why = f"{benefit.person_names}去世了，{benefit.kind.label}还记着在发"
    action = "告诉县里停发" if benefit.by_county else "告诉发的单位，停这项"
    row = _row(work, WorkKind.BENEFIT_ENDS, benefit.household, why, action)
    return replace(row, entity_id=benefit.id, rule="待遇动态管理，人去世了要及时停")


def certificates_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each paper that runs out, from 30 days before it; no benefit ends by it alone."""
    for paper in work.standing.certificates_of(HouseholdId(subject)):
        why = f"{paper.person_name}的{paper.kind.label} {day_words(paper.valid_to)} 到期"
        action = f"提醒换{paper.kind.label}"
        row = _row(work, WorkKind.CERTIFICATE_ENDS, paper.household, why, action)
        yield replace(
            row,
            entity_id=paper.id,
            rule=paper_rule(paper.kind),
            due_on=paper.valid_to,
            appears_on=paper.valid_to - EARLY,
        )


def rigid_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for a household recognised as 刚性支出困难, from 30 days before it runs out."""
    household = HouseholdId(subject)
    deadline = rigid_validity(work, rules, household)
    if deadline is None or deadline.due_on is None or work.households.is_over(household):
        return
    why = f"刚性支出困难认定到 {day_words(deadline.due_on)}"
    row = _row(work, WorkKind.BENEFIT_ENDS, household, why, _ACTIONS[EndsBy.TERM])
    yield replace(
        row,
        rule=deadline.explanation,
        due_on=deadline.due_on,
        appears_on=deadline.due_on - EARLY,
    )


def _row(
    work: UnitOfWork, kind: WorkKind, household: HouseholdId, why: str, action: str
) -> DueItem:
    """A row about the household without a day."""
    who, place = work.visiting.place_of(household)
    return DueItem(
        kind=kind,
        entity_id=household,
        household=household,
        who=who,
        place=place,
        appears_on=ALWAYS,
        due_on=None,
        due_at=None,
        why=why,
        rule="",
        page=_PAGE,
        action=action,
        target=household,
    )


def _grace_row(
    work: UnitOfWork, grace: GracePeriod, freeze: Freeze, events: Sequence[GraceEvent]
) -> DueItem:
    """What is next: hear of the approval, begin, tell of the end, end it."""
    row = _row(work, WorkKind.GRACE, grace.household, "", "")
    row = replace(row, entity_id=grace.id, rule=grace.basis)
    if grace.status is GraceStatus.PROPOSED:
        return replace(row, why="渐退报上去了，等批", action="问批了没有")
    if grace.status is GraceStatus.APPROVED:
        why = f"渐退批了，从{month_words(grace.start_month)}起"
        action = "开始渐退" if grace.shares else "问清每月发几成"
        return replace(row, why=why, action=action, due_on=grace.start_month)
    if grace.status is GraceStatus.ENDED:
        action = "办退出或恢复" if GraceEvent.EXIT in events else "问县里：退出还是恢复"
        return replace(
            row, why=f"渐退满了，{_exit_words(freeze)}", action=action, rule=freeze.basis
        )
    last = grace.ends_on
    if last is None:
        return replace(row, why="正在渐退", action="看看")
    return replace(
        row,
        why=f"渐退到 {day_words(last)} 满，{_exit_words(freeze)}",
        action="告诉这户，满了记期满",
        due_on=last,
        appears_on=last - EARLY,
    )


def _exit_words(freeze: Freeze) -> str:
    if freeze.frozen is None:
        return "退不退问县里"
    return "现在暂停退出，先不退" if freeze.frozen else "满了退出低保"


def _benefit_row(work: UnitOfWork, benefit: Benefit) -> DueItem:
    last, by = benefit.ends_on, benefit.ends_by or EndsBy.TERM
    who = f"{benefit.person_names}的" if benefit.person_names else ""
    day = "" if last is None else day_words(last)
    ends = f"{day}到期" if by is EndsBy.TERM else f"{day}{by.label}"
    row = _row(
        work,
        WorkKind.BENEFIT_ENDS,
        benefit.household,
        f"{who}{benefit.kind.label}{ends}",
        _ACTIONS[by],
    )
    appears = ALWAYS if last is None else last - EARLY
    return replace(
        row, entity_id=benefit.id, rule=BENEFIT_RULES[by], due_on=last, appears_on=appears
    )
