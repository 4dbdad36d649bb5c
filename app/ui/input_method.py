"""Chinese input on Linux: Qt's wheels bring no fcitx plugin, but fcitx 5 answers as ibus does."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

_FCITX: Final = "fcitx"
_IBUS: Final = "ibus"
_MANY: Final = "QT_IM_MODULES"
"""What newer Qt reads first, where a desktop sets it: several names, the first that there is."""
_ONE: Final = "QT_IM_MODULE"


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Where the desktop says fcitx, ask Qt for ibus instead. Call before QApplication is made."""
    many = environment.get(_MANY, "")
    if _FCITX in many:
        names = (_IBUS if _FCITX in name else name for name in many.split(";"))
        environment[_MANY] = ";".join(dict.fromkeys(names))
    wanted = environment.get(_ONE, "") or many or environment.get("XMODIFIERS", "")
    if _FCITX in wanted:
        environment[_ONE] = _IBUS
