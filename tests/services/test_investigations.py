"""入户调查: two investigators, one record, and the application that finds it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import Met
from app.domain.households import Category
from app.domain.ids import ApplicationId, HouseholdId
from app.domain.today import WorkKind
from app.domain.visit_words import VisitKind
from app.services.applications import FileApplication
from app.services.investigations import Investigations, RecordInvestigation
from tests.storefile import household_of
from tests.visiting import TODAY, refusal


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


# 入户调查


@pytest.fixture
def investigations(work):
    return Investigations(work.begin, work.clock)


def investigation(home, **changes):
    said = {
        "household": home.id,
        "investigated_on": TODAY,
        "investigators": ("王秀英", "韦志强"),
        "respondent": "覃兰英",
        "answers": {"housing": "自建砖房", "vehicles": " "},
        "fits": True,
        "conclusion": "",
    }
    return RecordInvestigation(**(said | changes))


def test_an_investigation_by_two_is_kept_and_is_a_home_visit(work, home, investigations):
    made = investigations.record(investigation(home))

    (found,) = investigations.of(home.id)
    assert (found.id, found.investigators) == (made, ("王秀英", "韦志强"))
    assert (dict(found.answers), found.fits) == ({"housing": "自建砖房"}, True)
    assert work.visits.last(home.id).kind is VisitKind.INVESTIGATION


@pytest.mark.parametrize(("respondent", "met"), [("覃兰英", Met.SELF), ("覃小雨", Met.FAMILY)])
def test_who_was_asked_is_who_was_met_and_nobody_is_said_to_have_said_its_note(
    work, home, investigations, respondent, met
):
    investigations.record(investigation(home, respondent=respondent))
    work.clock.advance(days=60)

    (row,) = [one for one in work.worklist.everything() if one.kind is WorkKind.VISIT]
    assert work.visits.last(home.id).met is met
    assert "没去了" in row.why
    assert "上次说" not in row.why


@pytest.mark.parametrize("names", [(), ("王秀英",), ("王秀英", " 王秀英 "), ("王秀英", "")])
def test_one_person_alone_is_no_investigation(work, home, investigations, names):
    request = investigation(home, investigators=names)

    assert refusal(investigations.record, request).code == "F-73"
    assert investigations.of(home.id) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"respondent": " "}, "F-74"),
        ({"fits": None}, "F-74"),
        ({"fits": False}, "F-74"),
        ({"investigated_on": TODAY + timedelta(days=1)}, "F-75"),
        ({"investigated_on": date(1900, 1, 1)}, "F-87"),
        ({"application": ApplicationId("nobody")}, "F-76"),
        ({"household": HouseholdId("nobody")}, "F-01"),
    ],
)
def test_an_investigation_that_cannot_stand_is_refused(work, home, investigations, changes, code):
    assert refusal(investigations.record, investigation(home, **changes)).code == code
    assert work.visits.last(home.id) is None


def test_an_application_finds_its_investigation(work, home, investigations):
    application = work.applications.file(
        FileApplication(household=home.id, requested=(Category.DIBAO,), assessment=None)
    ).id
    assert investigations.of_application(application) is None

    made = investigations.record(investigation(home, application=application))

    assert investigations.of_application(application).id == made
    assert investigations.of_application(ApplicationId("nobody")) is None
