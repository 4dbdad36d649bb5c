"""The calibration page measures what it says: a ruler laid on it by a program."""

from __future__ import annotations

import pypdfium2

from app.documents.calibration import calibration_page
from app.documents.measures import FROM_LEFT, FROM_TOP, LINE_LENGTH

DOTS = 20
"""To the millimetre."""


def dark_runs(across: bool, at_mm: float) -> list[tuple[int, int]]:
    """Where ink begins and ends along one line of the page, in tenths of a millimetre."""
    page = pypdfium2.PdfDocument(calibration_page())[0]
    picture = page.render(scale=DOTS * 25.4 / 72, grayscale=True)
    width, height, grey = picture.width, picture.height, bytes(picture.buffer)
    at, stride = round(at_mm * DOTS), picture.stride
    span = width if across else height
    line = [grey[at * stride + n] if across else grey[n * stride + at] for n in range(span)]
    dark = [n for n, shade in enumerate(line) if shade < 128]
    starts = [n for n in dark if n - 1 not in dark]
    ends = [n for n in dark if n + 1 not in dark]
    return [(a * 10 // DOTS, b * 10 // DOTS) for a, b in zip(starts, ends, strict=True)]


def test_both_long_lines_are_a_hundred_millimetres_from_their_places():
    across = max(dark_runs(across=True, at_mm=FROM_TOP), key=lambda run: run[1] - run[0])
    down = max(dark_runs(across=False, at_mm=FROM_LEFT), key=lambda run: run[1] - run[0])

    for (start, end), place in ((across, FROM_LEFT), (down, FROM_TOP)):
        assert abs(start - place * 10) <= 2
        assert abs(end - start - LINE_LENGTH * 10) <= 3


def test_the_scales_at_the_edges_count_from_the_paper_s_edge():
    ticks = [start for start, _end in dark_runs(across=True, at_mm=241) if start < 210]

    assert len(ticks) == 20
    assert all(abs(tick - number * 10) <= 1 for number, tick in enumerate(ticks, 1))


def test_the_same_page_is_the_same_bytes():
    assert calibration_page() == calibration_page()
