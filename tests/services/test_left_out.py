"""Nobody gravely disabled or ill is overlooked because nobody tests them (防“脱保”“漏保”)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.households import Category
from app.domain.referral_states import LeadEvent
from app.domain.referral_words import LeadSource
from app.domain.standing import BenefitKind
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.services.referrals import Referrals
from app.services.standing import NewBenefit, Standing
from app.services.visit_following import NewLead
from tests.reassessing import interview
from tests.storefile import household_of
from tests.visiting import TODAY, rows_of

GRAVE = {"is_disabled": True, "disability_level": 2}
LIGHT = {"is_disabled": True, "disability_level": 3}
ILL = {"is_seriously_ill": True}


@pytest.fixture
def home(work):
    """One household on no list."""
    made = household_of("覃兰英", "覃小雨", id_number=None, birth=date(1970, 1, 1))
    made = replace(made, category=Category.NONE)
    work.households.add_all([made])
    return made


def found(work, home, **said):
    """What is on record about the second of them."""
    with work.begin() as unit:
        unit.change(
            kind="household.corrected",
            entity="person",
            entity_id=home.members[1].person.id,
            subject=home.id,
            fields=said,
        )
        unit.commit()


def rows(work, home):
    assert work.worklist.check() == []
    return rows_of(work, home, (WorkKind.LEFT_OUT,))


@pytest.mark.parametrize("said", [GRAVE, ILL])
def test_whoever_is_gravely_disabled_or_ill_and_has_nothing_stands_in_the_list(work, home, said):
    assert rows(work, home) == []

    found(work, home, **said)

    (row,) = rows(work, home)
    assert (row.page, row.target, "覃小雨" in row.why) == ("assessment", home.id, True)
    assert "脱保" in row.rule


@pytest.mark.parametrize("said", [LIGHT, {**GRAVE, "receives": ["disability_care"]}])
def test_whoever_is_less_disabled_or_receives_something_does_not(work, home, said):
    found(work, home, **said)

    assert rows(work, home) == []


def test_whoever_is_on_a_list_is_looked_at_by_its_own_clocks(work, home):
    found(work, home, **GRAVE)

    with work.begin() as unit:
        unit.change(
            kind="household.corrected", entity="household", entity_id=home.id, subject=home.id,
            fields={"category": Category.DIBAO},
        )  # fmt: skip
        unit.commit()

    assert rows(work, home) == []


def test_a_benefit_of_the_household_answers_it(work, home):
    found(work, home, **GRAVE)

    Standing(work.begin, work.clock, work.rules).receive(
        NewBenefit(household=home.id, kind=BenefitKind.ELDERLY, since=TODAY)
    )

    assert rows(work, home) == []


def test_an_application_takes_it_up(work, home):
    found(work, home, **GRAVE)

    work.applications.file(FileApplication(household=home.id, assessment=None))

    assert rows(work, home) == []


def test_a_lead_takes_it_up_until_it_is_dismissed(work, home):
    found(work, home, **GRAVE)
    referrals = Referrals(work.begin, work.clock)
    lead = referrals.note_lead(
        NewLead(content="重残", found_on=TODAY, source=LeadSource.VISIT, household=home.id)
    )
    assert rows(work, home) == []

    referrals.move_lead(lead, LeadEvent.DISMISS, "不是这户")

    assert len(rows(work, home)) == 1


def test_a_means_test_answers_it_for_a_year(work, home):
    interview(work, home.id, 5_000)

    found(work, home, **GRAVE)

    (row,) = rows(work, home)
    assert row.appears_on == date(2027, 3, 2)
    assert WorkKind.LEFT_OUT not in {one.kind for one in work.worklist.today().items}
