"""What the camera is shown of a first run: each page, and what it says to a right and a wrong file.

The vault it makes is a real one, in a folder that goes away with the pictures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.bootstrap.lens import Camera
from app.ui.first_run.view import FirstRunView

PASSPHRASE: Final = "茶山上 石灯下 早饭后 雨伞里"  # noqa: S105  # of a vault nobody keeps


def first_run(camera: Camera, ticket: Path, bad_roster: Path, roster: Path) -> None:
    """From "type a word" to a roster taken in; stops before the day opens."""
    view = camera.door(FirstRunView)
    camera.take("first-run-1-try")
    view.trying.field.setText("韦春燕")
    camera.take("first-run-1-typed")
    view.on_requested.emit()
    camera.take("first-run-2-who")
    view.who.ticket_chosen.emit(ticket)
    camera.take("first-run-2-compare")
    view.on_requested.emit()
    camera.take("first-run-3-passphrase")
    for field in (view.passphrase.first, view.passphrase.again):
        field.setText(PASSPHRASE)
    view.passphrase.enter()
    camera.take("first-run-3-making", at_once=True)
    camera.take("first-run-3-sheet")
    view.sheet.copied.click()
    camera.take("first-run-3-copied")
    view.sheet.confirmed.emit()
    camera.take("first-run-4-roster")
    for name, path in (("refused", bad_roster), ("in", roster)):
        view.roster.panel.file_chosen.emit(str(path))
        camera.take(f"first-run-4-{name}")
