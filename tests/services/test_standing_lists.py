"""The list of 复核渐退 to the day: what stands in it, from when, and since when it is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.grace_states import GraceEvent as E
from app.domain.standing import BenefitKind, CaseClass, CertificateKind, EndsBy, ReviewResult
from app.services.standing import NewBenefit, NewCertificate, NewReview
from app.services.standing_book import LineKind, StandingBook
from tests.cases import value_toml
from tests.filing import refused
from tests.standing import TIANJIN, TOWNSHIP, village_of
from tests.storefile import bare_engine

HALF_A_YEAR = value_toml("review_frequency", 'value = { stable = 12, other = 6 }\nunit = "月"')
REVIEWED = date(2026, 2, 28)
DUE = date(2026, 8, 28)
ENDS = date(2026, 9, 20)
EARLY = timedelta(days=30)
DAY = timedelta(days=1)


@pytest.fixture
def village(tmp_path, clock):
    engine = bare_engine(tmp_path)
    yield village_of(engine, clock, TOWNSHIP + TIANJIN + HALF_A_YEAR)
    engine.dispose()


def book(village):
    return StandingBook(village.begin, village.clock, village.rules)


def at(village, day):
    village.clock.advance(days=(day - village.clock.today()).days)
    return village


def listed(village, kind):
    return [line for line in book(village).lines().lines if line.kind is kind]


def reviewed(village):
    village.standing.review(
        NewReview(
            household=village.home.id,
            reviewed_on=REVIEWED,
            result=ReviewResult.NO_CHANGE,
            case_class=CaseClass.OTHER,
        )
    )


def benefit(village, **told):
    asked = {"kind": BenefitKind.DISABILITY_CARE, "since": date(2026, 1, 5)} | told
    village.standing.receive(NewBenefit(household=village.home.id, **asked))


def test_a_review_stands_in_the_list_from_thirty_days_before_and_is_late_the_day_after(village):
    reviewed(village)

    assert listed(at(village, DUE - EARLY - DAY), LineKind.REVIEW) == []
    (first,) = listed(at(village, DUE - EARLY), LineKind.REVIEW)
    (on_time,) = listed(at(village, DUE), LineKind.REVIEW)
    (late,) = listed(at(village, DUE + DAY), LineKind.REVIEW)

    assert (first.due_on, first.late, on_time.late, late.late) == (DUE, False, False, True)


def test_a_benefit_stands_in_it_from_thirty_days_before_and_is_late_the_day_after(village):
    benefit(village, ends_on=ENDS, ends_by=EndsBy.TERM)

    assert listed(at(village, ENDS - EARLY - DAY), LineKind.BENEFIT) == []
    (first,) = listed(at(village, ENDS - EARLY), LineKind.BENEFIT)
    (on_time,) = listed(at(village, ENDS), LineKind.BENEFIT)
    (late,) = listed(at(village, ENDS + DAY), LineKind.BENEFIT)

    assert (first.due_on, first.late, on_time.late, late.late) == (ENDS, False, False, True)


def test_what_ends_on_no_day_known_is_not_in_it(village):
    benefit(village)

    assert listed(at(village, ENDS), LineKind.BENEFIT) == []


def test_a_benefit_is_called_after_whose_it_is_else_after_the_household(village):
    first, second = (one.person.name for one in village.home.members)
    benefit(village, ends_on=ENDS, names=(second,))
    benefit(village, kind=BenefitKind.ELDERLY, ends_on=ENDS)

    lines = listed(at(village, ENDS), LineKind.BENEFIT)

    assert {line.what.partition("，")[0]: line.who for line in lines} == {
        BenefitKind.DISABILITY_CARE.label: second,
        BenefitKind.ELDERLY.label: first,
    }


def test_whose_last_review_nobody_knows_is_counted_and_not_listed(village):
    assert (book(village).lines().never_reviewed, listed(village, LineKind.REVIEW)) == (1, [])

    reviewed(village)

    assert book(village).lines().never_reviewed == 0


def test_a_grace_is_late_the_day_after_the_one_it_waits_for(village):
    village.tested()
    grace = village.graces.propose(village.home.id)
    proposed = listed(village, LineKind.GRACE)
    village.step(grace, E.APPROVE)

    (on_time,) = listed(at(village, date(2026, 4, 1)), LineKind.GRACE)
    (late,) = listed(at(village, date(2026, 4, 2)), LineKind.GRACE)

    assert [(one.due_on, one.late) for one in proposed] == [(None, False)]
    assert (on_time.due_on, on_time.late, late.late) == (date(2026, 4, 1), False, True)


def test_a_grace_is_offered_once_for_a_test_and_only_for_one_that_carries_it(village):
    none_yet = book(village).file(village.home.id).may_propose
    village.tested(incomes=())
    without = book(village).file(village.home.id).may_propose
    village.clock.advance(minutes=1)
    village.tested()
    carried = book(village).file(village.home.id)
    grace = village.graces.propose(village.home.id)
    village.step(grace, E.CANCEL, note="报错了")
    over = book(village).file(village.home.id)

    assert (none_yet, without, carried.may_propose, carried.grace) == (False, False, True, None)
    assert (over.may_propose, over.grace.id) == (False, grace)
    village.clock.advance(minutes=1)
    village.tested()
    assert book(village).file(village.home.id).may_propose


def test_while_one_is_under_way_none_is_offered_though_a_newer_test_carries_one(village):
    village.tested()
    grace = village.graces.propose(village.home.id)
    village.clock.advance(minutes=1)
    village.tested()

    seen = book(village).file(village.home.id)

    assert (seen.may_propose, seen.grace.id) == (False, grace)
    assert refused(village.graces.propose, village.home.id).code == "G-04"


def test_a_paper_stands_in_it_from_thirty_days_before_and_is_late_the_day_after(village):
    village.standing.certify(
        NewCertificate(
            household=village.home.id,
            name=village.home.members[0].person.name,
            kind=CertificateKind.DISABILITY,
            valid_to=ENDS,
        )
    )

    assert listed(at(village, ENDS - EARLY - DAY), LineKind.CERTIFICATE) == []
    (first,) = listed(at(village, ENDS - EARLY), LineKind.CERTIFICATE)
    (on_time,) = listed(at(village, ENDS), LineKind.CERTIFICATE)
    (late,) = listed(at(village, ENDS + DAY), LineKind.CERTIFICATE)

    assert (first.due_on, first.late, on_time.late, late.late) == (ENDS, False, False, True)
