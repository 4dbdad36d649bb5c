"""Records the county returned, in today's list: there until something is said of them again."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from app.domain.casework import Met
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.services.visits import RecordVisit
from app.store.touched import touch
from tests.relief import asked
from tests.sent_back import send_back
from tests.storefile import household_of


@pytest.fixture
def home(work):
    made = household_of("覃兰英", id_number=None)
    work.households.add_all([made])
    return made


def take(work, entity, entity_id, subject):
    """The county holds a document of the record."""
    with work.begin() as unit:
        row = {"entity": entity, "entity_id": entity_id, "subject": subject, "version": 1}
        unit.connection.execute(insert(table_of(ServerDocumentRow)), row | {"body": {}})
        touch(unit.connection, entity, subject)
        unit.commit()


def returned(work):
    assert work.worklist.check() == []
    return [one for one in work.worklist.today().items if one.kind is WorkKind.RETURNED]


def visited(work, home):
    request = RecordVisit(household=home.id, visited_on=work.clock.today(), met=Met.SELF)
    return work.visits.record(request)


def test_a_visit_that_came_back_stands_in_the_list_until_something_is_added_to_it(work, home):
    visit = visited(work, home)
    send_back(work, "visit", visit, "走访日期晚于记录当天。")
    (row,) = returned(work)

    work.visits.add(visit, "日子写错了，是前一天")

    assert (row.page, row.target, row.who) == ("visit_record", visit, "覃兰英")
    assert "走访日期晚于记录当天。" in row.why
    assert (row.due_text, row.rule) == ("今天", "县里的回执：没收下的要改好再报")
    assert row.action.startswith("看一眼哪里不对")
    assert returned(work) == []


def test_what_was_added_and_came_back_leads_to_the_visit(work, home):
    visit = visited(work, home)
    work.clock.advance(minutes=1)
    added = work.visits.add(visit, "药也没了").id
    send_back(work, "visit", added)

    (row,) = returned(work)

    assert row.target == visit


@pytest.mark.parametrize("is_stranger", [False, True])
def test_a_payment_that_came_back_stands_in_the_list_until_the_next_step(work, home, is_stranger):
    whom = {"household": None, "payee_name": "过路的人"} if is_stranger else {}
    relief = work.relief.pay(asked(home, **whom)).id
    send_back(work, "emergency_relief", relief)
    (row,) = returned(work)

    work.relief.steps.reverse(relief, "重复了")

    assert (row.page, row.target) == ("relief_case", relief)
    assert row.who == ("过路的人" if is_stranger else "覃兰英")
    assert "金额不对。" in row.why
    assert returned(work) == []


def test_a_step_that_came_back_leads_to_its_payment_once(work, home):
    relief = work.relief.pay(asked(home)).id
    with work.begin() as unit:
        steps = unit.relief.steps(relief)
    send_back(work, "relief_step", steps[-1].id)
    send_back(work, "emergency_relief", relief, "超出了额度。")

    (row,) = returned(work)

    assert row.target == relief
    assert "超出了额度。" in row.why


def test_what_the_county_took_after_all_is_asked_for_no_more(work, home):
    visit = visited(work, home)
    send_back(work, "visit", visit)
    before = returned(work)
    take(work, "visit", visit, home.id)

    assert len(before) == 1
    assert returned(work) == []


def test_a_person_that_came_back_leads_to_the_household(work, home):
    person = home.members[0].person.id
    send_back(work, "person", person, "身份证号写法不对。")
    (row,) = returned(work)

    with work.begin() as unit:
        unit.change(
            kind="person.changed",
            entity="person",
            entity_id=person,
            subject=home.id,
            fields={"phone": "0778-1234567"},
        )
        unit.commit()

    assert (row.page, row.target) == ("household", home.id)
    assert returned(work) == []


def test_what_was_sent_and_not_returned_has_no_row(work, home):
    visited(work, home)
    work.relief.pay(asked(home))

    assert returned(work) == []
