"""Pages on the wire: whole or not at all, in any order, each piece of news once."""

from __future__ import annotations

import pytest

from app.domain.problem import Refused
from app.sync.protocol.coding import encode_line
from app.sync.protocol.feed import advanced, decode_page, encode_page, follows, is_news
from tests.wire import page_of


def test_a_page_reads_back_and_a_cut_one_is_refused():
    page = page_of({}, {"v": 2}, 1, 2)
    data = encode_page(page.head, [encode_line(entry) for entry in page.entries])

    assert decode_page(data) == page
    for bad in (data[:-1], data + b"{}\n", b"\n".join(data.split(b"\n")[:-2]) + b"\n"):
        with pytest.raises(Refused):
            decode_page(bad)


def test_pages_in_any_order_and_number_come_to_the_same():
    pages = [page_of({}, {"v": 2}, 1, 2), page_of({"v": 2}, {"v": 4}, 3, 4)]
    cursor: dict[str, int] = {}
    applied: list[int] = []

    for page in (pages[1], pages[0], pages[0], pages[1], pages[0], pages[1]):
        if follows(cursor, page):
            applied += [e.position for e in page.entries if is_news(cursor, e)]
            cursor = advanced(cursor, page)

    assert applied == [1, 2, 3, 4]
    assert cursor == {"v": 4}


def test_what_came_along_as_a_reference_is_news():
    page = page_of({}, {"v": 2}, 1, 2, 9)

    assert is_news({"v": 2}, page.entries[2])
    assert not is_news({"v": 2}, page.entries[0])
    assert not is_news({"v": 12}, page.entries[2])  # what has left since stays away
