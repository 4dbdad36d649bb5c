"""Long words where a sentence is usual: what is torn off or folded stays where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import papers, pdfs, records

FOOT_OF_THE_MIDDLE = 150
"""Where words stand whose middle is at 148.5 mm, half of A4."""
LENGTHS = (0, 80, 150, 200, 300, 600, 1500)


def said_on(pdf: bytes, words: str) -> list[tuple[int, int]]:
    """Page and millimetres from the top of every line that has these words."""
    found = []
    for line in pdfs.lines_on(pdf):
        page, place, text = line.split(" ", 2)
        if words in text:
            found.append((int(page), int(place.split(",")[1])))
    return found


@pytest.mark.parametrize("length", LENGTHS)
def test_the_receipt_of_a_referral_stands_under_the_line_it_is_torn_off_by(length):
    form, content = papers.USUAL["F19"]()
    pdf = form.render(replace(content, summary="饭" * length), records.stamp(holders=()))

    ((cut, cut_at),) = said_on(pdf, "沿此线撕下")
    ((receipt, receipt_at),) = said_on(pdf, "转介单编号")
    assert cut == receipt
    assert 3 < receipt_at - cut_at < 9
    assert "".join(pdfs.lines_on(pdf)).count("饭") == length


@pytest.mark.parametrize("length", LENGTHS)
def test_a_card_is_folded_in_the_middle_however_long_its_services_are(length):
    form, content = papers.USUAL["F14"]()
    pdf = form.render(replace(content, services="饭" * length), records.stamp(holders=()))

    assert said_on(pdf, "沿此线对折") == [(1, FOOT_OF_THE_MIDDLE)]
    assert "".join(pdfs.lines_on(pdf)).count("饭") == length
    assert len(pdfs.opened(pdf).pages) == (2 if length > 1000 else 1)
    if length > 1000:
        assert "见附页" in pdfs.text_of(pdf)
