"""However many people, steps or things a record has: every one of them stands on its paper."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest

from app.documents.content import texts_of
from app.documents.forms import f21, f21_content
from app.domain.standing import ChangeKind
from tests import hostile, papers, pdfs, records
from tests.standing_papers import changes

MANY = 14
"""More of everything than any form has lines."""


def many(value: object, mark: str = "", *, in_list: bool = False) -> object:
    """A content whose texts are marked, with `MANY` of everything it lists, each told apart.

    A tuple in a list is one line of it, not a list.
    """
    if isinstance(value, str):
        return value.replace("终", f"{mark}终") if "终" in value else value
    if isinstance(value, tuple) and hasattr(value, "_replace"):
        return type(value)(*(many(one, mark) for one in value))
    if isinstance(value, tuple):
        copies = MANY if any(texts_of(value)) and not in_list else 1
        return tuple(
            many(one, f"{mark}之{copy}", in_list=True) for copy in range(copies) for one in value
        )
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: many(getattr(value, one.name), mark) for one in fields(value)}
        )
    return value


@pytest.mark.parametrize("code", papers.USUAL)
def test_nobody_and_nothing_is_left_off_a_paper_however_many_there_are(code):
    form, content = papers.USUAL[code]()
    stand, _ = hostile.shown(code)
    plain, _ = hostile.put_into(content, lambda number: hostile.marked(number, "文"))
    full = many(plain)
    wanted = [
        text for text in texts_of(full) if any(text.startswith(f"始{number}即") for number in stand)
    ]

    paper = hostile.Trial(code, form.render(full, records.stamp(holders=())), tuple(wanted))

    assert len(wanted) >= len(stand)
    assert paper.lost() == []
    said = hostile.read(paper.pdf)
    cut_by_the_foot_of_a_page = [text for text in wanted if hostile.plain(text) not in said]
    assert len(cut_by_the_foot_of_a_page) < len(pdfs.opened(paper.pdf).pages)


def test_everybody_who_came_or_went_stands_on_f21_under_the_same_heads():
    told = [
        replace(one, person=None, person_name=f"赵{number}号")
        for number, one in enumerate(changes(30))
    ]
    content = f21_content.content_of(told, records.household(), unit=records.UNIT)

    lines = pdfs.lines_on(f21.render(content, records.stamp()))

    assert sum(one.kind is ChangeKind.ADD for one in told) == len(content.added) == 15
    for one in told:
        assert any(line.endswith(one.person_name) for line in lines)
    assert {line[0] for line in lines if "与户主关系" in line} == {"1", "2"}
