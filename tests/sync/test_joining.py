"""Joining a county: nothing is trusted before its fingerprint was compared."""

from __future__ import annotations

import json

import pytest

from app.crypto.envelope import Purpose
from app.domain.ids import new_id
from app.domain.problem import Problem
from app.sync.road import run_here
from county_server import enrolment
from tests.counties import DirectRoad, found_office
from tests.devices import Device
from tests.fakes import NOON


@pytest.fixture
def ticket(office, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file())
    return file


def code_of(work) -> str:
    with pytest.raises(Problem) as caught:
        work()
    return caught.value.code


def test_the_coordinator_sees_whom_she_joins(stranger, ticket, office):
    shown = stranger.enrolment.read(ticket)

    assert shown.county_name == "练习县"
    assert shown.villages == ("测试村",)
    assert len(shown.fingerprint.split()) == 8


def test_another_fingerprint_is_refused_and_nothing_is_kept(stranger, ticket):
    prepare = stranger.enrolment.prepare
    wrong = "11111 " * 8

    assert code_of(lambda: prepare(ticket, fingerprint=wrong)) == "S-03"
    assert code_of(lambda: stranger.enrolment.ask(run_in_store=run_here)) == "S-01"


@pytest.mark.parametrize("spoil", [b"", b"{}", b"x" * 2_000_000, None])
def test_what_is_no_ticket_is_refused(stranger, ticket, spoil):
    data = ticket.read_bytes()
    ticket.write_bytes(data.replace(b"127.0.0.1", b"127.0.0.9") if spoil is None else spoil)

    assert code_of(lambda: stranger.enrolment.read(ticket)) == "S-02"


def test_a_missing_file_is_refused(stranger, tmp_path):
    assert code_of(lambda: stranger.enrolment.read(tmp_path / "none.json")) == "S-07"


def test_practice_and_real_counties_do_not_mix(stranger, ticket, monkeypatch):
    shown = stranger.enrolment.read(ticket).fingerprint
    monkeypatch.setattr(type(stranger.vault), "practice", property(lambda _: False))

    assert code_of(lambda: stranger.enrolment.prepare(ticket, fingerprint=shown)) == "S-04"


def test_a_practice_county_is_on_this_machine(stranger, office, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file(url="https://county.example:8443"))
    shown = stranger.enrolment.read(file).fingerprint

    assert code_of(lambda: stranger.enrolment.prepare(file, fingerprint=shown)) == "S-04"


def test_a_laptop_joins_once(laptop, ticket):
    shown = laptop.enrolment.read(ticket).fingerprint

    assert code_of(lambda: laptop.enrolment.prepare(ticket, fingerprint=shown)) == "S-05"


def test_an_answer_of_another_county_is_refused(stranger, office, tmp_path, clock):
    evil = found_office(tmp_path / "evil", f"sqlite:///{tmp_path}/evil.db", clock)
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file())
    shown = stranger.enrolment.read(file).fingerprint
    stranger.enrolment.prepare(file, fingerprint=shown)

    class Evil(DirectRoad):
        """Another county answers, with a certificate for somebody."""

        def enrol(self, data: bytes) -> bytes:
            return evil.enrolment.answer(Device(evil.ticket()).enrolment_request())

    road = Evil(office)
    code = code_of(lambda: stranger.enrolment.ask_over(road, run_in_store=run_here))
    evil.database.close()
    assert code == "B-05"
    assert not stranger.enrolment.is_enrolled()


def test_a_lost_answer_is_asked_for_again(stranger, ticket, office):
    shown = stranger.enrolment.read(ticket).fingerprint
    stranger.enrolment.prepare(ticket, fingerprint=shown)
    road = DirectRoad(office)
    (request,) = stranger.vault.files.outbox.glob("*.sae")
    road.enrol(request.read_bytes())

    member = stranger.enrolment.ask_over(road, run_in_store=run_here)

    assert member.device_no == "01"
    assert len(office.status()["devices"]) == 1


def test_the_request_holds_no_code_in_clear(stranger, ticket):
    shown = stranger.enrolment.read(ticket).fingerprint
    stranger.enrolment.prepare(ticket, fingerprint=shown)
    code = json.loads(ticket.read_bytes())["body"]["code"]

    (request,) = stranger.vault.files.outbox.glob("*.sae")

    assert code.encode() not in request.read_bytes()


def answered_with(office, monkeypatch, **changes):
    """The county's desk, which puts something else on the certificate it signs."""
    sign = enrolment.sign_document

    def sign_changed(key, purpose, body):
        return sign(key, purpose, body | changes if purpose is Purpose.CERTIFICATE else body)

    monkeypatch.setattr(enrolment, "sign_document", sign_changed)
    return DirectRoad(office)


@pytest.mark.parametrize("changes", [{"villages": []}, {"device": "another"}])
def test_a_certificate_for_no_village_or_another_laptop_makes_no_member(
    stranger, ticket, office, monkeypatch, changes
):
    shown = stranger.enrolment.read(ticket).fingerprint
    stranger.enrolment.prepare(ticket, fingerprint=shown)
    changes = {**changes, "device": new_id(NOON)} if "device" in changes else changes
    road = answered_with(office, monkeypatch, **changes)

    code = code_of(lambda: stranger.enrolment.ask_over(road, run_in_store=run_here))

    assert code == "S-14"
    assert not stranger.enrolment.is_enrolled()
