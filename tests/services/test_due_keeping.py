"""Today's list is made where records change, and only read where it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from app.domain.casework import Channel, EventKind, Met, ReliefWay, Supplies
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.reports import VILLAGE
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.local import WorkItemRow, WorkListRow
from app.rules.bundle import bundle_of
from app.services.due_keeping import AT_ONCE, DueKeeping
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit
from app.store import feed
from tests.fakes import NOON
from tests.news import Entry
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
ITEM = table_of(WorkItemRow)


@pytest.fixture
def household(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def visited(work, household, **changes):
    asked = {"household": household.id, "visited_on": work.clock.today(), "met": Met.SELF}
    return work.visits.record(RecordVisit(**(asked | changes)))


def paid(work, household=None):
    return work.relief.pay(
        PayRelief(
            household=None if household is None else household.id,
            payee_name="过路人",
            payee=None,
            event=EventKind.FIRE,
            amount=Money.yuan(100),
            way=ReliefWay.CASH,
        )
    )


def rows(work):
    """Every kept row but the village's own."""
    of_households = select(ITEM).where(ITEM.c.subject != VILLAGE).order_by(ITEM.c.subject)
    with work.begin() as unit:
        return list(unit.connection.execute(of_households).mappings())


def seen(work):
    """Today's list without what the village owes."""
    return [one for one in work.worklist.today().items if one.kind is not WorkKind.REPORT]


def listed(work):
    return [(item.kind, item.household) for item in work.worklist.everything()]


def sent(work, *entries):
    with work.begin() as unit:
        feed.apply_news(unit.connection, entries, work.clock.now())
        unit.commit()


def test_a_visit_moves_the_row_to_the_next_month(work, household):
    visited(work, household)

    (row,) = rows(work)

    assert (row["appears_on"], row["due_on"]) == (date(2026, 4, 1), date(2026, 4, 30))
    assert listed(work) == []


def test_time_passing_brings_the_row_back_without_making_it_again(work, household):
    visited(work, household, note="药快吃完了")
    before = rows(work)

    work.clock.advance(days=31)

    (item,) = seen(work)
    assert (item.kind, item.due_text) == (WorkKind.VISIT, "4月30日前")
    assert "31 天没去了，上次说：药快吃完了" in item.why
    assert rows(work) == before


def test_a_visit_that_was_missed_stays_and_is_late(work, household):
    visited(work, household)
    work.clock.advance(days=61)

    (item,) = seen(work)

    assert (item.overdue, item.due_text) == (True, "超期 2 天")


def test_opening_the_page_only_reads(work, household):
    with work.begin() as unit:
        unit.connection.execute(update(ITEM).values(who="表里写的"))
        unit.commit()

    (item,) = seen(work)

    assert item.who == "表里写的"


def test_a_row_that_is_not_what_the_records_say_is_named(work, household):
    assert work.worklist.check() == []
    with work.begin() as unit:
        unit.connection.execute(update(ITEM).values(due_on=date(2030, 1, 1)))
        unit.commit()

    assert work.worklist.check() == [household.id, VILLAGE]


def test_a_row_that_is_missing_is_named_too(work, household):
    with work.begin() as unit:
        unit.connection.execute(ITEM.delete())
        unit.commit()

    assert work.worklist.check() == [household.id, VILLAGE]


def test_relief_to_a_stranger_is_listed_under_the_payment(work):
    relief = paid(work)

    kinds = {row["kind"] for row in rows(work) if row["subject"] == relief.id}

    assert WorkKind.RELIEF_PAPERWORK in kinds
    assert work.worklist.check() == []


def test_nothing_of_a_transaction_that_was_given_up_stays(work, household):
    before = rows(work)

    with work.begin() as unit:
        unit.change(
            kind="household.updated",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"door": "99号"},
        )

    assert rows(work) == before
    visited(work, household)
    assert rows(work)[0]["place"] == "三组12号"


def test_a_page_of_the_feed_brings_its_rows_along(work, household):
    fields = {"category": "dibao", "group_name": "九组", "door": "1号", "address": "测试村"}
    fields |= {"area": "rural", "village_code": "459901001001"}

    sent(work, Entry("upsert", "household", "h-1", "h-1", 1, fields))

    assert {row["place"] for row in rows(work)} == {"三组12号", "九组1号"}
    assert work.worklist.check() == []


def test_a_household_that_was_handed_over_leaves_the_list(work, household):
    other = household_of("韦大年", id_number=None, door="3号")
    work.households.add_all([other])
    with work.begin() as unit:
        unit.connection.exec_driver_sql(
            "INSERT INTO operation_state (n, state, changed_at) "
            "SELECT n, 'received', '2026-03-02T04:00:00.000Z' FROM operation"
        )
        unit.commit()

    sent(work, Entry("leave", "household", household.id, household.id, 2, None))

    assert {row["subject"] for row in rows(work)} == {other.id}
    assert work.worklist.check() == []


