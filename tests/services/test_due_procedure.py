"""What applications owe, in today's list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.domain.application_events import ApplicationEvent as E
from app.domain.caring import WatchCause
from app.domain.casework import ApplicationStatus as S
from app.domain.day_round import DayRound
from app.domain.households import Category
from app.domain.problem import Refused
from app.domain.procedure import MaterialCode, MaterialState
from app.domain.today import WorkKind as W
from app.domain.watch_states import WatchEvent
from app.models.base import table_of
from app.models.people import HouseholdMemberRow, HouseholdRow
from app.services.application_materials import SettleMaterial
from app.services.caring_steps import CaringFacts
from app.services.day_papers import sheet_of
from app.services.due_procedure import procedure_due
from app.services.watchlist import NewWatch, Watchlist
from tests.cases import layered, value_toml
from tests.filing import TOLD, TWO, Filing
from tests.published import publish

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def due(filing):
    with filing.work.begin() as unit:
        rows = procedure_due(unit, filing.work.rules, filing.household.id)
        return {row.kind: row for row in rows}


def listed(filing):
    """What today's list shows of the household's application, but for the notice of a grant."""
    rows = [i for i in filing.work.worklist.everything() if i.entity_id == filing.id]
    return [row for row in rows if row.kind is not W.NOTICE_TO_POST]


def test_a_draft_waits_for_its_signatures_and_leads_to_its_page(filing):
    row = due(filing)[W.SIGNATURE]

    assert (row.why, row.page, row.target) == ("还有 4 份没签", "applications", filing.id)
    assert (row.who, row.due_on) == ("覃兰英", None)
    filing.sign()
    assert W.SIGNATURE not in due(filing)


def test_a_paper_taken_back_is_missing_again(filing):
    filing.sign()
    filing.work.signatures.revoke(filing.whole.signatures[0].paper.id, filing.today, "不想查了")

    assert due(filing)[W.SIGNATURE].why == "还有 1 份没签"


def test_an_authorisation_is_told_of_a_month_before_it_ends(filing):
    last = filing.today + 100 * DAY
    filing.sign(valid_to=last)

    row = due(filing)[W.AUTHORISATION_ENDS]

    assert (row.appears_on, row.due_on) == (last - 30 * DAY, last)


def test_the_clock_of_the_office_stands_in_the_list_with_its_rule(filing):
    filing.accepted()

    row = due(filing)[W.APPLICATION]

    assert row.due_on == date(2026, 4, 14)
    assert "30 个工作日" in row.rule
    assert row.action == "等核对，先约入户调查"


def test_while_material_is_awaited_only_the_material_is_to_do(filing):
    filing.accepted().take(E.NEED_MATERIAL, materials=("离婚证", "费用单"), **TOLD)

    rows = due(filing)

    assert W.APPLICATION not in rows
    assert rows[W.MATERIAL].why == "还缺：离婚证、费用单"
    for name in ("离婚证", "费用单"):
        filing.work.materials.settle(
            SettleMaterial(
                application=filing.id, code=MaterialCode.ASKED, person=None, name=name,
                state=MaterialState.RECEIVED, day=filing.today,
            )
        )  # fmt: skip
    filing.take(E.MATERIAL_IN)
    assert W.MATERIAL not in due(filing)
    assert W.APPLICATION in due(filing)


def test_nothing_goes_up_while_material_is_awaited(filing):
    filing.posted().take(E.NEED_MATERIAL, materials=("离婚证",), **TOLD)
    filing.work.clock.advance(days=8)

    rows = due(filing)
    with pytest.raises(Refused) as refused:
        filing.take(E.NOTICE_CLEAN)

    assert (W.NOTICE_END in rows, W.MATERIAL in rows) == (False, True)
    assert E.NOTICE_CLEAN not in filing.events()
    assert refused.value.code == "A-45"


def test_a_clock_without_a_time_has_no_day_and_says_so(filing):
    publish(
        filing.work,
        layered(value_toml("accept_clock_workdays", 'county_must_supply = true\nunit = "工作日"')),
    )
    filing.accepted()

    row = due(filing)[W.APPLICATION]

    assert row.due_on is None
    assert "县里还没给期限" in row.rule


def test_a_notice_comes_up_the_day_after_it_was_full(filing):
    filing.posted()

    rows = due(filing)
    full, waits = rows[W.NOTICE_END], rows[W.APPLICATION]

    last = filing.today + 7 * DAY
    assert (full.appears_on, waits.until) == (last + DAY, last)
    assert full.why == f"公示贴到{last.month}月{last.day}日，满了"
    assert full.due_on == waits.due_on > last + DAY  # nothing is late but the office's own time
    assert waits.rule in full.rule


def test_a_full_notice_with_an_authorisation_that_will_have_ended_asks_for_it_first(filing):
    filing.sign(valid_to=filing.today + 7 * DAY).take(E.SUBMIT).take(E.ACCEPT, **TOLD)
    filing.take(E.CHECK_REPORT, **TOLD).take(E.INVESTIGATED, investigators=TWO).post()
    before = due(filing)[W.NOTICE_END].action

    filing.sign()

    assert before == "先请他们重签核对授权书，再报上去"
    assert due(filing)[W.NOTICE_END].action == "没人提意见就报上去"


@pytest.mark.parametrize("status", [S.REFUSED, S.WATCHLISTED])
def test_a_refusal_is_brought_to_the_household_in_three_working_days(filing, status):
    """Also where the county keeps the household in view since."""
    filing.sent().county_says(status, decided_on=filing.today, decision_note="超标准")

    row = due(filing)[W.REFUSAL_NOTICE]

    assert (row.why, row.due_on) == ("超标准", date(2026, 3, 13))
    filing.take(E.TELL)
    assert W.REFUSAL_NOTICE not in due(filing)


def test_a_refused_household_kept_in_view_gets_its_entry_of_the_watch_list(filing):
    work, home = filing.work, filing.household.id
    filing.sent().county_says(S.WATCHLISTED, decided_on=filing.today, decision_note="超标准")
    filing.take(E.TELL)

    row = due(filing)[W.WATCH]
    assert (row.why, row.action) == ("县里转了备案关注", "按备案户关注，记进备案监测")
    assert (row.page, row.target) == ("caring", home)
    assert [one.kind for one in listed(filing)] == [W.WATCH]

    cause = WatchCause.DIFFICULTIES
    Watchlist(work.begin, work.clock).notice(
        NewWatch(household=home, cause=cause, note="超了一点", noticed_on=filing.today)
    )
    assert due(filing) == {}
    assert listed(filing) == []
    assert work.worklist.check() == []


def test_an_entry_in_hand_serves_for_what_the_county_keeps_in_view(filing):
    """Begun before the county said so, and not over: another cannot be begun beside it."""
    Watchlist(filing.work.begin, filing.work.clock).notice(
        NewWatch(
            household=filing.household.id, cause=WatchCause.BETWEEN_LINES, note="超了一点",
            noticed_on=filing.today - 10 * DAY,
        )
    )  # fmt: skip
    filing.sent().county_says(S.WATCHLISTED, decided_on=filing.today, decision_note="超标准")
    filing.take(E.TELL)

    assert due(filing) == {}


@pytest.mark.parametrize(("days", "kinds"), [(-10, [W.WATCH]), (0, [])])
def test_an_entry_that_is_over_serves_where_it_was_begun_since_the_answer(filing, days, kinds):
    book = Watchlist(filing.work.begin, filing.work.clock)
    filing.sent().county_says(S.WATCHLISTED, decided_on=filing.today, decision_note="超标准")
    filing.take(E.TELL)
    on = filing.today + days * DAY
    cause, home = WatchCause.DIFFICULTIES, filing.household.id
    entry = book.notice(NewWatch(household=home, cause=cause, note="超了", noticed_on=on))

    book.step(entry, WatchEvent.DISMISS, CaringFacts(happened_on=filing.today, note="好转了"))

    assert list(due(filing)) == kinds


def test_who_was_granted_something_before_was_not_refused(filing):
    """By an older county: this one keeps in view only whom it refused."""
    granted = {"decided_on": filing.today, "decided_category": Category.MARGINAL}
    filing.sent().county_says(S.WATCHLISTED, **granted)

    assert list(due(filing)) == [W.DECIDED]


def test_nobody_is_kept_in_view_where_nobody_is_left(filing):
    filing.sent().county_says(S.WATCHLISTED, decided_on=filing.today, decision_note="超标准")
    filing.take(E.TELL)

    with filing.work.begin() as unit:
        unit.connection.execute(update(table_of(HouseholdRow)).values(ended_on=filing.today))
        unit.commit()

    assert due(filing) == {}


def test_a_refusal_that_was_told_owes_nothing(filing):
    filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超标准")
    filing.take(E.TELL)

    assert due(filing) == {}


@pytest.mark.parametrize("event", [E.WITHDRAW, E.DEATH])
def test_what_is_over_owes_nothing(filing, event):
    filing.accepted().take(event, note="不办了")

    assert due(filing) == {}


def test_what_is_with_the_county_owes_nothing_until_its_day_is_over(filing):
    filing.sent()
    work = filing.work

    row = due(filing)[W.WITH_COUNTY]

    assert (row.appears_on, row.due_on) == (date(2026, 4, 15), date(2026, 4, 14))
    assert "30 个工作日" in row.rule
    assert listed(filing) == []
    work.clock.advance(days=(date(2026, 4, 15) - filing.today).days)
    (late,) = listed(filing)
    assert (late.kind, late.overdue, late.action) == (
        W.WITH_COUNTY, True, "打电话问县里批了没有",
    )  # fmt: skip


def test_what_is_no_longer_as_it_was_sent_up_is_told_at_once(filing):
    filing.sent()
    person = filing.household.members[0].person.id
    with filing.work.begin() as unit:
        unit.change(
            kind="person.changed", entity="person", entity_id=person,
            subject=filing.household.id, fields={"illness": "尿毒症"},
        )  # fmt: skip
        unit.commit()

    (row,) = listed(filing)

    assert (row.kind, row.why) == (W.WITH_COUNTY, "报上去以后，家里的情况改过：需重新审批")
    assert row.action.startswith("告诉镇里")


def test_a_county_without_a_time_is_asked_all_the_same(filing):
    publish(
        filing.work,
        layered(value_toml("accept_clock_workdays", 'county_must_supply = true\nunit = "工作日"')),
    )
    filing.sent()

    (row,) = listed(filing)

    assert (row.kind, row.due_text) == (W.WITH_COUNTY, "县里还没给期限")


def test_a_draft_that_is_whole_asks_to_be_handed_in_and_one_that_is_not_for_what_lacks(filing):
    unsigned = listed(filing)
    filing.sign()
    ready = listed(filing)
    filing.submitted()

    assert [one.kind for one in unsigned] == [W.SIGNATURE]
    assert [(one.kind, one.why, one.due_text) for one in ready] == [
        (W.SUBMISSION, "写好了，还没提交", "早点提交")
    ]
    assert W.SUBMISSION not in due(filing)


def test_a_draft_without_an_address_says_so(filing):
    home = table_of(HouseholdRow)
    filing.sign()
    with filing.work.begin() as unit:
        unit.connection.execute(update(home).values(address="", group_name="", door=""))
        unit.commit()

    assert due(filing)[W.SUBMISSION].why == "还差：家庭住址"


def test_what_was_handed_in_waits_for_its_acceptance_in_the_list(filing):
    filing.submitted()
    waiting = listed(filing)
    filing.take(E.ACCEPT, **TOLD)

    assert [(one.kind, one.action, one.due_text) for one in waiting] == [
        (W.ACCEPTANCE, "问镇里受理没有", "早点问")
    ]
    assert W.ACCEPTANCE not in due(filing)


def test_where_the_village_accepts_it_is_told_to_do_so(filing):
    publish(filing.work, layered(value_toml("acceptance_level", 'value = "village_by_delegation"')))
    filing.submitted()

    assert due(filing)[W.ACCEPTANCE].action == "材料齐了，就记受理"


@pytest.mark.parametrize("accepted", [False, True])
def test_when_all_pieces_are_in_saying_so_is_what_is_left(filing, accepted):
    (filing.accepted if accepted else filing.submitted)()
    filing.take(E.NEED_MATERIAL, materials=("离婚证",), due_on=filing.today + DAY, **TOLD)
    missing = listed(filing)
    filing.work.materials.settle(
        SettleMaterial(
            application=filing.id, code=MaterialCode.ASKED, person=None, name="离婚证",
            state=MaterialState.RECEIVED, day=filing.today,
        )
    )  # fmt: skip
    arrived = listed(filing)
    filing.take(E.MATERIAL_IN)

    assert [(one.kind, one.due_on) for one in missing] == [(W.MATERIAL, filing.today + DAY)]
    assert missing[0].rule == f"一次性告知时说好的日子 {TOLD['paper_no']}"
    assert [(one.kind, one.why) for one in arrived] == [(W.MATERIAL, "要补的都到了")]
    assert W.MATERIAL not in due(filing)


def test_what_was_not_accepted_stays_until_the_household_is_told(filing):
    filing.submitted().take(E.NOT_ACCEPT, note="户口不在本镇", **TOLD)
    filing.work.clock.advance(days=200)
    untold = listed(filing)
    filing.take(E.TELL)

    assert [(one.kind, one.why) for one in untold] == [(W.NOT_ACCEPTED, "户口不在本镇")]
    assert listed(filing) == []


@pytest.mark.parametrize("status", [S.CONFIRMED, S.PUBLISHED])
def test_what_the_county_granted_stays_until_the_household_is_told(filing, status):
    filing.sent().county_says(status, decided_on=filing.today)
    filing.work.clock.advance(days=200)
    filing.work.worklist.forget()
    untold = listed(filing)
    filing.take(E.TELL)

    assert [(one.kind, one.page, one.target) for one in untold] == [
        (W.DECIDED, "applications", filing.id)
    ]
    assert listed(filing) == []


def test_where_nobody_is_left_nobody_is_told(filing):
    filing.sent().county_says(S.CONFIRMED, decided_on=filing.today)
    home = table_of(HouseholdRow)
    with filing.work.begin() as unit:
        unit.connection.execute(update(home).values(ended_on=filing.today))
        unit.commit()
    gone = due(filing)
    with filing.work.begin() as unit:
        unit.connection.execute(update(home).values(successor_id=filing.household.id))
        unit.commit()

    assert gone == {}
    assert W.DECIDED in due(filing)


def test_what_came_back_is_one_row_with_the_clock_that_goes_on(filing):
    filing.sent().county_says(S.RETURNED, decision_note="银行卡号少一位")
    filing.work.worklist.forget()

    (row,) = listed(filing)

    assert (row.kind, row.why, row.action) == (
        W.RETURNED, "银行卡号少一位", "照县里的意见改好再报",
    )  # fmt: skip
    assert row.due_on == date(2026, 4, 14)


def test_what_came_back_and_has_no_applicant_any_more_asks_for_one_first(filing):
    applicant = filing.sent().county_says(S.RETURNED, decision_note="卡号少一位").now.applicant
    leave(filing, applicant)

    (row,) = due(filing).values()

    assert (row.why, row.action) == (
        "卡号少一位；申请人不在这户了", "先换一个申请人，再照意见改",
    )  # fmt: skip


def leave(filing, person):
    """Somebody belongs to the household no more."""
    member = table_of(HouseholdMemberRow)
    with filing.work.begin() as unit:
        unit.connection.execute(
            update(member).where(member.c.person_id == person).values(is_removed=True)
        )
        unit.commit()


def test_every_open_application_has_one_row_and_no_more(filing):
    """An authorisation that ends soon, papers unsigned, a notice over: still one next thing."""
    filing.sign(valid_to=filing.today + 20 * DAY)
    seen = {}

    def look():
        filing.work.worklist.forget()
        rows = listed(filing)
        assert len(rows) == 1, rows
        seen[filing.status] = rows[0].kind

    look()
    filing.take(E.SUBMIT)
    look()
    filing.take(E.ACCEPT, **TOLD)
    look()
    filing.take(E.SEND_CHECK, **TOLD)
    look()
    filing.take(E.CHECK_REPORT, **TOLD)
    look()
    filing.take(E.INVESTIGATED, investigators=TWO)
    look()
    filing.post()
    filing.work.clock.advance(days=8)
    look()
    filing.objected()
    look()

    assert seen[S.NOTICE_POSTED] is W.NOTICE_END
    assert len(seen) == 8


def test_the_sheet_of_the_day_names_what_to_sign_though_the_office_is_late(filing):
    work = filing.accepted().work
    work.signatures.revoke(filing.whole.signatures[0].paper.id, filing.today, "不想查了")
    work.clock.advance(days=60)

    with work.begin() as unit:
        sheet = sheet_of(unit, work.rules, DayRound(filing.today))

    assert [one.kind for one in listed(filing)] == [W.APPLICATION]
    assert W.SIGNATURE.label in [line.kind for line in sheet.lines]


def test_who_applied_has_gone_and_that_comes_before_all_else(filing):
    leave(filing, filing.accepted().now.applicant)

    rows = due(filing)

    assert [(row.kind, row.why) for row in rows.values()] == [(W.APPLICATION, "申请人不在这户了")]
    assert rows[W.APPLICATION].due_on == date(2026, 4, 14)


def test_the_list_itself_shows_the_row_with_its_page(filing):
    filing.accepted()

    item = next(i for i in filing.work.worklist.today().items if i.kind is W.APPLICATION)

    assert (item.page, item.target) == ("applications", filing.id)
