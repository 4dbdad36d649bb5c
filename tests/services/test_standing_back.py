"""Nobody looks into, judges, chairs or attests the case of their own people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.ids import ObligorId, new_id
from app.domain.people import Obligor
from app.domain.procedure import Attendant, ReviewRole
from app.services.application_signatures import DeclareRelatives
from app.services.household_records import obligor_fields
from app.services.investigations import Investigations, RecordInvestigation
from tests.fakes import NOON
from tests.filing import Filing, refused, villagers

STAFF, SON = "覃大山", "覃小军"


@pytest.fixture
def filing(work):
    """An application whose household declared a relative on the staff and has a son in town."""
    filing = Filing(work)
    son = Obligor(
        id=ObligorId(new_id(NOON)), household=filing.household.id, name=SON, relation="儿子"
    )
    with work.begin() as unit:
        unit.change(
            kind="household.corrected", entity="support_obligor", entity_id=son.id,
            subject=filing.household.id, new=True, fields=obligor_fields(son),
        )  # fmt: skip
        unit.commit()
    filing.household = replace(filing.household, obligors=(son,))
    work.signatures.declare(
        DeclareRelatives(
            application=filing.id, has_relative=True, staff_name=STAFF, staff_unit="村委会",
            staff_post="副主任", relation="叔叔", declared_on=work.clock.today(),
        )
    )  # fmt: skip
    return filing


@pytest.mark.parametrize("name", [STAFF, SON, "覃小雨"])
def test_who_is_theirs_does_not_look_into_it(filing, name):
    filing.checked()

    assert filing.refusal(E.INVESTIGATED, investigators=(name, "韦小妹")).code == "A-13"
    asked = RecordInvestigation(
        household=filing.household.id, investigated_on=filing.today, respondent="本人",
        investigators=(name, "韦小妹"), answers={}, fits=True, conclusion="属实",
    )  # fmt: skip
    record = Investigations(filing.work.begin, filing.work.clock).record
    assert refused(record, asked).code == "F-73"
    filing.take(E.INVESTIGATED, investigators=(f"{name}（镇政府）", "韦小妹"))


@pytest.fixture
def reviewing(filing):
    return filing.checked().take(E.INVESTIGATED, investigators=("侬阿公", "韦小妹"))


@pytest.mark.parametrize("name", [STAFF, SON, "覃兰英"])
def test_who_is_theirs_neither_votes_nor_chairs_nor_writes(reviewing, name):
    reviewing.take(E.NEED_REVIEW)
    voting = (*villagers(9), Attendant(name=name, role=ReviewRole.VILLAGER, recused=False))
    calm = {"chair": "侬主任", "recorder": "韦小妹"}

    assert refused(reviewing.review, attendance=voting, **calm).code == "A-41"
    for seat in calm:
        refusal = refused(reviewing.review, **(calm | {seat: name}))
        assert (refusal.code, refusal.field) == ("A-41", "chair")
    assert reviewing.review(**calm).passed is not None


@pytest.mark.parametrize("hands", ["posted_by", "witnesses"])
def test_the_family_does_not_attest_its_own_notice(reviewing, hands):
    told = {"posted_by": ("侬主任",), "witnesses": ("韦小妹", "侬阿公")}
    own = told | {hands: (*told[hands][1:], "覃小雨")}

    refusal = refused(reviewing.post, **own)

    assert (refusal.code, refusal.field) == ("A-17", "witnesses")
    reviewing.post(**told)


def test_an_investigation_of_years_ago_is_none_of_this_application(filing):
    day = filing.today
    made = Investigations(filing.work.begin, filing.work.clock).record(
        RecordInvestigation(
            household=filing.household.id, investigated_on=day, respondent="本人",
            investigators=("侬阿公", "韦小妹"), answers={}, fits=True, conclusion="属实",
        )
    )  # fmt: skip
    filing.work.clock.advance(days=400)
    filing.checked()
    two = ("侬阿公", "韦小妹")

    assert filing.now.filed_on > day
    assert filing.refusal(E.INVESTIGATED, investigators=two, investigation=made).code == "A-40"
    filing.take(E.INVESTIGATED, investigators=two)