def test_a_pack_that_arrives_makes_the_list_anew(work, household):
    before = rows(work)[0]["rule"]
    pack = replace(Policies().load("practice"), id="elsewhere")
    body = {
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(Policies().load("dahua")).decode(),
        "published_at": instant_text(NOON),
    }

    sent(work, Entry("upsert", "policy_pack", "p-1", "p-1", 1, body))

    after = rows(work)[0]["rule"]
    assert before != after
    assert "大化" in after
    assert work.worklist.check() == []


def test_a_big_village_keeps_its_old_rows_until_they_are_made(work):
    village = [
        household_of("覃兰英", id_number=None, door=f"{number}号") for number in range(AT_ONCE + 1)
    ]
    work.households.add_all(village)
    with work.begin() as unit:
        unit.connection.execute(table_of(WorkListRow).update().values(made_with="别的规则"))
        unit.connection.execute(update(ITEM).values(rule="旧规则"))
        unit.commit()

    before = work.worklist.today()
    heard: list[tuple[int, int]] = []
    work.worklist.make_anew(run_in_store=lambda job: job(), watch=lambda *at: heard.append(at))
    after = work.worklist.today()

    assert (before.remaking, after.remaking) == (True, False)
    assert {item.rule for item in before.items} == {"旧规则"}
    assert "旧规则" not in {item.rule for item in after.items}
    assert heard[-1] == (AT_ONCE + 2, AT_ONCE + 2)  # the village besides
    assert work.worklist.check() == []


def test_the_first_import_makes_the_whole_list(work):
    work.households.add_all([household_of("覃兰英", id_number=None) for _ in range(AT_ONCE + 1)])

    with work.begin() as unit:
        assert not DueKeeping(work.clock, work.rules).is_stale(unit)


def test_a_small_village_is_made_again_when_a_rule_changes_by_itself(work, household):
    with work.begin() as unit:
        turn = table_of(WorkListRow).update().values(good_before=work.clock.today())
        unit.connection.execute(turn)
        unit.connection.execute(update(ITEM).values(rule="旧规则"))
        unit.commit()

    assert work.worklist.today().items[0].rule != "旧规则"


def test_rows_of_a_source_there_is_no_more_go(work, household):
    with work.begin() as unit:
        of_home = select(ITEM).where(ITEM.c.subject == household.id)
        row = dict(unit.connection.execute(of_home).mappings().one())
        unit.connection.execute(insert(ITEM), row | {"source": "gone"})
        unit.connection.execute(table_of(WorkListRow).update().values(made_with="以前的程序"))
        unit.commit()

    assert len(work.worklist.today().items) == 1


def test_a_source_may_not_speak_of_others_than_asked(work, household):
    with work.begin() as unit:
        items = [("visits", item) for item in unit.due.shown(TODAY)]

        with pytest.raises(ValueError, match="others than asked"):
            unit.due.replace(["visits"], ["somebody else"], items)


def test_a_call_does_not_stand_for_going_there(work, household):
    sent(work, dahua_entry())
    visited(work, household, met=Met.PHONE)

    (item,) = seen(work)

    assert "不算上门" in item.why
    visited(work, household)
    assert work.worklist.today().items == ()


def test_a_visit_by_video_is_kept_as_one_and_does_not_stand_for_going_there(work, household):
    sent(work, dahua_entry())

    kept = work.visits.get(visited(work, household, channel=Channel.VIDEO))

    assert kept.channel is Channel.VIDEO
    assert "上次是视频，不算上门" in seen(work)[0].why


def test_where_the_pack_allows_a_call_it_counts_until_the_quarter_ends(work, household):
    visited(work, household)
    work.clock.advance(days=30)
    assert [item.kind for item in seen(work)] == [WorkKind.VISIT]

    visited(work, household, met=Met.PHONE)

    assert work.clock.today() == date(2026, 4, 1)
    (row,) = rows(work)
    assert (row["appears_on"], row["due_on"]) == (date(2026, 5, 1), date(2026, 5, 31))


def test_whoever_was_short_of_food_is_seen_every_week(work, household):
    visited(work, household, supplies=Supplies.SHORT)

    (row,) = rows(work)

    assert (row["appears_on"], row["due_on"]) == (date(2026, 3, 9), date(2026, 3, 15))
    work.clock.advance(days=7)
    assert "上次米面不够" in seen(work)[0].why


def dahua_entry():
    pack = Policies().load("dahua")
    body = {
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(pack).decode(),
        "published_at": instant_text(NOON - timedelta(days=1)),
    }
    return Entry("upsert", "policy_pack", "p-dahua", "p-dahua", 1, body)


class NoPolicies(Policies):
    """Whoever asks for a pack or a calendar is told off."""

    def load(self, pack_id: str, *, at: str = "pack"):
        raise AssertionError(f"{pack_id} was read, for {at}")

    def calendar(self):
        raise AssertionError("a calendar was read")


def test_opening_the_page_reads_no_pack_and_no_calendar(work, household):
    paid(work, household)
    before = work.worklist.today()

    again = replace(work.worklist, rules=GroundRules(NoPolicies(), work.clock)).today()

    assert again == before
