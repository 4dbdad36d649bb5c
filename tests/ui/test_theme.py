"""Colours one can read, sizes that grow together, icons that exist."""

from __future__ import annotations

import pytest

from app.settings import RESOURCES
from app.ui.theme.look import Look
from app.ui.theme.scale import Scale, TypeSize
from app.ui.theme.sheet import style_sheet
from app.ui.theme.tokens import DARK, LIGHT, Palette, Tone, contrast
from app.ui.widgets.inputs import LineEdit, TextEdit

PALETTES = [LIGHT, DARK]
READ_ON = {
    Tone.TEXT: ("bg", "surface", "sunken", "hover", "selected"),
    Tone.SOFT: ("bg", "surface", "sunken", "hover", "selected"),
    Tone.FAINT: ("bg", "surface", "sunken"),
    Tone.PRIMARY: ("bg", "surface", "selected", "hover"),
    Tone.OK: ("surface", "bg", "ok_bg", "selected"),
    Tone.WARN: ("surface", "bg", "warn_bg", "selected"),
    Tone.BAD: ("surface", "bg", "bad_bg"),
    Tone.OFFLINE: ("surface", "bg", "offline_bg", "selected"),
    Tone.INFO: ("surface", "bg", "info_bg"),
    Tone.URGENT: ("urgent_bg",),
    Tone.ON_PRIMARY: ("primary", "primary_hover"),
    Tone.NAV: ("nav", "nav_chosen"),
}


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("tone", Tone)
def test_every_text_can_be_read_on_every_ground_it_stands_on(palette: Palette, tone: Tone):
    for ground in READ_ON[tone]:
        ratio = contrast(palette.tone(tone), getattr(palette, ground))
        assert ratio >= 4.5, f"{tone.value} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["bg", "surface", "sunken"])
def test_borders_and_the_focus_ring_are_seen(palette: Palette, ground: str):
    assert contrast(palette.control, getattr(palette, ground)) >= 3
    assert contrast(palette.focus, getattr(palette, ground)) >= 3


@pytest.mark.parametrize("palette", PALETTES)
def test_the_focus_ring_is_seen_in_the_navigation_and_on_rows(palette: Palette):
    assert contrast(palette.nav_focus, palette.nav) >= 3
    assert contrast(palette.focus, palette.selected) >= 3


@pytest.mark.parametrize("palette", PALETTES)
def test_the_practice_stripe_can_be_read(palette: Palette):
    assert contrast(palette.on_practice, palette.practice) >= 4.5


def test_black_on_white_is_the_largest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("palette", PALETTES)
def test_every_tone_has_an_ink_and_a_ground(palette: Palette):
    for tone in Tone:
        assert palette.tone(tone).startswith("#")
        assert palette.ground(tone).startswith("#")


def test_the_large_size_meets_the_elder_guidance():
    assert TypeSize.LARGE.base >= 18


def test_lengths_grow_with_the_type():
    small, large = Scale(15), Scale(21)

    assert [small.control, large.control] == [36, 50]
    assert small.xs < small.sm < small.base < small.lg < small.xl < small.xxl


def test_sizes_step_and_stop_at_the_ends():
    assert TypeSize.STANDARD.stepped(1) is TypeSize.LARGE
    assert TypeSize.EXTRA.stepped(1) is TypeSize.EXTRA
    assert TypeSize.STANDARD.stepped(-1) is TypeSize.STANDARD


def test_the_sheet_is_written_for_both_palettes():
    assert style_sheet(LIGHT, Scale(15)) != style_sheet(DARK, Scale(15))
    assert "None" not in style_sheet(DARK, Scale(18))


def test_a_switch_reaches_the_application(look: Look, qapp):
    look.wear(size=TypeSize.LARGE, dark=True)

    assert qapp.font().pixelSize() == 18
    assert qapp.palette().window().color().name().upper() == DARK.bg


def test_what_is_worn_already_is_not_put_on_again(look: Look, qtbot):
    """Changing only the minutes until the lock made a window full of pages stand still."""
    look.wear(size=TypeSize.LARGE, dark=True)

    with qtbot.assertNotEmitted(look.changed):
        look.wear(size=TypeSize.LARGE, dark=True)
    with qtbot.waitSignal(look.changed):
        look.wear(dark=False)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", [LineEdit, TextEdit])
def test_what_a_field_hints_at_can_be_read(look: Look, qtbot, kind, dark: bool):
    """Left to itself Qt writes it in half the ink of the text: 3.4 on white."""
    look.wear(dark=dark)
    field = kind()
    qtbot.addWidget(field)
    field.show()
    palette = DARK if dark else LIGHT

    ink = field.palette().placeholderText().color()

    assert (ink.name().upper(), ink.alpha()) == (palette.faint, 255)
    assert contrast(palette.faint, palette.surface) >= 4.5


def test_the_icons_come_with_their_licence():
    assert (RESOURCES / "icons" / "LICENSE").read_text().startswith("MIT License")
