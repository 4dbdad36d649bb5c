"""How many pages a PDF has, asked of a reader that did not make it."""

from __future__ import annotations


def pages_of(pdf: bytes) -> int:
    """The number of pages of `pdf`."""
    # a tenth of a second: only when a paper is made
    import pypdfium2  # type: ignore[import-untyped]  # no stubs

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
