"""Five thousand hostile texts through every text of every form: only text comes of them (R42)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.documents.content import code_of
from app.documents.fonts import FOLDER, printable
from tests import hostile, papers, pdfs, records
from tests.documents.test_paper_safety import FORBIDDEN, keys_of

NOT_PRINTED = {
    "F01": 1,  # 致贫原因 chooses a box
    "F02B": 1,  # the telephone: nobody knows yet who will sign
    "F03": 2,  # the land's name and note choose a line; this household has none
    "F05": 3,  # how an income is treated chooses a word
    "F07": 1, "F07A3": 1, "F07L": 2, "F07LA3": 2,
    "F08": 1, "F08A3": 1, "F08L": 2, "F08LA3": 2,  # 供养方式 stands for 特困 only
    "F09": 2,  # reason and remedy stand on a refusal only
    "F17a": 2,  # who decided and handled sign by hand
}  # fmt: skip
"""Texts of a content that do not stand on the usual paper as they are, by how many."""


@pytest.fixture(scope="module")
def five_thousand() -> list[hostile.Trial]:
    return list(hostile.trials(5_000, seed=42))


@pytest.mark.parametrize("code", papers.USUAL)
def test_nearly_every_text_of_a_form_stands_on_its_paper(code):
    stand, count = hostile.shown(code)

    assert count - len(stand) == NOT_PRINTED.get(code, 0)


def test_every_hostile_text_is_read_back_and_nothing_else_happens(five_thousand):
    assert [(one.code, one.lost()) for one in five_thousand if one.lost()] == []
    assert {one.code for one in five_thousand} == set(papers.USUAL)


def test_no_hostile_text_becomes_an_object_of_the_file(five_thousand):
    for one in five_thousand:
        with pdfs.opened(one.pdf) as pdf:
            assert keys_of(pdf) & FORBIDDEN == set(), one.code
            assert pdf.check_pdf_syntax() == [], one.code
            assert not any(
                isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
                for thing in pdf.objects
            )


def test_no_file_is_read_and_nobody_is_called_for_a_hostile_text():
    doors = hostile.Doors()
    with doors.watched() as opened:
        for _ in hostile.trials(700, seed=7):
            pass
        Path(__file__).open(encoding="utf-8").close()  # the watch itself is awake

    fonts_and_code = [one for one in opened if str(FOLDER) in one or ".py" in one]
    assert [one for one in opened if one not in fonts_and_code] == []
    assert any(__file__ in one for one in opened)


def test_half_a_character_is_a_box_and_not_a_crash():
    form, content = papers.USUAL["F15"]()
    broken, _ = hostile.put_into(content, lambda _: "前\ud83d后")

    said = hostile.read(form.render(broken, records.stamp()))

    assert "前□后" in said
    assert code_of("F15", "1", "", broken) != code_of("F15", "1", "", content)


def test_a_variation_selector_with_nothing_before_it_is_no_character():
    assert printable("\U000e0100葛\U000e0101\n\ufe00辻") == "葛\U000e0101\n辻"


@pytest.mark.parametrize("name", ["葛\U000e0100城", "辻\U000e0101本", "辻\ufe00本"])
def test_a_selector_that_chooses_a_shape_is_read_back_with_its_character(name):
    form, content = papers.USUAL["F28"]()

    pdf = form.render(replace(content, head=name), records.stamp())

    assert name in pdfs.text_of(pdf)
