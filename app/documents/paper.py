"""Puts blocks on pages and stamps every page: footer, verification code, marks, watermark.

Pages are A4 with the margins of the ministry's own forms: 10 mm left, right and bottom, 15 mm top
(domain.md §3), unless a county's file says others. The footer stands inside the bottom of that
frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import Final, NamedTuple

from app.documents.blocks import Block, Laid
from app.documents.cells import LEFT, RIGHT
from app.documents.county_wording import said, saying
from app.documents.fonts import printed_in
from app.documents.ink import MM, Ink
from app.documents.qr import draw_code
from app.documents.stamp import Stamp
from app.documents.typeset import Words, fit, fit_anew
from app.domain.county_paper import CountyPaper

A4: Final = (210 * MM, 297 * MM)
MARGIN: Final = 10 * MM
TOP: Final = 15 * MM
A3_SCALE: Final = 2**0.5
FOOTER: Final = 13 * MM
"""Height of the footer, between the body and the bottom margin."""

SHORT: Final = 60 * MM
"""A block no taller than this is not broken; it goes to the next page as a whole."""

BEGUN: Final = 2
"""Strips under its heads with which a broken block begins at least."""

_FINE: Final = 9.0
"""小五 (ux §3), or smaller where a line is long."""
_FINEST: Final = 5.5
_QR: Final = 11.5 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A form ready to be laid out: what it is, and what stands on it from the top down."""

    form: str
    version: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    enlarged: bool = False
    """On A3, everything larger by the root of two."""
    left: float = MARGIN
    right: float = MARGIN
    top: float = TOP
    bottom: float = MARGIN
    """Points left free at the edges."""
    front: tuple[str, int] | None = None
    """Who keeps a copy that ends after so many of the blocks: what comes behind them, on pages of
    its own, is for the file."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points, before it is enlarged."""
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def room(self) -> float:
        """Width between the margins in points."""
        return self.size[0] - self.left - self.right

    def worded(self, county: CountyPaper | None) -> Paper:
        """The form as a county wants it; itself where none wants anything."""
        if county is None:
            return self
        say = saying(county.wording)
        made = replace(self, title=say(self.title), blocks=said(self.blocks, say))
        wanted = county.margins
        if wanted is None:
            return made
        edges = (wanted.left, wanted.right, wanted.top, wanted.bottom)
        left, right, top, bottom = (edge * MM for edge in edges)
        return replace(made, left=left, right=right, top=top, bottom=bottom)


class Placed(NamedTuple):
    """Strips of one block at their place on a page."""

    laid: Laid
    top: float
    strips: range
    goes_on: bool


class Order(NamedTuple):
    """One paper to print: the layout, the facts of this print, the code that ties it to them."""

    paper: Paper
    stamp: Stamp
    code: str

    @property
    def worded(self) -> Order:
        """The same paper as the county of the stamp wants it."""
        return self._replace(paper=self.paper.worded(self.stamp.county))


def press(*orders: Order, duplex: bool = False) -> bytes:
    """One PDF of all `orders`: of each a whole set of pages for every holder of a copy, with
    `duplex` each on sheets of its own.

    Raises ValueError when there is nothing to print.
    """
    if not orders:
        raise ValueError("nothing to print")
    ink = Ink(*orders[0].paper.size, title=orders[0].worded.paper.title)
    for order in orders:
        draw(ink, order, fresh_sheets=duplex)
    return ink.finish()


def pages_of(paper: Paper) -> list[list[Placed]]:
    """What stands on each page."""
    laid = [block.lay(paper.room) for block in paper.blocks]
    return paginate(laid, paper.size[1] - paper.top - paper.bottom - FOOTER)


def pages_in(paper: Paper, stamp: Stamp) -> tuple[int, ...]:
    """How many pages each copy has with this stamp, in its face and worded by its county."""
    with printed_in(stamp.face):
        worded = paper.worded(stamp.county)
        pages = pages_of(worded)
        return tuple(_ends(worded, pages, keeper) for keeper in _keepers(stamp))


def _keepers(stamp: Stamp) -> tuple[str, ...]:
    """Who keeps each copy; of one that nobody is named for there is one copy, too."""
    return stamp.holders or ("",)


def _ends(paper: Paper, pages: Sequence[Sequence[Placed]], keeper: str) -> int:
    """How many of the pages stand on the copy of one holder."""
    if paper.front is None or paper.front[0] != keeper:
        return len(pages)
    laid = [block.lay(paper.room) for block in paper.blocks[: paper.front[1]]]
    return len(paginate(laid, paper.size[1] - paper.top - paper.bottom - FOOTER))


def draw(ink: Ink, order: Order, *, fresh_sheets: bool = False) -> None:
    """Draw all copies of one paper on new pages of `ink`; with `fresh_sheets`, on both sides, each
    copy ends its sheet, if need be with an empty page."""
    with printed_in(order.stamp.face):
        _draw(ink, order.worded, fresh_sheets=fresh_sheets)


