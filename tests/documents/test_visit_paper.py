"""F15 with what a visit may bring besides: a signature, addenda, the answers of a welfare check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.documents.content import code_of
from app.documents.forms import f15
from app.domain.visit_words import CarerDuty, Cleanliness, FireSafety
from tests import papers

SIGNED = (((0, 0), (500, 250)), ((900, 100),))
ADDED = f15.Added(datetime(2026, 3, 5, 2, 0, tzinfo=UTC), "王秀英", "药费单子找到了")


def content(**more):
    return f15.content_of(papers.visit(), papers.household(), unit="青石村", **more)


def strokes_in(pdf: bytes) -> int:
    """How many lines drawn with round ends a paper has."""
    with papers.opened(pdf) as document:
        pages = [page.Contents.read_bytes() for page in document.pages]
    return sum(page.count(b"1 J 1 w") for page in pages)


def test_a_signature_is_drawn_where_one_by_hand_would_stand():
    unsigned = f15.render(content(), papers.stamp(holders=()))
    signed = f15.render(content(signature=SIGNED), papers.stamp(holders=()))

    assert (strokes_in(unsigned), strokes_in(signed)) == (0, 2)


def test_the_code_of_the_paper_holds_the_signature_and_the_addenda_too():
    codes = {
        code_of(f15.FORM, f15.VERSION, papers.NUMBER, one)
        for one in (content(), content(signature=SIGNED), content(addenda=(ADDED,)))
    }

    assert len(codes) == 3


def test_what_was_added_stands_under_the_visit_with_day_and_name():
    text = papers.text_of(f15.render(content(addenda=(ADDED,), photos=2), papers.stamp()))

    assert "2026年3月5日 王秀英：药费单子找到了" in text.replace("\n", "")
    assert "2 张，存在电脑里" in text


def test_the_answers_of_a_welfare_check_are_ticked():
    visit = replace(
        papers.visit(),
        cleanliness=Cleanliness.POOR,
        dwelling=Cleanliness.FAIR,
        fire_safety=FireSafety.HAZARD,
        carer=CarerDuty.NOBODY,
    )

    form = f15.content_of(visit, papers.household(), unit="青石村")

    cells = [cell for row in f15.paper(form, papers.NUMBER).blocks[1].rows for cell in row.cells]
    ticked = {part.label for cell in cells for part in cell.parts if getattr(part, "on", False)}
    assert {"差", "一般", "有隐患：", "没有照料人"} <= ticked
