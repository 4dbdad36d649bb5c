"""The recovery sheet reads from the top down, its groups in the order they are typed."""

from __future__ import annotations

from datetime import date

from app.documents.recovery_sheet import ADVICE, TITLE, recovery_sheet
from tests import pdfs

GROUPS = [str(number) * 5 for number in range(1, 9)]


def place_of(lines: list[str], words: str) -> tuple[int, int]:
    """From the top and from the left, in millimetres."""
    line = next(line for line in lines if line.endswith(words))
    x, y = line.split(" ")[1].split(",")
    return int(y), int(x)


def test_title_groups_and_advice_stand_below_one_another_in_their_order():
    lines = pdfs.lines_on(recovery_sheet(GROUPS, date(2026, 3, 2)))

    places = [place_of(lines, words) for words in (TITLE, "2026年3月2日", *GROUPS, *ADVICE)]

    assert places == sorted(places)
    assert places[0][0] < 50
