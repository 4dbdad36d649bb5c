"""Whose a step is, and what a community review takes, by the pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application_events import Actor, ApplicationEvent
from app.domain.procedure import Attendant, ReviewRole
from app.rules import parameters
from app.rules.grounds import Ground
from app.rules.procedure import (
    NO_REVIEW_RULES,
    asks_for_relatives,
    checks_first,
    hand_of,
    review_mode,
    review_verdict,
    shows_minors,
)
from app.rules.terms import Found, terms_of
from tests.cases import ON, national, practice


def terms(**changed):
    """The practice county's terms with some values put in place of its own; None takes one out."""
    found = terms_of(practice(), ON)
    values = dict(found.values)
    for name, value in changed.items():
        values.pop((name, None), None)
        if value is not None:
            values[name, None] = Found(value, Ground("某办法", "第一条"))
    return replace(found, values=values)


def people(villagers, committee=0, recused=0):
    return (
        *(Attendant(name="甲", role=ReviewRole.VILLAGER) for _ in range(villagers)),
        *(Attendant(name="乙", role=ReviewRole.COMMITTEE) for _ in range(committee)),
        *(Attendant(name="丙", role=ReviewRole.VILLAGER, recused=True) for _ in range(recused)),
    )


@pytest.mark.parametrize(
    ("level", "actor"),
    [("township", Actor.TOWNSHIP), ("village_by_delegation", Actor.VILLAGE)],
)
@pytest.mark.parametrize(
    "event", [ApplicationEvent.ACCEPT, ApplicationEvent.NOT_ACCEPT, ApplicationEvent.NEED_MATERIAL]
)
def test_acceptance_is_whose_the_pack_says(event, level, actor):
    hand = hand_of(event, terms(acceptance_level=level))

    assert (hand.actor, str(hand.ground)) == (actor, "某办法 第一条")


def test_a_pack_silent_on_acceptance_leaves_it_with_the_township():
    hand = hand_of(ApplicationEvent.ACCEPT, terms(acceptance_level=None))

    assert (hand.actor, hand.ground) == (Actor.TOWNSHIP, None)


@pytest.mark.parametrize(
    ("event", "actor"),
    [
        (ApplicationEvent.CHECK_REPORT, Actor.TOWNSHIP),
        (ApplicationEvent.EXTEND, Actor.TOWNSHIP),
        (ApplicationEvent.CONFIRM, Actor.COUNTY),
        (ApplicationEvent.RETURN, Actor.COUNTY),
        (ApplicationEvent.PUBLISH, Actor.COUNTY),
        (ApplicationEvent.INVESTIGATED, Actor.VILLAGE),
        (ApplicationEvent.POST, Actor.VILLAGE),
        (ApplicationEvent.WITHDRAW, Actor.VILLAGE),
    ],
)
def test_other_steps_are_the_same_everywhere(event, actor):
    assert hand_of(event, terms()).actor is actor


def test_what_the_pack_does_not_say_is_taken_the_careful_way():
    silent = terms(
        community_review_mode=None,
        relative_filing_required=None,
        check_before_acceptance=None,
        notice_excludes_minors=None,
    )

    assert review_mode(silent) == "optional"
    assert asks_for_relatives(silent)
    assert not checks_first(silent)
    assert not shows_minors(silent)


def test_what_the_pack_says_is_taken():
    said = terms(
        community_review_mode="required",
        relative_filing_required=False,
        check_before_acceptance=True,
        notice_excludes_minors=False,
    )

    assert review_mode(said) == "required"
    assert not asks_for_relatives(said)
    assert checks_first(said)
    assert shows_minors(said)


def test_the_national_pack_leaves_the_review_to_the_county():
    found = terms_of(national(), date(2026, 3, 2))

    assert found.find(parameters.REVIEW_QUORUM) is None
    verdict = review_verdict(found, people(20), 20)

    assert (verdict.passed, verdict.rule) == (None, NO_REVIEW_RULES)


def test_a_pack_with_a_quorum_and_no_majority_decides_nothing():
    verdict = review_verdict(terms(community_review_pass=None), people(20), 20)

    assert verdict.passed is None


@pytest.mark.parametrize(
    ("majority", "agree", "passed"),
    [
        ("more_than_half", 6, False),
        ("more_than_half", 7, True),
        ("two_thirds", 7, False),
        ("two_thirds", 8, True),
        ("four_fifths", 9, False),
        ("four_fifths", 10, True),
    ],
)
def test_the_majority_is_of_those_who_may_vote(majority, agree, passed):
    verdict = review_verdict(terms(community_review_pass=majority), people(12, recused=5), agree)

    assert verdict.passed is passed


def test_somebody_recused_does_not_fill_the_quorum():
    assert review_verdict(terms(), people(9), 9).passed
    verdict = review_verdict(terms(), people(8, recused=3), 8)

    assert (verdict.passed, verdict.is_void) == (None, True)
    assert verdict.reasons == ("能投票的只有 8 人，要 9 人以上",)


def test_too_few_villagers_spoil_a_review():
    verdict = review_verdict(terms(), people(2, committee=8), 10)

    assert (verdict.passed, verdict.is_void) == (None, True)
    assert verdict.reasons == ("村民代表只有 2 人，要占三分之一以上",)


@pytest.mark.parametrize("share", ["", None])
def test_without_a_share_anybody_may_come(share):
    free = terms(community_review_villagers=None)
    if share == "":
        none = Found(None, Ground("某办法", "第一条"))
        free = replace(free, values={**free.values, ("community_review_villagers", None): none})

    assert review_verdict(free, people(0, committee=9), 9).passed


def test_nobody_is_no_majority():
    none = terms(community_review_pass="two_thirds", community_review_quorum=0)

    assert review_verdict(none, (), 0).passed is False


def test_the_rule_is_told_with_its_clause():
    assert review_verdict(terms(), people(9), 9).rule == (
        "到会 9 人以上、过半数同意，示例：练习县低保办法（不是真文件） 第十五条"
    )
