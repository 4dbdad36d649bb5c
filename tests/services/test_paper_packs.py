"""A paper names the pack its figures come from, in Chinese, whatever standard has come since."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import EventKind, Met, ReliefWay
from app.domain.money import Money
from app.domain.people import Hukou
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit
from tests.cases import practice
from tests.published import publish
from tests.storefile import household_of

OLD, NEW = "练习县（示例） 2026.1 版", "练习县（示例） 2026.2 版"


@pytest.fixture
def household(work):
    made = household_of("覃兰英", "覃小雨", birth=date(1990, 1, 1), hukou=Hukou.LOCAL)
    work.households.add_all([made])
    return made


def raise_standard(work):
    """The county publishes half again as much."""
    files = [(name, data.replace(b"6300", b"9450")) for name, data in practice().files]
    publish(
        work,
        work.rules.policies.parse([(n, d.replace(b'"2026.1"', b'"2026.2"')) for n, d in files]),
    )


def pay(work, household):
    return work.relief.pay(
        PayRelief(
            household=household.id,
            payee_name="覃兰英",
            payee=household.members[0].person.id,
            event=EventKind.FIRE,
            amount=Money.yuan(300),
            way=ReliefWay.CASH,
        )
    )


def test_the_papers_of_a_test_name_the_pack_it_used(work, household):
    kept = work.assessments.save(household.id, work.assessments.start(household.id))
    filed = work.applications.from_assessment(kept).application
    raise_standard(work)

    application = work.printing.sketch("F01", household.id, filed.id)
    working = work.printing.sketch("F05", household.id, kept)
    later = work.assessments.save(household.id, work.assessments.start(household.id))

    assert (application.stamp.pack, application.content.sums.pack) == (OLD, OLD)
    assert (working.stamp.pack, working.content.pack.partition("（核")[0]) == (OLD, OLD)
    assert work.printing.sketch("F05", household.id, later).stamp.pack == NEW


def test_the_papers_of_a_payment_say_the_cap_and_the_pack_it_was_made_by(work, household):
    cap = work.relief.allowance(household.id).cap
    paid = pay(work, household)
    raise_standard(work)

    approval = work.printing.sketch("F17a", household.id, paid.id)

    assert work.relief.allowance(household.id).cap > cap
    assert (approval.content.cap, approval.content.cap_rule) == (cap, paid.cap_rule)
    assert "练习县临时救助办法" in paid.cap_rule
    assert approval.stamp.pack == OLD
    assert work.printing.sketch("SJ", household.id, paid.id).stamp.pack == OLD


def test_a_paper_that_leans_on_no_standard_names_the_one_in_force(work, household):
    raise_standard(work)
    visit = work.visits.record(
        RecordVisit(household=household.id, visited_on=work.clock.today(), met=Met.SELF)
    )

    assert work.printing.sketch("F15", household.id, visit).stamp.pack == NEW


def test_the_receipt_belongs_to_the_approval_form_and_has_its_number(work, household):
    paid = pay(work, household)

    numbers = {
        work.printing.prepare(form, household.id, paid.id).stamp.document_no
        for form in ("SJ", "F17a")
    }

    assert numbers == {paid.document_no}
