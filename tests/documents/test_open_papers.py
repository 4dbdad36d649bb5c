"""What lies open: ledgers, the report, the list for the road. None says more than it must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents.forms import f18, f23, f24, visit_sheet
from app.documents.fund_ledger import ledger_of
from app.domain.fund import FundEntry, FundLine
from app.domain.money import Money
from app.domain.relief_words import EntryKind
from tests import papers, pdfs, records
from tests.case_records import report, watched
from tests.exporting import NUMBER, NUMBERED_NOTE

HIDDEN = "459901********0027"


def spent(note: str) -> f18.FundLedger:
    """A month of the reserve fund with what somebody wrote of one payment."""
    entry = FundEntry(
        id="e", fund="f", kind=EntryKind.OUT, amount=Money.yuan(10), booked_on=records.ON,
        happened_on=records.ON, summary=note, voucher_no=records.NUMBER, reason=note, relief="r",
        payment_id=None, names=None, handler="王秀英", recorded_at=records.AT,
    )  # fmt: skip
    line = FundLine(entry=entry, balance=Money.yuan(90), who="覃兰英", cause=note)
    return ledger_of([line], "2026-03", unit=records.UNIT)


def told(note: str) -> f24.F24Content:
    """A report with the same words under its four heads."""
    made = report(progress=note, problems=note, experience=note, suggestions=note)
    return f24.content_of_report(made, unit=records.UNIT)


def kept(note: str) -> f23.F23Content:
    """A watch list with what somebody wrote of one household."""
    line = f23.line_of(watched(note=note), head="覃兰英", place="三组", people=3)
    return f23.content_of([line], unit=records.UNIT, on=records.ON)


@pytest.mark.parametrize(
    ("form", "made", "times"), [(f18, spent, 3), (f23, kept, 1), (f24, told, 4)],
    ids=["fund", "watch list", "report"],
)  # fmt: skip
def test_no_paper_that_lies_open_says_a_whole_number(form, made, times):
    text = pdfs.written(form.render(made(NUMBERED_NOTE), records.stamp()))

    assert NUMBER not in text
    assert "6621" not in text
    assert text.count(HIDDEN) == times


def seen(**changes: str) -> list[str]:
    """Where the first household of the day lives, as its cell says it line by line."""
    home = replace(papers.HOMES["h"], **changes)
    content = visit_sheet.content_of(
        date(2026, 3, 2), papers.today(1).items, {"h": home}, unit=records.UNIT, visitor="王秀英"
    )
    cell = visit_sheet.paper(content, "N-1").blocks[1].rows[0].cells[2]
    return cell.parts[0].text.split("\n")


def test_a_door_is_said_once_however_the_roster_wrote_it():
    assert seen(address="青石坳村三组12号")[0] == "青石坳村三组12号"
    assert seen(address="青石坳村")[0] == "三组12号；青石坳村"
    assert seen(address="")[0] == "三组12号"


def test_a_telephone_stands_on_a_line_of_its_own():
    assert seen(address="青石坳村", phone="19900006621")[1:] == ["199\xa00000\xa06621"]
    assert seen(address="青石坳村", phone="")[1:] == []


@pytest.mark.parametrize(
    ("why", "told"),
    [("低保户，40 天没去了", True), ("低保户，40 天没去了，上次说：下次带药来", False)],
)
def test_what_was_said_the_last_time_stands_on_the_day_s_sheet_once(why, told):
    (item,) = papers.today(1).items
    content = visit_sheet.content_of(
        papers.ON, [replace(item, why=why)], papers.HOMES, unit="青石坳村", visitor="王秀英"
    )

    cell = visit_sheet.paper(content, "N-1").blocks[1].rows[0].cells[5]

    assert ("下次带药来" in str(cell)) is told
    assert "有狗，先喊一声" in str(cell)
