"""Lengths other rooms ask for without drawing: nothing here loads the library that draws."""

from __future__ import annotations

from typing import Final

POINTS_A_MM: Final = 72 / 25.4
LINE_LENGTH: Final = 100
"""Millimetres from tick to tick of both long lines of the calibration page."""
FROM_LEFT: Final = 50
FROM_TOP: Final = 90
"""Where both lines begin, in millimetres from the edges of the paper."""
