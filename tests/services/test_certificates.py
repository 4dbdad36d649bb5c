"""Papers that run out: reminded of before the day, and no benefit ends by them alone."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.standing import BenefitKind, CertificateKind
from app.domain.today import WorkKind
from app.services.family_changes import FamilyChanges
from app.services.households import Households
from app.services.standing import NewBenefit, NewCertificate
from app.services.standing_book import LineKind, StandingBook
from tests.filing import refused
from tests.standing import village_of
from tests.storefile import bare_engine

END = date(2026, 5, 1)


@pytest.fixture
def village(tmp_path, clock):
    engine = bare_engine(tmp_path)
    yield village_of(engine, clock)
    engine.dispose()


def certify(village, valid_to=END, **more):
    asked = {"name": "覃小雨", "kind": CertificateKind.DISABILITY} | more
    return village.standing.certify(
        NewCertificate(household=village.home.id, valid_to=valid_to, **asked)
    )


def at(village, day):
    village.clock.advance(days=(day - village.clock.today()).days)


def book(village):
    return StandingBook(village.begin, village.clock, village.rules)


def test_a_certificate_that_runs_out_stands_in_the_list_thirty_days_before(village):
    certify(village)

    at(village, date(2026, 3, 31))
    assert village.listed(WorkKind.CERTIFICATE_ENDS) == []
    at(village, date(2026, 4, 1))
    (row,) = village.listed(WorkKind.CERTIFICATE_ENDS)
    assert (row.due_on, row.action) == (END, "提醒换残疾证")
    assert "覃小雨的残疾证" in row.why
    assert "残疾人两项补贴" in row.rule


def test_the_benefit_that_needs_it_goes_on(village):
    receive = NewBenefit(
        household=village.home.id,
        kind=BenefitKind.DISABILITY_LIVING,
        names=("覃小雨",),
        since=date(2026, 1, 5),
    )
    village.standing.receive(receive)
    certify(village)
    at(village, date(2026, 6, 1))

    assert village.listed(WorkKind.BENEFIT_ENDS) == []
    (benefit,) = book(village).file(village.home.id).benefits
    assert (benefit.ends_on, benefit.to_month) == (None, None)
    assert village.listed(WorkKind.CERTIFICATE_ENDS)[0].overdue


def test_a_renewed_one_takes_the_place_of_the_old_one(village):
    certify(village)
    village.clock.advance(hours=1)
    certify(village, date(2036, 5, 1))
    at(village, END)

    assert village.listed(WorkKind.CERTIFICATE_ENDS) == []
    (paper,) = book(village).file(village.home.id).certificates
    assert paper.valid_to == date(2036, 5, 1)


def test_each_kind_and_each_person_has_its_own(village):
    certify(village)
    certify(village, kind=CertificateKind.ID_CARD)
    certify(village, name="覃兰英")

    assert len(book(village).file(village.home.id).certificates) == 3


def test_the_page_s_list_says_whose_it_is(village):
    certify(village)
    at(village, date(2026, 4, 1))

    (line,) = [one for one in book(village).lines().lines if one.kind is LineKind.CERTIFICATE]
    assert (line.who, line.what, line.late) == ("覃小雨", "残疾证到期", False)


def test_nobody_is_reminded_of_somebody_who_left(village):
    certify(village)
    leaver = village.home.members[1].person.id
    FamilyChanges(village.begin, village.clock).do(
        FamilyChange(
            household=village.home.id,
            kind=FamilyDeed.MOVE_OUT,
            on=village.clock.today(),
            people=(leaver,),
            to_place="省城",
        )
    )
    at(village, date(2026, 4, 1))

    assert village.listed(WorkKind.CERTIFICATE_ENDS) == []


def test_it_stands_in_the_record_of_the_household(village):
    certify(village)

    history = Households(village.begin, village.clock).history(village.home.id)
    assert ("残疾证期限", "覃小雨，到2026年5月1日") in [(one.title, one.detail) for one in history]


@pytest.mark.parametrize(
    ("more", "code"),
    [({"name": ""}, "G-21"), ({"name": "外人"}, "G-21"), ({"valid_to": None}, "G-27")],
)
def test_it_is_a_member_s_and_says_a_day(village, more, code):
    assert refused(certify, village, **more).code == code
