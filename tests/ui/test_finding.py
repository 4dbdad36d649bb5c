"""政策找人 on the screen: begun by itself, counted, stopped, and the way to whom it found."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Hukou, Labour, Student
from app.domain.problem import Refused
from app.domain.reassessment import Change
from app.rules.facts import Income
from app.services import reassessing
from app.services.desk import begin_in
from app.services.policies import Policies
from app.ui.finding.screen import build_finding_screen
from app.ui.finding.search import Search, SearchState
from app.ui.finding.table import PLACE
from app.ui.home.screen import build_home_screen
from app.ui.shell.page import PageScreen
from app.ui.theme.scale import TypeSize
from app.ui.widgets.layout import Scroll
from tests.cases import practice
from tests.hands import Hands
from tests.presenting import HeldRunner, QuietVillage, nothing
from tests.published import publish
from tests.screens import assert_chinese, assert_masked, assert_named, assert_unclipped, texts
from tests.work_pages import LI, WU, Room


def raised():
    """6,300 becomes 9,600 yuan a year, at once."""
    files = [(n, d.replace(b"value = 6300", b"value = 9600")) for n, d in practice().files]
    return Policies().parse(files)


class Village:
    """A room where 李桂芳's household was tested above the line, and a new standard came."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.qtbot = room, qtbot
        self.screens: list[PageScreen] = []
        room.do(self.test_li)
        room.do(self.publish)
        desk, bench = room.desk, room.bench
        self.search = Search(desk.reassessing, bench.store, bench.work, bench.changes.announce)

    def test_li(self) -> None:
        assessments = self.room.desk.assessments
        facts = assessments.start(LI)
        members = tuple(
            replace(
                one,
                hukou=Hukou.LOCAL,
                labour=Labour.ABLE,
                student=Student.NONE,
                disabled=False,
                serious_illness=False,
                receives=(),
            )
            for one in facts.household.members
        )
        wage = Income(
            member=members[1].id, kind=IncomeKind.WAGE, amount=Money.yuan(2200), per=Per.MONTH
        )
        known = {"incomes": (wage,), "expenses": (), "assets": (), "obligors": ()}
        known |= {"incomes_unasked": (), "expenses_unasked": ()}
        household = replace(facts.household, members=members, **known)
        assessments.save(LI, replace(facts, household=household))

    def publish(self) -> None:
        begin = begin_in(self.room.vault, self.room.clock)
        publish(SimpleNamespace(clock=self.room.clock, begin=begin), raised())

    def home(self):
        return self._shown(self.home_page())

    def home_page(self):
        desk = self.room.desk
        return build_home_screen(
            desk.worklist.today, desk.households.find, self.search, self.room.bench
        )

    def finding(self):
        return self._shown(
            build_finding_screen(self.room.desk.reassessing, self.search, self.room.bench)
        )

    def _shown(self, screen):
        self.qtbot.addWidget(screen.view)
        self.room.show(screen)
        self.screens.append(screen)  # a view alone would lose its presenter
        return screen


@pytest.fixture
def village(room: Room, qtbot: QtBot) -> Village:
    return Village(room, qtbot)


def test_a_new_standard_is_gone_through_by_itself_and_told_on_the_home_page(village: Village):
    view = village.home().view

    latest = village.room.do(village.room.desk.reassessing.latest)
    assert latest.is_finished
    assert latest.counts[Change.NEWLY_MEETS] == 1
    assert view.finding.isVisible()
    told = view.finding.bar.detail.text()
    assert "新标准后可能符合 1 户" in told
    assert told.endswith("。最后以乡镇审核确认为准。")  # as this county's pack has it
    assert_chinese(view)
    assert_named(view)


def test_the_strip_leads_to_the_list_and_stays_away_once_closed(village: Village):
    view = village.home().view

    Hands(view).click(view.finding.bar.action)
    Hands(view).click(view.finding.bar.close_button)
    village.search.look()
    village.room.settle()

    assert village.room.went == [("finding", None)]
    assert not view.finding.isVisible()


