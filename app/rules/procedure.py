"""What the pack says of the procedure: whose a step is, and what a community review takes.

The village decides nothing (民发〔2021〕57号 第二条、第四条): a step that is the township's is
recorded as it was told, unless the pack lets the village accept on its behalf (委托受理, S3:L24).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.application_events import Actor, ApplicationEvent
from app.domain.procedure import NO_REVIEW_RULES, Attendant, ReviewRole
from app.rules import parameters
from app.rules.grounds import Ground
from app.rules.terms import Terms

BY_DELEGATION: Final = "village_by_delegation"
_ACCEPTANCE: Final = frozenset(
    {
        ApplicationEvent.ACCEPT,
        ApplicationEvent.NOT_ACCEPT,
        ApplicationEvent.NEED_MATERIAL,
    }
)
_TOWNSHIP: Final = frozenset(
    {
        ApplicationEvent.PRECHECK,
        ApplicationEvent.SEND_CHECK,
        ApplicationEvent.CHECK_REPORT,
        ApplicationEvent.EXTEND,
    }
)
_COUNTY: Final = frozenset(
    {
        ApplicationEvent.CONFIRM,
        ApplicationEvent.RETURN,
        ApplicationEvent.REFUSE,
        ApplicationEvent.PUBLISH,
        ApplicationEvent.REGISTER,
    }
)
_SHARES: Final = {
    "one_third": (Fraction(1, 3), "三分之一"),
    "half": (Fraction(1, 2), "一半"),
    "two_thirds": (Fraction(2, 3), "三分之二"),
}
_PASS: Final = {
    "more_than_half": (Fraction(1, 2), "过半数同意"),
    "two_thirds": (Fraction(2, 3), "三分之二以上同意"),
    "four_fifths": (Fraction(4, 5), "五分之四以上同意"),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose a step is, and the clause that says so where the pack has one."""

    actor: Actor
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class ReviewVerdict:
    """How a review ended. `passed` is None while the county has not said what it takes, and where
    it decided nothing: too few came, or too few of the villagers."""

    passed: bool | None
    rule: str
    reasons: tuple[str, ...] = ()

    @property
    def is_void(self) -> bool:
        """Whether it decided nothing and has to be held again."""
        return self.passed is None and self.rule != NO_REVIEW_RULES


def hand_of(event: ApplicationEvent, terms: Terms) -> Hand:
    """Whose `event` is. A pack silent on acceptance leaves it with the township."""
    if event in _COUNTY:
        return Hand(Actor.COUNTY)
    if event in _TOWNSHIP:
        return Hand(Actor.TOWNSHIP)
    if event not in _ACCEPTANCE:
        return Hand(Actor.VILLAGE)
    found = terms.find(parameters.ACCEPTANCE_LEVEL)
    if found is None:
        return Hand(Actor.TOWNSHIP)
    actor = Actor.VILLAGE if found.value == BY_DELEGATION else Actor.TOWNSHIP
    return Hand(actor, found.ground)


def review_mode(terms: Terms) -> str:
    """required · optional · none; optional where the pack is silent."""
    found = terms.find(parameters.COMMUNITY_REVIEW)
    return "optional" if found is None else found.value


def asks_for_relatives(terms: Terms) -> bool:
    """Whether 近亲属备案 is asked of every household; yes where the pack is silent (R50)."""
    found = terms.find(parameters.RELATIVE_FILING)
    return found is None or found.value


def checks_first(terms: Terms) -> bool:
    """Whether means are checked before acceptance."""
    found = terms.find(parameters.CHECK_FIRST)
    return found is not None and found.value


def shows_minors(terms: Terms) -> bool:
    """Whether a notice may name a minor; never unless the pack says so."""
    found = terms.find(parameters.NOTICE_NO_MINORS)
    return found is not None and not found.value


def review_verdict(terms: Terms, attendance: tuple[Attendant, ...], agree: int) -> ReviewVerdict:
    """Whether a review of one household was quorate and passed. One that was not decided nothing.

    Those recused are not counted as present. The share of villagers and the majority are of the
    same people: those who could vote.
    """
    quorum = terms.find(parameters.REVIEW_QUORUM)
    majority = terms.find(parameters.REVIEW_PASS)
    villagers = terms.find(parameters.REVIEW_VILLAGERS)
    if quorum is None or majority is None:
        return ReviewVerdict(None, NO_REVIEW_RULES)
    voting = [one for one in attendance if not one.recused]
    needed, words = _PASS[majority.value]
    rule = f"到会 {quorum.value} 人以上、{words}，{majority.ground}"
    reasons = []
    if len(voting) < quorum.value:
        reasons.append(f"能投票的只有 {len(voting)} 人，要 {quorum.value} 人以上")
    if villagers is not None and villagers.value is not None:
        share, part = _SHARES[villagers.value]
        of_village = sum(one.role is ReviewRole.VILLAGER for one in voting)
        if of_village < share * len(voting):
            reasons.append(f"村民代表只有 {of_village} 人，要占{part}以上")
    if reasons:
        return ReviewVerdict(None, rule, tuple(reasons))
    if not _is_majority(agree, len(voting), needed, strict=majority.value == "more_than_half"):
        reasons.append(f"同意 {agree} 票，不到“{words}”")
    return ReviewVerdict(not reasons, rule, tuple(reasons))


def _is_majority(agree: int, voting: int, needed: Fraction, *, strict: bool) -> bool:
    """More than half is strict; "三分之二以上" includes two thirds (民法典 第一千二百五十九条)."""
    return agree > needed * voting if strict else agree >= needed * voting > 0
