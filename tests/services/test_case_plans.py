"""Cases: six steps one after the other, each said in words, with the day agreed for the next."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.domain.case_plan_states import CaseEvent, CaseStage
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.services.caring_book import CaringBook
from app.services.case_plans import CaseFacts, CasePlans, NewCasePlan
from app.services.timeline import timeline_of
from app.services.written_rules import CASE_STEPS
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
E = CaseEvent


@pytest.fixture
def village(work):
    home = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([home])
    return SimpleNamespace(
        work=work,
        home=home,
        cases=CasePlans(work.begin, work.clock),
        book=CaringBook(work.begin, work.clock, work.rules),
    )


def begun(village, **told):
    told = {"need": "孩子辍学，奶奶带不动", "opened_on": TODAY, "due_on": FRIDAY} | told
    return village.cases.open(NewCasePlan(household=village.home.id, **told))


def step(village, case, event, on=TODAY, **told):
    return village.cases.step(case, event, CaseFacts(happened_on=on, **({"note": "问过"} | told)))


def rows(village):
    return [one for one in village.work.worklist.today().items if one.kind is WorkKind.CASE_PLAN]


def refused(code, field, deed, *args, **told):
    with pytest.raises(Refused) as problem:
        deed(*args, **told)

    assert (problem.value.code, problem.value.field) == (code, field)


def test_a_case_goes_through_the_six_steps_to_what_came_of_it(village):
    case = begun(village)
    stages = [
        step(village, case, event, note=note).status
        for event, note in (
            (E.DONE, "是这一家，奶奶也说难"),
            (E.DONE, "要人接送，要补课"),
            (E.SKIP, "学校有现成的计划"),
            (E.DONE, "学校、妇联各出一个人"),
            (E.DONE, "社工每周来一次"),
            (E.CLOSE, "孩子回学校了"),
        )
    ]

    assert stages == [
        CaseStage.ANALYSE, CaseStage.DRAW_UP, CaseStage.GATHER, CaseStage.STEP_IN,
        CaseStage.FOLLOW, CaseStage.CLOSED,
    ]  # fmt: skip
    steps = village.book.file(case).steps
    assert [one.label for one in steps] == [
        "识别对象：做完这一步", "分析需求：做完这一步", "制定计划：跳过这一步",
        "协调资源：做完这一步", "专业介入：做完这一步", "跟踪问效：办结个案",
    ]  # fmt: skip
    assert steps[2].note == "学校有现成的计划"
    assert village.book.lines() == []


@pytest.mark.parametrize("event", list(E))
def test_no_step_is_taken_without_a_word(village, event):
    case = begun(village)
    for done in (E.DONE, E.DONE, E.DONE, E.DONE, E.DONE):
        if event in village.book.file(case).events:
            break
        step(village, case, done)
    before = village.book.file(case).at

    refused("L-04", "note", step, village, case, event, note=" ")

    assert village.book.file(case).at == before


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"need": " "}, "L-04", "need"),
        ({"opened_on": TODAY + timedelta(days=1)}, "L-03", "happened_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "L-18", "due_on"),
    ],
)
def test_a_case_that_is_not_whole_is_not_begun(village, told, code, field):
    refused(code, field, begun, village, **told)

    assert village.book.lines() == []


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "L-03", "happened_on"),
        ({"on": TODAY - timedelta(days=1)}, "L-03", "happened_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "L-18", "due_on"),
    ],
)
def test_a_step_on_a_day_that_cannot_be_changes_nothing(village, told, code, field):
    case = begun(village)

    refused(code, field, step, village, case, E.DONE, **told)

    assert village.book.file(case).at.status is CaseStage.IDENTIFY


def test_whose_case_it_is_cannot_be_skipped(village):
    refused("L-16", None, step, village, begun(village), E.SKIP)


def test_a_household_has_one_case_in_hand(village):
    case = begun(village)
    refused("L-17", "need", begun, village)
    step(village, case, E.DROP, note="不要人管")

    later = begun(village)

    refused("L-17", "need", step, village, case, E.REOPEN)
    step(village, later, E.DROP, note="记重了")
    assert step(village, case, E.REOPEN).status is CaseStage.ANALYSE


def test_a_note_keeps_the_day_that_was_agreed_and_a_step_asks_for_another(village):
    case = begun(village)

    kept = step(village, case, E.NOTE).due_on
    moved = step(village, case, E.NOTE, due_on=FRIDAY + timedelta(days=3)).due_on
    none = step(village, case, E.DONE).due_on

    assert (kept, moved, none) == (FRIDAY, FRIDAY + timedelta(days=3), None)


def test_the_day_agreed_is_on_todays_list_with_its_rule(village):
    case = begun(village)
    (row,) = rows(village)
    said = (row.why, row.due_on, row.rule, row.entity_id, row.page)
    step(village, case, E.DONE)
    (without,) = rows(village)
    step(village, case, E.NOTE, due_on=TODAY + timedelta(days=30))
    later = rows(village)
    village.work.clock.advance(days=23)
    (again,) = rows(village)
    step(village, case, E.DROP, on=village.work.clock.today())

    assert said == ("识别对象：孩子辍学，奶奶带不动", FRIDAY, CASE_STEPS, case, "caring")
    assert (without.why, without.due_on) == ("分析需求：哪天做还没说定", None)
    assert later == []
    assert again.due_on == TODAY + timedelta(days=30)
    assert rows(village) == []


def test_when_nobody_is_left_the_case_asks_to_be_ended_and_is_not_begun_again(village):
    case = begun(village)
    first, last = (one.person.id for one in village.home.members)
    for gone, head in ((first, last), (last, None)):
        village.work.families.do(
            FamilyChange(
                household=village.home.id,
                kind=FamilyDeed.DEATH,
                on=TODAY,
                people=(gone,),
                head=head,
            )
        )
    (row,) = rows(village)
    step(village, case, E.DROP, note="人不在了")

    assert row.action == "问清楚，记中止个案"
    village.work.clock.advance(days=1)
    refused("F-89", "happened_on", step, village, case, E.REOPEN, village.work.clock.today())


def test_every_step_stands_on_the_timeline_of_the_household(village):
    case = begun(village)
    step(village, case, E.DONE, note="是这一家")
    with village.work.begin() as unit:
        told = timeline_of(unit, village.home.id)

    assert [(one.title, one.target) for one in told if one.target == case] == [
        ("个案：识别对象：做完这一步", case), ("个案", case),
    ]  # fmt: skip


def test_there_is_no_such_case(village):
    refused("L-05", None, step, village, "nowhere", E.DONE)


def test_what_comes_next_may_be_agreed_for_the_same_day(village):
    assert begun(village, due_on=TODAY)


def test_no_case_is_begun_where_nobody_is_left(village):
    for member in reversed(village.home.members):
        village.work.families.do(
            FamilyChange(
                household=village.home.id,
                kind=FamilyDeed.DEATH,
                on=TODAY,
                people=(member.person.id,),
                head=None,
            )
        )

    village.work.clock.advance(days=1)
    tomorrow = village.work.clock.today()

    refused("F-89", "happened_on", begun, village, opened_on=tomorrow)


def test_one_that_ended_may_begin_again_though_another_one_ended_too(village):
    first = begun(village)
    step(village, first, E.DROP)
    second = begun(village)
    step(village, second, E.DROP)

    assert step(village, first, E.REOPEN).id == first
    refused("L-17", "need", step, village, second, E.REOPEN)
