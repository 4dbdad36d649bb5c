"""Where things are, read once at start and never again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
"""Policies, calendars, fonts and icons that come with the program."""


class Settings(NamedTuple):
    """This start's places.

    `home` holds the coordinator's vault (`vault/`), the practice vault (`practice/`) and the
    window's own preferences, which carry no personal data.
    """

    home: Path

    @property
    def vault(self) -> Path:
        """The coordinator's encrypted file."""
        return self.home / "vault"

    @property
    def practice_vault(self) -> Path:
        """The practice village's, which never meets a real county."""
        return self.home / "practice"


def read_settings() -> Settings:
    """Settings from the environment: XIELI_HOME, or the platform's data folder."""
    named = os.environ.get("XIELI_HOME")
    if named:
        return Settings(Path(named))
    if os.name == "nt":
        return Settings(Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Xieli")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Settings(Path(data) / "xieli")
