"""Whose vault it is, as the unlock page shows it. By itself, because the first picture needs it."""

from __future__ import annotations

from typing import NamedTuple


class Resident(NamedTuple):
    """What may be known before unlocking: names for the card, and whether work was interrupted."""

    village: str
    officer: str
    practice: bool = False
    interrupted: bool = False
