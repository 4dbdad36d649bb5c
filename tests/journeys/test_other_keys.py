"""Another passphrase and another recovery sheet, by keys in the settings; then through the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.store.entering import open_with_recovery
from app.ui.access.view import AccessCard
from tests.fakes import StoppedClock
from tests.mornings import Morning, begin_morning, refusal
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, Kept


@pytest.fixture
def begin(kept: Kept, tmp_path: Path, qapp, qtbot: QtBot) -> Iterator[Callable[[], Morning]]:
    """Starts the program on the vault; ends it afterwards."""
    begun: list[Morning] = []

    def start() -> Morning:
        settings = Settings(tmp_path / "home")
        begun.append(begin_morning(settings, qapp, qtbot, vault=kept.directory))
        return begun[-1]

    yield start
    for morning in begun:
        morning.leave()


@pytest.fixture
def morning(begin: Callable[[], Morning]) -> Morning:
    """Unlocked, on the settings page."""
    made = begin().enter(PASSPHRASE)
    made.application.day.go("settings")
    return made.settle()


def card(morning: Morning) -> AccessCard:
    return morning.application.day.halves("settings").view.access


def change(morning: Morning, current: str, new: str, again: str) -> str:
    """Three lines and Enter; what the card said."""
    card(morning).current.setFocus()
    for text in (current, new, again):
        morning.hands.type(text)
        morning.press("Return")
    said = card(morning).said
    return f"{said.headline.text()}{said.detail.text()}"


def draw(morning: Morning, passphrase: str) -> None:
    card(morning).proof.setFocus()
    morning.hands.type(passphrase)
    morning.press("Return")


def test_the_new_passphrase_opens_and_the_old_one_does_not(morning, begin):
    said = change(morning, PASSPHRASE, OTHER_PASSPHRASE, OTHER_PASSPHRASE)
    left = [field.text() for field in (card(morning).current, card(morning).new)]
    morning.leave()
    again = begin()

    again.enter(PASSPHRASE)
    told = again.said()
    again.enter(OTHER_PASSPHRASE)

    assert said.startswith("口令换好了。")
    assert left == ["", ""]
    assert told == "V-01"
    assert again.is_open


@pytest.mark.parametrize(
    ("current", "new", "again", "code"),
    [
        (OTHER_PASSPHRASE, "lvshu heiya jiuqiao shan", "lvshu heiya jiuqiao shan", "V-01"),
        (PASSPHRASE, "123456789012", "123456789012", "V-07"),
        (PASSPHRASE, OTHER_PASSPHRASE, OTHER_PASSPHRASE + "x", "V-31"),
        (PASSPHRASE, PASSPHRASE, PASSPHRASE, "V-24"),
    ],
)
def test_what_will_not_do_is_said_and_the_old_passphrase_holds(
    morning, begin, current, new, again, code
):
    said = change(morning, current, new, again)
    enabled = card(morning).isEnabled()
    morning.leave()
    later = begin().enter(PASSPHRASE)

    assert said.endswith(f"（编号 {code}）")
    assert enabled
    assert later.is_open


def test_a_new_sheet_opens_once_it_was_copied_and_the_old_one_does_not(morning, kept, begin):
    draw(morning, PASSPHRASE)
    sheet = card(morning).sheet
    groups = sheet._groups
    morning.click(sheet.copied)
    for answer, at in zip(sheet.answers, sheet.asked, strict=True):
        answer.setFocus()
        morning.type(groups[at])
    morning.click(sheet.check)
    said, shown = card(morning).said.headline.text(), sheet.isVisible()
    morning.leave()

    old = refusal(lambda: open_with_recovery(kept.directory, kept.recovery, clock=StoppedClock()))
    vault = open_with_recovery(kept.directory, " ".join(groups), clock=StoppedClock())
    vault.close()

    assert said == "新的恢复纸生效了。"
    assert not shown
    assert old == "V-08"


def test_a_sheet_that_was_not_copied_is_none(morning, kept):
    draw(morning, PASSPHRASE)
    shown = card(morning).sheet.isVisible()

    morning.application.day.go("today")
    morning.application.day.go("settings")
    morning.settle()
    hidden = not card(morning).sheet.isVisible()
    morning.leave()
    open_with_recovery(kept.directory, kept.recovery, clock=StoppedClock()).close()

    assert shown
    assert hidden


def test_whoever_finds_the_laptop_open_makes_no_sheet(morning):
    draw(morning, OTHER_PASSPHRASE)

    assert "V-01" in card(morning).said.detail.text()
    assert "sheet" not in card(morning).__dict__


def test_without_a_printer_the_sheet_is_copied_by_hand(morning):
    draw(morning, PASSPHRASE)

    morning.click(card(morning).sheet.print_button)

    assert "P-11" in card(morning).said.detail.text()
    assert card(morning).sheet.copied.isEnabled()
