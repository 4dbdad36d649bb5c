"""A talk about a household as an interviewer leads it, for the tests of its pages and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.households import Area
from app.domain.people import (
    Relation,
)
from app.rules.facts import (
    Facts,
    HouseholdFacts,
    Member,
)
from app.ui.assessment.blocks import NOTHING
from app.ui.assessment.interview import Interview

ON = date(2026, 3, 2)

HEAD, SON, GIRL = "p1", "p2", "p3"


def facts(**household: object) -> Facts:
    """Three people nobody has asked about yet."""
    members = (
        Member(id=HEAD, relation=Relation.HEAD, birth=date(1955, 3, 9), name="李桂芳"),
        Member(id=SON, relation=Relation.CHILD, birth=date(1984, 11, 2), name="李建国"),
        Member(id=GIRL, relation=Relation.GRANDCHILD, birth=date(2014, 9, 1), name="李小雨"),
    )
    whole = HouseholdFacts(area=Area.RURAL, members=members)
    return Facts(id="case-1", household=replace(whole, **household))


def told(talk: Interview, **answers: object) -> Interview:
    """Answer fields of the open page and go on."""
    for field, value in answers.items():
        talk.answer(field, value)
    talk.go_on()
    return talk


def asked_people(talk: Interview) -> Interview:
    everybody = {"hukou": "local", "living": "together", "illness": "no", "disabled": "no"}
    told(talk, **everybody, labour="none")
    told(talk, **everybody, labour="able")
    return told(talk, **everybody, student="compulsory")


def asked_all(talk: Interview) -> Interview:
    asked_people(talk)
    told(talk, kind="resident_pension_basic", month="130.00", more="no")
    told(talk, kind="wage", month="800.00", months=12, first_job="no", more="no")
    told(talk, kind=NOTHING)
    told(talk, kind=NOTHING)
    for _member in range(3):
        told(talk, kind=NOTHING)
    told(talk, deposit="0.00", vehicle=0, house=1, nonresidential="no", business="no")
    return told(talk, kind=NOTHING)
