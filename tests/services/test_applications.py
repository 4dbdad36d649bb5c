"""From a finished means test to an application, its papers, and into the township's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from app.domain import documentno
from app.domain.casework import ApplicationStatus
from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou, IdKind, Labour, SelfCare, Sex
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.rules import facts as case
from app.services.application_signatures import Sign
from app.services.applications import LADDER, FileApplication
from app.services.papers import KINDS, records_of
from tests.storefile import household_of

LITTLE = Money.yuan(300)
ACTS = dict.fromkeys(SelfCare, True) | {SelfCare.BATH: False}


@pytest.fixture
def household(work):
    """A mother and her grown daughter."""
    made = household_of("覃兰英", "覃小雨", id_kind=IdKind.HUKOU_BOOK, birth=date(1970, 1, 1))
    work.households.add_all([made])
    return made


def signed(work, application):
    """Everybody has signed both papers."""
    work.signatures.sign(Sign(application=application.id, signed_on=work.clock.today()))
    return application.id


def facts_of(work, household, wage=LITTLE, **changes):
    facts = work.assessments.start(household.id)
    members = tuple(
        replace(one, hukou=Hukou.LOCAL, labour=Labour.ABLE, disabled=False, serious_illness=False)
        for one in facts.household.members
    )
    earned = case.Income(member=members[0].id, kind=IncomeKind.WAGE, amount=wage, per=Per.MONTH)
    known = replace(
        facts.household, members=members, incomes=(earned,), expenses=(), assets=(), obligors=()
    )
    return replace(facts, household=replace(known, **changes))


def kept(work, household, **changes):
    return work.assessments.save(household.id, facts_of(work, household, **changes))


def alone_and_old(work):
    """Somebody 特困, seen to need some care."""
    made = household_of("陈阿四", id_number=None, birth=date(1950, 1, 1), sex=Sex.MALE)
    work.households.add_all([made])
    facts = facts_of(work, made, incomes=())
    old = replace(facts.household.members[0], labour=Labour.NONE, self_care=ACTS)
    household = replace(facts.household, members=(old,))
    return made, work.assessments.save(made.id, replace(facts, household=household))


def operations(work):
    with work.begin() as unit:
        return unit.head.n


def refusal(call, *arguments):
    with pytest.raises(Refused) as caught:
        call(*arguments)
    return caught.value.code


def set_status(work, application, status):
    """As the county would by sync."""
    table = table_of(ApplicationRow)
    with work.begin() as unit:
        unit.connection.execute(
            update(table).where(table.c.id == application.id).values(status=status.value)
        )
        unit.commit()


def forms(draft):
    return [paper.form for paper in draft.papers]


def test_a_finished_test_becomes_a_draft_for_the_suggested_rung(work, household):
    assessment = kept(work, household)
    before = operations(work)

    draft = work.applications.from_assessment(assessment)

    made = draft.application
    assert (made.status, made.assessment) == (ApplicationStatus.DRAFT, assessment)
    assert made.requested == (Category.DIBAO,)
    assert made.applicant == household.head
    assert documentno.check(made.document_no)
    assert operations(work) == before + 1


def test_asked_twice_about_the_same_test_it_answers_the_same(work, household):
    assessment = kept(work, household)
    draft = work.applications.from_assessment(assessment)
    before = operations(work)

    again = work.applications.from_assessment(assessment)

    assert again == draft
    assert operations(work) == before
    assert work.applications.of(household.id) == [draft.application]


def test_what_was_submitted_is_not_made_a_draft_again(work, household):
    assessment = kept(work, household)
    draft = work.applications.from_assessment(assessment)
    submitted = work.applications.submit(signed(work, draft.application))

    assert work.applications.from_assessment(assessment).application == submitted


def test_a_newer_test_goes_into_the_open_draft_and_keeps_its_number(work, household):
    first = work.applications.from_assessment(kept(work, household)).application
    newer = kept(work, household, wage=Money.yuan(1500))

    second = work.applications.from_assessment(newer).application

    assert (second.id, second.document_no) == (first.id, first.document_no)
    assert second.assessment == newer
    assert second.requested != first.requested
    assert len(work.applications.of(household.id)) == 1


@pytest.mark.parametrize(
    ("status", "again"),
    [
        (ApplicationStatus.RETURNED, True),
        (ApplicationStatus.CONFIRMED, False),
        (ApplicationStatus.REFUSED, False),
        (ApplicationStatus.WITHDRAWN, False),
    ],
)
def test_only_what_is_open_here_is_gone_on_with(work, household, status, again):
    first = work.applications.from_assessment(kept(work, household)).application
    set_status(work, first, status)

    second = work.applications.from_assessment(kept(work, household)).application

    assert (second.id == first.id) is again
    assert second.status is ApplicationStatus.DRAFT


def test_what_the_county_returned_is_gone_on_with_although_the_test_is_the_same(work, household):
    assessment = kept(work, household)
    first = work.applications.from_assessment(assessment).application
    set_status(work, first, ApplicationStatus.RETURNED)

    second = work.applications.from_assessment(assessment).application

    assert (second.id, second.status) == (first.id, ApplicationStatus.DRAFT)


def test_what_was_withdrawn_begins_anew(work, household):
    assessment = kept(work, household)
    first = work.applications.from_assessment(assessment).application
    set_status(work, first, ApplicationStatus.WITHDRAWN)

    assert work.applications.from_assessment(assessment).application.id != first.id


def test_whoever_wants_to_may_apply_although_nothing_is_suggested(work, household):
    assessment = kept(work, household, wage=Money.yuan(90_000))

    draft = work.applications.from_assessment(assessment)

    assert draft.application.requested == LADDER


def test_the_coordinator_may_name_other_rungs(work, household):
    draft = work.applications.from_assessment(kept(work, household), (Category.RIGID_EXPENDITURE,))

    assert draft.application.requested == (Category.RIGID_EXPENDITURE,)


def test_the_papers_are_listed_with_a_page_for_each_adult(work, household):
    assessment = kept(work, household)

    draft = work.applications.from_assessment(assessment)

    assert forms(draft) == ["F01", "F02", "F03", "F05"]
    assert {paper.form: paper.people for paper in draft.papers}["F02"] == ("覃兰英", "覃小雨")
    about = {paper.form: paper.entity_id for paper in draft.papers}
    assert (about["F01"], about["F05"]) == (draft.application.id, assessment)
    assert work.applications.papers(draft.application.id) == draft.papers


def test_tekun_takes_its_own_two_papers_besides(work):
    _household, assessment = alone_and_old(work)

    draft = work.applications.from_assessment(assessment)

    assert draft.application.requested == (Category.TEKUN,)
    assert forms(draft) == ["F01", "F02", "F03", "F05", "F11", "F12"]
    assert {paper.people for paper in draft.papers[-2:]} == {("陈阿四",)}


def test_tekun_asked_for_without_anybodys_care_seen_takes_no_care_form(work, household):
    draft = work.applications.from_assessment(kept(work, household), (Category.TEKUN,))

    assert forms(draft) == ["F01", "F02", "F03", "F05", "F11"]


def test_an_application_without_a_test_takes_the_three_papers_it_can(work, household):
    filed = work.applications.file(FileApplication(household=household.id, assessment=None))

    assert [paper.form for paper in work.applications.papers(filed.id)] == ["F01", "F02", "F03"]


def test_every_paper_that_is_listed_can_be_made(work):
    household, assessment = alone_and_old(work)
    draft = work.applications.from_assessment(assessment)

    made = [work.printing.make(p.form, household.id, p.entity_id) for p in draft.papers]

    assert [paper.form for paper in made] == forms(draft)
    numbers = {paper.form: paper.document_no for paper in made}
    assert {numbers[form] for form in ("F01", "F02", "F03", "F11")} == {
        draft.application.document_no
    }
    assert numbers["F05"] not in {numbers["F01"], numbers["F12"]}


def test_the_print_centre_offers_what_suits_the_household(work, household):
    before = {offer.form for offer in work.printing.offers(household.id) if offer.ready}
    work.applications.from_assessment(kept(work, household))

    after = {offer.form: offer for offer in work.printing.offers(household.id)}

    assert before == {
        "F01B",
        "F02B",
        "F03B",
        "F08L",
        "F08LA3",
        "F15B",
        "F16",
        "F17aB",
        "F23",
        "F24",
        "F28",
    }
    assert {form for form, offer in after.items() if offer.ready and offer.usual} == {
        "F01", "F02", "F03", "F05",
    }  # fmt: skip
    assert after["F11"].missing == ("没有申请特困",)
    assert after["F12"].missing == ("测算里没有特困的人",)
    with work.begin() as unit:
        records = records_of(unit, household.id)
    exported = {"F15L"}  # it leaves as an export, from its own page
    offered = {code for code, kind in KINDS.items() if kind.about in records} - exported
    assert sorted(after) == sorted(offered)
    assert list(after)[:4] == ["F01", "F02", "F03", "F05"]


def test_the_tekun_forms_are_offered_for_the_application_that_asks_for_them(work):
    household, assessment = alone_and_old(work)
    draft = work.applications.from_assessment(assessment)
    set_status(work, draft.application, ApplicationStatus.CONFIRMED)
    work.clock.advance(minutes=1)
    newer = work.applications.file(FileApplication(household=household.id, assessment=None))

    offers = {offer.form: offer.entity_id for offer in work.printing.offers(household.id)}

    assert offers["F01"] == newer.id
    assert offers["F11"] == draft.application.id
    assert offers["F12"] == assessment


def test_the_working_sheet_shows_what_was_stored_and_not_what_would_come_out_now(
    work, household, monkeypatch
):
    assessment = kept(work, household)
    monkeypatch.setattr("app.services.assessments.assess", None)
    monkeypatch.setattr("app.rules.ladder.assess", None)

    prepared = work.printing.prepare("F05", household.id, assessment)

    assert prepared.content.income_year == Money.yuan(3600)


def test_a_draft_that_is_signed_goes_to_the_township_on_that_day(work, household):
    draft = work.applications.from_assessment(kept(work, household)).application
    work.clock.advance(days=3)

    submitted = work.applications.submit(signed(work, draft))

    assert submitted.status is ApplicationStatus.SUBMITTED
    assert submitted.filed_on == date(2026, 3, 5)
    assert submitted.document_no == draft.document_no
    assert work.applications.get(draft.id) == submitted


def test_what_is_submitted_already_is_not_submitted_again(work, household):
    filed = work.applications.file(FileApplication(household=household.id, assessment=None))
    work.applications.submit(signed(work, filed))

    assert refusal(work.applications.submit, filed.id) == "A-01"


@pytest.mark.parametrize(
    ("ask", "code"),
    [("from_assessment", "F-20"), ("submit", "F-31"), ("papers", "F-31"), ("get", "F-31")],
)
def test_what_is_not_there_is_refused(work, ask, code):
    assert refusal(getattr(work.applications, ask), "nothing") == code


def test_a_household_that_has_lost_its_head_cannot_apply_and_takes_no_number(work, household):
    assessment = kept(work, household)
    with work.begin() as unit:
        unit.change(
            kind="household.changed", entity="household", entity_id=household.id,
            subject=household.id, fields={"head_person_id": None},
        )  # fmt: skip
        unit.commit()
    before = operations(work)

    assert refusal(work.applications.from_assessment, assessment) == "F-30"
    assert operations(work) == before


def test_nothing_is_half_made_when_the_file_cannot_be_written(work, household, monkeypatch):
    assessment = kept(work, household)
    before = operations(work)
    monkeypatch.setattr("app.services.applications._written", _fails)

    with pytest.raises(OSError, match="full"):
        work.applications.from_assessment(assessment)

    assert operations(work) == before
    assert work.applications.of(household.id) == []


def _fails(*_anything):
    raise OSError("the disk is full")
