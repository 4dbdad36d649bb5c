"""留守: who is left at home, and from which birthday to which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.due import ALWAYS
from app.domain.households import Category
from app.domain.people import Living, Relation, Sex
from app.domain.today import WorkKind
from app.services.due_visits import visits_due
from app.services.left_behind import Span, gaps_of, is_wife_alone, spans_of
from app.store.queries.worklist import AtHome, Place, Visited
from tests.storefile import household_of

AWAY = AtHome(date(1985, 1, 1), Living.AWAY_FOR_WORK)
OLD = AtHome(date(1950, 5, 4), Living.TOGETHER)
CHILD = AtHome(date(2015, 9, 1), Living.TOGETHER)
GROWN = AtHome(date(1990, 1, 1), Living.TOGETHER)
EVE, LATER = date(2044, 12, 31), date(2045, 1, 1)
VISIT, ELDER, LEFT = WorkKind.VISIT, WorkKind.LEFT_BEHIND_ELDER, WorkKind.LEFT_BEHIND_CHILD


def home(*people, category=Category.NONE):
    return Visited(Place("h", "", ""), category, None, people, None, None)


@pytest.mark.parametrize(
    ("people", "kind"),
    [
        ((AWAY, OLD), ELDER),
        ((AWAY, OLD, CHILD), LEFT),
        ((AWAY, CHILD), LEFT),
        ((AWAY, OLD, GROWN), None),
        ((AWAY, OLD, AtHome(None, Living.TOGETHER)), None),
        ((OLD, CHILD), None),
        ((AWAY,), None),
        ((AWAY, AtHome(date(1950, 1, 1), Living.INSTITUTION)), None),
    ],
)
def test_somebody_is_away_for_work_and_nobody_of_working_age_stays(people, kind):
    kinds = {span.kind for span in spans_of(home(*people)) if span.first is None}

    assert kinds == ({kind} if kind else set())


def test_from_the_sixteenth_birthday_it_is_the_elders_check():
    assert spans_of(home(AWAY, OLD, CHILD)) == [
        Span(LEFT, None, date(2031, 8, 31)),
        Span(ELDER, date(2031, 9, 1), date(2033, 8, 31)),
    ]  # at eighteen the child is grown up, and nobody is left behind


def test_an_assisted_household_is_visited_in_between():
    spans = spans_of(home(AWAY, AtHome(date(1967, 3, 1), None), category=Category.DIBAO))

    assert spans == [
        Span(VISIT, None, date(2027, 2, 28)),
        Span(ELDER, date(2027, 3, 1), None),
    ]


def test_dispersed_tekun_have_a_check_of_their_own_and_in_an_institution_nobody_is_visited():
    lives_there = AtHome(date(1950, 1, 1), Living.INSTITUTION)

    assert spans_of(home(OLD, category=Category.TEKUN)) == [Span(WorkKind.CARE_CHECK)]
    assert spans_of(home(lives_there, category=Category.TEKUN)) == []
    assert spans_of(home(lives_there, lives_there, category=Category.DIBAO)) == []
    assert spans_of(home(lives_there, OLD, category=Category.TEKUN)) == [Span(WorkKind.CARE_CHECK)]
    assert spans_of(home(category=Category.DIBAO)) == [Span(VISIT)]  # nobody is known yet


def test_without_anybody_left_behind_only_the_assisted_are_visited():
    assert spans_of(home(GROWN, category=Category.MARGINAL)) == [Span(VISIT)]
    assert spans_of(home(GROWN)) == []


def test_what_lies_before_the_program_is_one_span():
    spans = spans_of(home(AWAY, AtHome(date(1940, 1, 1), None)))

    assert spans == [Span(ELDER, None, None)]
    assert date(2025, 1, 1) == ALWAYS


HUSBAND = AtHome(date(1985, 1, 1), Living.AWAY_FOR_WORK, Sex.MALE)
WIFE = AtHome(date(1986, 1, 1), Living.TOGETHER, Sex.FEMALE)


@pytest.mark.parametrize(
    ("people", "alone"),
    [
        ((HUSBAND, WIFE), True),
        ((HUSBAND, WIFE, OLD, CHILD), True),
        ((replace(HUSBAND, living=Living.TOGETHER), WIFE), False),
        ((HUSBAND, replace(WIFE, living=Living.AWAY_FOR_WORK)), False),
        ((AWAY, WIFE), False),
        ((HUSBAND, GROWN), False),
    ],
)
def test_a_wife_keeps_the_house_while_her_husband_works_elsewhere(people, alone):
    assert is_wife_alone(home(*people)) is alone


@pytest.mark.parametrize(
    ("spans", "gaps"),
    [
        ([], [(None, None)]),
        ([Span(VISIT)], []),
        ([Span(ELDER, LATER)], [(None, EVE)]),
        ([Span(LEFT, None, EVE)], [(LATER, None)]),
        (
            [
                Span(LEFT, None, EVE),
                Span(ELDER, LATER),
            ],
            [],
        ),
    ],
    ids=["nobody", "always", "in years", "grown up", "one after the other"],
)
def test_who_is_asked_for_by_no_other_round_is_swept_in_between(spans, gaps):
    assert gaps_of(spans) == gaps


def test_the_yearly_round_goes_on_until_they_are_old(work):
    couple = couple_away()
    work.households.add_all([couple])

    with work.begin() as unit:
        rows = list(visits_due(unit, work.worklist.rules, [couple.id]))

    assert [(one.kind, one.until) for one in rows] == [
        (ELDER, None),
        (WorkKind.SWEEP, date(2044, 12, 31)),
    ]


def test_a_household_may_be_swept_before_and_after_another_round(work):
    made = household_of("韦大山", "覃小雨", "韦小宝", id_number=None)
    births = (date(1985, 1, 1), date(1968, 1, 1), date(2015, 9, 1))
    ways = (Living.AWAY_FOR_WORK, Living.TOGETHER, Living.TOGETHER)
    members = tuple(
        replace(one, living=way, person=replace(one.person, birth=birth))
        for one, way, birth in zip(made.members, ways, births, strict=True)
    )
    work.households.add_all([replace(made, members=members, category=Category.NONE)])

    with work.begin() as unit:
        rows = list(visits_due(unit, work.worklist.rules, [made.id]))

    assert [one.kind for one in rows].count(WorkKind.SWEEP) == 2
    assert work.worklist.check() == []


def test_the_yearly_round_says_so(work):
    couple = couple_away()
    work.households.add_all([couple])

    rows = work.worklist.everything()

    assert [row.why for row in rows if row.kind is WorkKind.SWEEP] == [
        "丈夫在外打工，留守妇女在家，还没有走到过"
    ]


def couple_away():
    made = household_of("韦大山", "覃小雨", id_number=None, birth=date(1985, 1, 1))
    head, wife = made.members
    head = replace(head, living=Living.AWAY_FOR_WORK, person=replace(head.person, sex=Sex.MALE))
    wife = replace(
        wife,
        relation=Relation.SPOUSE,
        living=Living.TOGETHER,
        person=replace(wife.person, sex=Sex.FEMALE),
    )
    return replace(made, members=(head, wife), category=Category.NONE)
