"""Reads how long this machine keeps what was printed. No Qt; for the work thread."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.services.spool_keeping import DAY, NOTHING, kept_by_cups, kept_by_windows, longest

CUPSD_CONF: Final = Path("/etc/cups/cupsd.conf")
_PRINTERS: Final = r"SYSTEM\CurrentControlSet\Control\Print\Printers"


def spool_kept(printers: Sequence[str], conf: Path = CUPSD_CONF) -> int | None:
    """Seconds the spool keeps what was printed; 0 for not at all, None for ever.

    Settings that may not be read are taken to be as they come; where there are none, nothing is
    kept.
    """
    if sys.platform == "win32":
        return longest([kept_by_windows(_attributes(name)) for name in printers])
    try:
        return kept_by_cups(conf.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return NOTHING
    except OSError:
        return DAY


if sys.platform == "win32":

    def _attributes(printer: str) -> int | None:
        """A printer's attributes; None where they cannot be read."""
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, f"{_PRINTERS}\\{printer}") as key:
                value, _kind = winreg.QueryValueEx(key, "Attributes")
        except OSError:
            return None
        return int(value)
