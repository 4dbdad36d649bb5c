"""The program's own Chinese font, so that pages look the same on every machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.settings import RESOURCES

FONTS = RESOURCES / "fonts"
_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_RARE = ("HanaMinA.ttf", "HanaMinB.ttf")
_SYSTEM = (
    "Noto Sans SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "LXGW WenKai",
    "HanaMinA",
    "HanaMinB",
)
"""Simplified shapes by name: fontconfig may answer a bare request with the Japanese ones."""


def load_fonts(folder: Path = FONTS) -> tuple[str, ...]:
    """Register the fonts lying in `folder`; families to ask for, the bundled one first if there."""
    bundled: list[str] = []
    for name in _FILES:
        number = QFontDatabase.addApplicationFont(str(folder / name)) if _lies(folder, name) else -1
        if number >= 0:
            bundled += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys((*bundled, *_SYSTEM)))


def load_rare_fonts(folder: Path = FONTS) -> None:
    """Register the fonts of rare names (CJK extension B and beyond) for Qt to fall back on."""
    for name in _RARE:
        if _lies(folder, name):
            QFontDatabase.addApplicationFont(str(folder / name))


def font_of(families: tuple[str, ...], base: int) -> QFont:
    """The body font at `base` pixels."""
    font = QFont(list(families))
    font.setPixelSize(base)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _lies(folder: Path, name: str) -> bool:
    """Whether the file is there; it is missing in a checkout before set-up."""
    return (folder / name).is_file()
