"""The small QR code beside a form's verification code: the same twelve characters, nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.documents.ink import Ink

_VERSION: Final = 1
_DARK: Final = re.compile(rb"\x01+")
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
    return tuple(
        (row, bar.start(), bar.end() - bar.start())
        for row, line in enumerate(matrix)
        for bar in _DARK.finditer(line)
    ), len(matrix)


def _matrix(code: str) -> list[bytes]:
    """The modules of the symbol, row by row; 1 is dark."""
    # Imported with the first print: it costs 70 ms, and starting the program prints nothing.
    from qrcode.constants import ERROR_CORRECT_Q  # type: ignore[import-untyped]  # no stubs
    from qrcode.main import QRCode  # type: ignore[import-untyped]  # no stubs

    symbol = QRCode(
        version=_VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=_MASK
    )
    symbol.add_data(code, optimize=0)
    symbol.make(fit=False)
    return [bytes(line) for line in symbol.get_matrix()]
