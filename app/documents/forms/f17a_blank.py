"""F17a with the household on it and nothing else: for an emergency where there is no power."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f17a
from app.documents.forms.blank import BlankContent
from app.documents.forms.f17a import F17aContent
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F17aB"
VERSION: Final = f17a.VERSION
TITLE: Final = "先行救助（急难救助）审批表（空白）"
HOLDERS: Final = ("存档",)


def render(content: BlankContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: BlankContent, document_no: str) -> Paper:
    """The form as it looks before anything is known."""
    return replace(f17a.paper(_nothing_yet(c), document_no), form=FORM)


def _nothing_yet(c: BlankContent) -> F17aContent:
    return F17aContent(
        unit=c.unit,
        found_at=None,
        reported=None,
        reported_by="",
        payee=c.head,
        id_number=None,
        is_unknown=False,
        phone=c.phone,
        address=c.address,
        event_place="",
        event=None,
        event_note="",
        persons=None,
        way=None,
        goods="",
        amount=None,
        cap=None,
        cap_rule="",
        source=None,
        parts="",
        follows="",
        referral_reason="",
        decided_at=None,
        decided_by="",
        decided_how=None,
        paid_at=None,
        paperwork_due_on=None,
        paperwork_rule="",
        handler="",
    )
