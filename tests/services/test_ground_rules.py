"""What the pack in force says about relief, and what is told when the county's pack has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from app.domain.casework import EventKind, ReliefWay
from app.domain.households import Area
from app.domain.money import Money
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.casework import PolicyPackRow
from app.rules.bundle import bundle_of
from app.rules.relief_route import Decider
from app.services.relief_asked import PayRelief
from tests.cases import layered
from tests.fakes import NOON
from tests.storefile import household_of


def add(work, area, *names):
    made = replace(household_of(*names, id_number=None), area=area)
    work.households.add_all([made])
    return made


def publish(work, valid, *, days=0):
    """The county's pack, in force as `valid` says, published so many days after noon."""
    pack = layered(
        "",
        head='[layer]\nid = "county"\nover = "national"\ntitle = "某县"\nversion = "1"\n' + valid,
    )
    row = {
        "id": f"pack-{days}",
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(pack).decode(),
        "published_at": NOON + timedelta(days=days),
    }
    with work.begin() as unit:
        unit.casework.connection.execute(insert(table_of(PolicyPackRow)), row)
        unit.commit()


def pay(work, household, yuan):
    return work.relief.pay(
        PayRelief(
            household=None if household is None else household.id,
            payee_name="覃兰英",
            event=EventKind.FIRE,
            amount=Money.yuan(yuan),
            way=ReliefWay.CASH,
        )
    )


def test_the_cap_follows_the_households_people_and_its_area(work):
    """Practice county: twice 760 a month in town, twice 525 in the country, for each person."""
    town, country = add(work, Area.URBAN, "一", "二"), add(work, Area.RURAL, "三", "四")

    caps = [work.relief.allowance(one.id).cap for one in (town, country)]

    assert caps == [Money.yuan(3040), Money.yuan(2100)]


def test_somebody_nobody_knows_is_one_person_under_the_lower_standard(work):
    allowance = work.relief.allowance()

    assert allowance.cap == Money.yuan(1050)
    assert "先按农村" in allowance.cap_rule


def test_the_persons_given_stand_before_those_recorded(work):
    country = add(work, Area.RURAL, "三", "四")

    assert work.relief.allowance(country.id, persons=3).cap == Money.yuan(3150)
    assert work.relief.allowance(persons=3).cap == Money.yuan(3150)


@pytest.mark.parametrize(("area", "code"), [(Area.RURAL, "F-14"), (Area.URBAN, "F-15")])
def test_a_payment_is_held_against_the_cap_of_its_area(work, area, code):
    """1100 for one person: over the rural cap; within the urban one, but over the quota."""
    household = add(work, area, "三")

    with pytest.raises(Refused) as caught:
        pay(work, household, 1100)

    assert caught.value.code == code


def test_a_payment_to_nobody_known_is_recorded_for_one_person(work):
    assert pay(work, None, 300).persons == 1


@pytest.mark.parametrize(("yuan", "decider"), [(2100, Decider.TOWNSHIP), (2101, Decider.COUNTY)])
def test_the_township_decides_up_to_its_own_cap(work, yuan, decider):
    with work.begin() as unit:
        route = work.rules.relief_route(unit, Money.yuan(yuan), persons=1, area=Area.RURAL)

    assert route.decider is decider


@pytest.mark.parametrize(
    ("valid", "told"),
    [
        ("valid_from = 2021-07-01\nvalid_to = 2026-03-01\n", True),
        ("valid_from = 2021-07-01\nvalid_to = 2026-03-02\n", False),
        ("valid_from = 2021-07-01\n", False),
        ("valid_from = 2027-01-01\n", False),
    ],
)
def test_a_county_whose_pack_has_ended_is_told_so(work, valid, told):
    publish(work, valid)

    with work.begin() as unit:
        notice = work.rules.pack_notice(unit)
        pack = work.rules.pack(unit)

    assert (notice is not None) is told
    if notice is not None:
        assert "某县" in notice
        assert "2026年3月1日" in notice
        assert pack.id == "practice"


def test_before_any_pack_came_there_is_nothing_to_tell(work):
    with work.begin() as unit:
        assert work.rules.pack_notice(unit) is None


def test_an_ended_pack_beside_one_in_force_is_nothing_to_tell(work):
    publish(work, "valid_from = 2021-07-01\n")
    publish(work, "valid_from = 2021-07-01\nvalid_to = 2026-03-01\n", days=1)

    with work.begin() as unit:
        assert work.rules.pack_notice(unit) is None
        assert work.rules.pack(unit).id == "county"
