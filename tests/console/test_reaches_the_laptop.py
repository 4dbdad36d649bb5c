"""An answer given at the console, on a real laptop: read, acted on, and not said over again."""

from __future__ import annotations

import pytest

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import ApprovalWay
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, PayRelief
from tests.consoles import answer, propose, published
from tests.counties import DirectRoad
from tests.laptops import open_laptop


@pytest.fixture
def road(office):
    return DirectRoad(office)


@pytest.fixture
def laptop(kept, office, clock, tmp_path):
    """An open vault enrolled with the office, which has published the practice pack."""
    published(office, "practice")
    opened = open_laptop(kept, clock)
    opened.join(office, tmp_path)
    yield opened
    opened.vault.close()


def referred(laptop, road):
    """A 先行救助 the village has sent up; (its use cases, its id)."""
    cases = ReliefCases(laptop.begin, laptop.clock, GroundRules(Policies(), laptop.clock))
    asked = PayRelief(
        household=None, payee_name="韦阿公", event=EventKind.FLOOD, amount=Money.yuan(800),
        way=ReliefWay.CASH, persons=1,
    )  # fmt: skip
    made = cases.refer(asked, "超过村里能先给的")
    laptop.sync(road)
    return cases, made.id


def test_what_the_township_agreed_to_is_paid_by_the_village(laptop, road, bureau, handler, head):
    cases, case = referred(laptop, road)
    propose(bureau.sign_in(handler), case, "relief", amount="600.00", category="")
    answer(bureau.sign_in(head), case, kind="relief", remark="先给六百")

    laptop.sync(road)
    agreed = cases.case(case)
    cases.pay_known(case)
    tally = laptop.sync(road)

    assert agreed.relief.status is ReliefStatus.APPROVED_FAST
    assert agreed.relief.amount == Money.yuan(600)
    assert agreed.steps[-1].who == "乡镇负责人 wei主任"
    assert agreed.steps[-1].note == "先给六百"
    assert tally.returned == 0
    assert bureau.document("emergency_relief", case)["status"] == "paid"
    assert laptop.syncing.check() == []


def test_what_was_told_by_telephone_meanwhile_is_told_that_it_was_decided(
    laptop, road, bureau, handler, head
):
    cases, case = referred(laptop, road)
    propose(bureau.sign_in(handler), case, "relief", answer="refuse", note="核实过，没有受灾")
    answer(bureau.sign_in(head), case, kind="relief")
    cases.steps.approve(case, Approval(by="镇里 莫主任", how=ApprovalWay.PHONE))

    tally = laptop.sync(road)

    assert tally.returned == 1
    assert cases.case(case).relief.status is ReliefStatus.DECLINED
    with pytest.raises(Refused):
        cases.pay_known(case)
    assert laptop.syncing.check() == []
