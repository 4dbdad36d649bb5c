"""The headless front door, with this machine's clock and the window's camera."""

from __future__ import annotations

from collections.abc import Sequence

from app.bootstrap.camera import take_screenshots
from app.bootstrap.machine import SystemClock
from app.cli.main import run
from app.crypto.hardening import harden_process


def run_verb(arguments: Sequence[str]) -> int:
    """Run one verb; the process's exit status."""
    harden_process()
    return run(arguments, clock=SystemClock(), screenshots=take_screenshots)
