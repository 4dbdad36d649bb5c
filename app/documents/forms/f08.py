"""F08 审核确认公示 — whom the county has confirmed, hung up for good (domain.md §3.7).

After NC's 每月公示名单: 22 lines a page, 是否近亲属备案, a telephone for complaints.
"""

from __future__ import annotations

from typing import Final

from app.documents.content import code_of
from app.documents.forms.f07 import NoticeContent, notice
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words

FORM: Final = "F08"
VERSION: Final = "2"
TITLE: Final = "社会救助审核确认公示"
HOLDERS: Final = ("张贴", "存档")
FILED: Final = True


def render(content: NoticeContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: NoticeContent, document_no: str) -> Paper:
    """The notice as it hangs, and the proof that it did."""
    words = (Words("　　经审核确认，下列人员享受社会救助待遇，现予公布："),)
    return notice(c, document_no, form=FORM, title=TITLE, words=words, amount="")
