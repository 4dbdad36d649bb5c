"""What lies over a paper in a file, and what shows only on a screen or only in print."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.printing import draw
from tests import overlays
from tests.casework import visit
from tests.storefile import household_of


@pytest.fixture
def paper(work) -> bytes:
    """A record of a visit, printed."""
    home = household_of("覃兰英")
    work.households.add_all([home])
    work.visits.record(visit(home))
    prepared = work.printing.prepare("F15", home.id)
    work.printing.record(prepared)
    return draw(prepared).pdf


@pytest.mark.parametrize("change", overlays.LAID_OVER.values(), ids=overlays.LAID_OVER.keys())
def test_nothing_that_lies_over_a_paper_agrees(
    paper: bytes, change: Callable[[Pdf], None], begin, rules
):
    checks = PaperChecks(begin, rules)
    with pikepdf.open(BytesIO(paper)) as book:
        change(book)
        out = BytesIO()
        book.save(out)

    (before,), (after,) = checks.of_file(paper), checks.of_file(out.getvalue())

    assert before.answer is PaperAnswer.AGREES
    assert (after.answer, after.differing) == (
        PaperAnswer.DIFFERS, (("第 1 页上有画上去的东西", ""),),
    )  # fmt: skip


def test_the_back_of_a_sheet_with_a_note_on_it_is_not_empty(paper: bytes, begin, rules):
    with pikepdf.open(BytesIO(paper)) as book:
        book.add_blank_page(page_size=(595, 842))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=overlays.PLACE, F=2)
        book.pages[-1].Annots = Array([book.make_indirect(note)])
        out = BytesIO()
        book.save(out)

    answers = [one.answer for one in PaperChecks(begin, rules).of_file(out.getvalue())]

    assert answers == [PaperAnswer.AGREES, PaperAnswer.UNKNOWN]
