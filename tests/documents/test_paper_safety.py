"""No content can make a PDF do anything, and a reader gets back what was typed (security R42)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.fonts import missing, printable
from tests import papers, pdfs, records

HOSTILE = (
    "<b>", "</para>", "<img src='/etc/passwd'/>", "<a href='http://x'>", "&lt;", "&#0;", "]]>",
    "(Tj) ET /JS (app.alert(1))", ") Tj /URI (http://x)", "\\", "%%EOF", "endstream endobj",
    "=1+1", "{{7*7}}", "\x00", "\u202e", "\ufeff", "\u2028", "<< /Launch >>", "１２３", "é", "😀",
)  # fmt: skip
FORBIDDEN = {
    "/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/AcroForm",
    "/AA", "/OpenAction", "/Annots", "/RichMedia", "/GoToR", "/SubmitForm",
}  # fmt: skip
SOURCES = Path(__file__).parents[2] / "app" / "documents"


def keys_of(pdf: pikepdf.Pdf) -> set[str]:
    """Every dictionary key of every object."""
    return {
        key
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
        for key in thing.keys()  # noqa: SIM118  # a stream is no mapping
    }


@pytest.mark.parametrize("code", papers.USUAL)
def test_a_form_holds_nothing_that_acts(code):
    with pdfs.opened(papers.pdf_of(code)) as pdf:
        assert keys_of(pdf) & FORBIDDEN == set()
        assert not pdf.is_encrypted


@pytest.mark.parametrize("code", papers.USUAL)
def test_every_font_is_embedded_a_subset_and_readable(code):
    with pdfs.opened(papers.pdf_of(code)) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
            if font.Subtype == "/Type0":
                assert "/ToUnicode" in font
            else:
                assert len(font.FontDescriptor.FontFile2.read_bytes()) < 400_000
        assert not any("Helvetica" in str(font.BaseFont) for font in fonts)


@pytest.mark.parametrize("code", papers.USUAL)
def test_a_reader_finds_nothing_wrong_with_the_file(code):
    with pdfs.opened(papers.pdf_of(code)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_file_names_nobody_outside_its_pages():
    pdf = papers.pdf_of("F17a")

    with pdfs.opened(pdf) as opened:
        said = " ".join(str(value) for value in opened.docinfo.values())
    assert "赵大山" not in said
    assert "王秀英" not in said
    assert b"/home" not in pdf


def note_on_paper(note: str) -> str:
    """What a reader extracts of a note, without the white space lines are broken at."""
    content = replace(papers.USUAL["F15"]()[1], note=note)
    pdf = papers.f15.render(content, records.stamp(holders=()))
    with pdfs.opened(pdf) as opened:
        assert keys_of(opened) & FORBIDDEN == set()
    return re.sub(r"\s|\ufffe|\u0002", "", pdfs.text_of(pdf))


@pytest.mark.parametrize("note", HOSTILE)
def test_hostile_text_is_only_text(note):
    expected = re.sub(r"\s", "", printable(note))

    assert f"始{expected}终" in note_on_paper(f"始{note}终").replace("１２３", "１２３")


TYPED = st.text(
    st.characters(blacklist_categories=("Cs", "Co", "Cn", "Cc", "Cf", "Mn", "Me", "Mc")),
    max_size=40,
)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(TYPED)
def test_whatever_is_typed_is_printed_or_named_as_missing(typed):
    lost = missing(typed)
    left_to_right = "".join(c for c in typed if c not in lost and c.isascii())

    said = note_on_paper(f"始{left_to_right}终")

    assert re.sub(r"\s", "", left_to_right) in said


def test_text_reaches_a_page_in_one_place_only():
    """`show` writes glyph codes; markup and ReportLab's own text calls would be a second way."""
    banned = re.compile(
        r"Paragraph|platypus|drawString|drawCentredString|textobject|beginText|drawImage"
    )
    offenders = [
        f"{path.name}:{number}"
        for path in SOURCES.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if banned.search(line)
    ]

    assert offenders == []
