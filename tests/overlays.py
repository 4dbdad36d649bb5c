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


def group_of(book: Pdf, default: Dictionary, **said: object) -> object:
    """A layer of its own, and what the file says of it."""
    group = book.make_indirect(Dictionary(Type=Name.OCG, Name="层", **said))
    for key in default:
        if isinstance(default[key], Array):
            default[key] = Array([group])
    book.Root.OCProperties = Dictionary(OCGs=Array([group]), D=default)
    return group


def put_on(book: Pdf, layer: object) -> None:
    """Strokes of the first page that belong to a layer."""
    book.pages[0].Resources.Properties = Dictionary(layer=layer)
    book.pages[0].contents_add(b"/OC /layer BDC 0 g 100 300 120 20 re f EMC")


def layer_off(book: Pdf) -> None:
    """Put on by whoever opens the list of layers."""
    put_on(book, group_of(book, Dictionary(OFF=Array())))


def layer_enlarged(book: Pdf) -> None:
    """Seen by whoever enlarges the page."""
    group = group_of(book, Dictionary(OFF=Array()), Usage=Dictionary(Zoom=Dictionary(min=2.0)))
    event = Dictionary(Event=Name.View, Category=Array([Name.Zoom]), OCGs=Array([group]))
    book.Root.OCProperties.D.AS = Array([event])
    put_on(book, group)


def layer_in_form(book: Pdf) -> None:
    """A drawing that belongs to a layer as a whole."""
    group = group_of(book, Dictionary(OFF=Array()))
    drawn = Stream(
        book, BLOT, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 120, 20]), OC=group
    )
    resources = book.pages[0].Resources
    if Name.XObject not in resources:
        resources.XObject = Dictionary()
    resources.XObject.over = book.make_indirect(drawn)
    book.pages[0].contents_add(b"q 1 0 0 1 100 300 cm /over Do Q")


def script(book: Pdf) -> None:
    """Something done by the reader when the file is opened."""
    book.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def page_script(book: Pdf) -> None:
    book.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="1"))


def another_scale(book: Pdf) -> None:
    """Printed at twice its size."""
    book.pages[0].UserUnit = 2


def attached(book: Pdf) -> None:
    book.attachments["另一张.txt"] = "别的".encode()


LAID_OVER: Final[dict[str, Callable[[Pdf], None]]] = {
    "a field": field,
    "a stamp": stamp,
    "a hidden note": hidden_note,
    "a layer on screen": partial(layer, screen=True),
    "a layer in print": partial(layer, screen=False),
    "a layer that is off": layer_off,
    "a layer seen enlarged": layer_enlarged,
    "a drawing of a layer": layer_in_form,
    "a script": script,
    "a script of a page": page_script,
    "another scale": another_scale,
    "a file": attached,
}
