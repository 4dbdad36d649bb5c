"""The QR code carries the verification code and nothing else."""

from __future__ import annotations

import pytest
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from app.documents.ink import MM, Ink
from app.documents.paper import Order, draw
from app.documents.qr import draw_code
from app.documents.stamp import Mark
from tests import papers, records

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


@pytest.mark.parametrize("mark", Mark)
def test_every_page_that_can_be_checked_against_a_record_carries_its_code_and_no_other(mark):
    class Counting(Ink):
        sides: tuple[float, ...] = ()

        def bars(self, bars, tall):
            self.sides += (tall * 21,)

    form, content = papers.USUAL["F01"]()
    paper = form.paper(content, records.NUMBER)
    ink = Counting(*paper.size, title="")
    draw(ink, Order(paper, records.stamp(mark=mark), CODE))

    assert len(ink.sides) == (3 if mark in {Mark.FINAL, Mark.PRACTICE} else 0)
    assert all(side >= 11 * MM for side in ink.sides)
