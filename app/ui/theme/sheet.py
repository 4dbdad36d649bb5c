"""The style sheet, written from the tokens: no colour and no length is spelled anywhere else."""

from __future__ import annotations

from app.ui.theme.scale import Scale
from app.ui.theme.tokens import Palette


def style_sheet(palette: Palette, scale: Scale) -> str:
    """Qt style sheet of the whole program for one palette and one type size."""
    return "\n".join(
        part(palette, scale)
        for part in (_texts, _surfaces, _inputs, _buttons, _choices, _tables, _bars, _shell)
    )


def _texts(p: Palette, s: Scale) -> str:
    return f"""
QAbstractButton, QAbstractItemView {{ outline: none; }}
QLabel[role="title"] {{ font-size: {s.xl}px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {s.lg}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="small"] {{ font-size: {s.sm}px; }}
QLabel[role="figure"] {{ font-size: {s.xxl}px; font-weight: 700; }}
QToolTip {{ background: {p.surface}; color: {p.text}; border: 1px solid {p.border};
  padding: {s.px(0.3)}px; }}
""" + "\n".join(
        f'QLabel[tone="{name}"] {{ color: {colour}; }}'
        for name, colour in (
            ("soft", p.soft),
            ("faint", p.faint),
            ("primary", p.primary),
            ("ok", p.ok),
            ("warn", p.warn),
            ("bad", p.bad),
            ("offline", p.offline),
            ("info", p.info),
            ("on_primary", p.on_primary),
            ("nav", p.nav_text),
        )
    )


def _surfaces(p: Palette, s: Scale) -> str:
    return f"""
QWidget[role="page"], QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{
  background: {p.bg}; border: none; }}
QScrollArea[role="inner"], QScrollArea[role="inner"] > QWidget > QWidget {{
  background: transparent; border: none; }}
QFrame[role="card"] {{ background: {p.surface}; border: 1px solid {p.border};
  border-radius: 8px; }}
QFrame[role="card"]:focus {{ border: 2px solid {p.focus}; }}
QFrame[role="tile"] {{ background: {p.surface}; border: 1px solid {p.border};
  border-radius: 8px; }}
QFrame[role="tile"]:hover {{ border-color: {p.control}; background: {p.hover}; }}
QFrame[role="tile"]:focus {{ border: 2px solid {p.focus}; }}
QFrame[role="sunken"] {{ background: {p.sunken}; border: none; border-radius: 6px; }}
QFrame[role="line"] {{ background: {p.border}; border: none; max-height: 1px; min-height: 1px; }}
QScrollBar:vertical {{ background: transparent; width: {s.px(0.75)}px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {s.px(0.75)}px; margin: 2px; }}
QScrollBar::handle {{ background: {p.control}; border-radius: {s.px(0.22)}px; }}
QScrollBar::handle:vertical {{ min-height: {s.px(2.4)}px; }}
QScrollBar::handle:horizontal {{ min-width: {s.px(2.4)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _inputs(p: Palette, s: Scale) -> str:
    inner = s.control - 4
    return f"""
QLineEdit, QPlainTextEdit, QComboBox {{ background: {p.surface}; color: {p.text};
  border: 1px solid {p.control}; border-radius: 5px; padding: 1px {s.px(0.7)}px;
  selection-background-color: {p.primary}; selection-color: {p.on_primary}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {p.faint}; }}
QLineEdit, QComboBox {{ min-height: {inner}px; }}
QPlainTextEdit {{ padding: {s.px(0.35)}px {s.px(0.45)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {p.focus};
  padding: 0px {s.px(0.7) - 1}px; }}
QPlainTextEdit:focus {{ padding: {s.px(0.35) - 1}px {s.px(0.45) - 1}px; }}
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] {{ background: {p.warn_bg};
  border: 2px solid {p.warn}; }}
