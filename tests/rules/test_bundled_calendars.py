"""Working-day calendars that travel with a published pack."""

from __future__ import annotations

import json

import pytest

from app.domain.problem import Refused
from app.rules.bundle import bundle_of, bundled_calendars, calendar_files, parse_bundle
from app.rules.calendars import parse_calendars
from tests.cases import practice

NEXT_YEAR = (
    "2027.toml",
    'year = 2027\ndocument = "示例"\nstatutory_days = 1\nconfidence = "示例"\n'
    'holidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]\n'
    "make_up_workdays = []\n".encode(),
)
WRONG = ("2027.toml", NEXT_YEAR[1].replace(b"statutory_days = 1", b"statutory_days = 2"))


def carrying(*calendars) -> bytes:
    return bundle_of(practice(), calendars)


def test_a_pack_brings_its_calendars_along_and_stays_the_same_pack():
    data = carrying(NEXT_YEAR)

    assert calendar_files(data) == (NEXT_YEAR,)
    assert bundled_calendars(data) == parse_calendars([NEXT_YEAR])
    assert parse_bundle(data).sha256 == practice().sha256


def test_without_calendars_a_bundle_is_what_it_always_was():
    assert b"calendars" not in carrying()
    assert bundled_calendars(carrying()) == {}


@pytest.mark.parametrize(
    ("calendars", "code", "field"),
    [
        ([WRONG], "C-10", "2027.toml: make_up_workdays"),
        ([NEXT_YEAR, ("again.toml", NEXT_YEAR[1])], "C-10", "again.toml: year"),
        ([NEXT_YEAR] * 21, "C-04", "calendars"),
    ],
)
def test_a_bundle_with_a_wrong_calendar_is_refused_whole(calendars, code, field):
    with pytest.raises(Refused) as caught:
        parse_bundle(carrying(*calendars))

    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("calendars", "code", "field"),
    [
        (None, "C-04", "calendars"),
        ({}, "C-04", "calendars"),
        ([{"name": "2027.toml"}], "C-03", "calendars[0].toml"),
        ([{"name": "2027.toml", "toml": "", "year": 1}], "C-02", "calendars[0].year"),
    ],
)
def test_calendars_of_another_shape_are_refused(calendars, code, field):
    data = json.dumps(json.loads(carrying()) | {"calendars": calendars}).encode()

    with pytest.raises(Refused) as caught:
        parse_bundle(data)

    assert (caught.value.code, caught.value.field) == (code, field)
