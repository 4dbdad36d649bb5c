"""The reader of PDFs, behind everything that counts, reads or draws one: one call at a time.

PDFium is not safe on two threads, not even with a document each (pypdfium2, README, "Thread
safety"), and two threads come here: a ledger is exported on the store thread while a paper is drawn
or checked on the work thread. The lock is held for one page at most, so that nobody waits for a
whole file.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]  # it ships no stubs

_ALONE: Final = threading.Lock()
_STREAM: Final = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_MORE: Final = re.compile(
    rb"/(?:OCProperties|OCG|OCMD|JavaScript|JS|EmbeddedFiles?|UserUnit|Launch|OpenAction|AA)"
    rb"(?=[\s/<>\[(])"
)
"""Keys and names that stand in no paper of ours."""


class Unreadable(Exception):
    """The bytes are no PDF, or a page of it cannot be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in shades of grey, one byte a dot, `stride` bytes a line."""

    width: int
    height: int
    stride: int
    grey: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, `left` and `down` from the corner at the top, in points."""

    left: float
    down: float
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF as long as it is open. Pages count from 0. All raise Unreadable."""

    _document: pypdfium2.PdfDocument

    @property
    def count(self) -> int:
        """How many pages there are."""
        with _reading():
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points: A4 is 595 by 842."""
        with _reading():
            width, height = self._document.get_page_size(page)
            return float(width), float(height)

    def picture(self, page: int, *, scale: float, printed: bool = False) -> Picture:
        """The page drawn with `scale` dots for each point, as on a screen or as `printed`."""
        mode = "print" if printed else None
        with (
            self._page(page) as open_page,
            closing(open_page.render(scale=scale, grayscale=True, optimize_mode=mode)) as drawn,
        ):
            return Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))

    def is_laid_over(self, page: int) -> bool:
        """Whether notes or fields to fill in lie over the page: not every reader shows them."""
        with self._page(page) as open_page:
            # asked under the lock, so it is there already
            from pypdfium2 import raw

            has_fields = self._document.get_formtype() != raw.FORMTYPE_NONE
            return bool(has_fields or raw.FPDFPage_GetAnnotCount(open_page) > 0)

    def holds_more(self) -> bool:
        """Whether the file holds more than pages: layers that may be put on and off or show only
        enlarged, scripts, files, another scale. A reader may make something else of it."""
        whole = BytesIO()
        with _reading():
            from pypdfium2 import raw

            # written anew object by object, so that nothing lies packed in a stream of objects
            self._document.save(whole, flags=raw.FPDF_NO_INCREMENTAL)
        return _MORE.search(_STREAM.sub(b"", whole.getvalue())) is not None

    def runs(self, page: int, *, most: int) -> list[Run]:
        """The text of a page, white space taken out; of more than `most` runs it is Unreadable."""
        with self._page(page) as open_page, closing(open_page.get_textpage()) as text:
            count = text.count_rects()
            if count > most:
                raise Unreadable
            return list(_runs(text, count, open_page.get_height()))

    @contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        """Closed while nobody else reads: what the collector closes, it closes on any thread."""
        with _reading(), closing(self._document[page]) as open_page:
            yield open_page


@contextmanager
def opened(pdf: bytes) -> Iterator[OpenPdf]:
    """`pdf`, until the block ends. Raises Unreadable."""
    with _reading() as library:
        document = library.PdfDocument(pdf)
    try:
        yield OpenPdf(document)
    finally:
        with _reading():
            document.close()


@contextmanager
def _reading() -> Iterator[Any]:
    """The library, for whoever's turn it is."""
    with _ALONE:
        # a tenth of a second: only with the first PDF
        import pypdfium2

        try:
            yield pypdfium2
        except pypdfium2.PdfiumError as error:
            raise Unreadable from error


def _runs(text: pypdfium2.PdfTextPage, count: int, height: float) -> Iterator[Run]:
    for number in range(count):
        left, bottom, right, top = text.get_rect(number)
        said = "".join(text.get_text_bounded(left, bottom, right, top).split())
        if said:
            yield Run(left, height - top, said)
