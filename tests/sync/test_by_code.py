"""Joining by an address and a code that were told: what comes back is compared like a file."""

from __future__ import annotations

import io
from contextlib import closing

import pytest
from sqlalchemy import select

from app.bootstrap.doors import Doors
from app.cli.main import build_parser
from app.crypto.envelope import fingerprint, open_body
from app.domain.problem import Problem
from app.services.enrolment import fetch_invitation, read_invitation
from app.services.vaults import Vaults
from app.settings import Settings
from app.sync.introduction import fetch_ticket
from app.sync.protocol.enrolment import TICKET_AAD, code_key, code_name
from app.sync.road import run_here
from county_server.database import sqlite_url
from county_server.tables import invitation
from tests.counties import found_office
from tests.servers import Fault, FaultProxy, Served
from tests.vaults import PASSPHRASE


@pytest.fixture
def served(office):
    server = Served(office)
    yield server
    server.close()


@pytest.fixture
def invited(office, served):
    return office.invited(url=served.url)


def code_of(work) -> str:
    with pytest.raises(Problem) as caught:
        work()
    return caught.value.code


def test_the_ticket_of_a_code_is_the_one_of_the_file(invited, served):
    assert fetch_ticket(served.url, invited.code) == invited.ticket


def test_a_code_is_read_however_it_was_written_down(invited, served):
    bare = served.url.removeprefix("https://")
    typed = invited.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert fetch_ticket(f" {bare}/ ", typed) == invited.ticket


def test_a_laptop_joins_with_it_and_the_code_is_used_up(stranger, invited, served, tmp_path):
    file = tmp_path / "fetched"
    fetch_invitation(served.url, invited.code, file)

    spoken = read_invitation(file).fingerprint
    stranger.enrolment.prepare(file, fingerprint=spoken)
    member = stranger.enrolment.ask(run_in_store=run_here)

    assert member.village_name == "测试村"
    assert code_of(lambda: fetch_ticket(served.url, invited.code)) == "S-09"


def test_a_county_that_is_another_one_is_seen_by_its_fingerprint(
    stranger, office, invited, served, tmp_path
):
    file = tmp_path / "fetched"
    fetch_invitation(served.url, invited.code, file)

    assert code_of(lambda: stranger.enrolment.prepare(file, fingerprint="11111 " * 8)) == "S-03"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (None, "AAAA-AAAA-AAAA-AAAA"),
        (None, "AAAA"),
        (None, "１２３４-ABCD-EFGH-村长村长"),
        ("http://127.0.0.1:1", None),
        ("https://a@127.0.0.1:1", None),
        ("", None),
    ],
)
def test_what_leads_to_no_ticket_is_one_sentence(served, invited, url, code):
    typed = (served.url if url is None else url, code or invited.code)

    assert code_of(lambda: fetch_ticket(*typed)) == "S-09"


def test_a_code_past_its_week_leads_to_none(office, served, invited):
    office.clock.advance(days=8)

    assert code_of(lambda: fetch_ticket(served.url, invited.code)) == "S-09"


def test_no_county_at_all_is_said_plainly(invited):
    assert code_of(lambda: fetch_ticket("https://127.0.0.1:1", invited.code)) == "S-10"


def test_a_captive_portal_gives_no_ticket(served, invited):
    with closing(FaultProxy(served.port)) as proxy:
        proxy.fault = Fault(portal=True)

        assert code_of(lambda: fetch_ticket(proxy.url, invited.code)) == "S-09"


def test_neither_the_line_nor_the_county_s_tables_hold_the_code(office, invited):
    """Whoever listens, or answers in the county's place, cannot join with what is said."""
    with office.database.read() as connection:
        kept = connection.execute(select(invitation)).one()

    assert kept.code_sha256 == code_name(invited.code)
    assert invited.code not in repr(kept)
    assert b"officer_name" not in kept.ticket
    with pytest.raises(Problem):
        open_body(code_key("AAAA-AAAA-AAAA-AAAA"), kept.ticket, TICKET_AAD)


def test_the_first_run_needs_no_file_and_leaves_none_behind(tmp_path, clock):
    url = sqlite_url(tmp_path / "real.db")
    office = found_office(tmp_path / "real", url, clock, is_practice=False)
    doors = Doors(Settings(tmp_path / "home"), clock, Vaults(clock), None)
    with closing(office.database), closing(Served(office)) as served:
        invited = office.invited(url=served.url)

        ticket = doors.fetch_ticket(served.url, invited.code)
        doors.create(ticket, PASSPHRASE)

        assert ticket.officer == "王秀英"
        assert not ticket.path.exists()
        assert [one["no"] for one in office.status()["devices"]] == ["01"]


def test_it_can_be_typed_too(kept, office, served, invited, tmp_path, clock):
    secret, out = tmp_path / "passphrase", io.StringIO()
    secret.write_text(PASSPHRASE, "utf-8")
    typed = ["sync", "--vault", str(kept.directory), "--passphrase-file", str(secret)]
    typed += ["--county", served.url, "--code", invited.code]
    spoken = fingerprint(office.county.root.public)

    args = build_parser().parse_args([*typed, "--fingerprint", spoken])

    assert args.run(args, out, io.StringIO(), clock) == 0
    assert "01 号电脑" in out.getvalue()
