"""Many papers as one PDF that is written page by page: a whole 组, with a bookmark for each paper.

What has been drawn is in the file and not in memory; what stays behind is a few numbers a page and
the fonts, which are written once, at the end, when every character is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from reportlab.pdfbase.pdfdoc import (
    PDFCrossReferenceTable,
    PDFFile,
    PDFFormXObject,
    PDFIndirectObject,
    PDFObject,
    PDFPage,
    PDFStream,
    PDFTrailer,
)

from app.documents.content import without_halves
from app.documents.ink import Ink
from app.documents.paper import A4, Order, draw

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.registry import Form
    from app.documents.stamp import Stamp

_WRITTEN: Final = PDFObject()
"""Stands for what is in the file already."""


class Batch:
    """One PDF in the making, in the file `out`; the same calls always write the same bytes.

    With `duplex` every copy begins on a sheet of its own.
    """

    def __init__(self, out: BinaryIO, title: str, *, duplex: bool = False) -> None:
        self._ink = _SpilledInk(out, title)
        self._duplex = duplex
        self._bookmarks = 0
        self._under = False

    @property
    def pages(self) -> int:
        """Pages so far."""
        return self._ink.getPageNumber() - 1

    def household(self, name: str) -> None:
        """What is added next is this household's."""
        self._bookmark(name, 0)
        self._under = True

    def add(self, form: Form, content: FormContent, stamp: Stamp) -> int:
        """Draw one paper, all its copies. Returns how many pages it took."""
        code = form.code_of(content, stamp.document_no)
        return self.place(Order(form.paper(content, stamp), stamp, code))

    def place(self, order: Order) -> int:
        """`add` of a paper that is made already."""
        before = self.pages
        self._bookmark(order.worded.paper.title, 1 if self._under else 0)
        draw(self._ink, order, fresh_sheets=self._duplex)
        return self.pages - before

    def close(self) -> None:
        """Write the fonts, the outline and the table of contents. Raises ValueError when empty."""
        if not self.pages:
            raise ValueError("nothing to print")
        self._ink.close()

    def _bookmark(self, title: str, level: int) -> None:
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._ink.bookmarkPage(key)
        self._ink.addOutlineEntry(without_halves(title), key, level, closed=True)


class _SpilledInk(Ink):
    """Writes each page into a file as soon as it is drawn."""

    def __init__(self, out: BinaryIO, title: str) -> None:
        super().__init__(*A4, title=title)
        self._document = cast("Any", self._doc)
        self._spill = PDFFile(self._document._pdfVersion)  # noqa: SLF001  # as its own writer does
        for part in self._spill.strings:
            out.write(part)
        self._spill.write = out.write  # type: ignore[assignment]  # how many bytes, nobody asks
        self._looked_at = 0

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        """End the page; it leaves the memory."""
        super().showPage()
        document = self._document
        names = document.numberToId
        while self._looked_at < document.objectcounter:
            self._looked_at += 1
            name = names[self._looked_at]
            thing = document.idToObject[name]
            if isinstance(thing, PDFPage | PDFFormXObject):
                self._write_out(name, thing)
        # the page tree needs no more than where the page is
        document.Pages.pages[-1] = document.Reference(document.Pages.pages[-1])

    def close(self) -> None:
        """Write whatever is left, and where everything is."""
        document = self._document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, self)
        number = 0
        while number < document.objectcounter:
            number += 1
            name = document.numberToId[number]
            if name not in document.idToOffset:
                self._put(name, document.idToObject[name])
        table = PDFCrossReferenceTable()
        table.addsection(0, [document.numberToId[each] for each in range(1, number + 1)])
        start = self._spill.add(table.format(document))
        trailer = PDFTrailer(start, Size=number + 1, Root=root, Info=info, ID=document.ID())
        self._spill.add(trailer.format(document))

    def _write_out(self, name: str, thing: PDFObject) -> None:
        """Write `thing` and its stream, and forget them; the page tree it hangs in comes last."""
        document = self._document
        known = document.objectcounter
        self._put(name, thing)
        while known < document.objectcounter:
            known += 1
            part = document.numberToId[known]
            if isinstance(document.idToObject[part], PDFStream):
                self._put(part, document.idToObject[part])

    def _put(self, name: str, thing: PDFObject) -> None:
        document = self._document
        document.idToOffset[name] = self._spill.add(PDFIndirectObject(name, thing).format(document))
        document.idToObject[name] = _WRITTEN
