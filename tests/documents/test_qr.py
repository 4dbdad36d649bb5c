"""The QR code carries the verification code and nothing else."""

from __future__ import annotations

import pypdfium2
import pytest
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from app.documents.ink import MM, Ink
from app.documents.paper import MARGIN
from app.documents.qr import draw_code
from app.documents.stamp import Mark
from tests import papers

CODE = "1C8MFTWCVAKT"


def test_the_squares_are_those_of_the_code():
    class Squares(Ink):
        def bars(self, bars, tall):
            self.side = tall
            self.seen = {
                (left + number * tall, top)
                for left, top, wide in bars
                for number in range(round(wide / tall))
            }

    expected = QRCode(version=1, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=3)
    expected.add_data(CODE)
    expected.make(fit=False)
    ink = Squares(100, 100, title="")

    draw_code(ink, 10, 20, 42, CODE)

    dark = {
        (10 + column * 2.0, 20 + row * 2.0)
        for row, line in enumerate(expected.get_matrix())
        for column, module in enumerate(line)
        if module
    }
    assert ink.seen == dark
    assert ink.side == 2.0


DOTS = 4
"""A point is so many dots."""


def dark(pdf: bytes) -> list[float]:
    """Of every page, how much of the lower right corner that a code takes is black."""
    side, edge = round(11 * MM * DOTS), round(MARGIN * DOTS)
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=DOTS, grayscale=True)
        dots_of_page = bytes(picture.buffer)
        corner = [
            dots_of_page[row * picture.stride : row * picture.stride + picture.width]
            for row in range(picture.height - edge - side, picture.height - edge)
        ]
        dots = b"".join(line[-edge - side : -edge] for line in corner)
        found.append(sum(dot < 128 for dot in dots) / len(dots))
    return found


@pytest.mark.parametrize("mark", Mark)
def test_every_page_that_can_be_checked_against_a_record_carries_its_code_and_no_other(mark):
    shares = dark(papers.pdf_of("F01", mark=mark))

    assert len(shares) == 3
    if mark in {Mark.FINAL, Mark.PRACTICE}:
        assert all(0.3 < share < 0.7 for share in shares)
    else:
        assert shares == [0, 0, 0]
