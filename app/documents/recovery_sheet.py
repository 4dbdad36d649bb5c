"""The recovery sheet: eight groups of figures to be locked away, printed once and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.documents.fonts import Style
from app.documents.ink import MM, Ink
from app.documents.paper import A4

TITLE: Final = "保险箱恢复纸"
ADVICE: Final = (
    "忘了口令时，用这张纸上的八组数字打开保险箱，再设新口令。",
    "请锁在柜子里，不要和电脑放在一起，不要拍照，不要发给任何人。",
    "谁拿到这张纸，谁就能打开保险箱。用过一次就作废，会换一张新的。",
)
A_ROW: Final = 4


def recovery_sheet(groups: Sequence[str], on: date) -> bytes:
    """One A4 page with the groups of the recovery code, numbered."""
    ink = Ink(*A4, TITLE)
    ink.show(25 * MM, 35 * MM, Style.TITLE, 22, TITLE)
    ink.show(25 * MM, 46 * MM, Style.SONG, 11, f"{on.year}年{on.month}月{on.day}日")
    for index, group in enumerate(groups):
        row, column = divmod(index, A_ROW)
        x, y = (25 + column * 41) * MM, (60 + row * 28) * MM
        ink.box(x, y, 37 * MM, 20 * MM)
        ink.show(x + 2 * MM, y + 5 * MM, Style.SONG, 8, f"第 {index + 1} 组")
        ink.show(x + 7 * MM, y + 15 * MM, Style.HEI, 20, group)
    for line, text in enumerate(ADVICE):
        ink.show(25 * MM, (130 + line * 9) * MM, Style.SONG, 12, text)
    return ink.finish()
