"""The sync page against a real county: send, fetch, decide, by network and on a stick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.operations import OperationState
from app.store.link_notes import Alarm, raise_alarm
from app.sync.problems import not_reached
from app.sync.protocol import stick
from app.sync.road import Phase, Progress
from app.ui.nouns import Noun
from app.ui.shell.page import PageScreen
from app.ui.syncing.progress import progress_text
from app.ui.syncing.screen import build_sync_screen
from app.ui.syncing.table import leaving_text, more_text, waiting_text
from app.ui.syncing.words import field_name, value_text
from county_server.database import sqlite_url
from county_server.ledger import Ledger
from tests.counties import VILLAGE, DirectRoad, Office, found_office
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.laptops import Laptop
from tests.screens import texts
from tests.vaults import Kept
from tests.work_pages import Room


@dataclass
class NoRoad:
    """There is no network here."""

    def send_batch(self, data: bytes) -> bytes:
        raise not_reached()

    fetch_page = enrol = send_batch


@dataclass
class Ends:
    """A sync page, the laptop behind it, and the county at the other end."""

    room: Room
    laptop: Laptop
    office: Office
    roads: list[object]
    screen: PageScreen
    hands: Hands
    household: str

    @property
    def view(self):
        return self.screen.view

    def press(self, *keys: str) -> None:
        for key in keys:
            self.hands.press(key)
            self.room.settle()

    def status(self):
        return self.room.do(self.room.desk.syncing.status)


@pytest.fixture
def office(tmp_path: Path, clock: StoppedClock) -> Iterator[Office]:
    made = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), clock)
    yield made
    made.database.close()


@pytest.fixture
def ends(kept: Kept, clock, store, work, office: Office, tmp_path: Path, qtbot: QtBot):
    room = Room(clock, store, work).open(kept)
    laptop = Laptop(room.vault, clock)
    room.do(lambda: laptop.join(office, tmp_path))
    household = room.do(lambda: laptop.add_household("覃桂英", door="9号"))
    room.do(lambda: laptop.visit(household.id))
    roads: list[object] = [DirectRoad(office)]
    screen = build_sync_screen(
        room.desk.syncing, room.desk.enrolment, room.bench, road=lambda: roads[0]
    )
    qtbot.addWidget(screen.view)
    room.show(screen)
    yield Ends(room, laptop, office, roads, screen, Hands(screen.view), household.id)
    room.close()


@pytest.fixture
def alone(kept: Kept, clock, store, work, office: Office, tmp_path: Path, qtbot: QtBot):
    """A laptop whose enrolment file was chosen where there was no network."""
    room = Room(clock, store, work).open(kept)
    laptop = Laptop(room.vault, clock)
    ticket = tmp_path / "ticket.json"
    ticket.write_bytes(office.ticket_file())
    spoken = laptop.enrolment.read(ticket).fingerprint
    room.do(lambda: laptop.enrolment.prepare(ticket, fingerprint=spoken))
    household = room.do(lambda: laptop.add_household("覃桂英", door="9号"))
    roads: list[object] = [NoRoad()]
    screen = build_sync_screen(
        room.desk.syncing, room.desk.enrolment, room.bench, road=lambda: roads[0]
    )
    qtbot.addWidget(screen.view)
    room.show(screen)
    yield Ends(room, laptop, office, roads, screen, Hands(screen.view), household.id)
    room.close()


def differ(ends: Ends) -> None:
    """The county and this laptop change the same telephone; then they sync."""
    ends.press("Ctrl+Return")
    with ends.office.database.write() as connection:
        ledger = Ledger(connection, ends.office.clock.now())
        ledger.lock([VILLAGE.code])
        document = ledger.get("household", ends.household)
        document.amend({"phone": "13800005512"}, "县民政局 刘", ledger.at)
        ledger.put(document)
        ledger.flush()
    ends.room.do(lambda: ends.laptop.change(ends.household, phone="13800005521"))
    ends.press("Ctrl+Return")


def phone(ends: Ends) -> str | None:
    return ends.room.do(lambda: ends.laptop.household(ends.household)).phone


def test_enter_sends_everything_and_every_item_says_that_the_county_has_it(ends: Ends):
    waiting = ends.status().waiting

    ends.press("Return")

    status = ends.status()
    assert waiting > 0
    assert status.waiting == 0
    assert {item.state for item in status.items} == {OperationState.RECEIVED}
    assert ends.view.last.text.startswith("上次成功 3月2日")
    assert "县里收下" in ends.view.said.headline.text()
    assert ends.hands.count == 1


def test_no_network_is_said_calmly_and_offers_the_stick(ends: Ends):
    ends.roads[:] = [NoRoad()]

    ends.press("Return")

    assert ends.view.problem.property("tone") == "offline"
    assert "S-10" in ends.view.problem.detail.text()
    assert ends.view.problem.action.isVisible()
    assert ends.view.start.isEnabled()
    assert ends.status().last_success is None
    assert ends.view.last.text == "还没同步过"


def test_t7_sending_and_deciding_one_difference_takes_eight_keys(ends: Ends):
    differ(ends)
    ends.room.do(lambda: ends.laptop.visit(ends.household))
    before = ends.hands.count

    ends.press("1", "Return", "Ctrl+Return")

    assert ends.hands.count - before <= 8
    assert phone(ends) == "13800005521"
    assert ends.status().conflicts == ()
    assert ends.status().waiting == 0
    assert not ends.view.difference.isVisible()


@pytest.mark.parametrize(("digit", "holds"), [("1", "13800005521"), ("2", "13800005512")])
def test_the_chosen_side_is_what_is_stored(ends: Ends, digit: str, holds: str):
    differ(ends)
    assert ends.view.difference.hasFocus()

    ends.press(digit, "Return")

    assert phone(ends) == holds
    assert ends.status().conflicts == ()


def test_putting_off_changes_nothing_and_is_asked_again(ends: Ends):
    differ(ends)

    ends.press("3")

    assert phone(ends) == "13800005512"
    assert len(ends.status().conflicts) == 1
    assert not ends.view.difference.isVisible()
    ends.screen.presenter.open(None)
    ends.room.settle()
    assert ends.view.difference.isVisible()


def test_nothing_is_decided_before_every_field_has_a_side(ends: Ends):
    differ(ends)

    ends.press("Return")

    assert not ends.view.difference.decide.isEnabled()
    assert len(ends.status().conflicts) == 1


def test_both_sides_are_shown_with_who_and_when(ends: Ends):
    differ(ends)

    shown = [button.text() for button in ends.view.difference.buttons.values()]

    assert shown == ["13800005521", "13800005512"]
    assert "县民政局 刘" in " ".join(texts(ends.view.difference))
    assert "3月2日 12:00" in " ".join(texts(ends.view.difference))


def test_the_same_things_go_out_on_a_stick_and_their_receipt_comes_back(ends: Ends, tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()

    ends.view.export_placed.emit(str(usb))
    ends.room.settle()
    on_stick = list((usb / stick.TO_COUNTY).iterdir())
    waiting = ends.status()
    ends.office.stick.take(usb)
    ends.office.stick.make(usb)
    ends.view.import_placed.emit(str(usb))
    ends.room.settle()

    assert on_stick
    assert waiting.exported > 0
    assert ends.status().waiting == 0
    assert "收好了" in ends.view.said.headline.text()


def test_a_stick_taken_before_says_that_nothing_new_is_on_it(ends: Ends, tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()
    ends.view.export_placed.emit(str(usb))
    ends.room.settle()
    ends.office.stick.take(usb)
    ends.office.stick.make(usb)
    ends.view.import_placed.emit(str(usb))
    ends.room.settle()
    ends.room.do(lambda: ends.laptop.visit(ends.household))
    ends.screen.presenter.refresh(frozenset({Noun.VISIT}))
    ends.room.settle()
    waiting = ends.status().waiting

    ends.view.import_placed.emit(str(usb))
    ends.room.settle()

    assert waiting > 0
    assert ends.view.said.headline.text() == "这个U盘上的以前都收过了，没有新的"
    assert ends.view.said.detail.text() == f"要上传的 {waiting} 条，县里还没有确认。"
    assert ends.view.said.property("tone") == "info"


def test_what_the_county_took_nothing_of_is_told_with_its_word(ends: Ends, tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()
    for _ in range(2):
        ends.room.do(lambda: ends.laptop.visit(ends.household))
        ends.view.export_placed.emit(str(usb))
        ends.room.settle()
    first, _ = sorted((usb / stick.TO_COUNTY).glob("*.sab"))
    first.unlink()
    ends.office.stick.take(usb)
    ends.office.stick.make(usb)
    exported = ends.status().exported

    ends.view.import_placed.emit(str(usb))
    ends.room.settle()

    assert "县里没有收：前面还有一批没有收到" in ends.view.problem.headline.text()
    assert "重新排在等着上传的里面" in ends.view.problem.detail.text()
    assert 0 < ends.status().exported < exported


def test_a_stick_with_nothing_on_it_is_refused_in_one_sentence(ends: Ends, tmp_path: Path):
    ends.view.import_placed.emit(str(tmp_path / "empty"))
    ends.room.settle()

    assert "S-18" in ends.view.problem.detail.text()
    assert ends.view.start.isEnabled()


def test_a_laptop_that_could_not_join_joins_with_the_first_sync(alone: Ends):
    alone.press("Return")
    calm = alone.view.problem.detail.text()
    alone.roads[:] = [DirectRoad(alone.office)]

    alone.press("Return")

    assert "S-10" in calm
    assert alone.status().is_enrolled
    assert alone.status().waiting == 0
    assert alone.office.status()["documents"]["household"] == 1


def test_a_laptop_that_could_not_join_joins_by_stick_and_then_sends(alone: Ends, tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()
    said = []

    for signal in (alone.view.export_placed, alone.view.import_placed) * 2:
        signal.emit(str(usb))
        alone.room.settle()
        said.append(alone.view.said.headline.text())
        alone.office.stick.take(usb)
        alone.office.stick.make(usb)

    assert said[0] == "绑定申请放到U盘上了"
    assert said[1].startswith(f"绑定好了：{VILLAGE.name}")
    assert alone.status().waiting == 0
    assert alone.office.status()["documents"]["household"] == 1


def test_stopping_leaves_a_state_to_go_on_from(ends: Ends):
    class Halting(DirectRoad):
        def send_batch(self, data: bytes) -> bytes:
            ends.screen.presenter.stop()
            return super().send_batch(data)

    ends.roads[:] = [Halting(ends.office)]
    ends.press("Return")
    stopped = ends.view.problem.headline.text()
    ends.roads[:] = [DirectRoad(ends.office)]
    ends.press("Ctrl+Return")

    assert stopped == "已经停下。"
    assert ends.status().waiting == 0


def test_a_returned_item_leads_to_the_household_it_is_about(ends: Ends):
    ends.room.do(
        lambda: ends.laptop.add_household("覃桂英", door="3号", id_number="459901199001010000")
    )
    ends.press("Return")
    returned = next(i for i in ends.status().items if i.state is OperationState.RETURNED)

    ends.view.table.setFocus()
    ends.press("Return")

    assert ends.view.table.current_key() == returned.n
    assert ends.room.went == [("household", returned.household_id)]


def test_what_is_named_of_what_waits_adds_up_to_all_of_it(ends: Ends):
    status = replace(ends.status(), waiting=4, waiting_by_title=(("打印记录", 1),))

    assert waiting_text(status) == "打印记录 1 · 操作记录 3"
    assert waiting_text(replace(status, waiting=1)) == "打印记录 1"
    assert waiting_text(replace(status, waiting=0, waiting_by_title=())) == "都传完了"


def test_numbers_that_name_a_person_are_masked_and_codes_are_words():
    assert value_text("id_number", "459901195803090021") == "459901********0021"
    assert value_text("labour", "none") == "不能干活"
    assert value_text("is_seriously_ill", value=True) == "有"
    assert value_text("benefit_month_fen", 41_000) == "410.00 元"
    assert value_text("phone", None) == "没填"
    assert field_name("is_seriously_ill") == "有没有重病"
    assert field_name("nobody_knows") == "这一项"


def test_a_withdrawn_laptop_says_where_its_work_lies_and_can_do_nothing_more(ends: Ends):
    ends.office.assignments.revoke(ends.laptop.vault.device_id)

    ends.press("Return")

    assert "取消了这台电脑的绑定" in ends.view.said.headline.text()
    assert "协理-待交县里" in ends.view.said.detail.text()
    assert not ends.view.start.isEnabled()
    assert not (ends.laptop.vault.directory / "vault.json").exists()


def test_an_alarm_and_a_long_silence_are_shown(ends: Ends, clock: StoppedClock):
    ends.press("Return")
    quiet = (ends.view.alarm.isVisible(), ends.view.silence.isVisible())

    def alarmed() -> None:
        with ends.laptop.begin() as work:
            raise_alarm(work.connection, Alarm.FORKED, clock.now())
            work.commit()

    ends.room.do(alarmed)
    clock.advance(days=31)
    ends.screen.presenter.open(None)
    ends.room.settle()

    assert quiet == (False, False)
    assert "不能记钱" in ends.view.alarm.text.text()
    assert "31 天没同步" in ends.view.silence.text.text()
    heavy = replace(ends.status(), files_waiting=2, waiting_bytes=300_000, exported=3, leaving=1)
    assert more_text(heavy) == "照片和签字 2 张，约 0.3 MB，其中 3 条已导出到U盘，县里尚未确认。"
    assert "移交中 1 户" in leaving_text(heavy)


def test_progress_is_said_by_count_and_by_bytes():
    said = [
        progress_text(Progress(Phase.UP, 9, 14, 300_000)),
        progress_text(Progress(Phase.FILES, 1, 3, 1_250_000)),
        progress_text(Progress(Phase.DOWN, 120, 0, 900)),
        progress_text(Progress(Phase.PAUSE, 1, 4, 0, 2.4)),
    ]

    assert said == [
        "正在上传：9 条，共 14 条，已传 0.3 MB。断网也不怕，下次接着传。",
        "正在传照片和签字：1 张，共 3 张，已传 1.2 MB。断了也会接着传。",
        "正在收县里的：已收 120 条，1 KB。",
        "线路断了，约 2 秒后自己再试（第 2 次，共 4 次）。",
    ]
