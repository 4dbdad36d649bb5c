"""The calibration page: lines of known length at known places, to be measured with a ruler.

What a printer makes smaller or shifts shows here before it shows on a form (ux §3: forms are
printed at their actual size). Nobody's data is on it, so it is no paper of a case.
"""

from __future__ import annotations

from typing import Final

from app.documents.fonts import Style
from app.documents.ink import MM, Ink
from app.documents.measures import FROM_LEFT, FROM_TOP, LINE_LENGTH
from app.documents.paper import A4

TITLE: Final = "打印机校准页"
REACH: Final = 20
"""The scales at the edges count so many millimetres inwards."""
_ADVICE: Final = (
    "用尺子量四个数，填到程序里：",
    "① 横线，从头到尾多少毫米（应当是 100）",
    "② 竖线，从头到尾多少毫米（应当是 100）",
    "③ 竖线离纸的左边多少毫米（应当是 50）",
    "④ 横线离纸的上边多少毫米（应当是 90）",
    "四边的小尺从纸边数起：看得见的最小的数，就是这台打印机打不到的边。",
)


def calibration_page() -> bytes:
    """One A4 page. The same bytes every time."""
    ink = Ink(*A4, title=TITLE)
    ink.show(55 * MM, 38 * MM, Style.TITLE, 22, TITLE)
    for line, text in enumerate(_ADVICE):
        ink.show(60 * MM, (52 + line * 5.5) * MM, Style.SONG, 11, text)
    _cross(ink)
    _edges(ink)
    return ink.finish()


def _cross(ink: Ink) -> None:
    """Both long lines from one corner, which nothing sticks out of; a tick every 10 mm."""
    left, top = FROM_LEFT * MM, FROM_TOP * MM
    ink.rule(left, top, left + LINE_LENGTH * MM, top)
    ink.rule(left, top, left, top + LINE_LENGTH * MM)
    for tick in range(10, LINE_LENGTH + 1, 10):
        far = tick * MM
        tall = (5 if tick == LINE_LENGTH else 2.5) * MM
        ink.rule(left + far, top - tall / 2, left + far, top + tall / 2)
        ink.rule(left - tall / 2, top + far, left + tall / 2, top + far)
        ink.show(left + far - 2 * MM, top + 6.5 * MM, Style.SONG, 8, str(tick))
        ink.show(left + 4 * MM, top + far + MM, Style.SONG, 8, str(tick))
    ink.show(left + 45 * MM, top - 4 * MM, Style.HEI, 11, "①")
    ink.show(left - 9 * MM, top + 52 * MM, Style.HEI, 11, "②")


def _edges(ink: Ink) -> None:
    """A small scale at the middle of each edge, counted from the paper's edge in millimetres."""
    for far in range(1, REACH + 1):
        tall = (4 if far % 5 == 0 else 2) * MM
        deep = far * MM
        for x in (deep, ink.width - deep):
            ink.rule(x, 240 * MM, x, 240 * MM + tall)
        for y in (deep, ink.height - deep):
            ink.rule(180 * MM, y, 180 * MM + tall, y)
        if far % 5 == 0:
            words = str(far)
            ink.show(deep - 1.5 * MM, 248 * MM, Style.SONG, 7, words)
            ink.show(ink.width - deep - 1.5 * MM, 248 * MM, Style.SONG, 7, words)
            ink.show(185 * MM, deep + MM, Style.SONG, 7, words)
            ink.show(185 * MM, ink.height - deep + MM, Style.SONG, 7, words)
