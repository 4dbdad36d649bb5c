"""Maker and checker are two people, of the level that may: in the deeds, not only on the page."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from county_server.console.answers import Answer
from county_server.console.cases import APPLICATION, RELIEF, read_case
from county_server.console.opinions import Opinions
from county_server.console.proposals import Propose
from county_server.console.roles import Role
from county_server.console.tables import opinion
from tests.consoles import OTHER_TOWNSHIP, application, as_staff, published, relief


@pytest.fixture
def opinions(office):
    return Opinions(office.database, office.clock)


@pytest.fixture
def case(office, device):
    """An application that townships decide."""
    made = application(device, published(office, "practice"))
    office.push(device)
    return made


def proposal(office, case, entity=APPLICATION, yuan="235.00"):
    with office.database.read() as connection:
        seen = read_case(connection, office.clock, entity, case).basis
    category = Category.DIBAO if entity == APPLICATION else None
    return Propose(
        entity=entity, entity_id=case, seen=seen, answer=Answer.AGREE, category=category,
        amount=Money.parse(yuan),
    )  # fmt: skip


def code_of(call, *arguments):
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def test_who_was_promoted_cannot_approve_what_they_proposed_before(opinions, office, handler, case):
    made = opinions.propose(as_staff(handler, Role.TOWNSHIP_HANDLER), proposal(office, case))

    promoted = as_staff(handler, Role.TOWNSHIP_HEAD)

    assert code_of(opinions.approve, promoted, made) == "K-66"
    assert code_of(opinions.endorse, promoted, made) == "K-66"
    assert code_of(opinions.approve, as_staff(handler, Role.COUNTY_REVIEWER), made) == "K-66"


def test_who_handed_it_on_cannot_decide_it_at_the_county(opinions, office, device, handler, head):
    published(office, "practice")
    asked = relief(device, yuan=20000)
    office.push(device)
    wanted = proposal(office, asked, RELIEF, "20000.00")
    made = opinions.propose(as_staff(handler, Role.TOWNSHIP_HANDLER), wanted)
    opinions.endorse(as_staff(head, Role.TOWNSHIP_HEAD), made)

    assert code_of(opinions.approve, as_staff(head, Role.COUNTY_REVIEWER), made) == "K-66"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_HANDLER, Role.COUNTY_HANDLER])
def test_handlers_answer_no_proposal(opinions, office, handler, head, case, role):
    made = opinions.propose(as_staff(handler, Role.TOWNSHIP_HANDLER), proposal(office, case))
    other = as_staff(head, role)

    assert code_of(opinions.approve, other, made) == "K-64"
    assert code_of(opinions.endorse, other, made) == "K-64"
    assert code_of(opinions.reject, other, made, "不对") == "K-64"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_HEAD, Role.COUNTY_REVIEWER])
def test_heads_and_reviewers_propose_nothing(opinions, office, head, case, role):
    assert code_of(opinions.propose, as_staff(head, role), proposal(office, case)) == "K-64"


def test_a_county_proposal_is_not_the_township_head_s_to_answer(
    opinions, office, county_handler, head, reviewer, case
):
    made = opinions.propose(as_staff(county_handler, Role.COUNTY_HANDLER), proposal(office, case))
    at_township = as_staff(head, Role.TOWNSHIP_HEAD)

    assert code_of(opinions.approve, at_township, made) == "K-67"
    assert code_of(opinions.endorse, at_township, made) == "K-64"
    assert code_of(opinions.reject, at_township, made, "不对") == "K-64"
    assert opinions.approve(as_staff(reviewer, Role.COUNTY_REVIEWER), made) == case


def test_another_township_sees_and_does_nothing(opinions, office, handler, head, case):
    wanted = proposal(office, case)
    stranger = as_staff(head, Role.TOWNSHIP_HANDLER, OTHER_TOWNSHIP)
    assert code_of(opinions.propose, stranger, wanted) == "K-65"
    made = opinions.propose(as_staff(handler, Role.TOWNSHIP_HANDLER), wanted)
    elsewhere = as_staff(head, Role.TOWNSHIP_HEAD, OTHER_TOWNSHIP)

    assert code_of(opinions.approve, elsewhere, made) == "K-65"
    assert code_of(opinions.publish, elsewhere, case) == "K-65"


def test_one_proposal_waits_at_a_time_and_is_answered_once(opinions, office, handler, head, case):
    maker, wanted = as_staff(handler, Role.TOWNSHIP_HANDLER), proposal(office, case)
    made = opinions.propose(maker, wanted)
    again = code_of(opinions.propose, maker, wanted)
    checker = as_staff(head, Role.TOWNSHIP_HEAD)
    opinions.approve(checker, made)

    assert again == "K-69"
    assert code_of(opinions.approve, checker, made) == "K-69"
    assert code_of(opinions.reject, checker, made, "不对") == "K-69"
    assert code_of(opinions.propose, maker, proposal(office, case)) == "K-14"


def test_a_refused_decision_leaves_the_proposal_waiting(opinions, office, handler, head, case):
    made = opinions.propose(
        as_staff(handler, Role.TOWNSHIP_HANDLER), proposal(office, case, yuan="0.00")
    )
    with office.database.write() as connection:
        connection.execute(update(opinion).values(category="none"))

    assert code_of(opinions.approve, as_staff(head, Role.TOWNSHIP_HEAD), made) == "K-13"
    assert opinions.reject(as_staff(head, Role.TOWNSHIP_HEAD), made, "类别不对") == case


def test_sending_back_a_proposal_to_its_handler_takes_a_reason(
    opinions, office, handler, head, case
):
    made = opinions.propose(as_staff(handler, Role.TOWNSHIP_HANDLER), proposal(office, case))

    assert code_of(opinions.reject, as_staff(head, Role.TOWNSHIP_HEAD), made, " ") == "K-70"


def test_nothing_is_known_of_a_case_or_a_proposal_that_is_not_here(opinions, handler):
    maker = as_staff(handler, Role.TOWNSHIP_HEAD)
    nobody = Propose(entity=RELIEF, entity_id="x", seen="", answer=Answer.AGREE)

    assert code_of(opinions.approve, maker, "nothing") == "K-69"
    assert code_of(opinions.publish, maker, "nothing") == "K-12"
    asking = as_staff(handler, Role.TOWNSHIP_HANDLER)
    assert code_of(opinions.propose, asking, nobody) == "K-74"
