"""Forms full of long names and rare signs: nothing leaves its cell, nothing covers anything."""

from __future__ import annotations

import pytest

from app.documents import paper as sheets
from app.documents.fonts import Style
from app.documents.ink import MM
from tests import hostile, papers, pdfs, records
from tests.laid_out import CODES, Watched, on_watched


@pytest.fixture
def watched():
    """Lays a form out on watched ink."""
    return on_watched


def on_one_another(ink: Watched) -> list[tuple[str, str]]:
    """Texts of one page that cover each other by more than a point."""
    found = []
    for page in {word[0] for word in ink.words}:
        said = [word for word in ink.words if word[0] == page and word[4] > 1 and word[5].strip()]
        said.sort(key=lambda word: word[2])
        for number, one in enumerate(said):
            for other in said[number + 1 :]:
                if other[2] >= one[2] + one[4] - 1:
                    break
                if other[1] + 1 < one[1] + one[3] and one[1] + 1 < other[1] + other[3]:
                    found.append((one[5], other[5]))
    return found


RAREST = "㐂䶮𬭼𠮷𪚥葛\U000e0100辻\U000e0101𠀀·"
"""Rare characters of both planes, with variation selectors and the dot of long names."""


LONG_FOOT = {"handler": records.LONG_NAME, "pack": "练习县低保政策包（叠在广东省上面）2026.12 版"}


@pytest.mark.parametrize("everywhere", [records.LONG_NAME, RAREST * 2, records.NOBODYS * 16])
@pytest.mark.parametrize("code", CODES)
def test_no_text_leaves_its_cell_when_every_text_is_a_long_name(code, everywhere, watched):
    module, content = papers.longest(code)
    full, _ = hostile.put_into(content, lambda _: everywhere)

    assert watched(module, full, **LONG_FOOT).outside == []


@pytest.mark.parametrize("text", ["长", "W"])
@pytest.mark.parametrize("code", CODES)
def test_no_text_covers_another(code, text, watched):
    for module, content in (papers.USUAL[code](), papers.longest(code, text)):
        assert on_one_another(watched(module, content, **LONG_FOOT)) == []


def test_text_that_covers_another_is_seen():
    ink = Watched(*sheets.A4, title="")
    ink.show(100, 100, Style.SONG, 10, "上面的")
    ink.show(115, 104, Style.SONG, 10, "压着")
    ink.show(600, 300, Style.SONG, 10, "出去了")

    assert on_one_another(ink) == [("上面的", "压着")]
    assert ink.outside == ["出去了"]


def test_the_longest_values_are_as_long_as_they_get():
    assert len(records.LONG_NAME) == 16
    assert len(records.LONG_ADDRESS) == 60
    assert f"{records.LARGEST.grouped()}" == "9,999,999.99"


@pytest.mark.parametrize("text", ["长", records.RARE, records.NOBODYS, "W"])
@pytest.mark.parametrize("code", CODES)
def test_no_text_leaves_its_cell_for_the_longest_values(code, text, watched):
    ink = watched(*papers.longest(code, text))

    assert ink.outside == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_printed_where_a_finger_or_a_seal_goes(code, watched):
    for ink in (watched(*papers.USUAL[code]()), watched(*papers.longest(code))):
        for page, x, y, width, height in ink.kept:
            crossing = [
                word
                for word in ink.words
                if word[0] == page
                and word[1] < x + width and word[1] + word[3] > x
                and word[2] < y + height and word[2] + word[4] > y
            ]  # fmt: skip
            assert crossing == []


SIGNED = (
    ("F01", 9, 3),
    ("F01B", 9, 3),
    ("F02", 4, 0),
    ("F02B", 2, 0),
    ("F03", 2, 0),
    ("F03B", 3, 0),
    ("F04", 4, 0),
    ("F05", 2, 0),
    ("F06", 13, 0),
    ("F07", 3, 1),
    ("F07A3", 3, 1),
    ("F07L", 3, 1),
    ("F07LA3", 3, 1),
    ("F08", 3, 1),
    ("F08A3", 3, 1),
    ("F08L", 0, 1),
    ("F08LA3", 0, 1),
    ("F09", 2, 1),
    ("F10", 2, 1),
    ("F11", 8, 3),
    ("F12", 4, 1),
    ("F13", 3, 1),
    ("F14", 0, 0),
    ("F15", 3, 0),
    ("F15B", 3, 0),
    ("F15L", 2, 0),
    ("F16", 9, 3),
    ("F17a", 4, 1),
    ("F17aB", 4, 1),
    ("F17b", 5, 3),
    ("F18", 2, 0),
    ("F19", 3, 2),
    ("F20", 5, 4),
    ("F21", 3, 2),
    ("F22", 3, 1),
    ("F22L", 3, 1),
    ("F23", 2, 1),
    ("F24", 3, 1),
    ("F25", 4, 2),
    ("F26", 4, 1),
    ("F27", 5, 1),
    ("F28", 0, 0),
    ("SJ", 4, 0),
    ("visits", 0, 0),
)
"""Each form, its places to sign or to press a finger, and its places for a seal."""


@pytest.mark.parametrize(("code", "fingers", "seals"), SIGNED)
def test_every_place_to_sign_and_to_stamp_is_large_enough(code, fingers, seals, watched):
    kept = [
        (width / MM, height / MM) for _, _, _, width, height in watched(*papers.USUAL[code]()).kept
    ]

    assert sum(width >= 42 and height >= 42 for width, height in kept) == seals
    assert sum(30 <= width < 42 and height >= 20 for width, height in kept) == fingers


def test_the_places_of_every_form_are_counted():
    assert {code for code, _, _ in SIGNED} == set(papers.USUAL)


@pytest.mark.parametrize("code", papers.USUAL)
def test_whoever_is_asked_to_sign_has_a_place_for_it(code, watched):
    for module, content in (papers.USUAL[code](), papers.longest(code)):
        ink = watched(module, content)
        captions = [word for word in ink.words if word[5].endswith(("签字：", "（或按手印）："))]
        for page, x, y, _width, _height, text in captions:
            beside = [
                place
                for place, left, top, width, height in ink.kept
                if place == page
                and height >= 20 * MM
                and 30 * MM <= width < 42 * MM
                and left + width > x
                and top - 12 * MM <= y <= top + height
            ]
            assert beside, text


@pytest.mark.parametrize("code", CODES)
def test_everything_stays_inside_the_margins(code):
    module, content = papers.longest(code)
    with pdfs.opened(module.render(content, records.stamp())) as pdf:
        width, height = (float(edge) for edge in pdf.pages[0].mediabox[2:])

    for line in pdfs.lines_on(module.render(content, records.stamp())):
        x, y = map(int, line.split(" ", 2)[1].split(","))
        assert 10 <= x <= width / MM - 4
        assert 8 <= y <= height / MM
