"""Icons: one-colour line drawings (Tabler, MIT), drawn in whatever tone the place needs."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.settings import RESOURCES

ICONS = RESOURCES / "icons"


def icon_pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """`name` drawn in `colour` (#RRGGBB), `side` logical pixels square.

    Kept in Qt's own pixmap cache, which dies with the application. Raises FileNotFoundError for a
    name that was never put into resources/icons.
    """
    key = f"{name} {colour} {side} {ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(name, colour, side, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _drawn(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(QColor(0, 0, 0, 0))
    drawing = _drawing(name).replace(b"currentColor", colour.encode())
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(name: str, colour: str, side: int) -> QIcon:
    """`icon_pixmap` for buttons, as sharp as the sharpest screen."""
    return QIcon(icon_pixmap(name, colour, side, sharpness()))


def sharpness() -> float:
    """Device pixels for each logical one, on the sharpest screen there is."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


@lru_cache(maxsize=128)
def _drawing(name: str) -> bytes:
    """The SVG text of one icon."""
    return (ICONS / f"{name}.svg").read_bytes()
