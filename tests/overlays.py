"""What somebody lays over the first page of a PDF: fields, notes, and layers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from pikepdf import Array, Dictionary, Name, Pdf, Stream

PLACE = Array([100, 300, 220, 320])
BLOT = b"0 g 0 0 120 20 re f"


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
    page.contents_add(b"/OC /layer BDC 0 g 100 300 120 20 re f EMC")


LAID_OVER: Final[dict[str, Callable[[Pdf], None]]] = {
    "a field": field,
    "a stamp": stamp,
    "a hidden note": hidden_note,
    "a layer on screen": partial(layer, screen=True),
    "a layer in print": partial(layer, screen=False),
}
