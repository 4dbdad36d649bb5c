"""What a device may say about leads, referrals, plans, investigations and files of visits."""

from __future__ import annotations

from datetime import date

import pytest

from county_server.authority import Returned, check_patch
from county_server.visiting import check_visiting

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("entity", "body", "status"),
    [
        ("lead", None, "handed_on"),
        ("lead", {"status": "dismissed"}, "open"),
        ("referral", None, "sent"),
        ("referral", {"status": "draft"}, "unheard of"),
        ("referral", {"status": "closed"}, "sent"),
        ("referral", {"status": "draft", "need": "medical"}, "sent"),
        ("referral", {"status": "sent"}, "consented"),
        ("visit_plan", None, "completed"),
        ("visit_plan", {"status": "completed"}, "planned"),
    ],
)
def test_a_state_that_does_not_follow_is_returned(entity, body, status):
    with pytest.raises(Returned) as returned:
        check_visiting(entity, body, {"status": status})

    assert returned.value.field == "status"


@pytest.mark.parametrize(
    ("entity", "body", "status"),
    [
        ("lead", None, "open"),
        ("lead", {"status": "open"}, "handed_on"),
        ("referral", None, "consented"),
        ("referral", {"status": "draft"}, "closed"),
        ("referral", {"status": "draft", "need": "protection"}, "sent"),
        ("referral", {"status": "sent"}, "in_service"),
        ("visit_plan", {"status": "planned"}, "completed"),
        ("visit", None, "whatever"),
    ],
)
def test_a_state_that_follows_is_accepted(entity, body, status):
    assert check_visiting(entity, body, {"status": status}) is None


@pytest.mark.parametrize("people", [None, [], ["王秀英"], ["王秀英", " 王秀英"], "王秀英"])
def test_an_investigation_by_one_person_is_returned(people):
    with pytest.raises(Returned) as returned:
        check_visiting("investigation", None, {"investigators": people})

    assert returned.value.field == "investigators"


def test_an_investigation_by_two_is_accepted():
    assert check_visiting("investigation", None, {"investigators": ["王秀英", "韦志强"]}) is None


@pytest.mark.parametrize(
    ("entity", "field"),
    [
        ("investigation", "conclusion"),
        ("lead", "content"),
        ("lead_step", "note"),
        ("referral", "to_org"),
        ("referral_step", "note"),
        ("visit_file", "visit_id"),
        ("visit_plan", "planned_on"),
    ],
)
def test_what_was_written_once_stays(entity, field):
    with pytest.raises(Returned) as returned:
        check_patch(entity, {field: "a"}, {field: "b"}, ON)

    assert returned.value.field == field


@pytest.mark.parametrize(
    ("entity", "field"),
    [("visit_file", "hidden_at"), ("referral", "due_on"), ("visit_plan", "reason")],
)
def test_the_few_fields_that_may_move_move(entity, field):
    assert check_patch(entity, {field: None}, {field: "2026-03-02"}, ON) is None
