"""The small QR code beside a form's verification code: the same twelve characters, nothing else."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Final

from app.documents.ink import Ink

_VERSION: Final = 1
_MASK: Final = 3
"""One fixed mask: any is readable, and trying all eight takes longer than the rest of the page."""


def draw_code(ink: Ink, x: float, y: float, side: float, code: str) -> None:
    """Draw `code` as a QR symbol of `side` points, top left at (x, y), as filled bars."""
    bars, size = _bars(code)
    module = side / size
    ink.bars([(x + start * module, y + row * module, n * module) for row, start, n in bars], module)


@lru_cache(maxsize=8)
def _bars(code: str) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """The dark modules of the symbol as bars (row, column, how many), and how many a side has."""
    matrix = _matrix(code)
    found = []
    for row, line in enumerate(matrix):
        start = 0
        for dark, run in groupby(line):
            length = len(tuple(run))
            if dark:
                found.append((row, start, length))
            start += length
    return tuple(found), len(matrix)


def _matrix(code: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the symbol, row by row; True is dark."""
    # Imported with the first print: it costs 70 ms, and starting the program prints nothing.
    from qrcode.constants import ERROR_CORRECT_Q  # type: ignore[import-untyped]  # no stubs
    from qrcode.main import QRCode  # type: ignore[import-untyped]  # no stubs

    symbol = QRCode(
        version=_VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=_MASK
    )
    symbol.add_data(code, optimize=0)
    symbol.make(fit=False)
    return tuple(tuple(bool(dark) for dark in line) for line in symbol.get_matrix())
