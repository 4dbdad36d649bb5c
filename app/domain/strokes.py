"""A signature drawn on a pad: lines of points, kept as vectors, bounded in size."""

from __future__ import annotations

import json
from typing import Final

from app.domain.problem import Refused
from app.domain.visiting import Strokes

MOST_POINTS: Final = 6_000
EDGE: Final = 1_000
"""Points are in thousandths of the pad's width; the pad is at most that wide and tall."""


def strokes_json(strokes: Strokes) -> bytes:
    """As it is kept. Raises Refused F-69 for one that is empty or too long."""
    points = sum(len(stroke) for stroke in strokes)
    if not points or points > MOST_POINTS:
        raise Refused(
            "签字是空的，或者画得太多了。", do="请清掉再签一次。", code="F-69", field="signature"
        )
    return json.dumps(strokes, separators=(",", ":")).encode()


def strokes_of(content: bytes) -> Strokes:
    """The lines again. Raises ValueError for anything else, and for points off the pad."""
    lines = json.loads(content)
    strokes = tuple(tuple((int(x), int(y)) for x, y in line) for line in lines)
    if any(not (0 <= x <= EDGE and 0 <= y <= EDGE) for line in strokes for x, y in line):
        raise ValueError("a point off the pad")
    return strokes
