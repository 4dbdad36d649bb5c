"""F15 with what a visit may bring besides: a signature, addenda, the answers of a welfare check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.documents.content import code_of
from app.documents.forms import f15
from app.domain.casework import Channel, Met
from app.domain.visit_words import CarerDuty, Cleanliness, Explained, FireSafety
from tests import pdfs, records

SIGNED = (((0, 0), (500, 250)), ((900, 100),))
ADDED = f15.Added(datetime(2026, 3, 5, 2, 0, tzinfo=UTC), "王秀英", "药费单子找到了")


def content(**more):
    return f15.content_of(records.visit(), records.household(), unit="青石村", **more)


def strokes_in(pdf: bytes) -> int:
    """How many lines drawn with round ends a paper has."""
    with pdfs.opened(pdf) as document:
        pages = [page.Contents.read_bytes() for page in document.pages]
    return sum(page.count(b"1 J 1 w") for page in pages)


def test_a_signature_is_drawn_where_one_by_hand_would_stand():
    unsigned = f15.render(content(), records.stamp(holders=()))
    signed = f15.render(content(signature=SIGNED), records.stamp(holders=()))

    assert (strokes_in(unsigned), strokes_in(signed)) == (0, 2)


def test_the_code_of_the_paper_holds_the_signature_and_the_addenda_too():
    codes = {
        code_of(f15.FORM, f15.VERSION, records.NUMBER, one)
        for one in (content(), content(signature=SIGNED), content(addenda=(ADDED,)))
    }

    assert len(codes) == 3


def test_what_was_added_stands_under_the_visit_with_day_and_name():
    text = pdfs.text_of(f15.render(content(addenda=(ADDED,), photos=2), records.stamp()))

    assert "2026年3月5日 王秀英：药费单子找到了" in text.replace("\n", "")
    assert "2 张，存在电脑里" in text


def test_the_answers_of_a_welfare_check_are_ticked():
    visit = replace(
        records.visit(),
        cleanliness=Cleanliness.POOR,
        dwelling=Cleanliness.FAIR,
        fire_safety=FireSafety.HAZARD,
        carer=CarerDuty.NOBODY,
    )

    form = f15.content_of(visit, records.household(), unit="青石村")

    cells = [cell for row in f15.paper(form, records.NUMBER).blocks[1].rows for cell in row.cells]
    ticked = {part.label for cell in cells for part in cell.parts if getattr(part, "on", False)}
    assert {"差", "一般", "有隐患：", "没有照料人"} <= ticked


@pytest.mark.parametrize("explained", [None, *Explained])
def test_what_was_explained_is_ticked(explained):
    visit = replace(records.visit(), explained=explained)

    form = f15.content_of(visit, records.household(), unit="青石村")

    rows = f15.paper(form, records.NUMBER).blocks[1].rows
    (cell,) = (row.cells[1] for row in rows if "宣传内容" in str(row.cells[0].parts))
    ticked = [part.label for part in cell.parts if getattr(part, "on", False)]
    assert ticked == ([explained.label] if explained else [])


@pytest.mark.parametrize("road", Channel)
def test_the_road_of_the_visit_is_ticked_and_no_other(road):
    visit = replace(records.visit(), met=Met.SELF, channel=road)

    form = f15.content_of(visit, records.household(), unit="青石村")

    row = next(
        one
        for one in f15.paper(form, records.NUMBER).blocks[1].rows
        if "走访方式" in str(one.cells[0].parts)
    )
    ticked = [part.label for part in row.cells[1].parts if getattr(part, "on", False)]
    assert len(ticked) == 1
    assert ticked[0].startswith({"phone": "电话", "home": "上门"}.get(road, road.label[:2]))
