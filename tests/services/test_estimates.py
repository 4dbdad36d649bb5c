"""A day that was an estimate is counted again once the county's calendar is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.rules.bundle import bundle_of
from app.rules.deadlines import ESTIMATED
from app.services.relief_asked import PayRelief
from app.store import projection
from tests.cases import layered, practice, value_toml
from tests.filing import Filing
from tests.published import publish

NEXT_YEAR = (
    "2027.toml",
    (
        'year = 2027\ndocument = "示例"\nstatutory_days = 1\nconfidence = "示例"\n'
        'holidays = [{ name = "示例", from = 2027-01-01, to = 2027-01-03 }]\n'
        "make_up_workdays = []\n"
    ).encode(),
)
FIVE_WORKDAYS = value_toml("paperwork_due_workdays", 'value = 5\nunit = "工作日"')
NINE_WORKDAYS = value_toml("paperwork_due_workdays", 'value = 9\nunit = "工作日"')
FROM_THE_END = value_toml("paperwork_due_from", 'value = "emergency_end"')
YEAR_END = date(2026, 12, 28)


@pytest.fixture
def december(work):
    """The 28th, with a quota that still holds."""
    work.clock.advance(days=(YEAR_END - work.clock.today()).days)
    body = {"amount_fen": 500_000, "not_after": "2027-12-31", "signed": "…"}
    arrived(work, "quota_token", "q-9", body | {"issued_at": instant_text(work.clock.now())})
    return work


def arrived(work, entity, entity_id, body):
    """A document of the county."""
    row = {"entity": entity, "entity_id": entity_id, "subject": entity_id, "version": 1}
    with work.begin() as unit:
        unit.connection.execute(insert(table_of(ServerDocumentRow)), row | {"body": body})
        projection.rebuild(unit.connection, entity, entity_id)
        unit.commit()


def calendar(work, pack=None):
    pack = pack or practice()
    publish(work, pack, bundle=bundle_of(pack, [NEXT_YEAR]).decode())


def paid(work, **said):
    request = {
        "household": None, "payee_name": "覃兰英", "event": EventKind.FIRE,
        "amount": Money.yuan(300), "way": ReliefWay.CASH,
    }  # fmt: skip
    return work.relief.pay(PayRelief(**(request | said)))


def owed(work):
    rows = work.worklist.today().items
    return next(one for one in rows if one.kind is WorkKind.RELIEF_PAPERWORK)


def test_papers_of_a_payment_are_due_by_the_calendar_that_came(december):
    relief = paid(december)
    before = owed(december)

    calendar(december)

    assert (before.due_on, ESTIMATED in before.rule) == (date(2027, 1, 4), True)
    after, case = owed(december), december.relief.case(relief.id).relief
    assert (after.due_on, ESTIMATED in after.rule) == (date(2027, 1, 5), False)
    assert (case.paperwork_due_on, case.paperwork_rule) == (after.due_on, after.rule)
    assert december.relief.get(relief.id).paperwork_due_on == after.due_on
    debt = december.relief.debts(relief.id)[0]
    assert (debt.rule, "约" in debt.text) == (after.rule, False)
    assert december.worklist.check() == []


def test_the_paper_about_it_says_the_day_that_is_right(december):
    relief = paid(december)

    calendar(december)

    for form in ("F17a", "F17b"):
        said = str(december.printing.sketch(form, None, relief.id).content)
        assert "datetime.date(2027, 1, 5)" in said
        assert "datetime.date(2027, 1, 4)" not in said


def test_the_check_sees_a_list_that_stands_on_the_guess(december):
    relief = paid(december)
    calendar(december)
    before = owed(december).due_on

    with december.begin() as unit:
        source, row = next(one for one in unit.due.about([relief.id]) if one[1].due_on == before)
        guess = replace(row, due_on=date(2027, 1, 4))
        unit.due.replace([source], [relief.id], [(source, guess)])
        unit.commit()

    assert december.worklist.check() == [relief.id]


def test_the_pack_of_that_day_counts_and_not_the_one_of_today(december):
    paid(december)
    december.clock.advance(days=3)

    calendar(december, layered(NINE_WORKDAYS))

    assert owed(december).due_on == date(2027, 1, 5)


def test_where_no_pack_says_what_was_written_the_written_day_stands(december):
    relief = paid(december)
    with december.begin() as unit:
        unit.change(
            kind="relief.changed", entity="emergency_relief", entity_id=relief.id,
            subject=relief.id, fields={"paperwork_rule": f"镇里口头说的（{ESTIMATED}）"},
        )  # fmt: skip
        unit.commit()

    calendar(december)

    assert owed(december).due_on == date(2027, 1, 4)


def test_a_day_that_was_no_guess_is_never_moved(work):
    relief = paid(work)
    before = owed(work).due_on

    calendar(work, layered(NINE_WORKDAYS))

    assert owed(work).due_on == before
    assert work.relief.get(relief.id).paperwork_due_on == before


def test_staged_relief_is_counted_from_its_first_part(december):
    relief = paid(december, parts=(Money.yuan(100), Money.yuan(200)))

    calendar(december)
    december.clock.advance(days=40)
    december.relief.pay_part(relief.id, december.relief.case(relief.id).instalments[1].id)

    assert owed(december).due_on == date(2027, 1, 5)


def test_papers_that_wait_for_the_end_of_an_emergency_are_counted_from_there(december):
    publish(
        december,
        layered(
            "\n".join((value_toml("paperwork_due_from", 'value = "emergency_end"'), FIVE_WORKDAYS))
        ),
    )
    relief = paid(december)
    december.clock.advance(days=1)
    december.relief.steps.end_emergency(relief.id, december.clock.today())
    before = owed(december).due_on

    publish(
        december,
        layered(FIVE_WORKDAYS),
        pack_version="2",
        bundle=bundle_of(layered(FIVE_WORKDAYS), [NEXT_YEAR]).decode(),
    )

    assert (before, owed(december).due_on) == (date(2027, 1, 5), date(2027, 1, 6))


def test_a_notice_hangs_for_days_and_its_end_is_never_a_guess(december):
    filing = Filing(december).posted()

    notice = filing.whole.notices[0]

    assert notice.ends_on == YEAR_END + timedelta(days=7)
    assert ESTIMATED not in notice.rule
