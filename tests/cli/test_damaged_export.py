"""A list that cannot be read whole is not written: damage met on the way is said.

Damage elsewhere in the file does not keep her from getting out what still reads.
"""

from __future__ import annotations

import pytest

from app.cli.main import EXIT_REFUSED, run
from app.store.layout import VaultFiles
from app.store.sqlcipher import connect
from tests.fakes import StoppedClock
from tests.laptops import open_laptop
from tests.vaults import PASSPHRASE, flip

PAGE = 4096


@pytest.fixture
def damage(kept):
    """Makes the first page of a table of the closed vault, with one visit in it, unreadable."""
    laptop = open_laptop(kept, StoppedClock())
    laptop.visit(laptop.add_household().id)
    laptop.vault.close()
    database = VaultFiles(kept.directory).database

    def harm(table: str) -> None:
        raw = connect(database, laptop.vault.subkey("sa/db/v1"), read_only=True)
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?"
        (number,) = raw.execute(query, (table,)).fetchone()
        raw.close()
        flip(database, (number - 1) * PAGE + 2000)

    return harm


@pytest.fixture
def export(kept, tmp_path, capsys):
    """Exports the visit log; status and what was said."""
    word = tmp_path / "word"
    word.write_text(PASSPHRASE, encoding="utf-8")

    def go():
        status = run(
            ["export", "visits", "--vault", str(kept.directory), "--passphrase-file", str(word),
             "--from", "2026-01-01", "--to", "2026-03-31", "-o", str(tmp_path / "log.csv")],
            clock=StoppedClock(),
            screenshots=lambda *_all: [],
        )  # fmt: skip
        return status, capsys.readouterr().err

    return go


@pytest.mark.parametrize("table", ["visit", "household"])
def test_a_damaged_page_under_the_list_is_said_and_no_half_list_is_written(
    damage, export, tmp_path, table
):
    damage(table)

    status, said = export()

    assert status == EXIT_REFUSED
    assert "V-03" in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "log.csv").exists()


def test_damage_elsewhere_does_not_hold_the_list_back(damage, export, tmp_path):
    damage("emergency_relief")

    status, _ = export()

    assert status == 0
    assert "都好" in (tmp_path / "log.csv").read_text("utf-8-sig")
