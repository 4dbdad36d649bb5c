"""What a device may say of a care agreement, an entry of the watch list and a complaint."""

from __future__ import annotations

from datetime import date

import pytest

from county_server.authority import Returned, check_patch
from county_server.visiting import check_visiting

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("entity", "body", "fields"),
    [
        ("care_agreement", None, {"status": "active"}),
        ("care_agreement", {"status": "closed"}, {"status": "drafted"}),
        ("care_agreement", {"status": "terminated"}, {"status": "active"}),
        ("care_agreement", {"status": "drafted"}, {"status": "on the moon"}),
        ("watch_entry", None, {"status": "listed"}),
        ("watch_entry", {"status": "off"}, {"status": "listed"}),
        ("watch_entry", {"status": "listed"}, {"status": "noticed"}),
        ("case_plan", None, {"status": "follow"}),
        ("case_plan", {"status": "closed"}, {"status": "identify"}),
    ],
)
def test_what_does_not_follow_is_returned(entity, body, fields):
    with pytest.raises(Returned) as returned:
        check_visiting(entity, body, fields)

    assert returned.value.field == "status"


@pytest.mark.parametrize(
    ("entity", "body", "fields"),
    [
        ("care_agreement", None, {"status": "drafted"}),
        ("care_agreement", {"status": "drafted"}, {"status": "active"}),
        ("watch_entry", None, {"status": "noticed"}),
        ("watch_entry", {"status": "observed"}, {"status": "listed"}),
        ("case_plan", None, {"status": "identify"}),
        ("case_plan", {"status": "identify"}, {"status": "analyse"}),
        ("case_plan", {"status": "closed"}, {"status": "analyse"}),
    ],
)
def test_what_follows_is_taken(entity, body, fields):
    assert check_visiting(entity, body, fields) is None


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("care_agreement", {"carer": "a"}, {"carer": "b"}, "carer"),
        ("care_agreement", {"fee_fen": 1}, {"fee_fen": 2}, "fee_fen"),
        ("care_agreement", None, {"fee_fen": -1}, "fee_fen"),
        ("care_step", {"note": "a"}, {"note": "b"}, "note"),
        ("watch_entry", {"cause": "a"}, {"cause": "b"}, "cause"),
        ("watch_step", {"note": "a"}, {"note": "b"}, "note"),
        ("case_plan", {"need": "a"}, {"need": "b"}, "need"),
        ("case_step", {"note": "a"}, {"note": "b"}, "note"),
        ("complaint", {"content": "a"}, {"content": "b"}, "content"),
        ("complaint", {"received_on": "a"}, {"received_on": "b"}, "received_on"),
        ("village_report", {"told_to": "a"}, {"told_to": "b"}, "told_to"),
        ("village_report", {"figures": {"visits": 1}}, {"figures": {"visits": 2}}, "figures"),
    ],
)
def test_what_was_written_once_stays(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_patch(entity, body, fields, ON)

    assert returned.value.field == field


@pytest.mark.parametrize(
    ("entity", "fields"),
    [
        ("care_agreement", {"has_plan": True, "status": "active"}),
        ("watch_entry", {"compared_on": "2026-03-02"}),
        ("case_plan", {"status": "analyse", "due_on": "2026-03-06"}),
        ("complaint", {"answered_on": "2026-03-02", "answer": "补贴了"}),
    ],
)
def test_what_moves_may_move(entity, fields):
    assert check_patch(entity, {"id": "x"}, fields, ON) is None


def test_an_agreement_that_begins_in_force_comes_back_to_the_laptop(office):
    device = office.device()
    home = device.household()
    fields = {"household_id": home, "status": "active"}
    device.operation("care_agreement", "x-1", fields, subject=home)

    last = office.push(device).verdicts[-1]

    assert (last.outcome, last.field) == ("returned", "status")
