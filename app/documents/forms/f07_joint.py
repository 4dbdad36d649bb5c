"""F07 for several households: one sheet for all that hang from the same day (domain.md §3.7).

Masked line by line as each household's own notice is; what only some of them say of the posting
stays free to be written in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f07
from app.documents.forms.f07 import NoticeContent
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F07L"
VERSION: Final = f07.VERSION
TITLE: Final = "社会救助初审公示（多户合一）"
HOLDERS: Final = f07.HOLDERS
FILED: Final = True


def render(content: NoticeContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: NoticeContent, document_no: str) -> Paper:
    """The notice as it hangs, and the proof that it did."""
    return replace(f07.paper(c, document_no), form=FORM)
