"""The points of PDF/A-2b that this program keeps, looked for in the file itself."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pikepdf
import pytest

from app.documents import archival
from app.documents.registry import FORMS, bind, form_of
from tests import papers, pdfs, records

NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


PACKAGE = "一户的几样一起，两面打"


@pytest.fixture(params=[*papers.USUAL, PACKAGE])
def paper(request: pytest.FixtureRequest) -> bytes:
    if request.param != PACKAGE:
        return papers.pdf_of(request.param)
    stamp = records.stamp(holders=("乡镇存", "县里存"))
    made = ((form_of(code), papers.USUAL[code]()[1], stamp) for code in ("F01", "F05", "F07A3"))
    return bind(made, duplex=True)


def test_no_form_is_left_out():
    assert set(papers.USUAL) == set(FORMS)


def test_it_says_what_it_is_in_plain_metadata(paper: bytes):
    with pdfs.opened(paper) as pdf:
        stream = pdf.Root.Metadata
        said = ElementTree.fromstring(stream.read_raw_bytes())  # noqa: S314  # our own file
        title = str(pdf.docinfo.Title)

    assert "/Filter" not in stream
    assert said.findtext(".//pdfaid:part", namespaces=NAMES) == "2"
    assert said.findtext(".//pdfaid:conformance", namespaces=NAMES) == "B"
    assert said.findtext(".//dc:title//rdf:li", namespaces=NAMES) == title
    assert said.findtext(".//pdf:Producer", namespaces=NAMES) == "Xieli"


def test_its_colours_are_said_and_held_to(paper: bytes):
    with pdfs.opened(paper) as pdf:
        (intent,) = pdf.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
        content = b"".join(
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and "/Length1" not in thing
        )

    assert str(intent.S) == "/GTS_PDFA1"
    assert profile[12:24] == b"mntrRGB XYZ "
    assert not re.search(rb"\s(cs|CS|scn|SCN|k|K)\s", content.partition(b"mntr")[0])


def test_nothing_in_it_is_shut_or_elsewhere(paper: bytes):
    with pdfs.opened(paper) as pdf:
        keys = {
            key
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
            for key in thing.keys()  # noqa: SIM118  # a stream is no mapping
        }

        assert not pdf.is_encrypted
        assert pdf.pdf_version == "1.7"
        assert "/ID" in pdf.trailer
    assert keys.isdisjoint({"/F", "/FFilter", "/OPI", "/Ref", "/PS", "/TR", "/HTP", "/XFA"})


def test_every_stream_ends_on_a_line_of_its_own_and_is_as_long_as_it_says(paper: bytes):
    head = rb"/Length (\d+)(?:(?!endobj|stream).)*?>>\s*stream\r?\n"
    streams = list(re.finditer(head, paper, re.DOTALL))

    assert len(streams) == paper.count(b"\nendstream") > 4
    for start in streams:
        after = start.end() + int(start[1])
        assert paper[after : after + 10] == b"\nendstream"


def test_the_same_paper_is_the_same_bytes():
    assert papers.pdf_of("F17a") == papers.pdf_of("F17a")


def test_a_title_cannot_write_metadata():
    document = archival.PDFDocument()
    archival.make_archival(document, "</rdf:li><x/>&")

    assert b"&lt;/rdf:li&gt;&lt;x/&gt;&amp;" in document.Catalog.Metadata.content
