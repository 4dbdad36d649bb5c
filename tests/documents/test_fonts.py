"""Which font prints what; nothing is dropped, and what was printed can be copied and searched."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from app.documents import fonts
from app.documents.cells import fill, head, label, story
from app.documents.fonts import FOLDER, Style, font_file, glyphs_of, missing, printable, width_of
from app.documents.ink import Ink
from app.documents.registry import missing_characters
from app.documents.truetype import FontFile
from app.domain.problem import Unavailable
from tests import papers, pdfs, records

NAMES = (
    "daily/NotoSerifSC-Regular", "daily/NotoSansSC-Regular", "daily/LXGWWenKai-Regular",
    "NotoSerifSC-Regular", "LXGWWenKai-Regular", "HanaMinA", "HanaMinB",
)  # fmt: skip


def reference(name: str) -> TTFont:
    """The same font as fontTools reads it."""
    return TTFont(BytesIO((FOLDER / f"{name}.ttf").read_bytes()), lazy=True)


def shown(text: str, style: Style = Style.KAI) -> str:
    """What a reader extracts after `text` was drawn."""
    ink = Ink(600, 100, title="")
    ink.show(10, 50, style, 12, text)
    ink.showPage()
    return pdfs.text_of(ink.finish())


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("character", [*records.RARE, "·", "¥", "〔", "〇", "龑", "é"])
def test_a_rare_character_is_printed_and_extracts_as_itself(character, style):
    assert missing(character) == ()
    assert shown(f"甲{character}乙", style) == f"甲{character}乙"


def test_a_name_with_a_middle_dot_stays_one_name():
    assert shown("阿依古丽·买买提") == "阿依古丽·买买提"


def test_a_variant_of_a_character_is_drawn_as_the_variant():
    plain, variant = "葛", "葛\U000e0101"

    usual, chosen = (glyphs_of(Style.SONG, text) for text in (plain, variant))

    assert len(chosen) == 1
    assert chosen[0].font == "HanaMinA"
    assert chosen[0].number == font_file("HanaMinA").variants[ord("葛"), 0xE0101]
    assert usual[0].font != "HanaMinA"
    assert shown(variant, Style.SONG).startswith("葛")


def test_a_selector_no_font_knows_leaves_its_character_alone():
    (glyph,) = glyphs_of(Style.KAI, "赵\ufe0f")

    assert glyph.number == glyphs_of(Style.KAI, "赵")[0].number
    assert glyph.text == "赵\ufe0f"


@pytest.mark.parametrize("character", [records.NOBODYS, "\ue500", "\uf137", "\U000f0000", "\udc80"])
def test_a_character_no_font_has_is_named_and_leaves_a_box_to_write_in(character):
    class Boxes(Ink):
        drawn = 0

        def box(self, *arguments: float) -> None:
            Boxes.drawn += 1
            super().box(*arguments)

    ink = Boxes(600, 100, title="")
    ink.show(10, 50, Style.KAI, 12, f"甲{character}乙")
    ink.showPage()

    assert missing(f"甲{character}乙{character}") == (character,)
    assert Boxes.drawn == 1
    assert pdfs.text_of(ink.finish()).replace(" ", "") == "甲□乙"
    assert width_of(Style.KAI, character) == 1000


def test_the_missing_characters_of_a_whole_content_are_found_wherever_they_stand():
    content = papers.USUAL["F01"]()[1]
    member = replace(content.members[0], name=f"赵{records.NOBODYS}")

    assert missing_characters(replace(content, members=(member,))) == (records.NOBODYS,)
    assert missing_characters(content) == ()


def test_characters_without_a_shape_are_taken_out_and_line_breaks_kept():
    assert printable("甲\u202e乙\u200b丙\x07\r\n丁\u2028戊\t己\u00a0庚") == "甲乙丙\n丁\n戊 己 庚"


def test_common_text_is_set_from_the_small_font():
    assert {glyph.font for glyph in glyphs_of(Style.KAI, "赵大山100元")} == {NAMES[2]}


@pytest.mark.parametrize(
    ("style", "font"),
    [
        (Style.SONG, "daily/NotoSerifSC-Regular"),
        (Style.TITLE, "daily/NotoSerifSC-Bold"),
        (Style.HEI, "daily/NotoSansSC-Regular"),
        (Style.KAI, "daily/LXGWWenKai-Regular"),
    ],
)
def test_every_part_of_a_form_is_set_in_its_own_hand(style, font):
    assert {glyph.font for glyph in glyphs_of(style, "最低生活保障申请表2026年")} == {font}


def test_a_label_a_head_and_what_was_filled_in_are_told_apart():
    made = (label("户主"), head("户主"), fill("赵大山"), story("赵大山"))

    assert [cell.parts[0].style for cell in made] == [Style.SONG, Style.HEI, Style.KAI, Style.KAI]


@pytest.mark.parametrize("style", Style)
def test_every_font_of_a_chain_prints_what_the_ones_before_it_lack(style):
    before: set[int] = set()
    for name in style.value:
        own = set(font_file(name).glyphs) if font_file(name) else set()
        first = next((code for code in sorted(own - before) if 0x3400 <= code < 0xE000 or
                      0x20000 <= code < 0x30000), None)  # fmt: skip
        if first is not None:
            assert [glyph.font for glyph in glyphs_of(style, chr(first))] == [name]
        before |= own
    assert len(before) > 80_000


def test_a_font_left_out_makes_room_for_the_next(monkeypatch):
    without = {"daily/LXGWWenKai-Regular", "LXGWWenKai-Regular"}
    real = fonts.font_file
    monkeypatch.setattr(fonts, "font_file", lambda name: None if name in without else real(name))
    monkeypatch.setattr(fonts, "_table", fonts._Table)

    assert {glyph.font for glyph in glyphs_of(Style.KAI, "赵")} == {"NotoSerifSC-Regular"}


def test_without_any_font_printing_is_unavailable(monkeypatch):
    monkeypatch.setattr(fonts, "font_file", lambda _: None)
    fonts._table.cache_clear()

    with pytest.raises(Unavailable, match="字体"):
        missing("赵")


def cut_to(part: float) -> Callable[[bytes], bytes]:
    """The first part of a file, as a full disk leaves it."""
    return lambda data: data[: int(len(data) * part)]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "header alone": lambda data: data[:40],
    "half": cut_to(0.5),
    "all but the end": cut_to(0.99),
    "zeros": lambda data: bytes(len(data)),
    "another file": lambda data: b"<html>" * 1000,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_font_is_said_in_one_sentence_and_never_replaced(monkeypatch, tmp_path, damage):
    (tmp_path / "daily").mkdir()
    for name in NAMES:
        (tmp_path / f"{name}.ttf").symlink_to(FOLDER / f"{name}.ttf")
    whole = (FOLDER / f"{NAMES[2]}.ttf").read_bytes()
    (tmp_path / f"{NAMES[2]}.ttf").unlink()
    (tmp_path / f"{NAMES[2]}.ttf").write_bytes(DAMAGE[damage](whole))
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    for kept in (fonts.font_file, fonts._table):
        kept.cache_clear()

    with pytest.raises(Unavailable, match="字体文件坏了") as told:
        missing("赵")

    assert told.value.code == "P-10"
    for kept in (fonts.font_file, fonts._table):
        kept.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_the_character_map_is_the_one_another_reader_sees(name):
    file, other = FontFile(FOLDER / f"{name}.ttf"), reference(name)
    numbers = other.getReverseGlyphMap()
    expected = {
        code: numbers[glyph] for code, glyph in other.getBestCmap().items() if numbers[glyph]
    }

    assert file.glyphs == expected
    for code in list(expected)[::997]:
        width = other["hmtx"][other.getBestCmap()[code]][0] * 1000 / file.units
        assert file.advance(expected[code]) == width


@pytest.mark.parametrize("name", NAMES)
def test_a_subset_is_a_whole_font_with_the_same_outlines(name):
    file = FontFile(FOLDER / f"{name}.ttf")
    wanted = [0, *list(file.glyphs.values())[::401]]

    small = TTFont(BytesIO(file.subset(wanted)), checkChecksums=2)
    whole = reference(name)

    glyphs = small["glyf"]
    for number, glyph in enumerate(wanted):
        drawn = glyphs[small.getGlyphName(number)]
        expected = whole["glyf"][whole.getGlyphName(glyph)]
        assert drawn.numberOfContours == expected.numberOfContours
        if drawn.numberOfContours > 0:
            assert drawn.getCoordinates(glyphs)[0] == expected.getCoordinates(whole["glyf"])[0]


def test_a_composite_brings_its_parts_along():
    file, whole = FontFile(FOLDER / "LXGWWenKai-Regular.ttf"), reference("LXGWWenKai-Regular")
    count = whole["maxp"].numGlyphs
    composites = [glyph for glyph in range(count) if file._outline(glyph)[:1] == b"\xff"]
    assert composites

    small = TTFont(BytesIO(file.subset([0, *composites])), checkChecksums=2)

    assert small["maxp"].numGlyphs > len(composites) + 1
    for number, glyph in enumerate(composites, start=1):
        drawn = small["glyf"][small.getGlyphName(number)].getCoordinates(small["glyf"])[0]
        expected = whole["glyf"][whole.getGlyphName(glyph)]
        assert drawn == expected.getCoordinates(whole["glyf"])[0]


def test_what_is_in_the_folder_is_what_set_up_recorded():
    record = json.loads((FOLDER / "daily" / "built.json").read_text(encoding="utf-8"))

    assert {f"{name}.ttf" for name in NAMES} <= set(record["files"])
