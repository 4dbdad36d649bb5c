"""The page of applications, by keys: notices, reviews, what was sent back, and the page itself."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.services.household_corrections import Correction
from app.ui.applications.keys import Jump, Start
from app.ui.applications.screen import build_applications_screen
from app.ui.applications.table import Part
from app.ui.nouns import Noun
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.application_page import Page, desk_of
from tests.filing import TOLD
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_named,
    assert_unclipped,
    strange_words,
    texts,
)
from tests.work_pages import ZHAO, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


def test_a_notice_says_where_it_hangs_and_who_saw_it(page: Page):
    page.sign().take(E.SUBMIT).take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    page.take(E.INVESTIGATED, investigators=("甲", "乙")).open().event(E.POST)
    page.field("places").setFocus()
    page.press("2", "Return")
    page.compose("覃大山").press("Return").compose("韦小妹、侬阿公").press("Ctrl+Return")

    assert page.now.application.status is S.NOTICE_POSTED
    assert page.now.notices[0].witnesses == ("韦小妹", "侬阿公")
    page.screen.presenter.choose_part(Part.PUBLIC)
    assert "村务公开栏" in page.words


def test_a_review_is_typed_as_it_was_held(page: Page):
    page.sign().take(E.SUBMIT).take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    page.take(E.INVESTIGATED, investigators=("甲", "乙")).take(E.NEED_REVIEW)
    page.open().event(E.REVIEWED)
    names = "、".join(f"代表{one}" for one in "一二三四五六七八九")
    for key, words in (
        ("place", "村部"), ("chair", "覃大山"), ("recorder", "韦小妹"),
        ("attendance", f"村民代表 {names}、张三（回避）"),
    ):  # fmt: skip
        page.field(key).setFocus()
        page.compose(words)
    for key, count in (("expected", "12"), ("agree", "8"), ("against", "1"), ("abstain", "0")):
        page.field(key).setFocus()
        page.type(count)
    page.press("Ctrl+Return")

    review = page.now.reviews[0]
    assert (len(review.attendance), review.voters, review.passed) == (10, 9, True)


def test_what_the_county_sent_back_is_mended_at_its_field_and_answered(page: Page):
    page.sign().take(E.SUBMIT)
    comment = {"entity": "household", "entity_id": ZHAO, "column": "bank_account", "text": "少一位"}
    page.county_says(status="returned", decision_note="有一处要改", return_comments=[comment])
    page.open()
    assert "县里说：有一处要改" in page.view.returned.text()
    page.screen.presenter.choose_part(Part.LACKS)
    place = f"{ZHAO}@household:{ZHAO}:bank_account"
    page.go_to(Jump("facts", place, 0)).press("Return")
    assert page.room.went[-1] == ("facts", place)

    page.screen.presenter.choose_part(Part.DO)
    page.event(E.RESUBMIT).press("Ctrl+Return")
    answer = page.field(f"answer:household:{ZHAO}:bank_account")
    assert answer.hasFocus()
    page.compose("已改").press("Ctrl+Return")

    assert page.now.application.status is S.SUBMITTED


def test_what_the_county_sent_back_is_seen_first_and_counted_once(page: Page):
    page.sign().take(E.SUBMIT)
    comment = {"entity": "household", "entity_id": ZHAO, "column": "bank_account", "text": "没填"}
    page.county_says(status="returned", return_comments=[comment])

    page.open()

    assert page.view.parts.value() is Part.LACKS
    assert page.view.parts.buttons[1].text() == "2 还缺 1"
    assert page.view.table.current_key() == Jump(
        "facts", f"{ZHAO}@household:{ZHAO}:bank_account", 0
    )
    said = [row.cells[0].text for row in page.view.table.rows.rows()]
    assert said.count("银行卡号：没填") == 1
    assert "银行卡号" not in said
    page.press("Ctrl+B")
    (row,) = page.view.list.rows.rows()
    assert row.cells[4].text.endswith("，还差 1 样")


def test_once_all_of_it_is_mended_the_next_step_comes_first_with_its_answer(page: Page):
    page.sign().take(E.SUBMIT)
    comment = {"entity": "household", "entity_id": ZHAO, "column": "bank_account", "text": "没填"}
    page.county_says(status="returned", return_comments=[comment])
    change = Correction(household=ZHAO, fields={"bank_account": "6217001234567890123"})
    page.room.do(lambda: page.room.desk.corrections.correct(change))

    page.open()

    assert page.view.parts.value() is Part.DO
    page.screen.presenter.choose_part(Part.LACKS)
    assert page.view.table.rows.rows()[0].cells[2].text == "改过了，按回车再看"
    page.screen.presenter.choose_part(Part.DO)
    page.event(E.RESUBMIT)
    assert page.field(f"answer:household:{ZHAO}:bank_account").text() == "已改"
    page.press("Ctrl+Return")
    assert page.now.application.status is S.SUBMITTED


def test_of_what_the_county_decided_nothing_is_missing(page: Page):
    page.sign().take(E.SUBMIT)
    page.county_says(status="confirmed")

    page.open()

    assert page.view.parts.buttons[1].text() == "2 还缺"
    assert page.now.lacks == ()


def test_what_was_decided_offers_nothing_to_change(page: Page):
    page.sign().take(E.SUBMIT)
    page.county_says(status="refused", decision_note="超标准")
    page.open()

    started = {row.key.what for row in page.view.table.rows.rows() if isinstance(row.key, Start)}
    assert {one.event for one in page.now.actions} == {E.TELL}
    assert "proxy" not in started


def test_the_keys_are_always_somewhere(page: Page):
    assert page.view.list.hasFocus()
    page.view.stages.setFocus()
    page.press("3")
    assert page.view.nothing.isVisible()
    page.screen.presenter.open(None)
    page.room.settle()
    assert page.view.stages.hasFocus()
    page.open()
    page.view.setFocus()
    page.screen.presenter.open(page.id)
    page.room.settle()
    assert page.view.table.hasFocus()


def test_a_deed_half_filled_in_is_gone_on_with_when_the_page_comes_back(page: Page):
    page.open().event(E.WITHDRAW)
    page.view.setFocus()

    page.screen.presenter.open(None)
    page.room.settle()

    assert page.field("happened_on").hasFocus()


def test_another_page_s_news_do_not_take_a_deed_away(page: Page):
    page.sign().take(E.SUBMIT).open().event(E.ACCEPT)

    page.room.changes.announce(frozenset({Noun.APPLICATION}))
    page.room.settle()

    assert page.view.form.isVisible()


def test_the_words_and_names_of_the_page_are_hers(page: Page):
    page.open()
    number = page.now.application.document_no
    for part in Part:
        page.screen.presenter.choose_part(part)
        assert_named(page.view)
        assert [t for t in texts(page.view) if strange_words(t.replace(number, ""))] == []
    page.screen.presenter.choose_part(Part.DO)
    page.event(E.WITHDRAW)
    assert_named(page.view)
    assert_chinese(page.view.form)


@pytest.mark.parametrize("size", list(TypeSize))
def test_nothing_is_cut_off_on_a_small_screen(page: Page, look: Look, size: TypeSize):
    look.wear(size=size, dark=False)
    page.view.resize(900, 480)
    page.open()
    page.room.settle()

    assert_unclipped(page.view)
    assert_inside(page.view)

    page.sign().take(E.SUBMIT).take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    page.take(E.INVESTIGATED, investigators=("甲", "乙")).open().event(E.POST)
    page.press("Ctrl+Return")
    assert_inside(page.view)
    form = page.view.form
    assert page.view.rect().contains(form.done.mapTo(page.view, form.done.rect().bottomRight()))


def test_a_dropped_page_is_freed_at_once(room: Room):
    assert_freed(lambda: build_applications_screen(desk_of(room), room.bench))
