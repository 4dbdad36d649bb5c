"""Which vault the window opens, and that nothing beside it keeps the window shut."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.window import PREFERENCES, _read_preferences, found_vault
from app.settings import Settings
from app.ui.preferences import Preferences


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path)
    for vault in (made.vault, made.practice_vault):
        vault.mkdir(parents=True)
        (vault / "vault.json").touch()
        (vault / "xieli.db").touch()
    return made


@pytest.mark.parametrize("lost", ["vault.json", "xieli.db"])
def test_a_vault_that_lost_a_part_is_still_hers(settings: Settings, lost: str):
    (settings.vault / lost).unlink()

    assert found_vault(settings) == settings.vault


def test_the_practice_village_opens_where_there_is_nothing_of_hers(settings: Settings):
    for part in settings.vault.iterdir():
        part.unlink()

    assert found_vault(settings) == settings.practice_vault


@pytest.mark.parametrize(
    "kept", [b"\xff\xfe\x00", b"[]", b'{"size": [], "lock_minutes": {}}', b'{"dark": 3}']
)
def test_preferences_nobody_can_read_are_as_at_first(tmp_path: Path, kept: bytes):
    (tmp_path / PREFERENCES).write_bytes(kept)

    assert _read_preferences(tmp_path / PREFERENCES) == Preferences()


def test_a_folder_in_their_place_keeps_nobody_out(tmp_path: Path):
    (tmp_path / PREFERENCES).mkdir()

    assert _read_preferences(tmp_path / PREFERENCES) == Preferences()
