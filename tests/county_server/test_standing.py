"""What a device may say of a 渐退, a review and a benefit."""

from __future__ import annotations

from datetime import date

import pytest

from county_server.authority import Returned, check_patch
from county_server.standing import check_standing

ON = date(2026, 3, 2)
PAPER = {"approved_by": "镇民政办", "paper_no": "练民渐〔2026〕3号"}


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("grace_period", {"status": "exited"}, {"status": "running"}, "status"),
        ("grace_period", {"status": "cancelled"}, {"status": "approved"} | PAPER, "status"),
        ("grace_period", {"status": "ended"}, {"status": "proposed"}, "status"),
        ("grace_period", {"status": "proposed"}, {"status": "on the moon"}, "status"),
        ("grace_period", {"status": "proposed"}, {"status": "approved"}, "paper_no"),
        ("grace_period", {"status": "proposed"}, {"status": "approved", "approved_by": "镇"},
         "paper_no"),
        ("grace_period", {"status": "proposed"}, {"status": "approved", "paper_no": "3号"},
         "paper_no"),
        ("grace_period", {"status": "approved"} | PAPER, {"shares": [{"fen": "1"}]}, "shares"),
        ("grace_period", {"status": "approved"} | PAPER, {"shares": [{"fen": True}]}, "shares"),
        ("grace_period", None, {"status": "running"}, "paper_no"),
        ("grace_period", {"status": "approved"} | PAPER, {"shares": [{"fen": -1}]}, "shares"),
        ("grace_period", {"status": "approved"} | PAPER, {"shares": ["all"]}, "shares"),
        ("benefit", {"by_county": True}, {"stop_reason": "迁走"}, "by_county"),
        ("benefit", None, {"by_county": True}, "by_county"),
    ],
)  # fmt: skip
def test_what_does_not_follow_or_is_the_countys_is_returned(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_standing(entity, body, fields)

    assert returned.value.field == field


@pytest.mark.parametrize(
    ("entity", "body", "fields"),
    [
        ("grace_period", None, {"status": "proposed", "shares": []}),
        ("grace_period", {"status": "proposed"}, {"status": "approved"} | PAPER),
        ("grace_period", {"status": "proposed"}, {"status": "cancelled"}),
        ("grace_period", {"status": "approved"} | PAPER, {"shares": [{"fen": None}]}),
        ("benefit", {"by_county": False}, {"stop_reason": "迁走"}),
        ("visit", None, {"note": ""}),
    ],
)
def test_what_follows_is_taken(entity, body, fields):
    assert check_standing(entity, body, fields) is None


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("grace_step", {"note": "a"}, {"note": "b"}, "note"),
        ("grace_period", {"former_fen": 1}, {"former_fen": 2}, "former_fen"),
        ("periodic_review", {"reviewed_on": "a"}, {"reviewed_on": "b"}, "reviewed_on"),
        ("composition_change", {"reason": "a"}, {"reason": "b"}, "reason"),
        ("certificate", {"valid_to": "a"}, {"valid_to": "b"}, "valid_to"),
        ("benefit", {"amount_fen": 1}, {"amount_fen": 2}, "amount_fen"),
        ("benefit", None, {"amount_fen": -2}, "amount_fen"),
    ],
)
def test_what_was_written_once_stays(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_patch(entity, body, fields, ON)

    assert returned.value.field == field


@pytest.mark.parametrize(
    ("entity", "fields", "field"),
    [
        ("benefit", {"by_county": True, "kind": "dibao"}, "by_county"),
        ("grace_period", {"status": "running", "shares": []}, "paper_no"),
    ],
)
def test_what_a_laptop_may_not_say_comes_back_to_it(office, entity, fields, field):
    device = office.device()
    home = device.household()
    device.operation(entity, "x-1", {"household_id": home} | fields, subject=home)

    last = office.push(device).verdicts[-1]

    assert (last.outcome, last.field) == ("returned", field)
