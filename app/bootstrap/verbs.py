"""The headless front door, with this machine's clock and the window's camera."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType

from app.bootstrap.camera import take_screenshots
from app.bootstrap.machine import SystemClock
from app.cli.main import run
from app.crypto.hardening import harden_process
from app.domain.crash_number import crash_number


def run_verb(arguments: Sequence[str]) -> int:
    """Run one verb; the process's exit status."""
    harden_process()
    sys.excepthook = tell_crash
    return run(arguments, clock=SystemClock(), screenshots=take_screenshots)


def tell_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody foresaw, as one sentence with its number: a trace may quote a person."""
    del error
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("停下了。已经存好的都在。\n")
        return
    sys.stderr.write(
        "程序自己出了错，这一步没做成。已经存好的都在。请再试一次；还是这样，就把编号告诉县里。"
        f"（编号 {crash_number(kind, trace)}）\n"
    )
