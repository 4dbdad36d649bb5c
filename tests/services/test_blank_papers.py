"""A blank form takes no number and makes no record of anything, but that it left is logged."""

from __future__ import annotations

from app.documents.stamp import Mark
from app.services.printing import draw
from tests import pdfs
from tests.storefile import household_of


def serial(work) -> int:
    with work.begin() as unit:
        return unit.connection.exec_driver_sql("SELECT next_serial FROM device").scalar_one()


def test_a_blank_form_carries_whose_it_is_and_takes_no_number(work):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])
    before = serial(work)

    prepared = work.printing.prepare("F15B", home.id)
    text = pdfs.text_of(draw(prepared).pdf)
    work.printing.record(prepared)
    again = work.printing.prepare("F15B", home.id)

    assert serial(work) == before
    assert prepared.stamp.mark in {Mark.BLANK, Mark.PRACTICE}
    assert not prepared.stamp.counts
    assert "覃兰英" in text
    assert "校验码 没有" in text
    assert again.stamp.reprint_no == 0
    with work.begin() as unit:
        assert unit.casework.household_prints(home.id) == []


def test_a_preview_of_a_blank_form_promises_no_number(work):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])

    sketch = work.printing.sketch("F15B", home.id)

    assert sketch.stamp.document_no == ""
    assert "打印时编号" not in pdfs.text_of(draw(sketch).pdf)
