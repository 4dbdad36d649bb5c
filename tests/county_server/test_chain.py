"""The audit chain: whoever touches a line is told of, and the head holds the end."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, text, update

from app.crypto.envelope import new_signing_pair
from app.domain.problem import Refused
from county_server.__main__ import main
from county_server.chain import Head, check_chain, parse_head
from county_server.database import Database
from county_server.registry import note
from county_server.tables import audit, audit_head
from tests.counties import OTHER_VILLAGE


@pytest.fixture
def lines(office):
    """Six deeds."""
    device = office.device()
    for _ in range(2):
        office.assignments.assign(device.id, OTHER_VILLAGE)
    office.assignments.revoke(device.id)
    return check(office)


def check(office, expected=None):
    return check_chain(office.database, office.county.root.public, expected)


def broken_at(office) -> str:
    with pytest.raises(Refused) as refused:
        check(office)
    assert refused.value.code == "K-30"
    return refused.value.what


def write(office, *statements):
    with office.database.write() as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)
def test_deeds_stand_in_order_and_the_chain_holds(office, lines):
    with office.database.read() as connection:
        told = [(row.n, row.what) for row in connection.execute(select(audit).order_by(audit.c.n))]

    assert told == [(1, "invite"), (2, "enrol"), (3, "assign"), (4, "assign"), (5, "revoke")]
    assert (lines.lines, lines.older, lines.head.n) == (5, 0, 5)


@pytest.mark.parametrize("column", ["at", "who", "what", "about", "hash"])
def test_a_changed_line_is_named(office, lines, column):
    write(office, update(audit).where(audit.c.n == 3).values({column: "0" * 64}))

    assert "第 3 行" in broken_at(office)


def test_a_line_taken_out_or_put_in_is_named(office, lines):
    with office.database.read() as connection:
        row = dict(connection.execute(select(audit).where(audit.c.n == 4)).mappings().one())
    write(office, delete(audit).where(audit.c.n == 4))
    assert "第 4 行" in broken_at(office)

    write(office, insert(audit).values(row | {"about": "somebody else"}))
    assert "第 4 行" in broken_at(office)


def test_a_line_whose_whole_chain_was_made_anew_lacks_the_countys_signature(office, lines):
    forger = Database(office.database.url, new_signing_pair().private)
    with forger.write() as connection:
        note(connection, office.clock, "county", "grant", "mine")
    forger.close()

    assert "第 6 行" in broken_at(office)


def test_lines_off_the_end_are_missed_by_the_head_and_by_whoever_wrote_it_down(office, lines):
    with office.database.read() as connection:
        fourth = connection.execute(select(audit.c.hash).where(audit.c.n == 4)).scalar_one()
    write(office, delete(audit).where(audit.c.n == 5))
    assert "第 5 行" in broken_at(office)

    write(office, update(audit_head).values(n=4, hash=fourth))
    assert check(office).head == Head(4, fourth)
    with pytest.raises(Refused):
        check(office, lines.head)


def test_a_head_written_down_earlier_is_still_in_the_chain(office, lines):
    office.device()

    assert check(office, lines.head).lines == 7


def test_lines_older_than_the_chain_are_counted_apart(office):
    write(
        office,
        text("INSERT INTO audit (n, at, who, what, about) VALUES (1, 't', 'w', 'x', 'y')"),
    )
    office.device()

    assert (check(office).older, check(office).lines) == (1, 2)


@pytest.mark.parametrize("typed", ["", "5", "x:" + "0" * 64, "5:00"])
def test_a_head_is_typed_as_it_was_printed(typed):
    with pytest.raises(Refused) as refused:
        parse_head(typed)

    assert refused.value.code == "K-31"


def test_the_verb_says_the_head_and_takes_it_again(office, lines, tmp_path, capsys):
    data = str(tmp_path / "county")

    assert main(["audit", "--data", data]) == 0
    head = capsys.readouterr().out.strip().rpartition("：")[2]
    assert main(["audit", "--data", data, "--head", head]) == 0
    assert main(["audit", "--data", data, "--head", "5:" + "0" * 64]) == 2
    assert head == str(lines.head)
    assert "K-30" in capsys.readouterr().err


def test_a_database_opened_to_be_looked_at_writes_no_audit(office, lines):
    looking = Database(office.database.url)

    with looking.write() as connection, pytest.raises(TypeError):
        note(connection, office.clock, "county", "grant", "x")
    looking.close()
