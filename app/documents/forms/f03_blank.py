"""F03 with the household on it and nothing else: the household declares by its own hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f03
from app.documents.forms.blank import BlankContent
from app.documents.forms.f03_content import ASSETS, ELSE, INCOMES, LAND, Declared, F03Content
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp

FORM: Final = "F03B"
VERSION: Final = f03.VERSION
TITLE: Final = "社会救助诚信承诺书（家庭经济状况声明书）（空白）"
HOLDERS: Final = ("存档",)


def render(content: BlankContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: BlankContent, document_no: str) -> Paper:
    """The form as it looks before anything is known."""
    return replace(f03.paper(_nothing_yet(c), document_no), form=FORM)


_SIGNERS: Final = 3


def _nothing_yet(c: BlankContent) -> F03Content:
    return F03Content(
        unit=c.unit,
        filed_on=None,
        requested=(),
        applicant=c.head,
        id_number=None,
        address=c.address,
        phone=c.phone,
        persons=None,
        land=Declared(name=LAND, has=None),
        incomes=tuple(Declared(name=name, has=None) for name in (*INCOMES, ELSE)),
        assets=tuple(Declared(name=name, has=None) for name in ASSETS),
        kin=None,
        proofs=(),
        signers=("　",) * _SIGNERS,
    )