def test_the_list_says_who_comes_in_and_enter_leads_to_the_talk(village: Village):
    screen = village.finding()
    view, hands = screen.view, Hands(screen.view)

    first = view.table.rows.rows()[0]
    assert first.key == LI
    assert [cell.text for cell in first.cells[:3]] == ["新标准后可能符合", "李桂芳", "一组3号"]
    assert view.counts.text().endswith("。最后以乡镇审核确认为准。")
    assert first.cells[4].text.startswith("低保 ")
    view.table.setFocus()
    hands.press("Return")
    assert village.room.went == [("assessment", LI)]
    assert_chinese(view)
    assert_named(view)
    assert_masked(view)
    assert_unclipped(view)


def test_a_digit_shows_one_kind_at_a_time(village: Village):
    view = village.finding().view
    view.kinds.setFocus()

    Hands(view).type("3")
    village.room.settle()

    assert [row.key for row in view.table.rows.rows()] == []
    assert view.nobody.text() == "这一类没有。"
    assert view.hint_below.isHidden()  # nothing to press Enter on
    view.kinds.setFocus()
    Hands(view).type("5")
    village.room.settle()
    assert WU in [row.key for row in view.table.rows.rows()]


def test_stopped_by_hand_it_waits_to_be_asked_and_goes_on_where_it_was(
    village: Village, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reassessing, "CHUNK", 1)
    screen = village.finding()  # its own pass ends before it can be stopped
    village.room.settle()
    _stop_after_one(village, monkeypatch)
    view = screen.view
    said = view.stopped.headline.text()
    village.search.look()
    village.room.settle()
    waits = not village.search.state.is_running

    Hands(view).click(view.stopped.action)
    village.room.settle()

    assert said == "政策找人停在第 1 户，共 3 户。找到的都在，接着找就行。"
    assert waits
    assert village.room.do(village.room.desk.reassessing.latest).is_finished
    assert not view.stopped.isVisible()


