"""What may be done against a refusal: the county's words on F09 and F10, or room to write them."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.forms import f09, f10
from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from tests.filing import TOLD, Filing
from tests.procedure import under

REMEDY = "不服的，可以按告知书上写的日子向练习县人民政府申请复议。"
MISSING = "救济途径（县里还没给）"


def turned_away(work) -> Filing:
    """An application the office did not take."""
    return Filing(work).submitted().take(E.NOT_ACCEPT, note="户籍不在本县", **TOLD)


def turned_down(work) -> Filing:
    """An application the county refused."""
    return (
        Filing(work)
        .sent()
        .county_says(S.REFUSED, decided_on=date(2026, 3, 20), decision_note="超过标准")
    )


REFUSALS = pytest.mark.parametrize(
    ("form", "made", "module"), [("F09", turned_away, f09), ("F10", turned_down, f10)]
)


def content_and_blanks(filing: Filing, form: str):
    """What the paper says, and what is named beforehand as left to be written by hand."""
    offers = filing.work.printing.offers(filing.household.id)
    (offer,) = [one for one in offers if one.form == form]
    content = filing.work.printing.sketch(form, filing.household.id).content
    return content, offer.missing


@REFUSALS
def test_without_the_county_s_words_there_is_room_to_write_and_it_is_named_before(
    work, form, made, module
):
    content, blanks = content_and_blanks(made(work), form)

    assert content.remedy == ""
    assert MISSING in blanks
    assert str(module.paper(content, "N-1")).count(module.TO_FILL) == 2


@REFUSALS
def test_the_county_s_words_stand_on_the_refusal(work, form, made, module):
    under(work, decision_remedy=f'value = "{REMEDY}"')
    content, blanks = content_and_blanks(made(work), form)

    assert content.remedy == REMEDY
    assert MISSING not in blanks
    said = str(module.paper(content, "N-1"))
    assert REMEDY in said
    assert said.count(module.TO_FILL) == 1


def test_an_application_that_was_taken_lacks_no_remedy(work):
    _, blanks = content_and_blanks(Filing(work).accepted(), "F09")

    assert MISSING not in blanks
