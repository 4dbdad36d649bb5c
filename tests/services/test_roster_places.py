"""Whose villages a roster is of: another county's is refused, an unknown one is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from app.domain.problem import Refused
from app.domain.roster import RosterHousehold
from app.models.base import table_of
from app.models.log import DeviceRow
from app.services.roster_places import require_own_county
from tests.storefile import household_of

HERE = "459901103207"
ELSEWHERE = "459902103207"


def roster(*codes: str) -> list[RosterHousehold]:
    """A household for each village code."""
    made = household_of("覃兰英", id_number=None)
    return [
        RosterHousehold(
            number=str(at), first_row=3, household=replace(made, village_code=code), rows={}
        )
        for at, code in enumerate(codes)
    ]


def test_one_household_of_another_county_refuses_the_whole(work):
    with work.begin() as unit, pytest.raises(Refused) as caught:
        require_own_county(unit, roster(HERE, ELSEWHERE))

    assert caught.value.code == "R-25"
    assert "1 户" in caught.value.what


def test_a_household_without_a_village_is_of_no_other_county(work):
    with work.begin() as unit:
        require_own_county(unit, roster(HERE, ""))


def test_a_laptop_that_knows_no_county_refuses_none(work):
    with work.begin() as unit:
        unit.connection.execute(
            update(table_of(DeviceRow)).values(village_code=None, county_id=None)
        )
        unit.commit()
    with work.begin() as unit:
        require_own_county(unit, roster(ELSEWHERE))
