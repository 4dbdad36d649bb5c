"""The page of applications, by keys: the list, one application, what is signed and promised."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import MaterialState, Proxy
from app.ui.applications.keys import Jump, Start
from app.ui.applications.table import Part
from tests.application_page import Page
from tests.filing import TOLD
from tests.work_pages import LI, ZHAO, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


def test_the_list_names_who_where_and_the_next_thing(page: Page):
    (row,) = page.view.list.rows.rows()

    assert [cell.text for cell in row.cells][:3] == ["赵大山", "三组12号", "草稿"]
    assert "补齐签字和资料" in row.cells[4].text
    assert "还差 4 样" in row.cells[4].text


def test_below_the_list_stands_by_which_rule_its_day_is_that_day(page: Page):
    waiting = page.view.rule.text()
    page.sign().take(E.SUBMIT).take(E.ACCEPT, **TOLD)

    page.screen.presenter.open(None)
    page.room.settle()

    assert waiting == "回车打开一份。"
    assert page.view.rule.text().startswith("审核确认期限：2026年")
    assert "个工作日内作出决定，" in page.view.rule.text()
    assert "民发〔2021〕57号" in page.view.rule.text()


def test_in_a_narrow_window_that_line_begins_with_the_whole_next_step(page: Page):
    page.view.fit(low=True, narrow=True)
    narrow = page.view.rule.text()
    page.view.fit(low=False, narrow=False)

    (row,) = page.view.list.rows.rows()
    assert narrow == f"下一步：{row.cells[4].text}　回车打开一份。"
    assert page.view.rule.text() == "回车打开一份。"


def test_enter_opens_one_and_the_way_back_leads_to_the_list(page: Page):
    page.press("Return")

    assert page.view.title.text() == "赵大山的申请"
    assert page.view.table.hasFocus()
    page.press("Ctrl+B")
    assert page.view.list.isVisible()


def test_a_household_opens_its_newest_application(page: Page):
    page.screen.presenter.open(ZHAO)
    page.room.settle()

    assert page.view.title.text() == "赵大山的申请"


def test_a_household_without_one_is_told_so(page: Page):
    page.screen.presenter.open(LI)
    page.room.settle()

    assert "还没有申请" in page.view.said.headline.text()
    assert page.view.list.isVisible()


def test_everybody_signed_is_two_keys_and_then_it_is_handed_in(page: Page):
    page.open().go_to(Start("sign_all"))
    page.press("Return", "Ctrl+Return")
    assert all(one.holds for one in page.now.signatures)

    page.event(E.SUBMIT).press("Ctrl+Return")

    assert page.now.application.status is S.SUBMITTED
    assert "已提交" in page.view.said.headline.text()


def test_what_the_township_said_is_asked_for_at_its_field(page: Page):
    page.sign().take(E.SUBMIT).open().event(E.ACCEPT)
    page.press("Ctrl+Return")
    assert page.field("told_by").hasFocus()
    assert page.now.application.status is S.SUBMITTED

    page.compose("韦主任").press("Return").compose("练民受〔2026〕12号").press("Ctrl+Return")

    step = page.now.steps[-1]
    assert (step.told_by, step.paper_no) == ("韦主任", "练民受〔2026〕12号")
    assert page.now.clocks[0].deadline.due_on is not None
    assert "审核确认期限" in page.view.clocks.text()


def test_what_was_typed_is_there_after_it_was_put_aside(page: Page):
    page.sign().take(E.SUBMIT).open().event(E.ACCEPT)
    page.field("told_by").setFocus()
    page.compose("韦主任").press("Return")

    page.view.form.leave.click()
    page.room.settle()
    page.event(E.ACCEPT)

    assert page.field("told_by").text() == "韦主任"


def test_what_is_missing_leads_to_where_it_is_mended(page: Page):
    page.open()
    page.view.parts.setFocus()
    page.press("2")
    rows = page.view.table.rows.rows()
    needed = [row for row in rows if row.cells[1].text == "提交前要有"]
    assert page.view.parts.buttons[1].text() == f"2 还缺 {len(needed)}"
    assert 0 < len(needed) < len(rows)
    jump = next(row.key for row in rows if isinstance(row.key, Jump))

    page.go_to(jump).press("Return")

    assert page.room.went[-1] == (jump.page, jump.target)
    assert jump.target.startswith(ZHAO)
    page.go_to(next(row.key for row in rows if getattr(row.key, "what", "") == "signatures"))
    page.press("Return")
    assert page.view.parts.value() is Part.SIGNED


def test_a_paper_that_holds_is_taken_back_with_a_reason(page: Page):
    page.sign().open()
    page.screen.presenter.choose_part(Part.SIGNED)
    page.go_to(Start("signature", 0)).press("Return")
    page.press("Ctrl+Return")
    assert page.field("note").hasFocus()

    page.compose("不想查了").press("Ctrl+Return")

    assert page.now.signatures[0].paper.revoke_reason == "不想查了"
    assert not page.now.signatures[0].holds


def test_a_promise_takes_the_place_of_a_paper(page: Page):
    page.open()
    page.screen.presenter.choose_part(Part.MATERIALS)
    page.go_to(Start("material", 0)).press("Return")
    page.field("state").setFocus()
    page.press("3")
    page.field("replaces").setFocus()
    page.compose("户口本原件").press("Ctrl+Return")

    settled = page.now.materials[0]
    assert (settled.state, settled.replaces) == (MaterialState.PROMISED, "户口本原件")


def test_relatives_among_the_staff_are_asked_and_kept(page: Page):
    page.open().go_to(Start("relatives")).press("Return")
    page.press("Ctrl+Return")
    assert page.field("has").hasFocus()

    page.press("1")
    page.field("signed").setFocus()
    page.press("1", "Ctrl+Return")

    assert (page.now.relative.has_relative, page.now.relative.is_signed) == (False, True)


def test_a_proxy_is_named(page: Page):
    page.open().go_to(Start("proxy")).press("Return")
    page.field("filed_by").setFocus()
    page.press("2").compose("李建国").press("Ctrl+Return")

    proxy = page.now.application.proxy
    assert (proxy.filed_by.value, proxy.name) == ("proxy", "李建国")
    assert isinstance(proxy, Proxy)


def test_the_number_of_who_files_is_kept_and_not_shown_again(page: Page):
    page.open().go_to(Start("proxy")).press("Return")
    page.field("filed_by").setFocus()
    page.press("2").compose("李建国")
    page.field("id_number").setFocus()
    page.compose("459901196003090019").press("Ctrl+Return")
    assert page.now.application.proxy.id_number == "459901196003090019"

    page.go_to(Start("proxy")).press("Return")
    field = page.field("id_number")
    assert field.text() == ""
    assert "0019" in field.placeholderText()
    assert "1960" not in field.placeholderText()

    page.press("Ctrl+Return")
    assert page.now.application.proxy.id_number == "459901196003090019"
