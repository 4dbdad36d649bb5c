"""Codes with their words, ids, instants, and the two expected failures."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import CHINA, as_utc, china_date
from app.domain.households import Area
from app.domain.ids import made_at, new_id
from app.domain.people import mask_id_number, spaced_id_number
from app.domain.problem import Problem, Refused, Unavailable
from tests.fakes import NOON

instants = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))


def test_a_word_is_its_code_and_knows_its_label():
    assert Area("rural") is Area.RURAL
    assert Area.RURAL == "rural"
    assert Area.RURAL.label == "农村"


@given(instants)
def test_an_id_is_a_uuid_of_version_seven_that_tells_its_time(at):
    made = uuid.UUID(new_id(at))

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(at.timestamp() * 1000)


@given(instants, st.integers(1, 10**6))
def test_ids_sort_by_the_time_they_were_made(at, later):
    assert new_id(at) < new_id(at + timedelta(milliseconds=later))


@given(instants)
def test_ids_of_one_moment_sort_as_they_were_made(at):
    made = [new_id(at) for _ in range(100)]

    assert made == sorted(set(made))


def test_the_next_id_of_a_moment_cannot_be_told():
    made = [uuid.UUID(new_id(NOON)).int for _ in range(20)]

    assert len({after - before for before, after in itertools.pairwise(made)}) == 19


def test_the_day_is_the_day_in_china():
    assert china_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert china_date(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)


def test_instants_are_kept_in_utc():
    assert as_utc(datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)) == NOON
    assert as_utc(datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=1)))).tzinfo is UTC
    with pytest.raises(ValueError, match="naive"):
        as_utc(datetime(2026, 3, 2))  # noqa: DTZ001  # the point of the test


def test_a_refusal_says_what_that_nothing_changed_and_what_next():
    refused = Refused("金额不对。", do="请改好。", code="M-01", field="amount")

    assert str(refused) == "金额不对。什么都没有改动。请改好。（编号 M-01）"
    assert isinstance(refused, Problem)


def test_an_unavailable_thing_says_that_nothing_is_lost():
    assert str(Unavailable("没有网。", do="过会再试。", code="S-01")) == (
        "没有网。已经存好的都在。过会再试。（编号 S-01）"
    )


def test_a_problem_may_say_otherwise_about_what_is_safe():
    assert "只写了一半" in str(Refused("盘满了。", do="清一清。", code="D-01", safe="只写了一半。"))


def test_an_id_number_is_masked_to_both_ends():
    assert mask_id_number("459901195803090011") == "459901********0011"
    assert mask_id_number(None) == ""
    assert mask_id_number("") == ""
    assert spaced_id_number("45990119580309001X") == "459901 19580309 001X"


def test_an_id_tells_when_it_was_made():
    assert made_at(new_id(NOON)) == NOON


@pytest.mark.parametrize(
    "record_id",
    [
        "",
        "h-1",
        str(uuid.UUID(int=0)),
        "0d9c3a52-6f1e-4b7a-9c58-2e4f60a1b3d7",
        "ffffffff-ffff-7fff-8fff-ffffffffffff",
    ],
)
def test_an_id_of_another_kind_or_of_no_calendar_tells_nothing(record_id):
    assert made_at(record_id) is None
