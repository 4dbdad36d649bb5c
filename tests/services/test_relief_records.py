"""What belongs to one record of 先行救助 is found with it, and nothing of any other."""

from __future__ import annotations

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import InstalmentStatus
from app.services.relief_asked import MakeUp
from tests.relief import asked, refusal
from tests.storefile import household_of

PARTS = (Money.yuan(60), Money.yuan(40))
ILL = EventKind.SUDDEN_ILLNESS


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def three(work, household):
    """One given whole, one in parts, one to a stranger."""
    return (
        work.relief.pay(asked(household)),
        work.relief.pay(
            asked(household, event=ILL, amount=Money.yuan(100), parts=PARTS, apart="又病了")
        ),
        work.relief.pay(asked(payee_name="过路人", amount=Money.yuan(50))),
    )


def test_steps_papers_and_parts_are_those_of_the_record(work, three):
    _whole, staged, stranger = three
    work.relief.steps.make_up(staged.id, MakeUp(items=LATE_PAPERS))
    work.relief.steps.end_emergency(stranger.id, work.clock.today())

    cases = [work.relief.case(one.id) for one in three]

    assert [len(case.steps) for case in cases] == [3, 4, 4]
    assert [{step.relief for step in case.steps} for case in cases] == [{one.id} for one in three]
    assert [len(case.supplements) for case in cases] == [0, 1, 0]
    assert [len(case.instalments) for case in cases] == [0, 2, 0]
    with work.begin() as unit:
        assert [unit.relief.step_count(one.id) for one in three] == [3, 4, 4]
        assert unit.relief.instalment("nobody") is None
        with pytest.raises(LookupError):
            unit.relief.fields("nobody")


def test_the_entry_that_takes_one_back_says_what_that_one_said(work, three):
    whole, _staged, stranger = three

    work.relief.steps.reverse(stranger.id, "打错")

    back = work.relief.case(stranger.id).reversal
    assert (back.amount, back.payee_name, back.reverses) == (
        stranger.amount, "过路人", stranger.id,
    )  # fmt: skip
    assert back.id != stranger.id
    assert work.relief.case(whole.id).reversal is None
    assert [one.id for one in work.relief.all() if one.status is ReliefStatus.REVERSED] == [
        stranger.id
    ]


def test_a_household_has_its_own_and_a_stranger_the_one(work, household, three):
    whole, staged, stranger = three
    work.relief.steps.reverse(whole.id, "打错")

    with work.begin() as unit:
        of_house = unit.relief.of_subject(household.id)
        of_one = unit.relief.of_subject(stranger.id)
        home, nowhere = unit.relief.home_of(household.id), unit.relief.home_of(stranger.id)

    assert [one.id for one in of_house] == [whole.id, staged.id]
    assert [one.id for one in of_one] == [stranger.id]
    assert home == (f"{household.group_name}{household.door}", False)
    assert nowhere == ("", False)


def test_a_payment_taken_back_is_told_from_one_that_stands_and_one_that_never_was(work, three):
    whole, staged, stranger = three
    part = work.relief.case(staged.id).instalments[0]
    work.relief.steps.reverse(whole.id, "打错")

    with work.begin() as unit:
        taken = [
            unit.relief.was_taken_back(one)
            for one in (whole.payment_id, stranger.payment_id, part.payment_id, "never")
        ]

    assert taken == [True, False, False, None]
    work.relief.steps.reverse_part(staged.id, part.id, "打错")
    with work.begin() as unit:
        assert unit.relief.was_taken_back(part.payment_id)
    assert work.relief.case(staged.id).instalments[0].status is InstalmentStatus.REVERSED


def test_other_causes_are_the_same_only_in_the_same_words(work, household):
    other = EventKind.OTHER
    work.relief.pay(asked(household, event=other, event_note="后墙塌了"))
    work.clock.advance(days=3)

    same = refusal(work.relief.pay, asked(household, event=other, event_note="后墙塌了"))
    different = work.relief.pay(asked(household, event=other, event_note="粮食霉了"))

    assert same.code == "M-21"
    assert different.event_note == "粮食霉了"
