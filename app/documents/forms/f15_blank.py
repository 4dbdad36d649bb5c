"""F15 with the household on it and nothing else: filled in by hand while there is no power."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.documents.content import code_of
from app.documents.forms import f15
from app.documents.forms.f15 import F15Content
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.domain.households import Household

FORM: Final = "F15B"
VERSION: Final = f15.VERSION
TITLE: Final = "走访（巡访）记录表（空白）"
HOLDERS: Final = ("存档",)


def content_of(household: Household, *, unit: str, visitor: str) -> F15Content:
    """Who is visited, and by whom; everything that is found out is left open."""
    head = household.head_member
    return F15Content(
        unit=unit,
        head=head.person.name if head else "",
        category=household.category,
        address=household.whole_address,
        phone=household.phone,
        persons=len(household.members),
        visited_on=None,
        met=None,
        channel=None,
        health=None,
        supplies=None,
        housing=None,
        income_change=None,
        need=None,
        note="",
        visitor=visitor,
        next_visit_on=None,
        cleanliness=None,
        dwelling=None,
        fire_safety=None,
        carer=None,
        explained=None,
        addenda=(),
        signature=(),
        photos=0,
    )


def render(content: F15Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F15Content, document_no: str) -> Paper:
    """The form as it looks before a visit."""
    return replace(f15.paper(c, document_no), form=FORM)
