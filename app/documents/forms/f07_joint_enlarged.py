"""The joint F07 on A3, for a board read from further away (domain.md §3.23)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f07_joint
from app.documents.forms.f07 import NoticeContent
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F07LA3"
VERSION: Final = f07_joint.VERSION
TITLE: Final = "社会救助初审公示（多户合一，A3 放大）"
HOLDERS: Final = ("张贴",)


def render(content: NoticeContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: NoticeContent, document_no: str) -> Paper:
    """The notice as it hangs, half as large again."""
    return replace(f07_joint.paper(c, document_no), form=FORM, enlarged=True)
