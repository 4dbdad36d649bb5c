"""F05 of an ordinary family is one page, of a large one two, and signatures never stand alone."""

from __future__ import annotations

import pytest

from app.documents.forms import f05, f05_reading
from tests import papers, pdfs, records, tested
from tests.cases import HEAD, assessed, case_of, income, member, region, wage

NAMES = (
    "欧阳·买买提·阿不都热合曼", "李建国", "李小雨", "李长福", "覃兰英", "田小川", "韦小小",
)  # fmt: skip
FAMILY = (
    {"relation": "head", "birth": "1979-05-03"},
    {"relation": "spouse", "birth": "1980-01-01", "first_job": True,
     "first_employed_on": "2025-12-01", "self_declared_on": "2025-12-05"},
    {"relation": "child", "birth": "2012-09-01", "student": "compulsory", "labour": "none"},
    {"relation": "parent", "birth": "1950-01-20", "labour": "none"},
    {"relation": "parent", "birth": "1949-11-11", "labour": "none"},
    {"relation": "child", "birth": "2003-03-03", "student": "undergraduate", "labour": "none"},
    {"relation": "child", "birth": "2020-12-12", "labour": "none"},
)  # fmt: skip
INCOMES = (
    wage("2100.00"),
    wage("2600.00", "p2", months=7),
    income("student_aid", "1500.00", "p3") | {"per": "year"},
    income("farming", "4321.09", None) | {"per": "year"},
    income("rent", "600.00"),
    income("resident_pension_basic", "307.50", "p4"),
    income("elderly_allowance", "80.00", "p4"),
    income("resident_pension_basic", "307.50", "p5"),
    income("disability_subsidy", "120.00", "p5"),
    wage("900.00", "p6", months=2),
    income("land_transfer", "2400.00", None) | {"per": "year"},
)
DAUGHTER = {
    "id": "o1", "relation": "daughter", "birth": "1988-01-01", "monthly_income": "3000.00",
    "maintenance_month": "200.00", "status": "normal",
}  # fmt: skip
LINES = {1: 1, 3: 5, 7: 11}
"""Incomes told of a family of so many."""


def sheet(heads: int):
    """A long name, a first job, shared income, rigid outlay, somebody outside who pays."""
    people = [
        member(f"p{n + 1}", **FAMILY[n], name=NAMES[n], living="together", status="normal",
               receives=[], monitored=False)
        for n in range(heads)
    ]  # fmt: skip
    outlay = [
        {"member": "p1", "kind": "medical", "amount": "14800.00", "per": "year"},
        {"member": people[-1]["id"], "kind": "education", "amount": "230.00", "per": "month"},
    ]
    case = case_of(
        *(HEAD | one for one in people),
        area="urban",
        incomes=[dict(one) for one in INCOMES[: LINES[heads]]],
        expenses=outlay,
        assets=[{"kind": "deposit", "amount": "5000.00"}, {"kind": "house", "count": 1}],
        obligors=[DAUGHTER],
    )
    answer = assessed(case, region("tianjin")).to_json()
    record = tested.record(answer=answer, facts=case)
    return f05_reading.content_of(record, tested.family(), unit="云溪镇青石坳村")


@pytest.mark.parametrize(("heads", "most"), [(1, 1), (3, 1), (7, 2)])
def test_an_ordinary_family_stands_on_one_page_and_seven_on_two(heads, most):
    pdf = f05.render(sheet(heads), records.stamp())

    count = len(pdfs.opened(pdf).pages)
    last = [line for line in pdfs.lines_on(pdf) if line.startswith(f"{count} ")]
    assert count <= most
    assert any("核算人签字" in line for line in last)
    assert sum("依据" in line for line in last) > 3


def test_what_became_of_an_income_is_not_broken_within_a_word():
    lines = pdfs.lines_on(papers.pdf_of("F05"))

    assert any("居保基础养老金不计入" in line for line in lines)
