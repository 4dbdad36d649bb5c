"""`python -m app sync`: the same use cases, typed."""

from __future__ import annotations

import io
from contextlib import closing

import pytest

from app.cli.main import build_parser
from app.domain.problem import Problem
from app.sync.protocol import stick
from county_server.database import sqlite_url
from tests.counties import found_office
from tests.laptops import open_laptop
from tests.servers import Served
from tests.vaults import PASSPHRASE


@pytest.fixture
def typed(kept, tmp_path, clock):
    """Type a verb on a closed vault; what it wrote."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, "utf-8")

    def run(*words: str) -> str:
        out = io.StringIO()
        args = build_parser().parse_args(
            ["sync", "--vault", str(kept.directory), "--passphrase-file", str(secret), *words]
        )
        assert args.run(args, out, io.StringIO(), clock) == 0
        return out.getvalue()

    return run


def test_joining_and_syncing_over_the_network(typed, kept, tmp_path, clock):
    office = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), clock)
    ticket = tmp_path / "ticket.json"
    with closing(office.database), closing(Served(office)) as served:
        ticket.write_bytes(office.ticket_file(url=served.url))

        with pytest.raises(Problem) as unread:
            typed("--enrol", str(ticket))
        digits = unread.value.what.split("：")[1].strip("。")
        joined = typed("--enrol", str(ticket), "--fingerprint", digits)
        again = typed()

    assert "01 号电脑" in joined
    assert "县里已收 0 条" in again


def test_joining_and_syncing_by_stick(typed, office, kept, tmp_path, clock):
    usb = tmp_path / "usb"
    usb.mkdir()
    ticket = tmp_path / "ticket.json"
    ticket.write_bytes(office.ticket_file())
    laptop = open_laptop(kept, clock)
    digits = laptop.enrolment.read(ticket).fingerprint
    laptop.vault.close()

    asked = typed("--enrol", str(ticket), "--fingerprint", digits, "--to-usb", str(usb))
    office.stick.take(usb)
    office.stick.make(usb)
    joined = typed("--from-usb", str(usb))
    exported = typed("--to-usb", str(usb))
    office.stick.take(usb)
    office.stick.make(usb)
    done = typed("--from-usb", str(usb))

    assert "请带到县里" in asked
    assert "01 号电脑" in joined
    assert "县里尚未确认" in exported
    assert "县里已收 3 条" in done


def test_a_forged_file_among_good_ones_ends_with_a_sentence_and_not_with_all_is_well(
    typed, laptop, office, kept, tmp_path
):
    usb = tmp_path / "usb"
    usb.mkdir()
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    office.stick.take(usb)
    office.stick.make(usb)
    laptop.vault.close()
    (usb / stick.FROM_COUNTY / "z.sag").write_bytes(b"nonsense")

    with pytest.raises(Problem) as caught:
        typed("--from-usb", str(usb))

    again = open_laptop(kept, laptop.clock)
    waiting = again.syncing.status().waiting
    again.vault.close()
    assert caught.value.code == "S-21"
    assert "1 个文件" in caught.value.what
    assert "别的收好了" in caught.value.what
    assert waiting == 0


def test_before_joining_a_sync_is_refused_in_one_sentence(typed):
    with pytest.raises(Problem) as caught:
        typed()

    assert caught.value.code == "S-01"
