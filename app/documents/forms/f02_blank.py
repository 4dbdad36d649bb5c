"""F02 with the household on it and nothing else: signed by who was not at home."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f02
from app.documents.forms.blank import BlankContent
from app.documents.forms.f02_content import F02Content, F02Person, F02Signer
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F02B"
VERSION: Final = f02.VERSION
TITLE: Final = "家庭经济状况核对授权书（空白）"
HOLDERS: Final = ("存档",)


def render(content: BlankContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: BlankContent, document_no: str) -> Paper:
    """The form as it looks before anything is known."""
    return replace(f02.paper(_nothing_yet(c), document_no), form=FORM)


def _nothing_yet(c: BlankContent) -> F02Content:
    nobody = F02Person(name="", relation="", id_kind="", id_number=None)
    return F02Content(
        unit=c.unit,
        applicant=c.head,
        requested=(),
        valid_from=None,
        signers=(F02Signer(person=nobody, phone=None, address=c.address, wards=()),),
    )
