"""What the process asks of the operating system before it touches a secret (R06, R09).

No core dump, no debugger of the same user, no file anybody else may read. Each is best effort:
what a system does not offer is reported, not fatal, since refusing to start helps nobody.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final, NamedTuple

_PR_SET_DUMPABLE: Final = 4
_SEM_FAILCRITICALERRORS: Final = 0x0001
_SEM_NOGPFAULTERRORBOX: Final = 0x0002


class Hardening(NamedTuple):
    """What took effect."""

    no_core_file: bool
    not_dumpable: bool


def harden_process() -> Hardening:
    """Close the usual ways in which memory or files leak from a running program.

    Linux is tested. On Windows only the crash-report window is switched off (untested).
    """
    os.umask(0o077)
    if sys.platform == "win32":
        mode = _SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX
        ctypes.windll.kernel32.SetErrorMode(mode)
        return Hardening(no_core_file=False, not_dumpable=False)
    import resource  # absent on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return Hardening(no_core_file=True, not_dumpable=_set_not_dumpable())


def _set_not_dumpable() -> bool:
    """Linux: no ptrace, no core, /proc/self/mem closed to other processes of the user."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
