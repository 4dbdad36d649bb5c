"""What lies over a paper in a file, and what shows only on a screen or only in print."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.printing import draw
from tests.casework import visit
from tests.storefile import household_of

PLACE = Array([100, 600, 220, 620])
BLOT = b"0 g 0 0 120 20 re f"


@pytest.fixture
def paper(work) -> bytes:
    """A record of a visit, printed."""
    home = household_of("覃兰英")
    work.households.add_all([home])
    work.visits.record(visit(home))
    prepared = work.printing.prepare("F15", home.id)
    work.printing.record(prepared)
    return draw(prepared).pdf


def laid_over(book: Pdf, **said: object) -> None:
    """Something of the first page that readers draw over it, if they do."""
    look = Stream(book, BLOT, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 120, 20]))
    over = book.make_indirect(
        Dictionary(Type=Name.Annot, Rect=PLACE, F=4, AP=Dictionary(N=look), **said)
    )
    book.pages[0].Annots = Array([over])
    if said["Subtype"] == Name.Widget:
        book.Root.AcroForm = Dictionary(Fields=Array([over]))


def field(book: Pdf) -> None:
    laid_over(book, Subtype=Name.Widget, FT=Name.Tx, T="金额", V="9999")


def stamp(book: Pdf) -> None:
    laid_over(book, Subtype=Name.Stamp)


def hidden_note(book: Pdf) -> None:
    """Seen where somebody opens it only."""
    laid_over(book, Subtype=Name.Text, Contents="不对")
    book.pages[0].Annots[0].F = 2


def layer(book: Pdf, *, screen: bool) -> None:
    """Strokes that show on a screen only, or in print only."""
    usage = Dictionary(
        Print=Dictionary(PrintState=Name.OFF if screen else Name.ON),
        View=Dictionary(ViewState=Name.ON if screen else Name.OFF),
    )
    group = book.make_indirect(Dictionary(Type=Name.OCG, Name="层", Usage=usage))
    groups = Array([group])
    on, off = (groups, Array()) if screen else (Array(), groups)
    events = [
        Dictionary(Event=event, Category=Array([event]), OCGs=groups)
        for event in (Name.Print, Name.View)
    ]
    book.Root.OCProperties = Dictionary(OCGs=groups, D=Dictionary(ON=on, OFF=off, AS=Array(events)))
    page = book.pages[0]
    page.Resources.Properties = Dictionary(layer=group)
    page.contents_add(b"/OC /layer BDC 0 g 100 600 120 20 re f EMC")


@pytest.mark.parametrize(
    "change",
    [
        field,
        stamp,
        hidden_note,
        lambda book: layer(book, screen=True),
        lambda book: layer(book, screen=False),
    ],
    ids=["a field", "a stamp", "a hidden note", "a layer on screen", "a layer in print"],
)
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
        book.pages[-1].Annots = Array(
            [book.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=PLACE, F=2))]
        )
        out = BytesIO()
        book.save(out)

    answers = [one.answer for one in PaperChecks(begin, rules).of_file(out.getvalue())]

    assert answers == [PaperAnswer.AGREES, PaperAnswer.UNKNOWN]
