"""An input for a moment: a day, a time of it, or both. The input method is off."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.clock import CHINA
from app.domain.problem import Refused
from app.ui.widgets.entry import plain_date, read_date
from app.ui.widgets.figures import Parsed
from app.ui.widgets.folding import fold
from app.ui.widgets.inputs import set_state

_CLOCK: Final = re.compile(r"^(?P<day>.*?)[\sT]*(?P<hour>\d{1,2})[:点时](?P<minute>\d{2})?分?$")


class MomentEdit(Parsed):
    """`14:30`, `昨天 9:00`, `3.1 9:00`; a day alone is its first minute.

    `changed(datetime | None)`: aware, in the time of China.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        name: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._now = now
        self._moment: datetime | None = None

    def moment(self) -> datetime | None:
        """The moment last understood."""
        return self._moment

    def set_moment(self, moment: datetime | None) -> None:
        """Fill from stored data."""
        self._keep(moment)
        set_state(self, "")

    def _read(self, text: str) -> datetime | None:
        return read_moment(text, self._now()) if text else None

    def _keep(self, value: object) -> None:
        self._moment = value if isinstance(value, datetime) else None
        self.put("" if self._moment is None else moment_text(self._moment))


def read_moment(text: str, now: datetime) -> datetime:
    """The moment `text` means. Raises Refused F-53 for no day, F-55 for no time of one."""
    today = now.astimezone(CHINA).date()
    found = _CLOCK.match(fold(text).strip())
    if found is None:
        return datetime.combine(read_date(text, today, past=True), time(), CHINA)
    told = found["day"].strip()
    day = read_date(told, today, past=True) if told else today
    try:
        at = time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        raise Refused(
            "这个时间没看懂。", do="请写成 14:30 这样，前面可以加日子。", code="F-55"
        ) from None
    return datetime.combine(day, at, CHINA)


def moment_text(moment: datetime) -> str:
    """2026年3月2日 14:30."""
    here = moment.astimezone(CHINA)
    return f"{plain_date(here.date())} {here:%H:%M}"
