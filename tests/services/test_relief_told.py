"""What is learnt of 先行救助 later: who the stranger was, which receipt was written by hand."""

from __future__ import annotations

import pytest

from app.documents.forms import f17b, receipt
from app.domain.casework import ReliefStatus
from app.domain.money import Money
from app.domain.relief_states import ReliefEvent
from app.services.relief_asked import NOBODY_KNOWS
from tests.relief import asked, refusal
from tests.storefile import household_of

NUMBER = "45990119500101291X"
PARTS = (Money.yuan(200), Money.yuan(100))


def stranger(**changes):
    return asked(payee_name=NOBODY_KNOWS, is_unknown=True, **changes)


@pytest.fixture
def paid(work):
    """Three hundred to somebody nobody knew."""
    return work.relief.pay(stranger())


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def test_who_the_stranger_was_is_said_once_and_how_it_was_before_stays_to_be_read(work, paid):
    named = work.relief.told.name_payee(paid.id, " 陆小川 ", NUMBER)
    again = refusal(work.relief.told.name_payee, paid.id, "别人")
    last = work.relief.case(paid.id).steps[-1]

    assert (named.payee_name, named.payee_id_number, named.is_unknown) == ("陆小川", NUMBER, False)
    assert (named.status, named.payment_id) == (paid.status, paid.payment_id)
    assert (last.event, last.note) == (ReliefEvent.NAME, "原来不知道姓名，问到是陆小川")
    assert (again.code, work.relief.get(paid.id)) == ("M-82", named)


def test_the_papers_of_the_payment_carry_the_name_from_then_on(work, paid):
    named = work.relief.told.name_payee(paid.id, "陆小川")

    assert f17b.content_of(named, unit="村", made=None).payee == "陆小川"
    assert receipt.content_of(named, payer="村").payee == "陆小川"


def test_a_payment_to_somebody_named_later_is_found_by_the_next(work, paid):
    work.relief.told.name_payee(paid.id, "陆小川", NUMBER)
    again = asked(payee_name="陆小川", payee_id_number=NUMBER, amount=Money.yuan(400))

    problem = refusal(work.relief.pay, again)

    assert problem.code in {"M-21", "M-76"}
    assert work.relief.pay(stranger(amount=Money.yuan(100))).paid_at


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        (" ", "", "F-10"),
        (NOBODY_KNOWS, "", "F-10"),
        ("陆小川", "459901197203090020", "I-05"),
        ("陆小川", "？？", "R-37"),
    ],
)
def test_no_name_and_no_such_number_names_nobody(work, paid, name, number, code):
    assert refusal(work.relief.told.name_payee, paid.id, name, number).code == code
    assert work.relief.case(paid.id).relief == paid


def test_whose_name_was_known_is_not_named_anew(work, home):
    paid = work.relief.pay(asked(home))

    assert refusal(work.relief.told.name_payee, paid.id, "别人").code == "M-82"
    assert work.relief.get(paid.id).payee_name == "覃兰英"


def test_what_was_taken_back_is_not_named_any_more(work, paid):
    work.relief.steps.reverse(paid.id, "金额写错")

    assert refusal(work.relief.told.name_payee, paid.id, "陆小川").code == "M-24"


def test_a_stranger_who_was_only_noted_is_named_before_anything_is_given(work):
    noted = work.relief.report(stranger(amount=Money(0)))
    work.relief.told.name_payee(noted.id, "陆小川")

    paid = work.relief.pay(asked(known=noted.id))

    assert (paid.payee_name, paid.is_unknown) == ("陆小川", False)


def test_the_number_of_a_receipt_written_by_hand_stays_with_the_payment(work, home):
    paid = work.relief.pay(asked(home))

    told = work.relief.told.receipt_by_hand(paid.id, " 0012345 ")
    case = work.relief.case(paid.id)

    assert told.status is ReliefStatus.PAPERWORK_PENDING
    assert (case.steps[-1].event, case.receipts_by_hand) == (
        ReliefEvent.RECEIPT, ("收据号 0012345",),
    )  # fmt: skip


def test_of_relief_in_parts_it_is_the_receipt_of_the_part_given_last(work, home):
    paid = work.relief.pay(asked(home, parts=PARTS))
    work.clock.advance(days=40)
    work.relief.pay_part(paid.id, work.relief.case(paid.id).instalments[1].id)

    work.relief.told.receipt_by_hand(paid.id, "0012346")

    assert work.relief.case(paid.id).receipts_by_hand == ("第 2 次，收据号 0012346",)


@pytest.mark.parametrize("number", ["", "  ", "1" * 41])
def test_a_receipt_without_one_number_is_none(work, home, number):
    paid = work.relief.pay(asked(home))

    assert refusal(work.relief.told.receipt_by_hand, paid.id, number).code == "M-83"
    assert work.relief.case(paid.id).receipts_by_hand == ()


def test_nothing_given_has_no_receipt(work, home):
    noted = work.relief.report(asked(home))
    parts = work.relief.pay(asked(home, parts=PARTS, known=noted.id))
    part = work.relief.case(parts.id).instalments[0]
    work.relief.steps.reverse_part(parts.id, part.id, "金额写错")
    second = work.relief.report(asked(home, amount=Money(0), event_note="又是一件"))

    assert refusal(work.relief.told.receipt_by_hand, parts.id, "1").code == "M-84"
    assert refusal(work.relief.told.receipt_by_hand, second.id, "1").code == "M-24"
