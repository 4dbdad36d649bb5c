"""What may be loaded before the first picture, and that nothing typed meanwhile is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.application import Application
from app.ui.shell.status import Status
from app.ui.start import DayParts
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import Scroll
from tests.doors import PASSPHRASE, SESSION, Kept, OneVault, start_of
from tests.screens import settle

PROGRAM = Path(__file__).resolve().parents[2]

OURS = frozenset(
    [
        "app",
        "app.__main__",
        "app.settings",
        "app.bootstrap",
        "app.bootstrap.awake",
        "app.bootstrap.window",
        "app.crypto",
        "app.crypto.hardening",
        "app.store",
        "app.store.nameplate",
        "app.domain",
        "app.domain.problem",
        "app.domain.words",
        "app.ui",
        "app.ui.application",
        "app.ui.input_method",
        "app.ui.preferences",
        "app.ui.resident",
        "app.ui.runner",
        "app.ui.start",
        "app.ui.tasks",
        "app.ui.shell",
        "app.ui.shell.first_picture",
        "app.ui.shell.window",
        "app.ui.theme",
        "app.ui.theme.fonts",
        "app.ui.theme.icons",
        "app.ui.theme.look",
        "app.ui.theme.scale",
        "app.ui.theme.sheet",
        "app.ui.theme.tokens",
        "app.ui.unlock",
        "app.ui.unlock.presenter",
        "app.ui.unlock.screen",
        "app.ui.unlock.view",
        "app.ui.widgets",
        "app.ui.widgets.buttons",
        "app.ui.widgets.folding",
        "app.ui.widgets.inputs",
        "app.ui.widgets.keys",
        "app.ui.widgets.labels",
        "app.ui.widgets.layout",
        "app.ui.widgets.secret",
        "app.ui.widgets.sheets",
    ]
)
"""Our own modules the unlock page is made of. Each further one delays every start: think first."""

PACKAGES = frozenset({"PySide6", "shiboken6"})
"""Everything else that is installed waits: SQLAlchemy alone takes half a second."""

SLOW_PARTS_OF_PYTHON = frozenset(
    [
        "asyncio",
        "concurrent.futures",
        "dataclasses",
        "datetime",
        "decimal",
        "email",
        "hashlib",
        "http",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "tomllib",
        "uuid",
        "xml",
    ]
)

SCRIPT = """
import json, sys

import PySide6.QtWidgets

before = set(sys.modules)
from app.ui import application


class Watched(application.FirstPicture):
    def __init__(self, widget):
        super().__init__(widget)
        self.drawn.connect(tell)


def tell():
    loaded = set(sys.modules) - before
    installed = {
        name.split(".")[0] for name in loaded
        if "site-packages" in (getattr(sys.modules[name], "__file__", None) or "")
    }
    focus = application.QApplication.focusWidget()
    print(json.dumps({
        "loaded": sorted(loaded),
        "installed": sorted(installed),
        "names_of_qt": "Qt" in vars(sys.modules["PySide6.QtCore"]),
        "focus": focus.accessibleName(),
    }))
    application.QApplication.quit()


application.FirstPicture = Watched
from app.__main__ import main

sys.exit(main())
"""


@pytest.fixture(scope="module")
def first_picture(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the program says of itself when its unlock page was just drawn, and out again."""
    home = tmp_path_factory.mktemp("home")
    (home / "vault").mkdir()
    header = {"owner": {"name": "王秀英", "village": "青石村"}, "practice": False}
    (home / "vault" / "vault.json").write_text(json.dumps(header), encoding="utf-8")
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | {"QT_QPA_PLATFORM": "offscreen", "XIELI_HOME": str(home)},
        cwd=PROGRAM,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def started(look) -> Iterator:
    """The application shown to a vault, not one event handled yet; and the vault."""
    vault = OneVault()
    application = Application(start_of(vault, Kept()), look)
    application.show()
    yield application, vault
    application.work.close()
    application.store.close()
    application.window.deleteLater()
    settle()


def test_of_our_own_only_the_unlock_page_is_loaded_before_it_is_drawn(first_picture):
    ours = {name for name in first_picture["loaded"] if name.split(".")[0] == "app"}

    assert sorted(ours - OURS) == []


def test_no_package_but_qt_is_loaded_before_the_first_picture(first_picture):
    assert sorted(set(first_picture["installed"]) - PACKAGES) == []


def test_no_slow_part_of_python_is_loaded_before_the_first_picture(first_picture):
    assert sorted(SLOW_PARTS_OF_PYTHON & set(first_picture["loaded"])) == []


def test_the_names_of_qt_are_not_made_before_the_first_picture(first_picture):
    """`Qt` makes some 130 enumerations the moment it is touched: 14 ms."""
    assert not first_picture["names_of_qt"]


def test_the_passphrase_has_the_focus_in_the_first_picture(first_picture):
    assert first_picture["focus"] == "口令"


def test_what_is_typed_before_the_first_picture_opens_the_vault(started, qtbot):
    application, vault = started
    field = application.window.door.passphrase

    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: application.day is not None)

    assert vault.tries == [PASSPHRASE]


def test_todays_work_does_not_wait_for_the_strip_at_the_foot(look, qtbot):
    """The strip may be preceded by a whole backup; the page is asked for first."""
    start = start_of(OneVault(), Kept())
    shown: list[bool] = []

    def count() -> Status:
        shown.append(application.day is not None)
        return Status(waiting=3)

    def open_day(*given: object) -> DayParts:
        return start.open_day(*given)._replace(status=count)

    application = Application(start._replace(open_day=open_day), look)
    application.enter(SESSION)
    qtbot.waitUntil(lambda: bool(shown) and application.store.idle)

    assert shown == [True]
    application.store.close()
    application.window.deleteLater()
    settle()


def test_the_door_is_told_to_nobody_before_something_is_asked_of_it(look):
    """What stands behind it brings the services, and the first picture would wait for them."""
    asked = []
    start = start_of(OneVault(), Kept())._replace(unlock_doors=lambda: asked.append(1))
    application = Application(start, look)

    application.show()
    application.window.grab()

    assert asked == []
    application.window.deleteLater()
    settle()


def test_text_is_plain_and_scroll_areas_take_no_focus_though_said_by_number(look):
    assert Text("<b>甲</b>").textFormat() is Qt.TextFormat.PlainText
    assert Scroll(Text("甲")).focusPolicy() == Qt.FocusPolicy.NoFocus


def test_todays_work_waits_neither_for_other_pages_nor_for_what_draws_paper():
    script = """
import json, sys
import app.bootstrap.day, app.ui.home.remaking, app.ui.home.screen, app.ui.pages
import app.ui.printing.press, app.ui.shell.day, app.services.desk
print(json.dumps(sorted(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROGRAM, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert "app.ui.home.view" in loaded
    assert loaded.isdisjoint({"reportlab", "PIL", "pypdfium2", "xlsxwriter", "alembic"})
    assert loaded.isdisjoint({"app.services.roster_reading", "app.domain.roster_judging"})
    assert loaded.isdisjoint({"app.ui.assessment.view", "app.ui.fund.view", "app.ui.family.view"})
