"""Sheets that several households share: the F07 of a day, and F22 of the whole village."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.forms import f07_joint
from app.domain.application_events import ApplicationEvent as E
from app.domain.notice_body import UNNAMED
from app.domain.problem import Refused
from app.domain.procedure import NoticePlace
from app.services.application_signatures import DeclareRelatives
from tests.filing import Filing

JOINT = {"F07L", "F07LA3", "F22L"}


def offered(filing: Filing) -> dict[str, str | None]:
    """The shared papers there are, and what each would be about."""
    offers = filing.work.printing.offers(filing.household.id)
    return {one.form: one.entity_id for one in offers if one.form in JOINT and one.ready}


def said(filing: Filing, form: str, about: str):
    """What a shared paper would say."""
    return filing.work.printing.sketch(form, None, about).content


def test_two_households_of_one_day_share_a_sheet_and_one_alone_has_its_own(work):
    first = Filing(work).assessed()
    alone = offered(first)
    second = Filing(work).assessed()
    today = first.today.isoformat()

    assert alone == {}
    assert offered(second) == {"F07L": today, "F07LA3": today}
    content = said(first, "F07L", today)
    assert [one.head for one in content.lines] == ["覃兰英", "覃兰英"]
    assert (content.first, content.last, content.posted_by) == (None, None, ())


def test_the_sheet_of_a_day_says_what_hung_that_day_and_no_more(work):
    first = Filing(work).posted()
    Filing(work).posted()
    day = first.today
    work.clock.advance(days=1)
    Filing(work).posted()
    content = said(first, "F07L", day.isoformat())

    assert len(content.lines) == 2
    assert (content.first, content.posted_by, content.witnesses) == (
        day, ("覃大山",), ("韦小妹", "侬阿公"),
    )  # fmt: skip
    assert content.last is not None
    assert content.last > day


def test_a_review_is_named_only_where_every_household_had_one(work):
    first, second = Filing(work).assessed(), Filing(work).assessed()
    today = first.today.isoformat()
    for one in (first, second):
        one.take(E.NEED_REVIEW)
    first.review()
    second_waits = len(said(first, "F07L", today).lines)
    second.review()
    third = Filing(work).assessed()

    assert second_waits == 1
    assert len(said(first, "F07L", today).lines) == 3
    assert not said(first, "F07L", today).was_reviewed
    third.county_says(first.status.REFUSED)
    assert said(first, "F07L", today).was_reviewed


def test_what_the_notices_say_differently_is_left_to_be_written_in(work):
    first = Filing(work).posted()
    Filing(work).assessed().post(
        posted_by=("韦阿妹",), places=(NoticePlace.ONLINE,), contact="0776-5550101"
    )
    content = said(first, "F07L", first.today.isoformat())

    assert (content.posted_by, content.places, content.contact) == ((), (), "")
    assert content.first == first.today
    assert content.witnesses == ("韦小妹", "侬阿公")


def test_a_shared_sheet_names_no_minor_no_illness_and_no_telephone(work):
    filings = [Filing(work), Filing(work)]
    for filing in filings:
        with work.begin() as unit:
            unit.change(
                kind="person.corrected",
                entity="person",
                entity_id=filing.household.members[0].person.id,
                subject=filing.household.id,
                fields={"birth_on": date(2012, 5, 1), "illness": "肾病", "phone": "19900001234"},
            )
            unit.commit()
        filing.assessed()
    filings[0].post()
    content = said(filings[0], "F07L", filings[0].today.isoformat())
    text = str(f07_joint.paper(content, "N-1"))

    assert [one.head for one in content.lines] == [UNNAMED, UNNAMED]
    assert not [word for word in ("覃兰英", "肾病", "19900001234") if word in text]


@pytest.mark.parametrize("about", ["2026-01-05", "today", ""])
def test_a_day_nothing_was_posted_on_has_no_sheet(work, about):
    filing = Filing(work)
    with pytest.raises(Refused) as caught:
        said(filing, "F07L", about)

    assert caught.value.code == "P-20"


def test_the_list_of_relatives_has_every_household_as_it_last_declared(work):
    filings = [Filing(work), Filing(work), Filing(work)]

    def declare(filing: Filing, has: bool, name: str) -> None:
        work.clock.advance(minutes=5)
        work.signatures.declare(
            DeclareRelatives(
                application=filing.id, has_relative=has, staff_name=name, staff_unit="村委会",
                staff_post="副主任", relation="弟弟", declared_on=filing.today, is_signed=True,
            )
        )  # fmt: skip

    for filing, name in zip(filings, ("覃大海", "韦大海", "侬大海"), strict=True):
        declare(filing, True, name)
    assert offered(filings[0])["F22L"] == "related"
    declare(filings[0], False, "")
    assert [one.staff for one in said(filings[0], "F22L", "related").lines] == ["韦大海", "侬大海"]
    declare(filings[1], False, "")

    assert "F22L" not in offered(filings[0])
    assert [one.staff for one in said(filings[0], "F22L", "related").lines] == ["侬大海"]


def test_a_sheet_with_somebody_whose_notice_does_not_hang_yet_has_no_days(work):
    first = Filing(work).posted()
    Filing(work).assessed()
    content = said(first, "F07L", first.today.isoformat())

    assert len(content.lines) == 2
    assert (content.first, content.last, content.posted_by) == (None, None, ())


def pieces(filing: Filing) -> list[tuple[str, str]]:
    """Title and number of what the cover of a household's file lists."""
    lines = filing.work.printing.sketch("F28", filing.household.id).content.lines
    return [(one.title, one.number) for one in lines]


def declare(filing: Filing) -> None:
    filing.work.signatures.declare(
        DeclareRelatives(
            application=filing.id, has_relative=True, staff_name="韦大海", staff_unit="村委会",
            staff_post="副主任", relation="弟弟", declared_on=filing.today, is_signed=True,
        )
    )  # fmt: skip


def test_what_several_households_share_is_a_piece_of_the_file_of_each(work):
    first, second = Filing(work).posted(), Filing(work).posted()
    for filing in (first, second):
        declare(filing)
    sheet = work.printing.make("F07L", None, first.today.isoformat())
    related = work.printing.make("F22L", None, "related")
    work.clock.advance(days=1)
    third = Filing(work).posted()
    declare(third)

    for filing in (first, second):
        assert pieces(filing) == [
            ("社会救助初审公示（多户合一）", sheet.document_no),
            (related.title, related.document_no),
        ]
    assert pieces(third) == []


def test_a_meeting_that_spoke_of_two_households_is_a_piece_of_the_file_of_both(work):
    first, second = Filing(work).assessed(), Filing(work).assessed()
    for filing in (first, second):
        filing.take(E.NEED_REVIEW)
    first.review()
    with work.begin() as unit:
        (held,) = unit.procedure.reviews(first.id)
    second.review(session=held.session)

    record = work.printing.make("F06", first.household.id)

    assert pieces(first) == pieces(second) == [(record.title, record.document_no)]
