"""F22 for the whole village: every household related to staff on one list (domain.md §3.21, NC).

For the township and the county, never for a board: it names numbers.
"""

from __future__ import annotations

from typing import Final

from app.documents.cells import Row, opinion, row, sign
from app.documents.content import code_of
from app.documents.forms import f22
from app.documents.forms.f22 import F22Content
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words

FORM: Final = "F22L"
VERSION: Final = f22.VERSION
TITLE: Final = "近亲属享受社会救助备案汇总表"
HOLDERS: Final = f22.HOLDERS


def render(content: F22Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F22Content, document_no: str) -> Paper:
    """The list as it looks."""
    return f22.sheet(c, document_no, form=FORM, title=TITLE, signatures=_signatures())


def _signatures() -> Row:
    """No household signs a list of several; each signed its own declaration."""
    return row(
        sign("填表人签字："),
        sign("审核人签字："),
        opinion(Words("备案单位："), signers=("负责人",)),
    )
