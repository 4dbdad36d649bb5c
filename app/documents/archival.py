"""What makes a PDF one that can be kept: the points of PDF/A-2b (ISO 19005-2), on every paper.

A household's file is kept for years after the program is gone (domain.md F28, 一户一档). The points
are kept and tested one by one; nobody has certified the result, and nowhere is it called certified.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL.ImageCms import ImageCmsProfile, createProfile
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
)

PRODUCER: Final = "Xieli"
_COLOURS: Final = "sRGB IEC61966-2.1"
_MADE_AT: Final = slice(24, 36)
"""Where an ICC profile tells when it was made (ICC.1 7.2.8): the same paper is the same bytes."""
_LONG_AGO: Final = b"".join(part.to_bytes(2, "big") for part in (2000, 1, 1, 0, 0, 0))
_END: Final = b"endstream\n"
_METADATA: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdf:Producer>{producer}</pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


class _Stream(PDFStream):
    """A stream whose end stands on a line of its own (6.1.7.1); ReportLab leaves that out."""

    def format(self, document: PDFDocument) -> bytes:
        """The bytes of the object; its Length stays that of the content."""
        text: bytes = super().format(document)
        return text[: -len(_END)] + b"\n" + _END


class _PlainStream(PDFStream):
    """A stream anybody can read without unpacking it."""

    def format(self, document: PDFDocument) -> bytes:
        """The bytes of the object."""
        entries = PDFDictionary(self.dictionary.dict | {"Length": len(self.content)})
        text: bytes = entries.format(document)
        content: bytes = self.content
        return text + b"\nstream\n" + content + b"\n" + _END


pdfdoc.PDFStream = _Stream  # type: ignore[misc]  # pages and forms are made by ReportLab itself


class PaperInfo(PDFInfo):
    """Title and program, and nothing that would have to be said again in the metadata."""

    def format(self, document: PDFDocument) -> bytes:
        """The information dictionary."""
        said = {"Title": PDFString(self.title), "Producer": PDFString(PRODUCER)}
        text: bytes = PDFDictionary(said).format(document)
        return text


def make_archival(document: PDFDocument, title: str) -> None:
    """Say of `document` what it is and in which colours; before anything is drawn on it."""
    information = PaperInfo()
    information.title = title
    document.info = information
    catalog: Any = document.Catalog  # type: ignore[attr-defined]  # the stub leaves it out
    catalog.Metadata = _PlainStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
        _METADATA.format(producer=PRODUCER, title=escape(title)).encode(),
    )
    colours = _PlainStream(PDFDictionary({"N": 3}), _profile())
    catalog.OutputIntents = PDFArray(
        [
            PDFDictionary(
                {
                    "Type": PDFName("OutputIntent"),
                    "S": PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": PDFString(_COLOURS),
                    "Info": PDFString(_COLOURS),
                    "DestOutputProfile": document.Reference(colours),  # type: ignore[no-untyped-call]
                }
            )
        ]
    )
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """The colours of an ordinary screen, which black, grey and white are meant in."""
    profile = bytearray(ImageCmsProfile(createProfile("sRGB")).tobytes())
    profile[_MADE_AT] = _LONG_AGO
    return bytes(profile)
