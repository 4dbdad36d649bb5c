"""What a PDF says, as a reader and as its objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from pypdfium2 import raw


def text_of(pdf: bytes) -> str:
    """All text as a reader extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def lines_on(pdf: bytes) -> list[str]:
    """Every run of text: page, x and y of its origin from the top left in whole mm, and itself."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [line for number, page in enumerate(document, 1) for line in _lines(number, page)]
    finally:
        document.close()


def _lines(number: int, page: pypdfium2.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    height = page.get_height()
    x, y = raw.c_double(), raw.c_double()
    run, start, last = "", (0.0, 0.0), (0.0, 0.0)
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        at, character = (x.value, height - y.value), text.get_text_range(index, 1)
        if not character.strip():
            continue
        if run and (abs(at[1] - last[1]) > 0.5 or not 0 < at[0] - last[0] < 25):
            yield _line(number, start, run)
            run = ""
        if not run:
            start = at
        run, last = run + character, at
    if run:
        yield _line(number, start, run)


def _line(number: int, start: tuple[float, float], run: str) -> str:
    return f"{number} {start[0] / 72 * 25.4:.0f},{start[1] / 72 * 25.4:.0f} {run}"


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF as objects."""
    return pikepdf.open(BytesIO(pdf))


def fonts_of(pdf: bytes) -> set[str]:
    """The fonts of a PDF without the mark of a subset."""
    with opened(pdf) as document:
        named = [thing.get("/FontName") for thing in document.objects if _is_font(thing)]
        return {str(name).partition("+")[2] for name in named}


def _is_font(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing


def written(pdf: bytes) -> str:
    """All text in the order in which it is drawn, by the fonts' own maps and nobody's guesses."""
    with opened(pdf) as book:
        return "".join(run for page in book.pages for run in _runs(page, page.Resources))


def _runs(stream: object, resources: pikepdf.Dictionary) -> Iterator[str]:
    """The texts shown by a page or by something drawn on it."""
    maps: dict[str, dict[str, str]] = {}
    font: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "Tf":
                name = str(operands[0])
                if name not in maps:
                    maps[name] = _map_of(resources.Font[name])
                font = maps[name]
            case "Tj":
                codes = bytes(operands[0]).hex().upper()
                yield "".join(font[codes[at : at + 4]] for at in range(0, len(codes), 4))
            case "Do":
                drawn = resources.XObject[str(operands[0])]
                yield from _runs(drawn, drawn.get("/Resources", resources))


def _map_of(font: pikepdf.Dictionary) -> dict[str, str]:
    """Characters by code, as the font's ToUnicode map says."""
    said = font.ToUnicode.read_bytes().decode()
    return {
        code: bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", said, re.MULTILINE)
    }


def joined(pdfs: Iterable[bytes]) -> bytes:
    """One PDF with all pages, in the order given."""
    out = BytesIO()
    with pikepdf.new() as whole:
        for pdf in pdfs:
            with opened(pdf) as part:
                whole.pages.extend(part.pages)
        whole.save(out)
    return out.getvalue()
