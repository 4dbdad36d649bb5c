"""The page of applications, by keys: the list, one application, a deed, and what was sent back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import MaterialState, Proxy
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.services.application_signatures import Sign
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.keys import Jump, Start
from app.ui.applications.screen import build_applications_screen
from app.ui.applications.table import Part
from app.ui.nouns import Noun
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.filing import TOLD
from tests.hands import Hands
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_named,
    assert_unclipped,
    strange_words,
    texts,
)
from tests.work_pages import LI, ZHAO, Room


class Page:
    """The page in front with one draft, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.id = room.do(lambda: self.filed(ZHAO))
        self.screen = build_applications_screen(desk_of(room), room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def filed(self, household):
        return self.room.desk.applications.file(
            FileApplication(household=household, assessment=None)
        ).id

    @property
    def view(self):
        return self.screen.view

    @property
    def now(self):
        return self.room.do(lambda: self.room.desk.application_files.get(self.id))

    def press(self, *chords: str) -> Page:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> Page:
        self.hands.type(letters)
        self.room.settle()
        return self

    def compose(self, words: str) -> Page:
        self.hands.compose(words)
        self.room.settle()
        return self

    def take(self, event: E, **said) -> Page:
        step = TakeStep(
            application=self.id, event=event, happened_on=self.room.clock.today(), **said
        )
        self.room.do(lambda: self.room.desk.application_steps.take(step))
        return self

    def sign(self) -> Page:
        request = Sign(application=self.id, signed_on=self.room.clock.today())
        self.room.do(lambda: self.room.desk.application_signatures.sign(request))
        return self

    def open(self) -> Page:
        self.screen.presenter.open(self.id)
        self.room.settle()
        return self

    def go_to(self, wanted: object) -> Page:
        """The row whose key is `wanted`, chosen; Enter is left to the test."""
        rows = self.view.table.rows.rows()
        self.view.table.selectRow([row.key for row in rows].index(wanted))
        self.view.table.setFocus()
        return self

    def event(self, event: E) -> Page:
        at = [one.event for one in self.now.actions].index(event)
        return self.go_to(Start("event", at)).press("Return")

    def field(self, key: str) -> QWidget:
        return self.view.form.fields[key]

    def county_says(self, **fields) -> None:
        table = table_of(ApplicationRow)

        def write(work):
            work.connection.execute(update(table).where(table.c.id == self.id).values(**fields))
            work.commit()

        self.room.ask(write)

    @property
    def words(self) -> str:
        return "\n".join(texts(self.view))


def desk_of(room: Room) -> ApplicationDesk:
    desk = room.desk
    return ApplicationDesk(
        files=desk.application_files,
        applications=desk.applications,
        steps=desk.application_steps,
        materials=desk.application_materials,
        signatures=desk.application_signatures,
        publicity=desk.application_publicity,
        drafts=desk.drafts,
    )


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


def test_the_list_names_who_where_and_the_next_thing(page: Page):
    (row,) = page.view.list.rows.rows()

    assert [cell.text for cell in row.cells][:3] == ["赵大山", "三组12号", "草稿"]
    assert "补齐签字和资料" in row.cells[4].text
    assert "还差 4 样" in row.cells[4].text


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
    assert page.view.parts.buttons[1].text() == f"2 还缺 {len(rows)}"
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
