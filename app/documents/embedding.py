"""Puts the used glyphs of a font into a PDF, each with the text it stands for.

ReportLab's own TrueType class writes one font per 256 characters and loses the text of every
character beyond U+FFFF; here a face is one composite font (Type 0, Identity-H) whose ToUnicode map
holds UTF-16 and whole variation sequences, so that what was typed is what is copied and searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFString,
    PDFZCompress,
)

from app.documents.fonts import Glyph
from app.documents.truetype import FontFile

_SYMBOLIC: Final = 4
"""Font descriptor flag: the glyphs are chosen by number, not by a standard character set."""
_STEM: Final = 80
_BATCH: Final = 100
"""A bfchar block holds at most this many lines (PDF 32000-1, 9.10.3)."""
_MAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_MAP_FOOT: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class EmbeddedFont:
    """One font file as one document uses it: a code for each character that was shown."""

    def __init__(self, file: FontFile, name: str, number: int) -> None:
        self.resource = f"F{number}"
        self._file = file
        self._name = f"{_tag(number)}+{name}"
        self._codes: dict[str, str] = {}
        self._glyphs = [0]

    def encode(self, glyphs: Iterable[Glyph]) -> str:
        """The hexadecimal codes that show `glyphs` and read as their texts."""
        codes = self._codes
        return "".join([codes.get(glyph.text) or self._add(glyph) for glyph in glyphs])

    def _add(self, glyph: Glyph) -> str:
        """Give a character its code: the number of its outline in the embedded program."""
        code = self._codes[glyph.text] = f"{len(self._glyphs):04X}"
        self._glyphs.append(glyph.number)
        return code

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802  # ReportLab calls it so
        """Write the font into `document`, now that everything it must show is known."""
        program = _stream(self._file.subset(self._glyphs))
        scale = 1000 / self._file.units
        widths = " ".join([str(round(self._file.advance(glyph))) for glyph in self._glyphs])
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(self._name),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([round(edge * scale) for edge in self._file.box]),
                "ItalicAngle": 0,
                "Ascent": round(self._file.ascent * scale),
                "Descent": round(self._file.descent * scale),
                "CapHeight": round(self._file.ascent * scale),
                "StemV": _STEM,
                "FontFile2": _reference(document, program),
            }
        )
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(self._name),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": _reference(document, descriptor),
                "DW": 1000,
                "W": f"[0 [{widths}]]",
                "CIDToGIDMap": PDFName("Identity"),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(self._name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([_reference(document, descendant)]),
                "ToUnicode": _reference(document, _stream(self._unicode_map().encode())),
            }
        )
        fonts = document.idToObject[BasicFonts]
        fonts.dict[self.resource] = _reference(document, font)  # type: ignore[attr-defined]  # stub

    def _unicode_map(self) -> str:
        """The CMap from our codes to UTF-16."""
        lines = [
            f"<{code}> <{text.encode('utf-16-be').hex().upper()}>"
            for text, code in self._codes.items()
        ]
        blocks = [
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
            for block in _batches(lines)
        ]
        return "\n".join([_MAP_HEAD, *blocks, _MAP_FOOT])


def _reference(document: PDFDocument, thing: object) -> object:
    """`thing` as an indirect object of `document`."""
    return document.Reference(thing)  # type: ignore[no-untyped-call]  # the stub has no types


def _tag(number: int) -> str:
    """Six capitals that mark a subset (PDF 32000-1, 9.6.4), counted so that output is the same."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in reversed(range(6)))


def _stream(content: bytes) -> pdfdoc.PDFStream:
    """A compressed stream of `content`; Length1 is what a font program's reader asks for."""
    return pdfdoc.PDFStream(
        dictionary=PDFDictionary({"Length1": len(content)}),
        content=content,
        filters=[PDFZCompress],
    )


def _batches(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """`lines` in runs that a bfchar block may hold."""
    return (lines[start : start + _BATCH] for start in range(0, len(lines), _BATCH))
