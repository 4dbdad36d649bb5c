"""Today, the month and the sweep by keys: what is due leads to where it is done."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.local import WorkItemRow, WorkListRow
from app.services import due_keeping
from app.services.desk import begin_in
from app.ui.finding.search import Search
from app.ui.home.remaking import Remaking
from app.ui.home.screen import build_home_screen
from app.ui.month.screen import build_month_screen
from app.ui.nouns import Noun
from app.ui.printing.press import Press
from app.ui.sweep.screen import build_sweep_screen
from tests.hands import Hands
from tests.work_pages import PaperPrinters

TODAY = date(2026, 3, 2)


def home(room, printers=None):
    desk, bench = room.desk, room.bench
    return build_home_screen(
        desk.worklist.today,
        desk.households.find,
        Search(desk.reassessing, bench.store, bench.work, bench.changes.announce),
        bench,
        remaking=Remaking(desk.worklist, bench.store, bench.work),
        press=Press(desk.printing, bench.store, bench.work, printers or PaperPrinters()),
    )


def shown(screen, room, qtbot):
    """The page in a window, with its data, its first field having the keys."""
    qtbot.addWidget(screen.view)
    screen.view.resize(1093, 543)
    screen.view.show()
    screen.presenter.open(None)
    room.settle()
    screen.first.setFocus()
    qtbot.waitUntil(lambda: screen.view.focusWidget() is not None)
    return screen


def change_the_rules(room):
    """Another program made the list, and its rows say so."""

    def job():
        with begin_in(room.vault, room.clock, room.desk.rules)() as work:
            work.connection.execute(table_of(WorkListRow).update().values(made_with="别的"))
            work.connection.execute(update(table_of(WorkItemRow)).values(rule="旧规则"))
            work.commit()

    room.do(job)


def test_enter_goes_to_the_visit_and_the_rule_stands_above_the_list(room, qtbot):
    screen = shown(home(room), room, qtbot)
    item = screen.view.table.current_key()

    Hands(screen.view).press("Return")

    assert item.kind is WorkKind.VISIT
    assert room.went == [("visits", item.household)]
    assert item.rule in screen.view.rule.text()
    assert "下一步：去看看，回来记一笔" in screen.view.rule.text()


def test_what_is_left_of_the_month_is_told_in_a_low_window_too(room, qtbot):
    view = shown(home(room), room, qtbot).view
    tile, left = view.tiles[0], room.do(room.desk.worklist.today).visits_left_this_month

    view.fit(low=True, narrow=False)
    assert left > 0
    assert (tile.aside.text(), tile.aside.isVisible()) == (f"本月 {left}", True)
    view.fit(low=False, narrow=False)
    assert (tile.aside.isVisible(), tile.note.isVisible()) == (False, True)
    assert tile.note.text() == f"本月还剩 {left} 户"


def test_the_days_sheet_goes_to_the_printer_and_is_recorded(room, qtbot):
    printers = PaperPrinters()
    screen = shown(home(room, printers), room, qtbot)

    screen.view.sheet.click()
    room.settle()

    assert len(printers.sent) == 1
    assert "已送到打印机" in screen.view.told.detail.text()
    printed = room.ask(lambda work: work.casework.prints_of("visits", TODAY.isoformat()))
    assert len(printed) == 1


def test_without_a_printer_the_days_sheet_goes_into_a_file(room, qtbot, tmp_path):
    screen = shown(home(room, PaperPrinters(())), room, qtbot)
    screen.view.sheet.click()
    room.settle()
    offered = screen.view.told.action.isVisible()

    screen.presenter.put_sheet_into(str(tmp_path / "today.pdf"))
    room.settle()

    assert offered
    assert (tmp_path / "today.pdf").read_bytes().startswith(b"%PDF")


def test_a_day_without_work_prints_nothing(room, qtbot):
    screen = home(room)
    qtbot.addWidget(screen.view)

    screen.presenter.print_sheet()

    assert not screen.view.told.isVisible()


def test_a_big_villages_list_is_made_anew_in_the_background(room, qtbot, monkeypatch):
    monkeypatch.setattr(due_keeping, "AT_ONCE", 0)
    change_the_rules(room)
    screen = shown(home(room), room, qtbot)
    room.settle()

    assert "旧规则" not in screen.view.rule.text()
    assert not screen.view.remade.isVisible()
    assert room.do(room.desk.worklist.check) == []


def test_a_rule_that_changed_is_said_while_the_list_is_made(room, qtbot):
    screen = home(room)
    qtbot.addWidget(screen.view)

    screen.view.show_remaking(50, 3000)

    assert "50 / 3000 户" in screen.view.remade.text()
    assert screen.view.remade.isVisibleTo(screen.view)


def test_the_month_is_walked_with_the_arrows(room, qtbot):
    screen = shown(build_month_screen(room.desk.rounds, room.bench), room, qtbot)
    hands = Hands(screen.view)

    hands.press("Right", "Down")

    assert screen.view.day.heading.text().startswith("2026年3月10日")
    assert screen.view.focusWidget().on == date(2026, 3, 10)


def test_past_the_end_of_the_month_the_next_one_comes(room, qtbot):
    screen = shown(build_month_screen(room.desk.rounds, room.bench), room, qtbot)
    hands = Hands(screen.view)

    hands.press("Up")
    room.settle()
    before = screen.view.title.text()
    hands.press("PgDown")
    room.settle()

    assert before == "2026年2月的走访"
    assert screen.view.title.text() == "2026年3月的走访"
    assert screen.view.focusWidget().on == TODAY


def test_enter_on_a_day_and_on_a_line_leads_to_the_visit(room, qtbot):
    screen = shown(build_month_screen(room.desk.rounds, room.bench), room, qtbot)

    Hands(screen.view).press("Return", "Return")

    assert [key for key, _ in room.went] == ["visits"]


def test_a_household_that_was_seen_is_opened(room, qtbot):
    screen = build_month_screen(room.desk.rounds, room.bench)
    qtbot.addWidget(screen.view)
    screen.view.show()
    screen.presenter.open("2026-01-10")
    room.settle()
    seen = next(day for day in screen.view._month.days if day.lines)

    screen.view._enter_day(seen.on)
    screen.view.lines.opened.emit(screen.view.lines.current_key())

    assert [key for key, _ in room.went] == ["household"]


def test_the_month_is_loaded_again_when_a_visit_was_saved(room, qtbot):
    screen = shown(build_month_screen(room.desk.rounds, room.bench), room, qtbot)
    shown_before = screen.view._month

    screen.presenter.refresh(frozenset({Noun.DRAFT}))
    room.settle()
    unchanged = screen.view._month is shown_before
    screen.presenter.refresh(frozenset({Noun.VISIT}))
    room.settle()

    assert unchanged
    assert screen.view._month is not shown_before


def test_the_sweep_leads_from_a_group_to_whom_nobody_has_seen(room, qtbot):
    screen = shown(build_sweep_screen(room.desk.sweeps, room.bench), room, qtbot)

    Hands(screen.view).press("Return", "Return")

    assert "全村 3 户" in screen.view.about.text()
    assert [key for key, _ in room.went] == ["visits"]


def test_where_no_pack_asks_for_a_sweep_it_says_so(room, qtbot):
    screen = build_sweep_screen(room.desk.sweeps, room.bench)
    qtbot.addWidget(screen.view)

    screen.view.show_sweep(None)

    assert "没有要求" in screen.view.about.text()
    assert not screen.view.groups.isVisibleTo(screen.view)


@pytest.mark.parametrize("page", ["month", "sweep"])
def test_home_and_the_month_lead_there(room, qtbot, page):
    if page == "month":
        screen = shown(home(room), room, qtbot)
        screen.view.month.click()
    else:
        screen = shown(build_month_screen(room.desk.rounds, room.bench), room, qtbot)
        screen.view.sweep.click()

    assert room.went == [(page, None)]
