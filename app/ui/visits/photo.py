"""A picture from a file, made again from its pixels: what the camera wrote beside them is gone.

Place and time of a photo are never kept (security R29). Runs on the work thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from app.domain.problem import Refused

LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2560
"""Pixels of the longer side as kept."""
_QUALITY: Final = 85
_KINDS: Final = frozenset({b"jpeg", b"png"})


def photograph(path: str) -> bytes:
    """The JPEG to keep. Raises Refused F-60 for what is no picture, F-61 for one too large."""
    image = _read(Path(path.strip().strip('"')))
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            QSize(LONGEST_SIDE, LONGEST_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    plain = QImage(image.size(), QImage.Format.Format_RGB888)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)  # only pixels come across: no text, no profile, no place
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    if not writer.write(plain):
        raise _unreadable()
    return bytes(content.data())


def _read(path: Path) -> QImage:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except (OSError, ValueError) as error:
        raise Refused(
            "这个位置没有照片，或者读不了。", do="请核对文件的位置。", code="F-60", field="photos"
        ) from error
    if size > LARGEST_FILE:
        raise _too_large()
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    pixels = reader.size()
    if bytes(reader.format().data()) not in _KINDS or not pixels.isValid():
        raise _unreadable()
    if pixels.width() * pixels.height() > MOST_PIXELS:
        raise _too_large()
    image = reader.read()
    if image.isNull():
        raise _unreadable()
    return image


def _unreadable() -> Refused:
    return Refused(
        "这不是照片，或者照片坏了。",
        safe="填的都在。",
        do="请换一张手机拍的照片。",
        code="F-60",
        field="photos",
    )


def _too_large() -> Refused:
    return Refused(
        "照片太大。", safe="填的都在。", do="请换一张小些的。", code="F-61", field="photos"
    )
