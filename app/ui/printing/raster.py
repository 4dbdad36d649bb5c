"""Pages of a PDF as pictures, for the preview and for printers. No Qt; for the work thread only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents.pdfium import Picture, opened

POINTS_PER_INCH: Final = 72


def picture(pdf: bytes, page: int, *, width: int) -> Picture:
    """Page `page` (from 0) as wide as `width` pixels."""
    with opened(pdf) as document:
        points, _height = document.size(page)
        return document.picture(page, scale=width / points)


def pictures(pdf: bytes, *, dots_per_inch: int) -> Iterator[Picture]:
    """Every page, sharp enough for `dots_per_inch`."""
    with opened(pdf) as document:
        for page in range(document.count):
            yield document.picture(page, scale=dots_per_inch / POINTS_PER_INCH)


def longest_side(pdf: bytes) -> float:
    """Of all its pages, in points: A4 is 842 long, A3 1191."""
    with opened(pdf) as document:
        return max(max(document.size(page)) for page in range(document.count))
