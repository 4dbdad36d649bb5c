"""The papers along an application: what they are about, which number, what they never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents.forms import f07, f09
from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.money import Money
from app.domain.notice_body import UNNAMED
from app.domain.problem import Refused
from app.domain.procedure import FiledBy, NoticeKind, Proxy
from app.services.application_signatures import DeclareRelatives
from app.services.applications import FileApplication
from app.services.papers import papers_needed
from tests.filing import TOLD, Filing, villagers
from tests.procedure import under
from tests.services.test_paper_packs import raise_standard

KINDS = ("F06", "F07", "F07A3", "F08", "F08A3", "F09", "F10", "F22", "F25", "F26", "F27")


@pytest.fixture
def filing(work):
    return Filing(work)


def ready(filing) -> set[str]:
    """Which of these papers the household can have now."""
    offers = filing.work.printing.offers(filing.household.id)
    return {one.form for one in offers if one.ready and one.form in KINDS}


def said(filing, form, entity_id=None):
    """What a paper would say."""
    return filing.work.printing.sketch(form, filing.household.id, entity_id).content


def test_a_draft_has_none_of_them(filing):
    assert ready(filing) == set()


def test_each_answer_of_the_office_is_a_sheet_of_its_own(filing):
    filing.submitted().take(
        E.NEED_MATERIAL, materials=("收入证明",), due_on=date(2026, 3, 16), **TOLD
    )
    asked = said(filing, "F09")
    first = filing.work.printing.make("F09", filing.household.id)
    filing.county_says(S.SUBMITTED).take(E.ACCEPT, **TOLD)

    accepted = said(filing, "F09")
    second = filing.work.printing.make("F09", filing.household.id)

    assert (asked.event, asked.asked, asked.due_on) == (
        E.NEED_MATERIAL, ("收入证明",), date(2026, 3, 16),
    )  # fmt: skip
    assert (asked.paper_no, asked.answered_by) == (TOLD["paper_no"], TOLD["told_by"])
    assert accepted.event is E.ACCEPT
    assert {first.document_no, second.document_no} == {filing.now.document_no}
    with filing.work.begin() as unit:
        prints = unit.casework.household_prints(filing.household.id)
    assert [one.reprint_no for one in prints] == [0, 0]


def test_what_may_be_done_against_a_refusal_is_never_made_up(filing):
    filing.submitted().take(E.NOT_ACCEPT, note="户籍不在本县", **TOLD)
    content = said(filing, "F09")

    assert (content.reason, content.remedy) == ("户籍不在本县", "")
    told = replace(content, remedy="可以复核。")
    assert str(f09.paper(content, "N-1")).count(f09.TO_FILL) == 2
    assert str(f09.paper(told, "N-1")).count(f09.TO_FILL) == 1


def test_a_meeting_is_one_paper_however_many_households_it_spoke_of(work):
    one, other = Filing(work), Filing(work)
    for filing in (one, other):
        filing.assessed().take(E.NEED_REVIEW)
    one.review(attendance=villagers(10, recused=1), agree=8, against=1, abstain=0)
    session = one.whole.reviews[0].session
    work.clock.advance(minutes=5)
    other.review(session=session, opinion="情况属实。")

    content = said(one, "F06")

    assert content == said(other, "F06")
    assert [(case.agree, case.recused) for case in content.cases] == [(8, ("代表0",)), (8, ())]
    assert (len(content.seats), content.expected) == (10, 12)
    first = work.printing.make("F06", one.household.id)
    second = work.printing.make("F06", other.household.id)
    assert first.document_no == second.document_no != one.now.document_no
    assert first.code == second.code


def test_a_review_nobody_decided_ticks_neither(filing):
    under(filing.work)
    filing.assessed().take(E.NEED_REVIEW).review()

    assert said(filing, "F06").cases[0].passed is None


def test_a_notice_can_be_printed_before_it_hangs_and_says_no_days(filing):
    filing.assessed()
    content = said(filing, "F07")

    assert (content.first, content.last, content.contact, content.witnesses) == (None, None, "", ())
    assert (content.lines[0].head, content.was_reviewed) == ("覃兰英", False)


def test_a_notice_that_hangs_is_printed_as_it_was_posted(filing):
    filing.posted()
    before = said(filing, "F07")
    posted = filing.whole.notices[0]

    changed(filing, name="覃改名")

    assert (before.first, before.last) == (posted.posted_on, posted.ends_on)
    assert said(filing, "F07") == before
    assert before.lines == (f07.line_of(posted.body),)
    assert said(filing, "F07A3") == before
    assert "F08" not in ready(filing)


def changed(filing, **fields) -> None:
    """Something of who applies is put right."""
    with filing.work.begin() as unit:
        unit.change(
            kind="person.corrected",
            entity="person",
            entity_id=filing.household.members[0].person.id,
            subject=filing.household.id,
            fields=fields,
        )
        unit.commit()


@pytest.mark.parametrize("hangs", [False, True])
def test_no_number_no_telephone_no_illness_and_no_minor_is_on_a_notice(filing, hangs):
    changed(filing, birth_on=date(2012, 5, 1), illness="肾病", phone="19900001234")
    filing.assessed()
    if hangs:
        filing.post()
    text = str(f07.paper(said(filing, "F07"), "N-1"))

    assert UNNAMED in text
    assert not [word for word in ("覃兰英", "肾病", "19900001234") if word in text]


def test_those_confirmed_are_on_the_list_with_what_the_county_decided(filing):
    filing.sent().county_says(
        S.CONFIRMED, decided_category="dibao", decided_benefit_month_fen=41_000
    )
    content = said(filing, "F08")

    assert content.kind is NoticeKind.F08
    assert (content.lines[0].category, content.lines[0].benefit) == (
        Category.DIBAO, Money(41_000),
    )  # fmt: skip


@pytest.mark.parametrize("status", [S.REFUSED, S.WATCHLISTED])
def test_a_refusal_says_the_county_s_reason_and_the_test_s_figures(work, status):
    filing = Filing(work)
    work.assessments.save(filing.household.id, work.assessments.start(filing.household.id))
    filing.sent().county_says(status, decided_on=date(2026, 3, 20), decision_note="超过标准")
    filing.take(E.TELL, received_by="覃兰英", note="念给本人听了")
    content = said(filing, "F10")

    assert (content.reason, content.decided_on) == ("超过标准", date(2026, 3, 20))
    assert (content.received_by, content.told_on) == ("覃兰英", filing.today)
    assert content.remedy == ""
    proof = said(filing, "F27")
    assert (proof.notice, proof.paper_no) == ("不予确认同意告知书", filing.now.document_no)
    assert (proof.signed_by, proof.served_on) == ("覃兰英", filing.today)


def test_who_receives_what_is_not_told_of_a_notice_before_it_is_served(filing):
    filing.accepted()
    proof = said(filing, "F27")

    assert (proof.notice, proof.receiver) == ("受理告知书", "覃兰英")
    assert (proof.signed_by, proof.served_on, proof.server) == ("", None, "")


def test_somebody_else_brings_it_with_a_paper(filing):
    assert "F26" not in {one.form for one in filing.work.applications.papers(filing.id)}
    filing.work.signatures.set_proxy(
        filing.id, Proxy(filed_by=FiledBy.PROXY, name="覃小妹", relation="女儿")
    )

    assert "F26" in {one.form for one in filing.work.applications.papers(filing.id)}
    content = said(filing, "F26")
    assert (content.proxy, content.proxy_id, content.signed_on) == ("覃小妹", "", None)


def test_they_name_the_pack_of_the_test_behind_the_application(work):
    filing = Filing(work)
    kept = work.assessments.save(filing.household.id, work.assessments.start(filing.household.id))
    filed = work.applications.from_assessment(kept).application
    old = work.printing.sketch("F01", filing.household.id, filed.id).stamp.pack
    work.signatures.set_proxy(filed.id, Proxy(filed_by=FiledBy.VILLAGE))
    raise_standard(work)

    assert work.printing.sketch("F26", filing.household.id, filed.id).stamp.pack == old
    assert work.printing.sketch("F28", filing.household.id).stamp.pack != old


def test_relatives_are_filed_only_where_somebody_declared_one(filing):
    def declare(has: bool) -> None:
        filing.work.signatures.declare(
            DeclareRelatives(
                application=filing.id, has_relative=has, staff_name="覃大海",
                staff_unit="村委会", staff_post="副主任", relation="弟弟",
                declared_on=filing.today, is_signed=True,
            )
        )  # fmt: skip

    declare(has=False)
    assert "F22" not in ready(filing)
    filing.work.clock.advance(minutes=5)
    declare(has=True)

    assert said(filing, "F22").lines[0].staff == "覃大海"


def test_a_paper_about_something_that_is_not_there_is_refused(filing):
    for form in ("F06", "F07", "F09", "F10", "F22", "F25", "F26", "F27"):
        with pytest.raises(Refused) as caught:
            said(filing, form, "nobody")
        assert caught.value.code == "P-20"


def test_a_step_the_office_did_not_take_is_no_answer(filing):
    filing.submitted()
    (step,) = filing.whole.steps

    for form, about in (("F09", step.id), ("F27", step.id), ("F27", filing.id)):
        with pytest.raises(Refused) as caught:
            said(filing, form, about)
        assert caught.value.code == "P-20"


def test_the_package_of_an_application_has_no_alone_page_where_the_test_suggests_none(work):
    filing = Filing(work)

    needs = papers_needed(filing.now, filing.household, None)

    assert [one.form for one in needs] == ["F01", "F02", "F03"]


def test_what_is_offered_with_an_application_is_about_it_and_no_later_one(work):
    filing = Filing(work)
    filing.submitted().take(E.NOT_ACCEPT, note="户籍不在本县", **TOLD)
    (old,) = [step for step in filing.whole.steps if step.event is E.NOT_ACCEPT]
    work.clock.advance(days=1)
    later = work.applications.file(FileApplication(household=filing.household.id, assessment=None))
    filing.take(E.TELL, received_by="覃兰英", note="念了")

    choice = work.printing.choice(filing.id)
    assert {one.form: one.entity_id for one in choice.others}["F09"] == old.id
    assert {one.form for one in work.printing.choice(later.id).others} == set()


def test_the_copy_that_hangs_ends_before_the_record_of_its_posting(filing):
    filing.posted()

    made = filing.work.printing.make("F07", filing.household.id)

    hangs, kept = made.leaves
    assert hangs < kept
    assert hangs + kept == made.pages
