"""What was signed for one application is not used up for the next."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from tests.filing import TOLD, Filing, refused


@pytest.fixture
def filing(work):
    return Filing(work)


def again(filing, days=1):
    """The next application of the household, so many days later."""
    filing.work.clock.advance(days=days)
    made = filing.work.applications.file(
        FileApplication(household=filing.household.id, assessment=None)
    )
    filing.id = made.id
    return filing


def unsigned(filing):
    return [one.what for one in filing.whole.lacks if one.section == "signatures"]


def refused_by_the_county(filing):
    return filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超了")


ENDED = {
    "refused": refused_by_the_county,
    "not accepted": lambda filing: filing.submitted().take(
        E.NOT_ACCEPT, note="不是本县户籍", **TOLD
    ),
    "withdrawn": lambda filing: filing.submitted().take(E.WITHDRAW, note="自己不申请了"),
}


@pytest.mark.parametrize("how", ENDED)
def test_what_came_to_nothing_takes_its_signatures_along(filing, how):
    ENDED[how](filing)

    again(filing, days=730)

    assert len(unsigned(filing)) == 4
    submit = TakeStep(application=filing.id, event=E.SUBMIT, happened_on=filing.today)
    assert refused(filing.work.steps.take, submit).code == "A-02"
    filing.sign()
    assert unsigned(filing) == []
    assert filing.take(E.SUBMIT).status is S.SUBMITTED


def test_what_is_signed_again_the_same_day_holds(filing):
    filing.submitted().take(E.WITHDRAW, note="填错了")

    again(filing, days=0)

    assert unsigned(filing) == []


def granted(filing, category=Category.MARGINAL):
    filing.sent().county_says(S.CONFIRMED, decided_on=filing.today, decided_category=category.value)
    return filing.recognised(category)


def test_while_the_household_has_what_it_was_granted_its_authorisations_hold(filing):
    again(granted(filing))
    assert unsigned(filing) == ["覃兰英的《诚信承诺书》没签", "覃小雨的《诚信承诺书》没签"]

    filing.recognised(Category.NONE)
    assert len(unsigned(filing)) == 4


def test_who_goes_over_by_consent_declares_nothing_anew(filing):
    granted(filing)
    filing.work.clock.advance(days=1)

    filing.id = filing.work.applications.convert(filing.id, Category.DIBAO, filing.today).id

    assert unsigned(filing) == []


def test_a_conversion_withdrawn_takes_no_authorisation_of_what_goes_on(filing):
    first = granted(filing).id
    filing.work.clock.advance(days=1)
    filing.id = filing.work.applications.convert(first, Category.DIBAO, filing.today).id
    filing.take(E.WITHDRAW, note="再想想")
    filing.work.clock.advance(days=1)

    filing.id = filing.work.applications.convert(first, Category.DIBAO, filing.today).id

    assert [one for one in unsigned(filing) if "授权" in one] == []
