"""A machine's own 仿宋: found by what it calls itself, used only where it may and can be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from app.documents.fonts import Style, glyphs_of, printed_in, width_of
from app.documents.own_face import OwnFace, OwnFaces, system_folders
from app.documents.registry import FORMS, bind
from app.documents.typeset import Words, fit
from tests import papers, pdfs, records
from tests.documents.test_layout import on_watched
from tests.faces import installed, spoil

SAID = "本人自愿申请，如有隐瞒，愿承担责任。"


@cache
def face() -> OwnFace:
    """One that is like 仿宋 in that its widths are other than those of 宋体."""
    folder = Path(mkdtemp())
    installed(folder, "FangSong")
    found = OwnFaces((folder,)).first
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name", ["FangSong", "仿宋", "仿宋_GB2312", "FangSong_GB2312", "STFangsong", "Zhuque Fangsong"]
)
def test_it_is_known_by_what_it_calls_itself_whatever_its_file(tmp_path, name):
    installed(tmp_path / "a" / "b", name, file="X123.TTF")

    assert [one.name for one in OwnFaces((tmp_path,)).all] != []


def test_another_font_is_none(tmp_path):
    installed(tmp_path, "KaiTi", file="simfang.ttf")

    assert OwnFaces((tmp_path, tmp_path / "nowhere")).first is None


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (0x0000, True),  # installable
        (0x0004, True),  # preview and print
        (0x0008, True),  # editable
        (0x0006, True),  # an older font: the least restrictive holds
        (0x0002, False),  # restricted licence
        (0x0104, False),  # not as a subset
        (0x0204, False),  # pictures of it only
    ],
)
def test_what_its_maker_forbids_is_not_done(tmp_path, permissions, may):
    installed(tmp_path, permissions=permissions)

    assert (OwnFaces((tmp_path,)).first is not None) is may


def test_one_that_lacks_common_characters_is_not_used(tmp_path):
    installed(tmp_path, without="审")

    assert OwnFaces((tmp_path,)).first is None


@pytest.mark.parametrize("table", ["glyf", "cmap", "name", "hmtx", "loca", "head", "OS/2"])
def test_a_broken_font_is_none_and_stops_nothing(tmp_path, table):
    spoil(installed(tmp_path), table)

    assert OwnFaces((tmp_path,)).first is None


@pytest.mark.parametrize("data", [b"", b"OTTO", b"\0\1\0\0" + bytes(4), bytes(2000)])
def test_a_file_that_is_no_font_is_none(tmp_path, data):
    (tmp_path / "仿宋.ttf").write_bytes(data)

    assert OwnFaces((tmp_path,)).first is None


def test_the_folders_of_this_machine_are_looked_through():
    assert all(path.is_absolute() for path in system_folders())
    assert OwnFaces(system_folders()).all is not None


def test_only_the_printed_words_are_set_in_it_and_only_within_the_block():
    with printed_in(face()):
        own = {style: glyphs_of(style, "镇")[0].font for style in Style}
    after = glyphs_of(Style.SONG, "镇")[0].font

    assert own[Style.SONG].startswith("own/")
    assert not any(font.startswith("own/") for style, font in own.items() if style != Style.SONG)
    assert after == "daily/NotoSerifSC-Regular"


def test_what_it_lacks_is_printed_by_the_chain_that_is_everywhere(tmp_path):
    installed(tmp_path, without="龑①")
    with printed_in(OwnFaces((tmp_path,)).first):
        fonts = [glyph.font for glyph in glyphs_of(Style.SONG, "镇龑①𠀀") if glyph]

    assert len(fonts) == 4
    assert fonts[0].startswith("own/")
    assert not any(font.startswith("own/") for font in fonts[1:])


def test_words_that_were_set_in_one_hand_are_not_drawn_with_the_widths_of_another():
    words = (Words("Latin 12345 " + SAID),)
    usual = fit(words, 100, 100, 10, 7)
    with printed_in(face()):
        own = fit(words, 100, 100, 10, 7)

    assert own is not usual
    assert fit(words, 100, 100, 10, 7) is usual
    with printed_in(face()):
        assert width_of(Style.SONG, "12345") != pytest.approx(0)


@pytest.mark.parametrize("code", papers.USUAL)
def test_every_form_keeps_its_words_in_their_cells_in_either_hand(code):
    for form, content in (papers.USUAL[code](), papers.longest(code)):
        with printed_in(face()):
            assert on_watched(form, content).outside == []


@pytest.mark.parametrize("code", ["F01", "F05", "F17a", "F18"])
def test_what_is_printed_in_it_says_the_same_and_the_same_bytes(code):
    form, content = FORMS[code], papers.USUAL[code]()[1]
    stamp = replace(records.stamp(), face=face())
    pdf = form.render(content, stamp)

    assert "FangSong" in pdfs.fonts_of(pdf)
    assert pdf == form.render(content, stamp)
    assert pdf == bind([(form, content, stamp)])
    said, usual = (
        sorted("".join(pdfs.text_of(one).split()))
        for one in (pdf, form.render(content, records.stamp()))
    )
    assert said == usual


def test_two_papers_of_one_file_can_be_in_two_hands():
    form, content = FORMS["F17a"], papers.USUAL["F17a"]()[1]
    stamps = (records.stamp(), replace(records.stamp(), face=face()))

    pdf = bind((form, content, stamp) for stamp in stamps)

    assert {"FangSong", "NotoSerifSC-Regular"} <= pdfs.fonts_of(pdf)
