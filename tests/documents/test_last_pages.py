"""The last page of a long paper: it never carries a remark and nothing to go with it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import papers, pdfs, records

HEAD, FOOT, SEAM = 15, 22, 10
"""Millimetres from the edges of a page within which its own words stand, and not the paper's."""


@pytest.mark.parametrize("code", papers.USUAL)
def test_no_page_holds_a_remark_and_nothing_else(code):
    form, content = papers.longest(code)
    book = form.render(content, records.stamp())

    with pdfs.opened(book) as opened:
        width, height = (float(one) / 72 * 25.4 for one in opened.pages[0].MediaBox[2:])
    said: Counter[str] = Counter()
    for line in pdfs.lines_on(book):
        page, place, _text = line.split(" ", 2)
        x, y = map(int, place.split(","))
        said[page] += HEAD < y < height - FOOT and x < width - SEAM
    assert min(said.values()) > 1
