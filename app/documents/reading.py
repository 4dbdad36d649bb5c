"""What stands on a PDF somebody brings: its words by place, its look, and the codes it carries.

The file may be anything, so it is only read: a reader that draws pages and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from app.documents.measures import POINTS_A_MM
from app.documents.pdfium import OpenPdf, Picture, Unreadable, opened
from app.domain.problem import Refused
from app.domain.verification import normal_code

LARGEST: Final = 50 * 1024 * 1024
MOST_PAGES: Final = 2000
_MOST_RUNS: Final = 20_000
"""Runs of text on a page; the fullest of ours has some hundreds."""
_LONGEST_SIDE: Final = 1300.0
"""Points; ours end at A3, 1191. A larger page is not drawn: it could take all memory there is."""

Step = Callable[[int, int], None]
"""Told how many steps are done, of how many; raises `Stopped` when it is enough."""

_CODE: Final = re.compile(r"校验码([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
_NUMBER: Final = re.compile(r"编号(\d{6}-\d{2,}-\d{4}-\d{6}-[0-9A-Z])")
_LEAF: Final = re.compile(r"第(\d+)页共\d+页")
_HOLDER: Final = re.compile(r"第(\d+)份（")
_PACK: Final = re.compile(r"·政策包(.*?)·编号")
_LOOKED_AT: Final = 1.0
"""Dots for each point when two pages are laid over each other."""


class Stopped(Exception):  # nothing is wrong
    """Somebody said 停下."""


def untold(_done: int, _total: int) -> None:
    """A `Step` where nobody watches."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file: its lines from the top down, and how it looks when it is asked for."""

    lines: tuple[str, ...] = field(repr=False)
    number: int
    pdf: bytes = field(repr=False)
    is_laid_over: bool = False
    """Whether notes or fields lie over it, or the file holds layers or scripts, which no paper of
    ours has."""

    @property
    def looks(self) -> tuple[int, int, bytes]:
        """Width, height and the dots in shades of grey, as on a screen and then as printed: a layer
        may show on one of them only. No dots of a page larger than papers get."""
        with opened(self.pdf) as document:
            width, height = document.size(self.number)
            if max(width, height) > _LONGEST_SIDE:
                return round(width), round(height), b""
            seen = document.picture(self.number, scale=_LOOKED_AT)
            printed = document.picture(self.number, scale=_LOOKED_AT, printed=True)
            return seen.width, seen.height, _rows(seen) + _rows(printed)

    @property
    def text(self) -> str:
        """Everything on it without white space."""
        return "".join(line.partition(" ")[2] for line in self.lines)

    @property
    def code(self) -> str:
        """The twelve characters of its footer; empty where there are none."""
        found = _CODE.findall(self.text)
        return normal_code(found[-1]) if found else ""

    @property
    def begins(self) -> bool:
        """Whether its footer says that it is the first page of its copy."""
        found = _LEAF.findall(self.text)
        return bool(found) and int(found[-1]) == 1

    @property
    def holder(self) -> str:
        """Whose copy it is, by the number its footer gives; empty where there is none."""
        found = _HOLDER.findall(self.text)
        return found[-1] if found else ""

    @property
    def document_no(self) -> str:
        """The number of its footer; empty where there is none."""
        found = _NUMBER.findall(self.text)
        return found[-1] if found else ""

    @property
    def pack(self) -> str:
        """The policy pack of its footer without white space; empty where there is none."""
        found = _PACK.findall(self.text)
        return found[-1] if found else ""

    @property
    def is_empty(self) -> bool:
        """Nothing on it at all: the back of a sheet."""
        if self.lines or self.is_laid_over:
            return False
        _width, _height, dots = self.looks
        return bool(dots) and dots.count(0xFF) == len(dots)


def pages_read(pdf: bytes, step: Step = untold) -> tuple[Page, ...]:
    """The pages of `pdf`. Raises Refused P-25 when it is none, or larger than papers get; what
    `step` raises, which is told of each page."""
    if len(pdf) > LARGEST or not pdf.startswith(b"%PDF-"):
        raise _unreadable()
    try:
        with opened(pdf) as document:
            count = document.count
            if count > MOST_PAGES:
                raise _unreadable()
            pages = []
            more = document.holds_more()
            for number in range(count):
                step(number, count)
                over = more or document.is_laid_over(number)
                pages.append(Page(tuple(_lines(document, number)), number, pdf, over))
            return tuple(pages)
    except Unreadable as error:
        raise _unreadable() from error


def _rows(drawn: Picture) -> bytes:
    """The dots alone, without what fills up a line of memory."""
    starts = range(0, drawn.stride * drawn.height, drawn.stride)
    return b"".join(drawn.grey[start : start + drawn.width] for start in starts)


def _lines(document: OpenPdf, number: int) -> Iterator[str]:
    """Each line of text behind its height on the page in whole millimetres."""
    runs = document.runs(number, most=_MOST_RUNS)
    found = sorted((round(run.down / POINTS_A_MM), run.left, run.text) for run in runs)
    for down, line in groupby(found, key=lambda one: one[0]):
        yield f"{down} {'　'.join(one[2] for one in line)}"


def _unreadable() -> Refused:
    return Refused(
        "这个文件不是能核对的 PDF。", do="请让对方重新给一份，或者输入纸上的校验码。", code="P-25"
    )
