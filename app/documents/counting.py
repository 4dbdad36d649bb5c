"""How many pages a PDF has, asked of a reader that did not make it."""

from __future__ import annotations

from app.documents.pdfium import opened


def pages_of(pdf: bytes) -> int:
    """The number of pages of `pdf`."""
    with opened(pdf) as document:
        return document.count
