"""先行救助 while an application is under way: each page names the other, and nobody else's."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent
from app.domain.casework import EventKind
from app.domain.money import Money
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from app.ui.applications.around import step_rows
from app.ui.relief_case.table import facts_of
from tests.filing import Filing
from tests.relief import asked
from tests.storefile import household_of


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    other = household_of("赵大山", id_number=None, door="3号")
    work.households.add_all([made, other])
    return made


def applies(work, home):
    return work.applications.file(FileApplication(household=home.id, assessment=None))


def of(work, relief):
    found = work.relief.case(relief.id).application
    return None if found is None else found.id


def beside(work, application):
    return [one.id for one in work.files.get(application.id).relief]


def test_relief_and_the_application_that_is_under_way_name_each_other(work, home):
    application = applies(work, home)
    paid = work.relief.pay(asked(home))

    case, file = work.relief.case(paid.id), work.files.get(application.id)
    facts = dict(facts_of(case))
    first = next(iter(step_rows(file)))

    assert (of(work, paid), beside(work, application)) == (application.id, [paid.id])
    assert application.document_no in facts["当时在办的申请"]
    assert "（现在：草稿）" in facts["当时在办的申请"]
    assert first.spoken.startswith("2026年3月2日 先行救助，待补手续，火灾，300.00 元")


def test_what_was_given_before_the_application_is_not_given_beside_it(work, home):
    paid = work.relief.pay(asked(home))
    work.clock.advance(days=1)
    application = applies(work, home)

    assert (of(work, paid), beside(work, application)) == (None, [])


def test_what_was_taken_back_is_not_beside_it_any_more(work, home):
    application = applies(work, home)
    paid = work.relief.pay(asked(home))
    work.relief.steps.reverse(paid.id, "金额写错")

    assert beside(work, application) == []


def test_an_application_that_was_over_by_then_is_none_of_it(work, home):
    application = applies(work, home)
    work.clock.advance(days=1)
    known = work.relief.pay(asked(home))
    withdrawn = TakeStep(
        application=application.id,
        event=ApplicationEvent.WITHDRAW,
        happened_on=work.clock.today(),
        note="不要了",
    )
    work.steps.take(withdrawn)
    work.clock.advance(days=2)
    later = work.relief.pay(
        asked(home, event=EventKind.TRAFFIC, amount=Money.yuan(100), apart="另一件")
    )

    assert beside(work, application) == [known.id]
    assert (of(work, known), of(work, later)) == (application.id, None)


def test_one_that_waits_since_its_last_step_is_under_way(work):
    filing = Filing(work).accepted()
    work.clock.advance(days=5)

    paid = work.relief.pay(asked(filing.household))

    assert (of(work, paid), beside(work, filing.now)) == (filing.id, [paid.id])


def test_nobody_else_s_application_and_no_stranger_s_relief_is_named(work, home):
    application = applies(work, home)
    stranger = work.relief.pay(asked(payee_name="过路人"))

    assert (of(work, stranger), beside(work, application)) == (None, [])
