"""An answer given at the console, on a real laptop: read, acted on, and not said over again."""

from __future__ import annotations

import pytest

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import ApprovalWay
from app.domain.today import WorkKind
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, PayRelief
from app.services.worklist import Worklist
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


def given(laptop, road, approval=None):
    """A 先行救助 the village has given first; (its use cases, its id)."""
    cases = ReliefCases(laptop.begin, laptop.clock, GroundRules(Policies(), laptop.clock))
    asked = PayRelief(
        household=None, payee_name="韦阿公", event=EventKind.FLOOD, amount=Money.yuan(300),
        way=ReliefWay.CASH, persons=1, approval=approval,
    )  # fmt: skip
    made = cases.pay(asked)
    laptop.sync(road)
    return cases, made.id


def rows(laptop, kind: WorkKind) -> list[str]:
    """Why each stands in today's list; nobody keeps it for this laptop, so it is made anew."""
    worklist = Worklist(laptop.begin, laptop.clock, GroundRules(Policies(), laptop.clock))
    worklist.forget()
    return [one.why for one in worklist.everything() if one.kind is kind]


def test_money_given_first_is_agreed_to_at_the_console(laptop, road, bureau, handler, head):
    cases, case = given(laptop, road)
    browser, other = bureau.sign_in(handler), bureau.sign_in(head)
    asked = browser.get("/queue")
    page = browser.get(f"/relief/{case}")

    more = propose(browser, case, "relief", amount="400.00", category="")
    propose(browser, case, "relief", amount="", category="")
    answer(other, case, kind="relief", remark="该给")
    before = rows(laptop, WorkKind.RELIEF_DECISION)
    tally = laptop.sync(road)

    assert f"/relief/{case}" in asked.text
    assert "同意先给的这笔钱" in page.text
    assert 'name="amount"' not in page.text
    assert (more.status, "K-70" in more.text) == (409, True)
    relief = cases.case(case).relief
    assert (relief.status, relief.amount) == (ReliefStatus.PAPERWORK_PENDING, Money.yuan(300))
    assert relief.decided_by == "乡镇负责人 wei主任"
    assert (len(before), rows(laptop, WorkKind.RELIEF_DECISION)) == (1, [])
    assert cases.case(case).steps[-1].event is ReliefEvent.NOTE_APPROVAL
    assert (tally.returned, laptop.syncing.check()) == (0, [])
    assert f"/relief/{case}" not in other.get("/queue?tab=waiting").text
    assert f"/relief/{case}" in other.get("/queue?tab=done").text


def test_money_given_first_that_is_not_agreed_to_is_got_back(laptop, road, bureau, handler, head):
    cases, case = given(laptop, road)
    browser = bureau.sign_in(handler)

    without = propose(browser, case, "relief", answer="refuse", amount="", category="")
    propose(browser, case, "relief", answer="refuse", amount="", category="", note="没有受灾")
    answer(bureau.sign_in(head), case, kind="relief")
    laptop.sync(road)

    assert (without.status, "K-70" in without.text) == (409, True)
    assert cases.case(case).relief.status is ReliefStatus.RECOVERING
    (row,) = rows(laptop, WorkKind.RECOVERY)
    assert row == "3月2日洪涝先给了 300 元，乡镇负责人 wei主任不同意：没有受灾，要追回 300 元"
    assert rows(laptop, WorkKind.RELIEF_DECISION) == []
    cases.steps.recover(case, Money.yuan(300))
    tally = laptop.sync(road)
    assert (tally.returned, laptop.syncing.check()) == (0, [])
    assert bureau.document("emergency_relief", case)["status"] == "recovered"


def test_what_the_village_wrote_down_as_agreed_can_still_be_refused(
    laptop, road, bureau, handler, head
):
    cases, case = given(laptop, road, Approval(by="镇里 莫主任", how=ApprovalWay.PHONE))
    browser, other = bureau.sign_in(handler), bureau.sign_in(head)
    quiet = browser.get("/queue")
    page = browser.get(f"/relief/{case}")

    again = propose(browser, case, "relief", amount="", category="")
    propose(browser, case, "relief", answer="refuse", amount="", category="", note="没人同意过")
    queue = other.get("/queue")
    answer(other, case, kind="relief")
    laptop.sync(road)

    assert f"/relief/{case}" not in quiet.text
    assert 'value="agree"' not in page.text
    assert "村里记过谁同意的" in page.text
    assert (again.status, "K-14" in again.text) == (409, True)
    assert f"/relief/{case}" in queue.text
    assert cases.case(case).relief.status is ReliefStatus.RECOVERING


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
