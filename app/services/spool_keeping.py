"""How long the machine's print system keeps what was printed (security: papers are personal data).

A printed form may lie in the spool folder long after the paper has left. Nothing here changes a
setting: it is read and said, so that somebody may change it.
"""

from __future__ import annotations

import re
from typing import Final

NOTHING: Final = 0
FOR_EVER: Final = None
UNKNOWN: Final = -1
"""Of a printer whose settings cannot be read."""
DAY: Final = 86_400
"""Seconds; what CUPS keeps job files for where its cupsd.conf does not say (cupsd.conf(5))."""

_KEEPS_PRINTED: Final = 0x100
"""PRINTER_ATTRIBUTE_KEEPPRINTEDJOBS of Windows (winspool.h)."""
_DIRECTIVE: Final = re.compile(r"^\s*(?P<name>PreserveJob(?:Files|History))\s+(?P<value>\S+)", re.I)
_SECTION: Final = re.compile(r"^\s*<(?P<end>/?)(?:Policy|Limit|LimitExcept|Location)\b", re.I)
_TIME: Final = re.compile(r"(?P<count>\d{1,9})(?P<unit>[wdhms]?)", re.I)
_UNITS: Final = {"w": 7 * DAY, "d": DAY, "h": 3600, "m": 60, "s": 1, "": 1}
_NO: Final = frozenset({"no", "off", "false"})
_YES: Final = frozenset({"yes", "on", "true"})


def kept_by_cups(conf: str) -> int | None:
    """Seconds that job files are kept under a cupsd.conf; 0 for not at all, None for ever.

    The last word on it counts; what CUPS cannot read leaves its default of a day.
    """
    said = {"preservejobfiles": str(DAY), "preservejobhistory": "yes"}
    depth = 0
    for line in conf.splitlines():
        section = _SECTION.match(line)
        if section is not None:
            depth += -1 if section["end"] else 1
        directive = _DIRECTIVE.match(line)
        if directive is not None and depth <= 0:
            said[directive["name"].lower()] = directive["value"].lower()
    kept = _seconds(said["preservejobfiles"])
    history = _seconds(said["preservejobhistory"])
    if NOTHING in (kept, history):
        return NOTHING
    return FOR_EVER if kept is None else kept


def kept_by_windows(attributes: int | None) -> int | None:
    """The same for a printer's attributes in the registry: it keeps them or it does not; UNKNOWN
    where it has none there, as one of another computer."""
    if attributes is None:
        return UNKNOWN
    return FOR_EVER if attributes & _KEEPS_PRINTED else NOTHING


def longest(kept: list[int | None]) -> int | None:
    """Of several printers, that of the one that keeps longest; UNKNOWN where none that is known
    keeps anything."""
    if FOR_EVER in kept:
        return FOR_EVER
    most = max((each or 0 for each in kept), default=NOTHING)
    return UNKNOWN if most <= NOTHING and UNKNOWN in kept else most


def _seconds(value: str) -> int | None:
    if value in _NO:
        return NOTHING
    if value in _YES:
        return FOR_EVER
    time = _TIME.fullmatch(value)
    return DAY if time is None else int(time["count"]) * _UNITS[time["unit"]]
