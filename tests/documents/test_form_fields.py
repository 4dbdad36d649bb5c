"""docs/forms.md says of every field whether the record fills it in or a pen does, and is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.forms import visit_log_sheet
from app.documents.registry import form_of
from app.documents.visit_log import LogOptions, row_of
from app.domain.casework import IncomeChange
from tests import papers, records
from tests.form_fields import filled, left_to_hand

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
SIBLINGS = {code for code in papers.USUAL if code.endswith("A3")} | {*papers.BLANK, "F15B"}
"""Enlarged, or handed out empty: they ask what the form they are made of asks."""
CODES = [code for code in papers.USUAL if code not in SIBLINGS]


def table(title: str) -> list[list[str]]:
    """The cells of one table, without its head."""
    part = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in rows]


def fields_in(cell: str) -> list[str]:
    return [one for one in cell.split(" · ") if one]


def log_of_a_change() -> visit_log_sheet.VisitLogContent:
    """Its columns are made of visits, so one of them has to say what a visit can."""
    row = row_of(replace(records.visit(), income_change=IncomeChange.LESS), records.household())
    options = LogOptions(phone=True, health=True)
    return visit_log_sheet.content_of(
        (row,), options, unit="青石坳村", first=records.ON, last=records.ON
    )


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_a_form_stands_in_the_page_as_it_is_on_the_form(code):
    form, usual = papers.USUAL[code]()
    also = [log_of_a_change()] if code == "F15L" else []
    given, by_hand = left_to_hand(form, usual, papers.longest(code)[1], *also)

    (row,) = [one for one in table("Filled in from the record") if one[0] == code]
    written = [one for one in table("Left to be written by hand") if one[0] == code]

    assert row[1] == form_of(code).title
    assert sorted(fields_in(row[2])) == sorted(given)
    assert sorted(one for each in written for one in fields_in(each[1])) == sorted(by_hand)
    assert all(each[2] for each in written)


def test_the_page_tells_of_every_form_and_of_no_other():
    assert {row[0] for row in table("Filled in from the record")} == set(CODES)
    assert {row[0] for row in table("Left to be written by hand")} <= set(CODES)


def test_a_field_nobody_fills_in_is_seen():
    form, usual = papers.USUAL["F01"]()
    given, by_hand = left_to_hand(form, usual)

    assert "申请人·残疾证号" in given
    assert "赡养抚养扶养义务人·家庭人口" in by_hand
    assert filled(usual).applicant.disability_no
