"""Forms laid out by an ink that remembers where everything came to stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.documents import paper as sheets
from app.documents.blocks import Block, Laid
from app.documents.fonts import Style, width_of
from app.documents.ink import Ink
from app.documents.paper import MARGIN, Order
from tests import papers, records

CODES = tuple(code for code in papers.USUAL if not code.endswith("A3"))
"""On A3 everything stands where it stands on A4."""


WRITTEN_IN = tuple(code for code in CODES if code != "F05")
"""Forms with lines to write on: all but the working sheet, whose figures nobody writes."""


SLACK = 0.6
"""Points a frame is thick, so that touching it is not leaving it."""


class Watched(Ink):
    """Ink that notes where things go, page by page. Outside cells, text stays in the margins."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.box_now: tuple[float, float, float, float] | None = None
        self.outside: list[str] = []
        self.words: list[tuple[int, float, float, float, float, str]] = []
        self.kept: list[tuple[int, float, float, float, float]] = []

    def cell(self, x: float, y: float, width: float, height: float) -> None:
        super().cell(x, y, width, height)
        self.box_now = (x, y, width, height)

    def keep_free(self, x: float, y: float, width: float, height: float) -> None:
        self.kept.append((self.getPageNumber(), x, y, width, height))

    def show(self, x: float, baseline: float, style: Style, size: float, text: str) -> None:
        super().show(x, baseline, style, size, text)
        width = width_of(style, text) * size / 1000
        self.words.append((self.getPageNumber(), x, baseline - size * 0.88, width, size, text))
        left, top, room, height = self.box_now or (
            MARGIN, 0, self.width - 2 * MARGIN, self.height - MARGIN
        )  # fmt: skip
        inside = left - SLACK <= x and x + width <= left + room + SLACK
        inside = inside and top - SLACK <= baseline - size * 0.88
        if not (inside and baseline + size * 0.12 <= top + height + SLACK):
            self.outside.append(text)

    def edge_mark(self, middle: float) -> None:
        """The mark for a seal across the pages stands outside the margins on purpose."""

    def rule(self, x: float, y: float, x_end: float, y_end: float, weight: float = 0.5) -> None:
        super().rule(x, y, x_end, y_end, weight)
        self.words.append((self.getPageNumber(), x, y, x_end - x, 0.1, ""))


@dataclass(frozen=True)
class Apart:
    """A block whose first words are not held against the last cell of the one above."""

    block: Block

    def lay(self, width: float) -> Laid:
        laid = self.block.lay(width)

        def draw(ink: Watched, x: float, top: float, strips: range, goes_on: bool) -> None:
            ink.box_now = None
            laid.draw(ink, x, top, strips, goes_on)
            ink.box_now = None

        return laid._replace(draw=draw)


def on_watched(module, content, **changes: object) -> Watched:
    """A whole form with its footers on watched ink."""
    paper = module.paper(content, records.NUMBER)
    ink = Watched(*paper.size, title="")
    apart = replace(paper, blocks=tuple(map(Apart, paper.blocks)))
    sheets.draw(ink, Order(apart, records.stamp(holders=(), **changes), "0" * 12))
    return ink
