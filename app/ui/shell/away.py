"""She has left the machine: its session was locked, switched or put to sleep (security R07).

The system is asked to tell, on Linux over D-Bus (logind and the desktop's screen saver), on Windows
by the messages of its session service. Where it tells nothing the idle clock still locks. Imported
after the first picture only.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

_LOGIN: Final = "org.freedesktop.login1"
_MANAGER: Final = "/org/freedesktop/login1"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SCREEN_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
)
_SYSTEM_BUS: Final = Path("/run/dbus/system_bus_socket")


class Away(QObject):
    """`left` when the system says that nobody is here any more. May say it more than once."""

    left = Signal()


def watch_machine(window: QWidget, parent: QObject) -> Away:
    """What this system can tell; `window` is the one that is shown."""
    if sys.platform == "win32":
        return WindowsAway(window, parent)
    from PySide6.QtDBus import QDBusConnection

    session = QDBusConnection.sessionBus() if _has_session_bus() else None
    system = QDBusConnection.systemBus() if _has_system_bus() else None
    return BusAway(session, system, parent)


class BusAway(Away):
    """Listens on the two buses of a Linux desktop; either may be missing."""

    def __init__(
        self,
        session: QDBusConnection | None,
        system: QDBusConnection | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._system = system
        self._asked: QDBusPendingCallWatcher | None = None
        if session is not None:
            for name in _SCREEN_SAVERS:
                self._hear(session, "", "", name, "ActiveChanged", "heard_state(bool)")
        if system is not None:
            manager = f"{_LOGIN}.Manager"
            self._hear(system, _LOGIN, _MANAGER, manager, "PrepareForSleep", "heard_state(bool)")
            self._ask_session(system)

    @Slot(bool)
    def heard_state(self, on: bool) -> None:  # noqa: FBT001  # D-Bus says it so
        """The screen saver came on, or the machine is about to sleep."""
        if on:
            self.left.emit()

    @Slot()
    def heard_lock(self) -> None:
        """`loginctl lock-session`, or the desktop's own key."""
        self.left.emit()

    @Slot(str, "QVariantMap", "QStringList")  # type: ignore[arg-type]  # the stub knows classes only
    def heard_change(self, interface: str, changed: dict[str, Any], gone: list[str]) -> None:
        """The session is locked, or somebody else's is in front."""
        del gone
        if interface == f"{_LOGIN}.Session" and (
            changed.get("LockedHint") is True or changed.get("Active") is False
        ):
            self.left.emit()

    def heard_session(self, asked: QDBusPendingCallWatcher) -> None:
        """Which session is ours: only its own signals count."""
        self._asked = None
        if asked.isError() or self._system is None:
            return  # no logind here
        path = asked.reply().arguments()[0].path()
        session = f"{_LOGIN}.Session"
        self._hear(self._system, _LOGIN, path, session, "Lock", "heard_lock()")
        self._hear(
            self._system,
            _LOGIN,
            path,
            _PROPERTIES,
            "PropertiesChanged",
            "heard_change(QString,QVariantMap,QStringList)",
        )

    def _ask_session(self, system: QDBusConnection) -> None:
        from PySide6.QtDBus import QDBusPendingCallWatcher

        call = _session_call(os.environ.get("XDG_SESSION_ID", "auto"))
        self._asked = QDBusPendingCallWatcher(system.asyncCall(call), self)
        self._asked.finished.connect(self.heard_session)

    def _hear(
        self, bus: QDBusConnection, service: str, path: str, interface: str, name: str, slot: str
    ) -> None:
        # the stub wants bytes, the binding takes what SLOT gives: text
        bus.connect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]  # as said


class WindowsAway(Away):
    """Listens to the messages of the Windows session service. Not tested: nobody has run it."""

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = _WindowsFilter(self)
        application = QCoreApplication.instance()
        if sys.platform == "win32" and application is not None:
            import ctypes  # only there has it windll

            application.installNativeEventFilter(self._filter)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)


class _WindowsFilter(QAbstractNativeEventFilter):
    """WM_WTSSESSION_CHANGE and WM_POWERBROADCAST, as <wtsapi32.h> and <winuser.h> number them."""

    SESSION_CHANGE: Final = 0x02B1
    POWER: Final = 0x0218
    SUSPEND: Final = 0x4
    LEFT: Final = frozenset({0x2, 0x4, 0x7})
    """Console disconnected (user switched), remote disconnected, locked."""

    def __init__(self, away: Away) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:  # noqa: ANN401, N802  # Qt's
        """Notice, change nothing."""
        if sys.platform == "win32" and bytes(kind) == b"windows_generic_MSG":
            from ctypes import wintypes  # as above

            told = wintypes.MSG.from_address(int(message))
            self.judge(told.message, told.wParam)
        return False, 0

    def judge(self, message: int, what: int) -> None:
        """Say that she left when a message means it."""
        if (message == self.SESSION_CHANGE and what in self.LEFT) or (
            message == self.POWER and what == self.SUSPEND
        ):
            self._away.left.emit()


def _session_call(session: str) -> QDBusMessage:
    from PySide6.QtDBus import QDBusMessage

    call = QDBusMessage.createMethodCall(_LOGIN, _MANAGER, f"{_LOGIN}.Manager", "GetSession")
    call.setArguments([session])
    return call


def _has_session_bus() -> bool:
    """Asking Qt for a bus that is not there would start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ or (
        bool(runtime) and Path(runtime, "bus").exists()
    )


def _has_system_bus() -> bool:
    return "DBUS_SYSTEM_BUS_ADDRESS" in os.environ or _SYSTEM_BUS.exists()
