"""The machine's session is locked, switched or put to sleep: so is the program (security R07)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath
from pytestqt.qtbot import QtBot

from app.ui.shell.away import Away, BusAway, _WindowsFilter, watch_machine
from app.ui.widgets.page import PageFrame

OURS = "/org/freedesktop/login1/session/_31"
THEIRS = "/org/freedesktop/login1/session/_32"
SESSION = "org.freedesktop.login1.Session"


@ClassInfo({"D-Bus Interface": "org.freedesktop.login1.Manager"})
class Logind(QObject):
    """Knows one session, the way systemd's does."""

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, name: str) -> QDBusObjectPath:  # noqa: N802  # D-Bus's name
        return QDBusObjectPath(OURS if name in ("1", "auto") else "/nowhere")


class Desktop:
    """A bus of its own, with logind on it; speaks as the desktop would."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.bus = QDBusConnection.connectToBus(address, "desktop")
        self.logind = Logind()
        assert self.bus.registerService("org.freedesktop.login1")
        assert self.bus.registerObject(
            "/org/freedesktop/login1",
            self.logind,
            QDBusConnection.RegisterOption.ExportAllSlots,
        )

    def say(self, path: str, interface: str, name: str, *what: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(what))
        assert self.bus.send(signal)

    def close(self) -> None:
        self.bus.unregisterObject("/org/freedesktop/login1")
        QDBusConnection.disconnectFromBus("desktop")


@pytest.fixture
def desktop(qapp, tmp_path: Path) -> Iterator[Desktop]:
    """A private message bus, in a process of its own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1",
         f"--address=unix:path={tmp_path}/bus"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    made = Desktop(daemon.stdout.readline().strip())
    yield made
    made.close()
    daemon.terminate()
    daemon.communicate()


@pytest.fixture
def away(desktop: Desktop, qtbot: QtBot) -> Iterator[BusAway]:
    """Listening on that bus as on both; it knows its session."""
    bus = QDBusConnection.connectToBus(desktop.address, "program")
    watch = BusAway(bus, bus)
    qtbot.waitUntil(lambda: watch._asked is None)
    yield watch
    watch.deleteLater()
    QDBusConnection.disconnectFromBus("program")


@pytest.mark.parametrize(
    "told",
    [
        (OURS, SESSION, "Lock"),
        (OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged",
         SESSION, {"LockedHint": True}, []),
        (OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged",
         SESSION, {"Active": False}, []),
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
    ],
    ids=["lock", "hint", "switched", "sleep", "screen saver", "gnome"],
)  # fmt: skip
def test_what_means_that_nobody_is_here_is_heard(away, desktop, qtbot, told):
    with qtbot.waitSignal(away.left, timeout=5000):
        desktop.say(*told)


def test_what_is_somebody_else_s_or_means_coming_back_is_not(away, desktop, qtbot):
    heard = []
    away.left.connect(lambda: heard.append(1))
    properties = "org.freedesktop.DBus.Properties"

    desktop.say(THEIRS, SESSION, "Lock")
    desktop.say(THEIRS, properties, "PropertiesChanged", SESSION, {"LockedHint": True}, [])
    desktop.say(OURS, properties, "PropertiesChanged", SESSION, {"LockedHint": False}, [])
    desktop.say(OURS, properties, "PropertiesChanged", "org.example", {"LockedHint": True}, [])
    desktop.say("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    with qtbot.waitSignal(away.left, timeout=5000):
        desktop.say(OURS, SESSION, "Lock")  # in order: when this is heard, so were those

    assert heard == [1]


def test_without_logind_the_screen_saver_is_still_heard(desktop, qtbot):
    desktop.bus.unregisterService("org.freedesktop.login1")
    bus = QDBusConnection.connectToBus(desktop.address, "lone")
    watch = BusAway(bus, bus)
    qtbot.waitUntil(lambda: watch._asked is None)

    with qtbot.waitSignal(watch.left, timeout=5000):
        desktop.say("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
    watch.deleteLater()
    QDBusConnection.disconnectFromBus("lone")


def test_without_any_bus_nothing_is_started_and_nothing_breaks(qtbot, look, monkeypatch):
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("app.ui.shell.away._SYSTEM_BUS", Path("/nowhere"))
    page = PageFrame("试页")
    qtbot.addWidget(page)

    watch = watch_machine(page, page)

    assert isinstance(watch, Away)
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


@pytest.mark.parametrize(
    ("message", "what", "left"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x2, True),
        (0x02B1, 0x4, True),
        (0x02B1, 0x8, False),
        (0x0218, 0x4, True),
        (0x0218, 0x7, False),
        (0x0100, 0x7, False),
    ],
)
def test_the_numbers_of_windows_mean_what_its_headers_say(qapp, message, what, left):
    """Only the judging: nobody has run it on Windows."""
    away, heard = Away(), []
    away.left.connect(lambda: heard.append(1))

    _WindowsFilter(away).judge(message, what)

    assert bool(heard) is left
