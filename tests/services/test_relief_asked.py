"""What the form of 先行救助 shows and asks for, and what becomes of the form."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from app.domain.casework import EventKind
from app.domain.money import Money
from app.domain.operations import instant_text
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.store import projection
from tests.relief import asked, refusal
from tests.storefile import household_of

DEEDS = ("pay", "refer", "report")


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    ("changes", "code"),
    [({"payee_name": " "}, "F-10"), ({"amount": Money(-1)}, "F-11")],
    ids=["nobody", "less than nothing"],
)
def test_to_whom_and_a_sum_are_asked_on_every_road(work, household, deed, changes, code):
    assert refusal(getattr(work.relief, deed), asked(household, **changes)).code == code
    assert work.relief.all() == []


@pytest.mark.parametrize("deed", ["pay", "refer"])
def test_nothing_is_no_sum_but_where_it_is_only_noted(work, household, deed):
    nothing = asked(household, amount=Money(0))

    assert refusal(getattr(work.relief, deed), nothing).code == "F-11"
    assert work.relief.report(nothing).amount == Money(0)
    more = asked(household, event=EventKind.TRAFFIC, amount=Money(1))
    assert getattr(work.relief, deed)(more).amount == Money(1)


def test_nothing_goes_up_under_a_number_that_is_none(work):
    typed = asked(payee_name="黄老五", payee_id_number="459901195001012910")

    assert refusal(work.relief.refer, typed).code == "I-05"
    assert work.relief.all() == []


@pytest.mark.parametrize("deed", DEEDS)
def test_the_form_goes_with_what_was_written_and_stays_with_what_was_refused(work, household, deed):
    call = getattr(work.relief, deed)
    work.drafts.keep("relief", {"amount": "300"})
    work.drafts.keep("other", {"amount": "1"})

    refusal(call, asked(household, payee_name=" ", draft_key="relief"))
    kept = work.drafts.get("relief")
    call(asked(household, draft_key="relief"))

    assert (kept, work.drafts.get("relief")) == ({"amount": "300"}, None)
    assert work.drafts.get("other") == {"amount": "1"}


def test_the_cap_beside_the_sum_is_that_of_the_people_it_is_for(work, household):
    alone = household_of("黄有财", id_number=None, door="9号")
    work.households.add_all([alone])
    caps = {
        "two": work.relief.allowance(household.id).cap,
        "one of two": work.relief.allowance(household.id, 1).cap,
        "alone": work.relief.allowance(alone.id).cap,
        "unknown": work.relief.allowance(None, 1).cap,
        "nobody": work.relief.allowance("nobody", 1).cap,
    }

    assert caps["two"] == caps["alone"] * 2
    assert caps["one of two"] == caps["alone"]
    assert caps["unknown"] == caps["nobody"] == work.relief.allowance().cap


def test_of_two_tokens_the_larger_is_the_most_and_the_first_to_end_is_taken(work, household):
    body = {"amount_fen": 50_000, "not_after": "2026-05-01", "signed": ""}
    body["issued_at"] = instant_text(work.clock.now())
    named = {"entity": "quota_token", "entity_id": "q-2", "subject": "q-2", "version": 1}
    with work.begin() as unit:
        unit.connection.execute(insert(table_of(ServerDocumentRow)), named | {"body": body})
        projection.rebuild(unit.connection, "quota_token", "q-2")
        unit.commit()

    allowance = work.relief.allowance()
    too_much = refusal(work.relief.pay, asked(household, amount=Money.yuan(1001)))
    exactly = work.relief.pay(asked(household, amount=Money.yuan(500)))
    larger = work.relief.pay(asked(payee_name="过路人", amount=Money.yuan(1000)))

    assert (allowance.left, allowance.most) == (Money.yuan(1500), Money.yuan(1000))
    assert "1,500.00 元分在几张里，一笔最多 1,000.00 元" in too_much.what
    assert (exactly.quota_id, larger.quota_id) == ("q-2", "q-1")
    assert work.relief.allowance().left == Money(0)


def test_without_a_token_in_force_nothing_may_be_taken_at_once(work):
    work.clock.advance(days=92)

    assert (work.relief.allowance().left, work.relief.allowance().most) == (Money(0), Money(0))


def test_what_was_noted_goes_up_with_what_is_known_now(work, household):
    noted = work.relief.report(asked(household, amount=Money(0)))
    now = {"amount": Money.yuan(2500), "event_note": " 整间烧光 ", "payee_name": "别人"}

    up = work.relief.refer(asked(household, **now, known=noted.id), "  数大  ")

    assert (up.id, up.amount, up.event_note) == (noted.id, Money.yuan(2500), "整间烧光")
    assert (up.payee_name, up.referral_reason) == ("覃兰英", "数大")
    assert len(work.relief.all()) == 1


def test_without_a_word_what_forbids_it_is_why_it_goes_up(work, household):
    up = work.relief.refer(asked(household, amount=Money.yuan(2500)), "  ")

    assert up.referral_reason.startswith("超过了村里能先给的上限")


def test_what_was_given_or_has_no_sum_is_not_paid_as_it_stands(work, household):
    noted = work.relief.report(asked(household, amount=Money(0)))
    paid = work.relief.pay(asked(household, event=EventKind.TRAFFIC))

    assert refusal(work.relief.pay_known, noted.id).code == "F-11"
    assert refusal(work.relief.pay_known, paid.id).code == "M-24"
    again = asked(household, event=EventKind.TRAFFIC, known=paid.id)
    assert refusal(work.relief.pay, again).code == "M-24"
    assert refusal(work.relief.refer, again).code == "M-24"


def test_a_record_that_is_none_is_not_gone_on_with(work, household):
    nobody = asked(household, known="nobody")

    assert refusal(work.relief.pay, nobody).code == "F-12"
    assert refusal(work.relief.refer, nobody).code == "F-12"
