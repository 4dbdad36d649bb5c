"""F07 on A3: the same notice, for a board read from further away (domain.md §3.23)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f07
from app.documents.forms.f07 import NoticeContent
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F07A3"
VERSION: Final = f07.VERSION
TITLE: Final = "社会救助初审公示（A3 放大）"
HOLDERS: Final = ("张贴",)


def render(content: NoticeContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: NoticeContent, document_no: str) -> Paper:
    """The notice as it hangs, half as large again."""
    return replace(f07.paper(c, document_no), form=FORM, enlarged=True)