def _stop_after_one(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin anew, and press 停下 while the first household is at hand."""
    reached, go_on = threading.Event(), threading.Event()
    keep = type(village.room.desk.reassessing)._keep

    def held(self, lines) -> None:
        keep(self, lines)
        reached.set()
        go_on.wait(20)

    monkeypatch.setattr(type(village.room.desk.reassessing), "_keep", held)
    village.search.begin(anew=True)
    assert reached.wait(20)
    village.search.stop()
    go_on.set()
    village.room.settle()
    monkeypatch.setattr(type(village.room.desk.reassessing), "_keep", keep)


def test_while_it_runs_every_page_counts(village: Village):
    home, finding = village.home().view, village.finding().view

    for view in (home.finding, finding):
        view.show_state(SearchState(is_running=True))
        view.show_state(SearchState(is_running=True, done=8, total=50))

    for view in (home.finding, finding):
        assert view.progress.isVisible()
        assert view.progress.words.text().endswith("8／50")
        assert view.progress.bar.value() == 8


def test_all_over_again_on_request(village: Village):
    view = village.finding().view
    before = village.room.do(village.room.desk.reassessing.latest)
    village.room.clock.advance(minutes=1)  # nobody asks again within the same millisecond

    Hands(view).click(view.anew)
    village.room.settle()

    assert village.room.do(village.room.desk.reassessing.latest).id != before.id


def test_before_any_new_standard_the_page_says_what_it_is_for(room: Room, qtbot: QtBot):
    bench = room.bench
    search = Search(room.desk.reassessing, bench.store, bench.work, bench.changes.announce)
    screen = build_finding_screen(room.desk.reassessing, search, bench)
    qtbot.addWidget(screen.view)

    room.show(screen)

    assert screen.view.nobody.text().startswith("县里换了新标准")
    assert screen.view.hint_below.isHidden()
    assert not screen.view.anew.isEnabled()
    assert not any("按“" in text for text in texts(screen.view))


class TroubledVillage(QuietVillage):
    """A county whose new pack cannot be read."""

    def is_due(self) -> bool:
        return True

    def run(self, **_how: object):
        raise Refused("政策包读不了。", do="请升级程序。", code="C-08")


def test_a_search_that_fails_says_so_and_does_not_begin_again_by_itself():
    store, work = HeldRunner(), HeldRunner()
    search = Search(TroubledVillage(), store, work, nothing)
    search.look()
    store.answer()
    work.answer()

    search.look()
    store.answer()

    assert work.held == []
    assert not search.state.is_running


def test_the_problem_is_shown_on_the_page(village: Village):
    view = village.finding().view

    view.show_state(SearchState(problem=Refused("政策包读不了。", do="请升级。", code="C-08")))

    assert view.problem.isVisible()


def test_it_does_not_run_twice_at_a_time():
    store, work = HeldRunner(), HeldRunner()
    search = Search(TroubledVillage(), store, work, nothing)

    search.begin()
    search.begin()
    search.look()

    assert (len(work.held), store.held) == (1, [])


def test_a_page_that_is_gone_is_no_longer_told():
    search = Search(QuietVillage(), HeldRunner(), HeldRunner(), nothing)

    heard: list[SearchState] = []

    class Page:
        def hear(self, state: SearchState) -> None:
            heard.append(state)

    page = Page()
    search.tell(page.hear)
    search.begin()
    del page
    search._moved(1, 2, "")

    assert len(heard) == 1


def test_where_something_is_still_to_be_asked_no_rung_is_said_to_fail(village: Village):
    rows = {row.key: row for row in village.finding().view.table.rows.rows()}

    cells = [cell.text for cell in rows[WU].cells]
    assert cells[3:5] == ["还看不出来", "还看不出来"]
    assert cells[5].count("；") == 1
    assert cells[5].endswith(" 样")
    assert rows[WU].spoken.count("；") > 1
    assert "等" not in rows[WU].spoken.rsplit("，", 1)[1]


def test_the_hint_below_the_list_stays_in_a_low_window_while_it_runs(village: Village):
    view = village.finding().view
    view.show_state(SearchState(is_running=True))
    view.show_state(SearchState(is_running=True, done=8, total=50))

    view.resize(982, 482)
    village.room.settle()

    assert view.height() == 482
    assert not view.counts.isVisible()
    assert_unclipped(view)
    view.show_state(SearchState())
    assert view.counts.isVisible()


def test_in_large_letters_on_a_low_page_a_button_tells_of_it_and_the_list_has_the_room(
    village: Village, look
):
    look.wear(size=TypeSize.LARGE)
    screen = village.home_page()
    view, window = screen.view, Scroll(screen.view)
    village.qtbot.addWidget(window)
    window.resize(960, 472)
    window.show()
    screen.presenter.open(None)
    village.room.settle()

    assert window.verticalScrollBar().maximum() == 0
    assert not view.finding.isVisible()
    assert view.found.text().strip() == "新标准后可能符合 1 户"
    row = view.table.verticalHeader().defaultSectionSize()
    assert view.table.viewport().visibleRegion().boundingRect().height() >= 3 * row
    assert_unclipped(view)

    window.resize(1400, 900)
    village.room.settle()
    assert view.finding.isVisible()
    assert not view.found.isVisible()


def test_at_the_largest_letters_the_list_does_not_scroll_sideways(village: Village, look):
    look.wear(size=TypeSize.EXTRA)
    village.home()
    view = village.finding().view
    view.resize(938, 466)
    village.room.settle()

    assert view.table.rows.rowCount()
    assert view.table.horizontalScrollBar().maximum() == 0
    assert view.width() == 938
    assert view.table.isColumnHidden(PLACE)
    view.resize(1400, 900)
    village.room.settle()
    assert not view.table.isColumnHidden(PLACE)
    assert "新标准" in view.table.rows.rows()[0].spoken