QLineEdit[state="bad"], QPlainTextEdit[state="bad"] {{ background: {p.bad_bg};
  border: 2px solid {p.bad}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{ background: {p.sunken};
  color: {p.soft}; border-color: {p.border}; }}
QLineEdit[role="search"] {{ padding-left: {s.px(2.5)}px; }}
QComboBox::drop-down {{ border: none; width: {s.px(2)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {p.surface}; border: 1px solid {p.control};
  selection-background-color: {p.selected}; selection-color: {p.text}; }}
QCheckBox {{ spacing: {s.px(0.6)}px; min-height: {s.px(1.9)}px; border-radius: 4px;
  padding: 0 {s.px(0.3)}px; border: 2px solid transparent; }}
QCheckBox:focus {{ border: 2px solid {p.focus}; }}
QCheckBox::indicator {{ width: {s.px(1.15)}px; height: {s.px(1.15)}px;
  border: 1px solid {p.control}; border-radius: 3px; background: {p.surface}; }}
QCheckBox::indicator:checked {{ background: {p.primary}; border-color: {p.primary}; }}
QListView[role="answers"] {{ background: {p.surface}; border: 1px solid {p.control};
  border-radius: 6px; padding: {s.px(0.25)}px; }}
QListView[role="answers"]::item {{ border-radius: 4px; }}
"""


def _buttons(p: Palette, s: Scale) -> str:
    return f"""
QPushButton {{ background: {p.surface}; color: {p.text}; border: 1px solid {p.control};
  border-radius: 5px; min-height: {s.control - 2}px; padding: 0 {s.px(0.95)}px; }}
QPushButton:hover {{ background: {p.hover}; border-color: {p.primary}; }}
QPushButton:pressed {{ background: {p.selected}; }}
QPushButton:focus {{ border: 2px solid {p.focus}; padding: 0 {s.px(0.95) - 1}px;
  min-height: {s.control - 4}px; }}
QPushButton:disabled {{ background: {p.sunken}; color: {p.faint}; border-color: {p.border}; }}
QPushButton[kind="primary"] {{ background: {p.primary}; color: {p.on_primary}; font-weight: 700;
  border: 1px solid {p.primary}; }}
QPushButton[kind="primary"]:hover {{ background: {p.primary_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {p.focus}; }}
QPushButton[kind="primary"]:disabled {{ background: {p.sunken}; color: {p.faint};
  border-color: {p.border}; }}
QPushButton[kind="urgent"] {{ background: {p.bad_bg}; color: {p.bad}; font-weight: 700;
  border: 1px solid {p.bad}; }}
QPushButton[kind="urgent"]:focus {{ border: 2px solid {p.focus}; }}
QPushButton[kind="link"] {{ background: transparent; color: {p.primary}; border: none;
  min-height: {s.px(1.8)}px; padding: 0 {s.px(0.4)}px; border-radius: 4px; }}
QPushButton[kind="link"]:hover {{ background: {p.selected}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {p.focus}; padding: 0 {s.px(0.4) - 2}px;
  min-height: {s.px(1.8) - 4}px; }}
QPushButton[align="left"] {{ text-align: left; }}
"""


def _choices(p: Palette, s: Scale) -> str:
    return f"""
QFrame[role="choices"] {{ background: transparent; border: 2px solid transparent;
  border-radius: 7px; }}
QFrame[role="choices"]:focus {{ border: 2px solid {p.focus}; background: {p.surface}; }}
QAbstractButton[role="choice"] {{ background: {p.surface}; color: {p.text};
  border: 1px solid {p.control}; border-radius: 5px; min-height: {s.control - 6}px;
  padding: 1px {s.px(0.8) + 1}px; }}
QAbstractButton[role="choice"]:hover {{ background: {p.hover}; border-color: {p.primary}; }}
QAbstractButton[role="choice"]:checked {{ background: {p.selected}; color: {p.primary};
  border: 2px solid {p.primary}; padding: 0 {s.px(0.8)}px; font-weight: 700; }}
QPushButton[role="day"] {{ background: {p.surface}; color: {p.text}; padding: 0;
  border: 1px solid {p.border}; border-radius: 5px; font-size: {s.sm}px;
  min-height: {s.px(2.6)}px; }}
QPushButton[role="day"]:hover {{ background: {p.hover}; }}
QPushButton[role="day"]:checked {{ background: {p.selected}; color: {p.primary};
  border: 1px solid {p.primary}; font-weight: 700; }}
QPushButton[role="day"]:focus {{ border: 2px solid {p.focus}; padding: 0;
  min-height: {s.px(2.6) - 2}px; }}
QAbstractButton[role="choice"]:disabled {{ background: {p.sunken}; color: {p.faint};
  border-color: {p.border}; }}
"""


def _tables(p: Palette, s: Scale) -> str:
    return f"""
QTableView {{ background: {p.surface}; border: 1px solid {p.border}; border-radius: 8px;
  gridline-color: {p.border}; selection-background-color: {p.selected};
  selection-color: {p.text}; }}
QTableView:focus {{ border: 1px solid {p.control}; }}
QTableView[role="plain"] {{ border: none; border-radius: 0; }}
QTableView[role="plain"]:focus {{ border: none; }}
QHeaderView {{ background: {p.sunken}; border: none; border-top-left-radius: 7px;
  border-top-right-radius: 7px; }}
QHeaderView::section {{ background: {p.sunken}; color: {p.soft}; font-weight: 700; border: none;
  border-bottom: 1px solid {p.border}; padding: {s.px(0.55)}px {s.px(0.6)}px; }}
QHeaderView::section:first {{ border-top-left-radius: 7px; }}
QHeaderView::section:last {{ border-top-right-radius: 7px; }}
QTableCornerButton::section {{ background: {p.sunken}; border: none; }}
"""


def _bars(p: Palette, s: Scale) -> str:
    grounds = "\n".join(
        f'QFrame[role="bar"][tone="{name}"] {{ background: {ground}; border: 1px solid {ink};'
        f" border-radius: 6px; }}"
        for name, ground, ink in (
            ("bad", p.bad_bg, p.bad),
            ("warn", p.warn_bg, p.warn),
            ("ok", p.ok_bg, p.ok),
            ("info", p.info_bg, p.info),
            ("offline", p.offline_bg, p.offline),
        )
    )
    return f"""
QProgressBar {{ background: {p.sunken}; border: 1px solid {p.border}; border-radius: 5px;
  min-height: {s.px(1.1)}px; max-height: {s.px(1.1)}px; text-align: center; }}
QProgressBar::chunk {{ background: {p.primary}; border-radius: 4px; }}
{grounds}
"""


def _shell(p: Palette, s: Scale) -> str:
    return f"""
QFrame[role="nav"] {{ background: {p.nav}; border: none; }}
QFrame[role="nav"] QLabel {{ color: {p.nav_text}; }}
QFrame[role="nav"] QLabel[role="heading"] {{ color: {p.nav_strong}; }}
QPushButton[kind="nav"] {{ background: transparent; color: {p.nav_text}; text-align: left;
  border: 2px solid transparent; border-radius: 6px; padding: 0 {s.px(0.7)}px;
  min-height: {s.control - 4}px; }}
QPushButton[kind="nav"]:hover {{ background: {p.nav_chosen}; }}
QPushButton[kind="nav"]:checked {{ background: {p.nav_chosen}; color: {p.nav_strong};
  font-weight: 700; border-left: 4px solid {p.nav_mark}; padding-left: {s.px(0.7) - 2}px; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {p.nav_focus}; padding: 0 {s.px(0.7)}px; }}
QFrame[role="status"] {{ background: {p.surface}; border: none;
  border-top: 1px solid {p.border}; }}
QFrame[role="status"] QLabel {{ color: {p.soft}; font-size: {s.sm}px; }}
QFrame[role="practice"] {{ background: {p.practice}; border: none; }}
QFrame[role="practice"] QLabel {{ color: {p.on_practice}; font-weight: 700; }}
"""
