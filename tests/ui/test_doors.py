"""Unlocking, recovering, and the first run, on the real pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.doors import Asked, Imported
from app.ui.first_run.presenter import Step
from app.ui.first_run.screen import build_first_run_screen
from app.ui.resident import Resident
from app.ui.theme.scale import TypeSize
from app.ui.unlock.screen import build_unlock_screen
from app.ui.widgets.inputs import LineEdit
from tests.doors import CODE, FINGERPRINT, PASSPHRASE, SESSION, OneVault
from tests.fakes import NOON
from tests.hands import Hands
from tests.screens import settle


class Door:
    """A shown page in front of the vault."""

    def __init__(self, qtbot: QtBot, work, screen, vault: OneVault, opened: list) -> None:
        self.view, self.presenter, self.screen = screen.view, screen.presenter, screen
        self.vault, self.opened = vault, opened
        self._work, self._qtbot = work, qtbot
        self.hands = Hands(self.view)
        qtbot.addWidget(self.view)
        self.view.resize(1093, 543)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        settle()

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: self._work.idle)
        settle()


@pytest.fixture
def unlock(qtbot, work) -> Door:
    vault, opened = OneVault(), []
    screen = build_unlock_screen(
        Resident("青石村", "王秀英", interrupted=True),
        lambda: vault,
        work,
        locked=True,
        opened=opened.append,
    )
    door = Door(qtbot, work, screen, vault, opened)
    door.view.passphrase.setFocus()
    return door


@pytest.fixture
def first(qtbot, work) -> Door:
    vault, opened = OneVault(), []
    screen = build_first_run_screen(
        vault, work, opened=lambda session, page: opened.append((session, page))
    )
    return Door(qtbot, work, screen, vault, opened)


def test_the_locked_page_says_that_nothing_is_lost(unlock):
    assert unlock.view.title.text() == "已锁屏"
    assert "你刚才填到一半的东西都在" in unlock.view.help.text()


def test_the_right_passphrase_opens(unlock):
    unlock.hands.type(PASSPHRASE).press("Return")
    unlock.wait()

    assert unlock.opened == [SESSION]


def test_a_wrong_passphrase_empties_the_field_and_says_what_to_do(unlock):
    unlock.hands.type("wrong").press("Return")
    unlock.wait()

    assert unlock.opened == []
    assert unlock.view.passphrase.text() == ""
    assert unlock.view.problem.headline.text() == "口令不对。"
    assert "V-01" in unlock.view.problem.detail.text()


def test_after_wrong_tries_it_counts_down_and_comes_back(unlock):
    unlock.vault.wait = 2
    unlock.hands.type("wrong").press("Return")
    unlock.wait()
    told, closed = unlock.view.notice.text.text(), unlock.view.passphrase.isEnabled()

    unlock.view.countdown.timeout.emit()
    unlock.view.countdown.timeout.emit()

    assert "请等 2 秒" in told
    assert closed is False
    assert unlock.view.passphrase.isEnabled()
    assert not unlock.view.countdown.isActive()


def test_caps_lock_is_told(unlock):
    unlock.view.passphrase.caps_seen.emit(True)

    assert unlock.view.notice.text.text() == "大写锁定键开着。"
    assert unlock.view.notice.isVisible()


def test_an_empty_field_tries_nothing(unlock):
    unlock.hands.press("Return")
    unlock.wait()

    assert unlock.vault.tries == []


def recover(door: Door, code: str, new: str, again: str) -> None:
    door.hands.click(door.view.forgotten)
    door.hands.type(code.replace(" ", ""))
    door.hands.type(new).press("Return").type(again).press("Return")
    door.wait()


def test_the_recovery_sheet_opens_sets_a_new_passphrase_and_gives_a_new_sheet(unlock):
    recover(unlock, CODE, "a new long one", "a new long one")
    shown = unlock.view.sheet.isVisible()

    type_back(unlock, unlock.view.sheet)

    assert shown
    assert unlock.opened == [SESSION]


def test_two_different_new_passphrases_are_refused_and_kept_to_be_mended(unlock):
    recover(unlock, CODE, "a new long one", "another long one")

    assert "V-31" in unlock.view.problem.detail.text()
    assert unlock.view.recover.groups[0].text() == "10001"


def test_wrong_recovery_digits_keep_what_was_typed(unlock):
    recover(unlock, CODE.replace("1", "9"), "a new long one", "a new long one")

    assert "V-02" in unlock.view.problem.detail.text()
    assert unlock.view.recover.groups[1].text() == "20002"
    assert unlock.view.steps.isEnabled()


def ask_county(door: Door, new: str = PASSPHRASE, again: str = PASSPHRASE) -> None:
    """To the form, and a new passphrase; the dialog that asks for the stick is then open."""
    door.hands.click(door.view.forgotten).click(door.view.recover.lost)
    door.wait()
    door.hands.type(new).press("Return").type(again).press("Return")
    door.wait()


def choose(door: Door, signal, path: str) -> None:
    """As if the file dialog had answered."""
    for dialog in door.view.findChildren(QFileDialog):
        dialog.close()
    door.view.activateWindow()
    signal.emit(path)
    door.wait()


def put_on_stick(door: Door) -> None:
    choose(door, door.view.county.stick_chosen, "/media/usb")


def test_with_the_sheet_lost_too_the_county_is_asked_and_the_fingerprint_shown(unlock):
    ask_county(unlock)
    assert unlock.view.findChildren(QFileDialog)

    put_on_stick(unlock)

    assert unlock.view.county.fingerprint.text().split() == FINGERPRINT.split()
    assert unlock.vault.tries == [PASSPHRASE]


def test_the_county_s_answer_opens_and_gives_a_new_sheet(unlock):
    ask_county(unlock)
    put_on_stick(unlock)
    unlock.hands.type(PASSPHRASE).press("Return")
    choose(unlock, unlock.view.county.answer_chosen, "/media/usb/answer")

    type_back(unlock, unlock.view.sheet)

    assert unlock.opened == [SESSION]


def test_a_request_that_waits_is_shown_at_once_and_can_be_written_again(unlock):
    unlock.vault.asked = Asked(NOON, FINGERPRINT)
    unlock.hands.click(unlock.view.forgotten).click(unlock.view.recover.lost)
    unlock.wait()
    shown = unlock.view.county.waiting.isVisible()

    unlock.hands.click(unlock.view.county.write)
    put_on_stick(unlock)

    assert shown
    assert "3月2日 12:00" in unlock.view.county.when.text()
    assert unlock.vault.written == [Path("/media/usb")]


def test_another_passphrase_than_the_one_of_the_request_is_said_and_the_field_has_the_focus(unlock):
    unlock.vault.asked = Asked(NOON, FINGERPRINT)
    unlock.hands.click(unlock.view.forgotten).click(unlock.view.recover.lost)
    unlock.wait()

    unlock.view.county.answered.emit(Path("/media/usb/answer"), "another one")
    unlock.wait()

    assert "V-35" in unlock.view.problem.detail.text()
    assert unlock.view.county.known.hasFocus()
    assert unlock.opened == []


def test_two_different_passphrases_ask_nothing_of_the_county(unlock):
    ask_county(unlock, again="another long one")

    assert "V-31" in unlock.view.problem.detail.text()
    assert unlock.vault.asked is None
    assert not unlock.view.findChildren(QFileDialog)


def type_back(door: Door, sheet) -> None:
    """Copy the asked groups back from the sheet."""
    door.hands.click(sheet.copied)
    groups = CODE.split()
    for answer, at in zip(sheet.answers, sheet.asked, strict=True):
        answer.setFocus()
        door.hands.type(groups[at])
    door.hands.click(sheet.check)
    door.wait()


def test_a_wrongly_copied_sheet_is_not_enough(first):
    to_sheet(first)
    first.hands.click(first.view.sheet.copied)
    for answer in first.view.sheet.answers:
        answer.setFocus()
        first.hands.type("00000")
    first.hands.click(first.view.sheet.check)

    assert first.view.sheet.isVisible()
    assert first.view.sheet.wrong.isVisible()
    assert first.opened == []


def test_the_first_page_sees_whether_chinese_arrives(first):
    field = first.view.trying.field
    field.setFocus()

    first.hands.type("nihao")
    latin = first.view.trying.verdict.text.text()
    field.clear()
    first.hands.compose("你好")

    assert latin.startswith("还没看到汉字")
    assert first.view.trying.verdict.text.text() == "好，能打汉字。"


def test_the_type_size_is_chosen_on_the_first_page(first):
    sizes: list[TypeSize] = []
    first.view.trying.size_chosen.connect(sizes.append)
    first.view.trying.type_size.setFocus()

    first.hands.press("2")

    assert sizes == [TypeSize.LARGE]


def test_the_practice_village_is_one_passphrase_away(first):
    first.hands.click(first.view.practice)
    first.hands.type(PASSPHRASE).press("Return").type(PASSPHRASE).press("Return")
    first.wait()

    assert first.vault.practised == [PASSPHRASE]
    assert first.opened == [(SESSION, "today")]


def test_a_weak_passphrase_is_refused_before_anything_is_made(first):
    first.hands.click(first.view.practice)
    first.hands.type("short").press("Return").type("short").press("Return")
    first.wait()

    assert first.vault.practised == []
    assert "V-03" in first.view.problem.detail.text()
    assert first.view.passphrase.isEnabled()


def to_sheet(door: Door, ticket: Path | None = None) -> None:
    door.presenter.go_on()
    door.presenter.read_ticket(ticket or Path(__file__))
    door.wait()
    door.hands.click(door.view.on)
    door.hands.type(PASSPHRASE).press("Return").type(PASSPHRASE).press("Return")
    door.wait()


def test_enrolling_needs_the_counties_file(first):
    first.presenter.go_on()

    first.hands.click(first.view.on)

    assert "V-32" in first.view.problem.detail.text()


def test_a_file_that_is_no_ticket_is_refused(first):
    first.presenter.go_on()

    first.presenter.read_ticket(Path("/nowhere"))
    first.wait()

    assert "B-01" in first.view.problem.detail.text()


def test_a_code_that_was_told_does_instead_of_a_file(first):
    first.presenter.go_on()
    who = first.view.who

    first.hands.click(who.told)
    first.hands.type("county.example").press("Return").type("ABCD-EFGH").press("Return", "Return")
    first.wait()
    refused = first.view.problem.detail.text()
    who.code.setFocus()
    first.hands.type("-JKMN-PQRS").press("Return", "Return")
    first.wait()

    assert "S-09" in refused
    assert who.fingerprint.text() == "7421 0093 5518 6620"
    assert (who.rows.isVisible(), who.told.isVisible()) == (False, True)
    first.hands.click(first.view.on)
    assert first.view.passphrase.isVisible()


def test_the_ticket_shows_whom_it_names_and_the_fingerprint(first):
    first.presenter.go_on()

    first.presenter.read_ticket(Path(__file__))
    first.wait()

    assert first.view.who.who.text.text() == "王秀英 · 示例县青石村"
    assert first.view.who.fingerprint.text() == "7421 0093 5518 6620"


def test_the_recovery_sheet_cannot_be_skipped(first):
    to_sheet(first)

    assert first.vault.created == ["青石村"]
    assert first.view.sheet.isVisible()
    assert not first.view.on.isVisible()
    assert not first.view.back.isVisible()
    assert first.opened == []


def test_without_a_printer_the_sheet_is_copied_by_hand(first):
    to_sheet(first)

    first.hands.click(first.view.sheet.print_button)
    first.wait()
    said = first.view.problem.detail.text()
    type_back(first, first.view.sheet)

    assert "P-01" in said
    assert first.view.roster.isVisible()


@pytest.mark.parametrize(
    ("button", "page"), [("county", "syncing"), ("stick", "syncing"), ("later", "today")]
)
def test_the_roster_page_leads_into_the_day(first, button, page):
    to_sheet(first)
    type_back(first, first.view.sheet)

    first.hands.click(getattr(first.view.roster, button))

    assert first.opened == [(SESSION, page)]


def test_a_roster_with_mistakes_lists_them_and_can_be_tried_again(first):
    to_sheet(first)
    type_back(first, first.view.sheet)
    first.vault.imports = [
        Imported(0, 0, ("第 12 行 身份证号：校验码不对",)),
        Imported(312, 1001),
    ]
    panel = first.view.roster.panel

    panel.file_chosen.emit("x.xlsx")
    first.wait()
    refused = panel.result.text.text()
    errors = panel.errors.toPlainText()
    panel.file_chosen.emit("x.xlsx")
    first.wait()
    first.hands.click(first.view.roster.start)

    assert "1 处要改" in refused
    assert errors == "第 12 行 身份证号：校验码不对"
    assert panel.result.text.text() == "名册进来了：312 户，1001 人。"
    assert first.opened == [(SESSION, "today")]


def test_back_leads_back_until_the_vault_is_made(first):
    first.presenter.go_on()
    first.presenter.choose_practice()

    first.hands.click(first.view.back)
    second = first.view.title.text()
    first.hands.click(first.view.back)

    assert second == Step.WHO.label
    assert first.view.title.text() == "欢迎用协理"


def test_every_field_of_a_door_can_be_reached(first):
    assert first.view.findChildren(LineEdit)
