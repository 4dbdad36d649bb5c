"""Calendars the county sends stand over the shipped ones, and every deadline follows them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select, update

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.rules.bundle import bundle_of
from app.rules.clocks import ClockKind, Event
from app.rules.day_count import Pause
from app.rules.deadlines import ESTIMATED
from app.services.relief_asked import PayRelief
from app.store import projection
from tests.cases import layered, practice, value_toml
from tests.published import publish


def notice(year, holidays, statutory):
    toml = (
        f'year = {year}\ndocument = "示例"\nstatutory_days = {statutory}\nconfidence = "示例"\n'
        f"holidays = [{holidays}]\nmake_up_workdays = []\n"
    )
    return f"{year}.toml", toml.encode()


def holiday(first, last):
    return f'{{ name = "示例", from = {first}, to = {last} }}'


NEXT_YEAR = notice(2027, holiday("2027-01-01", "2027-01-03"), 1)
LONGER = notice(2027, holiday("2027-01-01", "2027-01-05"), 3)
MARCH_OFF = notice(2026, holiday("2026-03-02", "2026-03-06"), 5)
OTHER = layered("")


def sent(work, calendars, pack=None):
    pack = pack or practice()
    publish(work, pack, bundle=bundle_of(pack, calendars).decode())


def due(work, paid_on):
    with work.begin() as unit:
        return work.rules.paperwork(unit, paid_on)


def test_until_the_next_years_notice_came_the_date_is_an_estimate(work):
    paid_on = date(2026, 12, 28)

    before = due(work, paid_on)
    sent(work, [NEXT_YEAR])
    after = due(work, paid_on)

    assert (before.due_on, before.rule.endswith(f"（{ESTIMATED}）")) == (date(2027, 1, 4), True)
    assert (after.due_on, ESTIMATED in after.rule) == (date(2027, 1, 5), False)


def test_the_countys_notice_stands_over_the_shipped_one_of_its_year(work):
    before = due(work, date(2026, 2, 28)).due_on
    sent(work, [MARCH_OFF])

    assert (before, due(work, date(2026, 2, 28)).due_on) == (date(2026, 3, 6), date(2026, 3, 13))


def test_of_two_notices_of_a_year_the_one_published_later_holds(work):
    sent(work, [NEXT_YEAR])
    sent(
        work, [LONGER], layered(value_toml("paperwork_due_workdays", 'value = 5\nunit = "工作日"'))
    )

    assert due(work, date(2026, 12, 28)).due_on == date(2027, 1, 7)


def test_a_later_pack_without_calendars_takes_none_away(work):
    sent(work, [NEXT_YEAR])
    sent(work, [], OTHER)

    with work.begin() as unit:
        assert work.rules.calendar(unit).knows(2027)


def test_a_notice_that_follows_under_the_same_version_is_used_at_once(work):
    sent(work, [])
    before = due(work, date(2026, 12, 28)).due_on
    document = table_of(ServerDocumentRow)
    with work.begin() as unit:
        entity_id = f"{practice().id}@{practice().version}"
        row = unit.connection.execute(
            select(document).where(document.c.entity_id == entity_id)
        ).one()
        body = row.body | {"bundle": bundle_of(practice(), [NEXT_YEAR]).decode()}
        unit.connection.execute(
            update(document).where(document.c.entity_id == entity_id).values(body=body, version=2)
        )
        projection.rebuild(unit.connection, "policy_pack", entity_id)
        unit.commit()

    assert (before, due(work, date(2026, 12, 28)).due_on) == (date(2027, 1, 4), date(2027, 1, 5))


def test_a_bundle_with_a_wrong_calendar_is_not_used_at_all(work):
    sent(work, [notice(2027, holiday("2027-01-01", "2027-01-03"), 9)], OTHER)

    with work.begin() as unit:
        assert work.rules.pack(unit).id == "practice"
        assert not work.rules.calendar(unit).knows(2027)
        assert "读不了" in work.rules.pack_notice(unit)


def owed(work):
    return next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_PAPERWORK)


def test_what_is_owed_today_is_counted_by_the_countys_calendar(work):
    work.relief.pay(
        PayRelief(
            household=None,
            payee_name="覃兰英",
            event=EventKind.FIRE,
            amount=Money.yuan(300),
            way=ReliefWay.CASH,
        )
    )
    before = owed(work)
    sent(work, [MARCH_OFF])
    after = owed(work)

    assert (before.due_text, after.due_text) == ("还剩 5 个工作日", "还剩 1 个工作日")


def test_any_clock_is_asked_for_under_the_pack_in_force(work):
    pause = Pause(date(2026, 3, 4), date(2026, 3, 6))

    with work.begin() as unit:
        urgent = work.rules.deadline(
            unit,
            ClockKind.EMERGENCY_DECISION,
            {Event.ACCEPTED: datetime(2026, 3, 6, 8, 30, tzinfo=UTC)},
        )
        longer = work.rules.deadline(
            unit,
            ClockKind.DECISION,
            {Event.ACCEPTED: date(2026, 3, 2)},
            pauses=[pause],
            extended=True,
        )
        review = work.rules.deadline(
            unit, ClockKind.REVIEW, {Event.REVIEWED: date(2026, 3, 2)}, case_class="other"
        )

    assert urgent.due_text == "2026年3月7日 16:30"
    assert (longer.due_on, review.due_on) == (date(2026, 5, 11), date(2026, 9, 2))


def test_a_payment_whose_paperwork_has_no_term_is_made_all_the_same(work):
    sent(
        work,
        [],
        layered(value_toml("paperwork_due_workdays", 'county_must_supply = true\nunit = "工作日"')),
    )

    paid = work.relief.pay(
        PayRelief(
            household=None,
            payee_name="覃兰英",
            event=EventKind.FIRE,
            amount=Money.yuan(300),
            way=ReliefWay.CASH,
        )
    )

    assert (paid.status, paid.paperwork_due_on) == (ReliefStatus.PAPERWORK_PENDING, None)
    assert "县里还没给期限" in paid.paperwork_rule
    assert work.relief.debts(paid.id)[0].text == "县里还没给期限"
    assert WorkKind.RELIEF_PAPERWORK in [item.kind for item in work.worklist.today().items]
    assert "县里还没给期限" in str(work.printing.sketch("F17a", None, paid.id).content)
