"""The small forms of an application as values: what they ask, keep as a draft, and record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.procedure import ObjectionOutcome
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from app.ui.applications.asking import Ask
from app.ui.applications.deeds import deed_of
from app.ui.applications.deeds_signed import converting, proxying, settling, signing
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.keys import Start
from app.ui.applications.table import Part, part_rows
from tests.filing import TOLD, refused
from tests.work_pages import ZHAO, Room


class Case:
    """An application on a real vault, and the deeds it offers."""

    def __init__(self, room: Room) -> None:
        self.room, services = room, room.desk
        self.desk = ApplicationDesk.of(services)
        self.id = room.do(
            lambda: services.applications.file(FileApplication(household=ZHAO, assessment=None)).id
        )

    @property
    def today(self) -> date:
        return self.room.clock.today()

    @property
    def file(self):
        return self.room.do(lambda: self.desk.files.get(self.id))

    def deed(self, event: E):
        action = next(one for one in self.file.actions if one.event is event)
        return deed_of(action, self.file, self.today)

    def do(self, deed, **answers) -> str:
        return self.room.do(lambda: deed.act(self.desk, deed.start | answers))

    def take(self, event: E, **said) -> None:
        step = TakeStep(application=self.id, event=event, happened_on=self.today, **said)
        self.room.do(lambda: self.desk.steps.take(step))

    def assessed(self) -> None:
        self.do(signing(self.file, self.today))
        self.take(E.SUBMIT)
        self.take(E.ACCEPT, **TOLD)
        self.take(E.CHECK_REPORT, **TOLD)
        self.take(E.INVESTIGATED, investigators=("甲", "乙"))

    def post(self, event: E = E.POST) -> str:
        return self.do(
            self.deed(event),
            places=("village_board",),
            posted_by="甲",
            witnesses="乙、丙",
            contact="村委会",
        )


@pytest.fixture
def case(room: Room) -> Case:
    return Case(room)


def test_an_objection_is_answered_and_the_notice_hangs_anew(case: Case):
    case.assessed()
    case.post()
    case.do(case.deed(E.OBJECTION), content="他家有车")
    answering = case.deed(E.REINVESTIGATED)
    unsaid = refused(case.do, answering, investigators="甲、乙", reply="查了")

    case.do(
        answering, investigators="甲、乙", reply="车是亲戚的", outcome=ObjectionOutcome.DISMISSED
    )

    assert (unsaid.code, unsaid.field) == ("A-20", "outcome")
    assert case.file.application.status is S.ASSESSED
    assert "提醒" in case.post()


def test_a_day_left_empty_is_asked_for(case: Case):
    refusal = refused(case.do, case.deed(E.WITHDRAW), happened_on=None, note="不办了")

    assert (refusal.code, refusal.field) == ("A-39", "happened_on")


def test_while_a_notice_hangs_the_first_row_goes_on_and_is_no_objection(case: Case):
    case.assessed()
    case.post()
    file = case.file

    keys = [row.key for row in part_rows(Part.DO, file) if row.key in _steps(file)]

    assert file.actions[keys[0].at].event is E.NOTICE_CLEAN
    assert E.OBJECTION in {file.actions[key.at].event for key in keys}


def _steps(file) -> set[Start]:
    return {Start("event", at) for at in range(len(file.actions))}


@pytest.mark.parametrize("may", [True, False])
def test_going_over_is_offered_where_it_is_allowed(case: Case, may):
    file = replace(case.file, may_convert=may)

    assert (Start("convert") in [row.key for row in part_rows(Part.DO, file)]) is may


def test_a_marginal_family_goes_over_by_consent(case: Case):
    deed = converting(case.file, case.today)

    assert refused(case.do, deed, wanted=Category.DIBAO).code == "A-36"
    assert [field.key for field in deed.fields] == ["wanted", "consent_on"]


def test_a_township_s_step_asks_who_and_which_paper_and_one_s_own_does_not(case: Case):
    case.do(signing(case.file, case.today))
    case.take(E.SUBMIT)

    accept = [field.key for field in case.deed(E.ACCEPT).fields]
    withdraw = [field.key for field in case.deed(E.WITHDRAW).fields]

    assert accept == ["happened_on", "told_by", "paper_no", "note"]
    assert withdraw == ["happened_on", "note"]
    assert "materials" in [field.key for field in case.deed(E.NEED_MATERIAL).fields]


def test_answers_come_back_from_a_draft_as_they_were(case: Case):
    deed = settling(case.file, case.file.materials[0], case.today)
    answers = deed.start | {"replaces": "户口本", "day": date(2026, 3, 1)}

    again = deed.read(deed.kept(answers))

    assert again == answers
    assert deed.read(None) == deed.start
    assert deed.read({"nothing": 1}) == deed.start


def test_several_answers_and_none_survive_a_draft(case: Case):
    case.assessed()
    deed = case.deed(E.POST)
    places = next(field for field in deed.fields if field.ask is Ask.SEVERAL)
    chosen = tuple(code for code, _label in places.options[1:3])

    again = deed.read(deed.kept(deed.start | {"places": chosen, "posted_on": None}))

    assert (again["places"], again["posted_on"]) == (chosen, None)


def test_who_files_starts_with_what_is_known(case: Case):
    assert proxying(case.file).start["filed_by"].value == "self"
