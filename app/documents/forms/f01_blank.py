"""F01 with the household on it and nothing else: filled in by hand where somebody applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f01
from app.documents.forms.blank import BlankContent
from app.documents.forms.f01_content import F01Applicant, F01Asset, F01Content, asset_name
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.domain.households import AssetKind

FORM: Final = "F01B"
VERSION: Final = f01.VERSION
TITLE: Final = "最低生活保障（特困、边缘、刚性支出）申请（审批）表（空白）"
HOLDERS: Final = ("存档",)


def render(content: BlankContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: BlankContent, document_no: str) -> Paper:
    """The form as it looks before anything is known."""
    return replace(f01.paper(_nothing_yet(c), document_no), form=FORM)


def _nothing_yet(c: BlankContent) -> F01Content:
    return F01Content(
        unit=c.unit,
        filed_on=None,
        requested=(),
        applicant=F01Applicant(
            name=c.head,
            sex="",
            birth=None,
            ethnicity="",
            id_kind="",
            id_number=None,
            hukou="",
            hukou_address="",
            permit_no="",
            resided="",
            marriage="",
            education="",
            address=c.address,
            phone=c.phone,
            health="",
            labour="",
            disability="",
            disability_no="",
            illness="",
            causes=(),
            other_cause="",
        ),
        members=(),
        obligors=None,
        proxy=None,
        sums=None,
        assets=tuple(F01Asset(kind=asset_name(kind), said="") for kind in AssetKind),
        account_name="",
        bank_name=None,
        bank_account=None,
        attached=(),
        notice=(None, None),
    )
