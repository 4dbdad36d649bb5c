"""Pages of a PDF as pictures, for the preview and for printers. No Qt; for the work thread only.

The library behind it is imported when the first page is wanted, and is not safe on two threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in shades of grey, one byte a pixel, `stride` bytes a line."""

    width: int
    height: int
    stride: int
    grey: bytes = field(repr=False)


def picture(pdf: bytes, page: int, *, width: int) -> Picture:
    """Page `page` (from 0) as wide as `width` pixels."""
    import pypdfium2  # type: ignore[import-untyped]  # it ships none

    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[page]
        return _render(drawn, width / drawn.get_width())
    finally:
        document.close()


def pictures(pdf: bytes, *, dots_per_inch: int) -> Iterator[Picture]:
    """Every page, sharp enough for `dots_per_inch`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _render(page, dots_per_inch / POINTS_PER_INCH)
    finally:
        document.close()


def longest_side(pdf: bytes) -> float:
    """Of all its pages, in points: A4 is 842 long, A3 1191."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return float(max(max(page.get_size()) for page in document))
    finally:
        document.close()


def _render(page: object, scale: float) -> Picture:
    bitmap = page.render(scale=scale, grayscale=True)  # type: ignore[attr-defined]  # no stubs
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
