"""What applications owe, in today's list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.casework import WorkKind as W
from app.domain.procedure import MaterialCode, MaterialState
from app.services.application_materials import SettleMaterial
from app.services.due_procedure import procedure_due
from tests.cases import layered, value_toml
from tests.filing import TOLD, Filing
from tests.published import publish

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def due(filing):
    with filing.work.begin() as unit:
        rows = procedure_due(unit, filing.work.rules, filing.household.id)
        return {row.kind: row for row in rows}


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

    row = due(filing)[W.NOTICE_END]

    assert row.appears_on == row.due_on == filing.today + 8 * DAY


def test_a_refusal_is_brought_to_the_household_in_three_working_days(filing):
    filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超标准")

    row = due(filing)[W.REFUSAL_NOTICE]

    assert (row.why, row.due_on) == ("超标准", date(2026, 3, 13))
    filing.take(E.TELL)
    assert due(filing) == {}


@pytest.mark.parametrize("event", [E.WITHDRAW, E.DEATH])
def test_what_is_over_owes_nothing(filing, event):
    filing.accepted().take(event, note="不办了")

    assert due(filing) == {}


def test_what_is_with_the_county_owes_nothing_here(filing):
    filing.sent()

    assert due(filing) == {}


def test_the_list_itself_shows_the_row_with_its_page(filing):
    filing.accepted()

    item = next(i for i in filing.work.worklist.today().items if i.kind is W.APPLICATION)

    assert (item.page, item.target) == ("applications", filing.id)
