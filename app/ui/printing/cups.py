"""What CUPS said to the last job: Qt hands a job over and keeps the answer to itself. No Qt."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_TAKEN: Final = range(0x0400)
"""Statuses of RFC 8011 §4.1.6.1 that are no error; those of CUPS' own are -1 and above 0x1000."""


def took_the_job() -> bool:
    """Whether the last request of this thread was well answered; True where there is no CUPS.

    A queue that takes no more jobs, and a print system that is gone, are only known from here.
    """
    if sys.platform == "win32":
        return True
    try:
        library = ctypes.CDLL("libcups.so.2")
    except OSError:  # then Qt has not printed through it either
        return True
    return library.cupsLastError() in _TAKEN
