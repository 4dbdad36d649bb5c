"""F08's monthly list on A3, for a board read from further away (domain.md §3.23)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f08_list
from app.documents.forms.f08_list import F08ListContent
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F08LA3"
VERSION: Final = f08_list.VERSION
TITLE: Final = "社会救助对象公示名单（A3 放大）"
HOLDERS: Final = ("张贴",)


def render(content: F08ListContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F08ListContent, document_no: str) -> Paper:
    """The list as it hangs, half as large again."""
    return replace(f08_list.paper(c, document_no), form=FORM, enlarged=True)
