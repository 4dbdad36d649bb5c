"""The colours, named for what they mean. Plain values without Qt; tests compute the contrast.

Deuteranopes see `warn` and `bad` as one colour, hence an urgent state is a *solid* chip and every
state carries an icon and a word beside its colour.
"""

from __future__ import annotations

from typing import NamedTuple

from app.domain.words import Word


class Tone(Word):
    """What a piece of text, an icon or a chip means."""

    TEXT = "text", "正文"
    SOFT = "soft", "次要"
    FAINT = "faint", "说明"
    PRIMARY = "primary", "主要"
    OK = "ok", "好"
    WARN = "warn", "留意"
    BAD = "bad", "不好"
    OFFLINE = "offline", "离线"
    INFO = "info", "说明"
    URGENT = "urgent", "急"
    ON_PRIMARY = "on_primary", "主色上的字"
    NAV = "nav", "导航"


class Palette(NamedTuple):
    """One set of colours, as #RRGGBB. `*_bg` is the ground a tone of the same name is read on.

    A named tuple, because a dataclass of this size costs two milliseconds of every start.
    """

    dark: bool
    bg: str
    surface: str
    sunken: str
    hover: str
    border: str
    control: str
    text: str
    soft: str
    faint: str
    primary: str
    primary_hover: str
    on_primary: str
    selected: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    urgent_bg: str
    on_urgent: str
    offline: str
    offline_bg: str
    info: str
    info_bg: str
    focus: str
    nav: str
    nav_text: str
    nav_strong: str
    nav_chosen: str
    nav_mark: str
    nav_focus: str
    practice: str
    on_practice: str

    def tone(self, tone: Tone) -> str:
        """The colour text and icons of `tone` are drawn in."""
        return str(getattr(self, _INKS[tone]))

    def ground(self, tone: Tone) -> str:
        """The colour behind a chip or bar of `tone`."""
        return str(getattr(self, _GROUNDS.get(tone, "sunken")))


_INKS = {
    Tone.TEXT: "text",
    Tone.SOFT: "soft",
    Tone.FAINT: "faint",
    Tone.PRIMARY: "primary",
    Tone.OK: "ok",
    Tone.WARN: "warn",
    Tone.BAD: "bad",
    Tone.OFFLINE: "offline",
    Tone.INFO: "info",
    Tone.URGENT: "on_urgent",
    Tone.ON_PRIMARY: "on_primary",
    Tone.NAV: "nav_text",
}

_GROUNDS = {
    Tone.PRIMARY: "selected",
    Tone.OK: "ok_bg",
    Tone.WARN: "warn_bg",
    Tone.BAD: "bad_bg",
    Tone.OFFLINE: "offline_bg",
    Tone.INFO: "info_bg",
    Tone.URGENT: "urgent_bg",
    Tone.ON_PRIMARY: "primary",
    Tone.NAV: "nav",
}

LIGHT = Palette(
    dark=False,
    bg="#F3F5F8",
    surface="#FFFFFF",
    sunken="#EDF0F4",
    hover="#F2F6FB",
    border="#D3D9E2",
    control="#73839A",
    text="#18212D",
    soft="#4B5868",
    faint="#5F6C7D",
    primary="#17579E",
    primary_hover="#104681",
    on_primary="#FFFFFF",
    selected="#E4EEF9",
    ok="#17693C",
    ok_bg="#E3F3E9",
    warn="#7A4B00",
    warn_bg="#FFF1CF",
    bad="#A61B1B",
    bad_bg="#FCE8E6",
    urgent_bg="#A61B1B",
    on_urgent="#FFFFFF",
    offline="#5A4B8A",
    offline_bg="#ECE8F7",
    info="#17579E",
    info_bg="#E4EEF9",
    focus="#C25E00",
    nav="#12304F",
    nav_text="#D8E3EF",
    nav_strong="#FFFFFF",
    nav_chosen="#245585",
    nav_mark="#7DB8F2",
    nav_focus="#FFB454",
    practice="#F5A623",
    on_practice="#3A2400",
)

DARK = Palette(
    dark=True,
    bg="#14181E",
    surface="#1C222A",
    sunken="#242B35",
    hover="#222A34",
    border="#38424F",
    control="#7E8CA0",
    text="#EAF0F7",
    soft="#B9C4D2",
    faint="#A3AFBE",
    primary="#6FB1F5",
    primary_hover="#93C5F9",
    on_primary="#0B1420",
    selected="#1E3553",
    ok="#76D19A",
    ok_bg="#173524",
    warn="#F2C14E",
    warn_bg="#3B2F12",
    bad="#FF9C93",
    bad_bg="#43201F",
    urgent_bg="#FF9C93",
    on_urgent="#2A0B09",
    offline="#BBAAF0",
    offline_bg="#2C2645",
    info="#6FB1F5",
    info_bg="#1E3553",
    focus="#FFB454",
    nav="#0E1722",
    nav_text="#C3D0DF",
    nav_strong="#FFFFFF",
    nav_chosen="#1F4269",
    nav_mark="#6FB1F5",
    nav_focus="#FFB454",
    practice="#F5A623",
    on_practice="#2A1900",
)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colours, 1.0 … 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2, sRGB)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """One sRGB channel, 0…1, without its gamma."""
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4


_LINEAR_BELOW = 0.04045
