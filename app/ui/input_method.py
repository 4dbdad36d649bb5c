"""Chinese input on Linux: Qt's wheels bring no fcitx plugin, but fcitx 5 answers as ibus does."""

from __future__ import annotations

from collections.abc import MutableMapping


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Where the desktop says fcitx, ask Qt for ibus instead. Call before QApplication is made."""
    wanted = environment.get("QT_IM_MODULE", "") or environment.get("XMODIFIERS", "")
    if "fcitx" in wanted:
        environment["QT_IM_MODULE"] = "ibus"