def _draw(ink: Ink, order: Order, *, fresh_sheets: bool) -> None:
    paper, stamp, _ = order
    ink.turn(*paper.size, scale=A3_SCALE if paper.enlarged else 1)
    pages = pages_of(paper)
    keepers = _keepers(stamp)
    bodies: list[Callable[[], None]] = [
        partial(_body, ink, order, number, page) for number, page in enumerate(pages, 1)
    ]
    if len(keepers) > 1:
        bodies = [_shared(ink, body, number) for number, body in enumerate(bodies, 1)]
    for copy, keeper in enumerate(keepers):
        foot, ends = "", _ends(paper, pages, keeper)
        for number, body in enumerate(bodies[:ends], start=1):
            ink.enlarge()
            if stamp.watermark:
                ink.watermark(stamp.watermark)
            body()
            if foot:
                ink.addLiteral(foot)
            else:
                foot = ink.written(partial(_foot, ink, order, copy))
            _number(ink, paper, number, ends)
            ink.showPage()
        if fresh_sheets and ends % 2:
            ink.showPage()


def _body(ink: Ink, order: Order, number: int, page: Sequence[Placed]) -> None:
    """Draw what is the same on every copy of one page."""
    paper = order.paper
    for placed in page:
        placed.laid.draw(ink, paper.left, paper.top + placed.top, placed.strips, placed.goes_on)
    if number > 1 and not page[0].laid.begins_page:
        text = f"{paper.title}（续）　编号 {order.stamp.document_no}"
        setting = fit_anew((Words(text),), paper.room, 0, _FINE, _FINEST)
        setting.draw(ink, paper.left, 9 * MM, paper.room, RIGHT)


def _shared(ink: Ink, body: Callable[[], None], number: int) -> Callable[[], None]:
    """Write `body` into the file once. Returns what puts it on a page."""
    name = f"body-{ink.getPageNumber()}-{number}"
    ink.beginForm(name)
    body()
    ink.endForm()
    return partial(ink.doForm, name)


def paginate(blocks: Sequence[Laid], room: float) -> list[list[Placed]]:
    """Deal the strips of `blocks` out to pages `room` points tall."""
    pages: list[list[Placed]] = [[]]
    y = 0.0
    for laid in blocks:
        heads = sum(laid.heights[: laid.heads])
        start, first = laid.heads, True
        if pages[-1] and _goes_to_next_page(laid, y, room):
            pages.append(_taken_along(pages[-1]) if laid.clings else _led(pages[-1]))
            y = sum(map(_height, pages[-1]))
        while first or start < len(laid.heights):
            if pages[-1] and y + heads + sum(laid.heights[start : start + 1]) > room:
                pages.append([])
                y = 0.0
            end = start + _fitting(laid.heights[start:], room - y - heads)
            pages[-1].append(Placed(laid, y, range(start, end), not first))
            y += _height(pages[-1][-1])
            start, first = end, False
    return pages


def _goes_to_next_page(laid: Laid, y: float, room: float) -> bool:
    """Whether a block does not begin on a page that is filled down to `y`."""
    if laid.begins_page:
        return True
    if laid.clings and y + sum(laid.heights[: laid.heads + 1]) > room:
        return True
    whole = sum(laid.heights)
    if laid.together:
        return whole <= room < y + whole
    least = sum(laid.heights[: laid.heads + BEGUN]) if laid.breaks else whole
    return whole <= SHORT and y + least > room


def _taken_along(page: list[Placed]) -> list[Placed]:
    """The last strip of `page`, taken away from it to stand above what clings to it."""
    last = page[-1]
    if len(last.strips) <= 1:
        return []
    cut = last.strips.stop - 1
    page[-1] = last._replace(strips=range(last.strips.start, cut))
    return [Placed(last.laid, 0, range(cut, last.strips.stop), goes_on=True)]


def _led(page: list[Placed]) -> list[Placed]:
    """What led to the next block, taken away from the foot of `page` to stand above it."""
    leads = len(page) > 1 and page[-1].laid.leads
    return [page.pop()._replace(top=0)] if leads else []


def _height(placed: Placed) -> float:
    """How tall a run of strips is with its heads."""
    heights = placed.laid.heights
    return sum(heights[: placed.laid.heads]) + sum(heights[n] for n in placed.strips)


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many of `heights` fit into `room`; at least one, because a strip is never split."""
    return max(
        sum(1 for total in accumulate(heights) if total <= room + 0.01), min(len(heights), 1)
    )


def _foot(ink: Ink, order: Order, copy: int) -> None:
    """Draw the footer's two lines and the code beside them."""
    paper, stamp, code = order
    top = ink.height - paper.bottom - FOOTER + 2.5 * MM
    room = paper.room - _QR - 24 * MM
    first = stamp.first_line(paper.form, paper.version, code)
    for line, text in enumerate((first, stamp.second_line(copy))):
        setting = fit_anew((Words(text),), room, 0, _FINE, _FINEST)
        setting.draw(ink, paper.left, top + line * 4.4 * MM, room, LEFT)
    if stamp.counts:
        right, bottom = ink.width - paper.right, ink.height - paper.bottom
        draw_code(ink, right - _QR, bottom - _QR, _QR, code)


def _number(ink: Ink, paper: Paper, number: int, pages: int) -> None:
    """第 x 页 共 y 页, and where a seal across the pages goes when there are several."""
    x = ink.width - paper.right - _QR - 24 * MM
    setting = fit((Words(f"第 {number} 页 共 {pages} 页"),), 22 * MM, 0, _FINE, _FINEST)
    setting.draw(ink, x, ink.height - paper.bottom - FOOTER + 4.7 * MM, 22 * MM, RIGHT)
    if pages > 1:
        ink.edge_mark(ink.height / 2)
