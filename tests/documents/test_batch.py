"""A whole 组 in one PDF: the same pages as one by one, a bookmark each, nothing held in memory."""

from __future__ import annotations

import gc
import io
import tracemalloc

import pypdfium2
import pytest

from app.documents import registry
from app.documents.batch import Batch
from app.documents.fonts import Style
from app.documents.typeset import Words, fit, flow
from tests import papers, pdfs, records

FORMS = ("F01", "F17a", "F02")


def content_of(code: str):
    return papers.USUAL[code]()[1]


def pages_of(pdf: bytes) -> list[str]:
    """What a reader extracts from each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def pictures_of(pdf: bytes) -> list[bytes]:
    """Every page in grey, a dot a point."""
    return [
        bytes(page.render(scale=1, grayscale=True).buffer) for page in pypdfium2.PdfDocument(pdf)
    ]


def batch_of(*households: tuple[str, tuple[str, ...]], duplex: bool = False) -> bytes:
    """The PDF of these households, each with these forms."""
    out = io.BytesIO()
    batch = Batch(out, "三组 申请一套", duplex=duplex)
    for name, forms in households:
        batch.household(name)
        for code in forms:
            form = registry.FORMS[code]
            batch.add(form, content_of(code), records.stamp(holders=form.holders))
    batch.close()
    return out.getvalue()


def test_a_batch_has_the_pages_its_papers_have_one_by_one():
    batch = batch_of(("赵大山户（三组12号）", FORMS), ("李桂芳户（一组3号）", FORMS))
    alone = [
        registry.FORMS[code].render(
            content_of(code), records.stamp(holders=registry.FORMS[code].holders)
        )
        for code in FORMS
    ]

    together = [page for pdf in alone for page in pages_of(pdf)] * 2
    assert pages_of(batch) == together
    with pdfs.opened(batch) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_every_household_and_every_paper_has_a_bookmark_at_its_first_page():
    batch = batch_of(("赵大山户（三组12号）", ("F01", "F17a")), ("㛃吉户（三组9号）", ("F17a",)))

    book = pypdfium2.PdfDocument(batch)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in book.get_toc()]
    pages = [len(pypdfium2.PdfDocument(batch_of(("某户", (code,))))) for code in ("F01", "F17a")]
    titles = {code: registry.FORMS[code].title for code in FORMS}
    assert marks == [
        (0, "赵大山户（三组12号）", 0),
        (1, titles["F01"], 0),
        (1, titles["F17a"], pages[0]),
        (0, "㛃吉户（三组9号）", sum(pages)),
        (1, titles["F17a"], sum(pages)),
    ]


def test_on_both_sides_every_copy_begins_on_a_sheet_of_its_own():
    pages = pages_of(batch_of(("某户", ("F01", "F17a")), duplex=True))

    firsts = [n for n, text in enumerate(pages) if "第 1 页 共" in text]
    assert len(firsts) == 4
    assert all(n % 2 == 0 for n in firsts)


def test_the_same_batch_is_the_same_bytes():
    home = ("某户", ("F17a",))

    assert batch_of(home) == batch_of(home)


def test_nothing_to_print_is_no_file():
    with pytest.raises(ValueError, match="nothing to print"):
        Batch(io.BytesIO(), "空").close()


class Tub:
    """Takes what is written and keeps none of it."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, part: bytes) -> int:
        self.size += len(part)
        return len(part)


def test_what_has_been_drawn_is_not_kept_in_memory():
    form, content = registry.FORMS["F17a"], content_of("F17a")
    tub = Tub()
    batch = Batch(tub, "三组")  # type: ignore[arg-type]  # all that is asked of a file
    tracemalloc.start()
    held = []
    for number in range(120):
        batch.add(form, content, records.stamp(document_no=f"{number:024}"))
        if number in {39, 119}:
            gc.collect()
            held.append((tub.size, tracemalloc.get_traced_memory()[0]))
    tracemalloc.stop()

    (written, before), (drawn, after) = held
    assert drawn - written > 80 * 2500
    assert after - before < 80 * 4000


def test_a_form_s_own_words_are_set_once_and_what_was_filled_in_is_not_kept():
    label, filled = (Words("户　主"),), (Words("赵大山", Style.KAI),)

    assert fit(label, 100, 20, 10.5, 7) is fit(label, 100, 20, 10.5, 7)
    assert fit(filled, 100, 20, 10.5, 7) is not fit(filled, 100, 20, 10.5, 7)
    assert flow(filled, 100, 10.5) is not flow(filled, 100, 10.5)


def test_half_a_character_in_a_name_spoils_no_outline():
    pdf = batch_of(("赵\ud800山户", ("F15",)))

    titles = [one.get_title() for one in pypdfium2.PdfDocument(pdf).get_toc()]

    assert titles[0] == "赵\ufffd山户"


def test_every_form_drawn_twice_in_one_batch_looks_as_it_does_alone():
    """What is repeated from an earlier page is repeated at its place and on its side."""
    out, alone = io.BytesIO(), []
    batch = Batch(out, "全村")
    for _ in range(2):
        for code in papers.USUAL:
            alone.append(code)
            batch.add(registry.FORMS[code], content_of(code), records.stamp())
    batch.close()

    pictures = pictures_of(out.getvalue())
    by_code = {code: pictures_of(papers.pdf_of(code)) for code in papers.USUAL}
    expected = [(code, picture) for code in alone for picture in by_code[code]]
    assert len(pictures) == len(expected)
    assert [code for (code, was), now in zip(expected, pictures, strict=True) if was != now] == []
