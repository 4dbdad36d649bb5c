"""Whose vault this is, for the unlock page: read in a millisecond, believed by nobody.

The header is parsed and proved when the vault is opened. Until then its names are only what is
written on the door, so they are read here without the header's parser and its cryptography, which
the first window would have to wait for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

HEADER: Final = "vault.json"
MOST_BYTES: Final = 65_536
LONGEST_NAME: Final = 60


class Nameplate(NamedTuple):
    """The names on the door; empty where they cannot be read."""

    officer: str = ""
    village: str = ""
    practice: bool = False


def read_nameplate(directory: Path) -> Nameplate:
    """What the header in `directory` says about its owner; opening tells what is wrong with it."""
    try:
        with (directory / HEADER).open("rb") as file:
            header = json.loads(file.read(MOST_BYTES))
        owner = header["owner"]
        return Nameplate(
            str(owner["name"])[:LONGEST_NAME],
            str(owner["village"])[:LONGEST_NAME],
            header["practice"] is True,
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Nameplate()
