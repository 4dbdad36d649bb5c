"""The papers of a household beside its applications, and those of the whole village."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.care_states import CareEvent
from app.domain.caring import WatchCause
from app.domain.casework import Met
from app.domain.households import Category
from app.domain.money import Money
from app.domain.notice_body import UNNAMED
from app.domain.procedure import EvidenceMode, MaterialCode, MaterialState
from app.domain.referral_states import ReferralEvent
from app.domain.referral_words import LeadSource
from app.domain.reports import Quarter
from app.services.application_materials import SettleMaterial
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.investigations import Investigations, RecordInvestigation
from app.services.referrals import Referrals
from app.services.reports import NewReport, Reports
from app.services.visit_following import NewLead
from app.services.watchlist import NewWatch, Watchlist
from tests.casework import TODAY, payment, visit
from tests.filing import Filing
from tests.relief import asked
from tests.storefile import household_of
from tests.visiting import new_referral


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def said(work, home, form, entity_id=None):
    """What a paper would say."""
    return work.printing.sketch(form, home.id, entity_id).content


def test_an_investigation_of_an_application_has_its_number_and_its_answers(work):
    filing = Filing(work)
    made = Investigations(work.begin, work.clock).record(
        RecordInvestigation(
            household=filing.household.id,
            application=filing.id,
            investigated_on=TODAY,
            investigators=("王秀英", "韦志强"),
            respondent="覃兰英",
            answers={"housing": "自建砖房"},
            fits=False,
            conclusion="有一辆小汽车",
        )
    )
    paper = work.printing.make("F04", filing.household.id, made)
    content = said(work, filing.household, "F04")

    assert paper.document_no == filing.now.document_no
    assert (content.answers, content.fits) == ({"housing": "自建砖房"}, False)
    assert [one.name for one in content.members] == ["覃兰英", "覃小雨"]
    assert content.has_relative is None


def test_the_ordinary_road_needs_no_payment_and_counts_those_there_were(work, home):
    alone = said(work, home, "F16")
    paid = work.relief.pay(payment(home))
    work.clock.advance(days=1)
    after = said(work, home, "F16")
    household = said(work, home, "F16", home.id)

    assert (alone.relief_no, alone.event, alone.times) == ("", None, 0)
    assert (after.relief_no, after.reason) == (paid.document_no, paid.event_note)
    assert (after.times, after.last_on) == (0, None)
    assert (household.times, household.sum_year) == (1, paid.amount)
    assert household.relief_no == ""


def test_of_relief_in_parts_the_ordinary_road_counts_what_was_given(work, home):
    parts = (Money.yuan(200),) * 3
    given = work.relief.pay(asked(home, amount=Money.yuan(600), parts=parts))
    for part in work.relief.case(given.id).instalments[1:]:
        work.relief.steps.drop_part(given.id, part.id)

    content = said(work, home, "F16", home.id)

    assert (content.last_amount, content.times) == (Money.yuan(200), 1)
    assert content.sum_year == Money.yuan(200)


def test_a_referral_says_how_it_became_known_and_whether_the_person_agreed(work, home):
    referrals = Referrals(work.begin, work.clock)
    lead = referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.NEIGHBOUR, household=home.id)
    )
    made = referrals.refer(new_referral(home, lead=lead))
    before = said(work, home, "F19")
    referrals.move(made, ReferralEvent.CONSENT)

    assert (before.source, before.has_agreed) == (LeadSource.NEIGHBOUR, False)
    assert said(work, home, "F19", made).has_agreed is True


def test_agreement_and_card_say_what_is_on_record_and_leave_the_rest_open(work, home):
    care = CareAgreements(work.begin, work.clock)
    made = care.draft(
        NewCare(
            household=home.id, name="覃兰英", carer="韦阿姐", starts_on=TODAY,
            ends_on=TODAY + timedelta(days=300),
        )
    )  # fmt: skip
    agreement, card = said(work, home, "F13", made), said(work, home, "F14")
    care.step(made, CareEvent.SIGN, CareFacts(happened_on=TODAY))

    assert (agreement.person, agreement.carer, agreement.fee) == ("覃兰英", "韦阿姐", None)
    assert (card.person, card.care, card.carer_phone) == ("覃兰英", None, "")
    assert said(work, home, "F13") == agreement


def test_a_file_lists_what_was_printed_once_and_what_came_in(work):
    filing = Filing(work)
    for _ in range(2):
        work.printing.make("F01", filing.household.id)
    work.visits.record(visit(filing.household))
    work.printing.make("F15", filing.household.id)
    work.printing.make("F28", filing.household.id)
    for code, state in (
        (MaterialCode.HUKOU_BOOK, MaterialState.RECEIVED),
        (MaterialCode.INCOME, MaterialState.NEEDED),
    ):
        work.materials.settle(
            SettleMaterial(
                application=filing.id, code=code, person=None, name=code.label, state=state,
                day=TODAY, mode=EvidenceMode.COPY,
            )
        )  # fmt: skip
    lines = said(work, filing.household, "F28").lines

    assert sorted(one.title for one in lines) == [
        "户口本", "最低生活保障（特困、边缘、刚性支出）申请（审批）表", "走访（巡访）记录表",
    ]  # fmt: skip


def test_the_watch_list_names_whoever_is_kept_in_view(work, home):
    Watchlist(work.begin, work.clock).notice(
        NewWatch(
            household=home.id, cause=WatchCause.AT_RISK_MARGINAL, note="欠账看病",
            noticed_on=TODAY,
        )
    )  # fmt: skip
    content = said(work, home, "F23", "watched")

    assert [(one.head, one.people, one.note) for one in content.lines] == [
        ("覃兰英", 2, "欠账看病"),
    ]


def test_the_report_of_a_quarter_is_what_the_records_say_until_it_is_told(work, home):
    work.visits.record(visit(home))
    work.visits.record(visit(home, met=Met.NOBODY))
    work.relief.pay(payment(home))
    quarter = Quarter.of(TODAY)
    counted = said(work, home, "F24", quarter.key)
    Reports(work.begin, work.clock, work.rules).tell(
        NewReport(
            quarter=quarter, first=quarter.first, last=TODAY, told_on=TODAY, told_to="镇民政办",
            progress="都走到了。",
        )
    )  # fmt: skip
    work.visits.record(visit(home))
    told = said(work, home, "F24", quarter.key)

    assert (counted.figures.visits, counted.figures.relief, counted.progress) == (1, 1, "")
    assert counted.figures.relief_sum > Money(0)
    assert (counted.first, counted.last) == (quarter.first, TODAY)
    assert (told.figures.visits, told.progress, told.told_to) == (1, "都走到了。", "镇民政办")
    assert said(work, home, "F24", f"{TODAY:%Y-%m}").figures.visits == 2


def test_the_list_on_the_board_has_everybody_supported_and_tells_on_nobody(work):
    child = household_of("覃小雨", birth=date(2015, 5, 1), door="9号")
    grown, other = household_of("韦大山", door="1号"), household_of("侬阿公", door="2号")
    homes = [
        replace(home, category=category, benefit_month=Money(41_000))
        for home, category in (
            (child, Category.TEKUN), (grown, Category.DIBAO), (other, Category.NONE),
        )
    ]  # fmt: skip
    work.households.add_all(homes)
    content = said(work, grown, "F08L", "supported")

    assert {(one.head, one.category) for one in content.lines} == {
        (UNNAMED, Category.TEKUN), ("韦大山", Category.DIBAO),
    }  # fmt: skip
    assert {(one.benefit, one.former, one.covered) for one in content.lines} == {
        (Money(41_000), None, None),
    }


def test_the_village_s_own_papers_are_recorded_without_a_household(work, home):
    paper = work.printing.make("F23", home.id, "watched")

    with work.begin() as unit:
        (record,) = unit.casework.prints_of("F23", "watched")
    assert (record.household, record.document_no) == (None, paper.document_no)


@pytest.mark.parametrize("key", ["2026-13", "2026Q5", "", "watch"])
def test_a_span_that_is_none_has_no_report(work, home, key):
    with work.begin() as unit:
        from app.services.papers import KINDS, SOURCES

        assert SOURCES[KINDS["F24"].about].find(unit, key) is None


def test_the_papers_of_one_record_are_had_by_its_own_id(work, home):
    made = Referrals(work.begin, work.clock).refer(new_referral(home))
    care = CareAgreements(work.begin, work.clock).draft(
        NewCare(
            household=home.id, name="覃兰英", carer="韦阿姐", starts_on=TODAY,
            ends_on=TODAY + timedelta(days=300),
        )
    )  # fmt: skip

    referral, agreement = work.printing.choice(made), work.printing.choice(care)

    assert [(one.form, one.entity_id) for one in referral.papers] == [("F19", made)]
    assert [one.form for one in agreement.papers] == ["F13", "F14"]
    assert {referral.household, agreement.household} == {home.id}
    assert work.printing.choice(home.id).papers is None
