"""A blank form takes no number and makes no record of anything, but that it left is logged."""

from __future__ import annotations

import pytest

from app.documents.registry import form_of
from app.documents.stamp import Mark
from app.domain.operations import AUDIT
from app.services.printing import draw
from tests import pdfs
from tests.storefile import household_of


def serial(work) -> int:
    with work.begin() as unit:
        return unit.connection.exec_driver_sql("SELECT next_serial FROM device").scalar_one()


DRAWN_FROM_FACTS = {"F03B": {f"{name}\n签字\n（或按手印）：" for name in ("李桂芳", "李长福")}}
"""Words that stand on a form only because of what was filled in."""
BLANK = ("F01B", "F02B", "F03B", "F15B", "F17aB")


@pytest.mark.parametrize("form", BLANK)
def test_a_blank_form_carries_whose_it_is_and_takes_no_number(work, form):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])
    before = serial(work)

    prepared = work.printing.prepare(form, home.id)
    text = pdfs.text_of(draw(prepared).pdf)
    work.printing.record(prepared)
    again = work.printing.prepare(form, home.id)

    assert serial(work) == before
    assert prepared.stamp.mark in {Mark.BLANK, Mark.PRACTICE}
    assert not prepared.stamp.counts
    assert "覃兰英" in text
    assert "校验码 没有" in text
    assert again.stamp.reprint_no == 0
    with work.begin() as unit:
        assert unit.casework.household_prints(home.id) == []
        logged = [one.kind for one, _ in unit.operations_about(home.id, [AUDIT], 9)]
    assert logged == ["paper.blank"]


@pytest.mark.parametrize("form", BLANK)
def test_a_preview_of_a_blank_form_promises_no_number(work, form):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])

    sketch = work.printing.sketch(form, home.id)

    assert sketch.stamp.document_no == ""
    assert "打印时编号" not in pdfs.text_of(draw(sketch).pdf)


def cells_of(form, content):
    """The form's own words of every cell, without what was filled in, and the boxes' names."""
    from app.documents.blocks import Grid
    from app.documents.fonts import Style
    from app.documents.typeset import Tick, Words

    found, ticked = [], []
    for block in form.module.paper(content, "").blocks:
        for row in (*block.heads, *block.rows) if isinstance(block, Grid) else ():
            for cell in row.cells:
                for part in cell.parts:
                    if (
                        isinstance(part, Words)
                        and part.style is not Style.KAI
                        and part.text.strip()
                    ):
                        found.append(part.text.strip())
                    if isinstance(part, Tick):
                        found.append(part.label)
                        ticked += [part.label] if part.on else []
    return found, ticked


@pytest.mark.parametrize("form", BLANK)
def test_a_blank_form_is_the_form_itself_with_no_box_ticked(form):
    from tests import papers

    asked, ticked = cells_of(form_of(form), papers.USUAL[form]()[1])
    of_form, _ = cells_of(
        form_of(form.removesuffix("B")), papers.USUAL[form.removesuffix("B")]()[1]
    )

    assert ticked == []
    assert {one for one in of_form if len(one) > 2} - set(asked) == DRAWN_FROM_FACTS.get(
        form, set()
    )
