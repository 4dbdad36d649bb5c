"""No number is broken over two lines: an amount in two pieces is read as two amounts."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest

from app.documents.cells import FLOOR
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.typeset import NUMBER_FLOOR, Words, fit, flow
from app.domain.money import Money
from tests import papers, pdfs, records
from tests.documents.test_layout import Watched, on_watched
from tests.documents.test_working_sheet_pages import sheet

AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
LARGEST = records.LARGEST.grouped()
NUMBERS = ("1,234.56", "12,345.67", "123,456.78", "1,234,567.89", LARGEST)


def amounts(value: object, said: str) -> object:
    """A content with every sum of it, in money or in words, that of `said`."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, Money):
        return Money.parse(said.replace(",", ""))
    if isinstance(value, str):
        return AMOUNT.sub(said, value)
    if isinstance(value, tuple) and not hasattr(value, "_replace"):
        return tuple(amounts(one, said) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: amounts(getattr(value, one.name), said) for one in fields(value)}
        return replace(value, **changed)
    return value


def whole(pdf: bytes, said: str) -> int:
    """How often an amount stands on one line of a paper."""
    return sum(line.count(said) for line in pdfs.lines_on(pdf))


@pytest.mark.parametrize("code", papers.USUAL)
def test_every_amount_reads_back_whole_on_every_form(code):
    form, content = papers.USUAL[code]()
    found = {
        said: whole(form.render(amounts(content, said), records.stamp()), said) for said in NUMBERS
    }

    assert set(found.values()) == {found["1,234.56"]}


def broken_on(ink: Watched) -> list[tuple[str, str]]:
    """Neighbouring lines of one cell of which the first ends in a number that the next goes on."""
    return [
        (one, other)
        for one, other in following(ink)
        if re.search(r"(\d[A-Z]?|[\d,.\-])$", one) and re.match(r"[\d,.\-]|[A-Z]$", other)
    ]


def following(ink: Watched) -> list[tuple[str, str]]:
    """Every line with the one that stands right under it in the same cell."""
    return [
        (one[5], other[5])
        for one, other in zip(ink.words, ink.words[1:], strict=False)
        if one[0] == other[0]
        and other[2] > one[2] + 1
        and other[1] < one[1] + one[3] and one[1] < other[1] + other[3]
        and other[2] < one[2] + 2 * one[4]
    ]  # fmt: skip


DAY = re.compile(r"\d{4}年\d{1,2}月(\d{1,2}日)?|\d{1,2}时\d\d分|年　+月　+日|（或按手印）|（盖章）")


def torn(ink: Watched) -> list[tuple[str, str]]:
    """Lines between which a day, or a remark in brackets that has room, is broken."""
    return [
        (one, other)
        for one, other in following(ink)
        if any(found.start() < len(one) < found.end() for found in DAY.finditer(one + other))
    ]


@pytest.mark.parametrize("code", papers.USUAL)
def test_no_number_is_broken_over_two_lines_on_any_form(code):
    for form, content in (papers.USUAL[code](), papers.longest(code)):
        for said in NUMBERS:
            assert broken_on(on_watched(form, amounts(content, said))) == []


@pytest.mark.parametrize("code", papers.USUAL)
def test_no_day_is_broken_over_two_lines_on_any_form(code):
    for form, content in (papers.USUAL[code](), papers.longest(code)):
        assert torn(on_watched(form, content)) == []


@pytest.mark.parametrize("code", papers.USUAL)
def test_no_amount_on_any_form_is_without_its_groups(code):
    for form, content in (papers.USUAL[code](), papers.longest(code)):
        said = [word[5] for word in on_watched(form, content).words]
        assert [text for text in said if re.search(r"(?<![\d,.])\d{4,}\.\d\d(?!\d)", text)] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("至 2026年12", "月31日 止"), ("签字（或按", "手印）："), ("　　　年　　月", "　　日")],
)
def test_a_broken_day_is_seen(first, second):
    ink = Watched(300, 300, title="")
    ink.show(100, 100, Style.KAI, 10, first)
    ink.show(100, 113, Style.KAI, 10, second)

    assert torn(ink) == [(first, second)]


@pytest.mark.parametrize("heads", [1, 3, 7])
def test_no_number_is_broken_on_the_working_sheet_of_a_family(heads):
    content = sheet(heads)
    for said in ("23,760.00", *NUMBERS):
        assert broken_on(on_watched(papers.USUAL["F05"]()[0], amounts(content, said))) == []


def test_a_broken_number_is_seen():
    ink = Watched(300, 300, title="")
    ink.show(100, 100, Style.KAI, 10, "¥23,760.0")
    ink.show(100, 113, Style.KAI, 10, "0 元")

    assert broken_on(ink) == [("¥23,760.0", "0 元")]


@pytest.mark.parametrize("set_words", [flow, lambda *known: fit(*known[:2], 0, known[2], FLOOR)])
def test_a_number_too_wide_for_its_line_is_set_smaller_and_stays_whole(set_words):
    setting = set_words((Words("每年共 ¥9,999,999.99 元，家里人都算在内"),), 45, 9)

    assert setting.size < FLOOR
    assert "¥9,999,999.99 " in [piece.part.text for line in setting.lines for piece in line]


def test_what_a_paper_is_called_by_is_not_broken_at_its_hyphens():
    (line,) = flow((Words("459901-07-2026-000123-W", Style.KAI),), 26 * MM, 9).lines

    assert "".join(piece.part.text for piece in line) == "459901-07-2026-000123-W"


@pytest.mark.parametrize(("device", "least"), [("07", FLOOR), ("1999", NUMBER_FLOOR)])
def test_a_ledger_names_each_voucher_on_one_line_and_so_that_it_can_be_read(device, least):
    number = f"459901-{device}-2026-000123-W"
    form, ledger = papers.USUAL["F18"]()
    lines = tuple(replace(line, voucher=number) for line in ledger.lines)
    ink = on_watched(form, replace(ledger, lines=lines))

    sizes = [size for *_place, size, said in ink.words if said == number]
    assert len(sizes) >= len(lines)
    assert min(sizes) >= least


def test_a_broken_voucher_number_is_seen():
    ink = Watched(300, 300, title="")
    ink.show(100, 100, Style.KAI, 10, "459901-07-2026")
    ink.show(100, 113, Style.KAI, 10, "-000123-W")

    assert broken_on(ink) == [("459901-07-2026", "-000123-W")]


def test_a_number_nobody_could_read_is_broken_rather_than_made_smaller():
    assert flow((Words("1" * 60),), 50, 10).size == 10
