"""At a county's widest margins too, nothing reaches into the place of a seal or a finger: no word,
and no line to write on; and every place keeps its size inside its own cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import paper as sheets
from app.documents.cells import FINGERPRINT, SEAL
from app.documents.ink import MM
from app.documents.paper import Order
from app.documents.typeset import Blank, Words, fit, flow
from app.domain.county_paper import CountyPaper, PaperMargins
from app.services.county_papers import FIXED
from tests import papers, records
from tests.laid_out import Apart, Watched

WIDEST = PaperMargins(left=20, right=20, top=25, bottom=20)
CODES = [code for code in papers.USUAL if code not in FIXED and not code.endswith("A3")]


class Ruled(Watched):
    """Ink that also notes the cell of each place kept free, or else the page, and lines that leave
    the page."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.loose: list[tuple[float, float]] = []
        self.places: list[tuple[tuple[float, ...], tuple[float, ...]]] = []

    def keep_free(self, x: float, y: float, width: float, height: float) -> None:
        super().keep_free(x, y, width, height)
        self.places.append(((x, y, width, height), self.box_now or (0, 0, self.width, self.height)))

    def rule(self, x: float, y: float, x_end: float, y_end: float, weight: float = 0.5) -> None:
        super().rule(x, y, x_end, y_end, weight)
        if x < 20 * MM - 1 or x_end > self.width - 20 * MM + 1:
            self.loose.append((x, x_end))


def drawn(code: str, form: object, content: object) -> Ruled:
    """A form at the widest margins; its footer stands outside all cells."""
    county = CountyPaper(form=code, name="甲.toml", sha256="0" * 64, wording=(), margins=WIDEST)
    paper = form.paper(content, records.NUMBER)
    paper = replace(paper, blocks=tuple(map(Apart, paper.blocks)))
    ink = Ruled(*paper.size, title="")
    sheets.draw(ink, Order(paper, records.stamp(holders=(), county=county), "0" * 12))
    return ink


@pytest.mark.parametrize("code", CODES)
def test_nothing_reaches_into_a_place_kept_free_at_the_widest_margins(code):
    for form, content in (papers.USUAL[code](), papers.longest(code)):
        ink = drawn(code, form, content)
        for page, x, y, width, height in ink.kept:
            assert (round(width, 1), round(height, 1)) in {
                tuple(round(side, 1) for side in size) for size in (FINGERPRINT, SEAL)
            }
            reaching = [
                word[5] or "a line to write on"
                for word in ink.words
                if word[0] == page
                and word[1] + 1 < x + width and word[1] + word[3] > x + 1
                and word[2] + 1 < y + height and word[2] + word[4] > y + 1
            ]  # fmt: skip
            assert reaching == []
        assert ink.loose == []
        for (x, y, width, height), (left, top, room, tall) in ink.places:
            assert left <= x
            assert x + width <= left + room
            assert top <= y
            assert y + height <= top + tall


def test_a_seal_is_forty_two_millimetres_and_a_finger_thirty_by_twenty():
    assert tuple(side / MM for side in SEAL) == (42, 42)
    assert tuple(side / MM for side in FINGERPRINT) == (30, 20)


@pytest.mark.parametrize("set_words", [flow, lambda *known: fit(*known[:2], 0, known[2], 7)])
def test_a_line_to_write_on_is_no_longer_than_its_room(set_words):
    setting = set_words((Words("意见："), Blank(110)), 100 * MM, 10.5)

    (blank,) = [piece for line in setting.lines for piece in line if isinstance(piece.part, Blank)]
    assert blank.part.width == pytest.approx(100)
