"""What the process asks of the system; tried in a process of its own, for it cannot be undone."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import ctypes, os, resource
from app.crypto.hardening import harden_process
done = harden_process()
print(done.no_core_file, done.not_dumpable)
print(resource.getrlimit(resource.RLIMIT_CORE))
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
print(oct(os.umask(0)))
"""


def test_no_core_no_debugger_and_private_files():
    said = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    ).stdout.split("\n")

    assert said[:4] == ["True True", "(0, 0)", "0", "0o77"]
