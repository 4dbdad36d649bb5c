"""The printers of this machine, through Qt: pages go out as pictures, so what was previewed is what
is printed, whatever fonts the printer has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from app.domain.problem import Unavailable
from app.ui.printing.raster import Picture, pictures

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_DOTS_PER_INCH = 300
_LONGER_THAN_A4 = 13 * _DOTS_PER_INCH
"""Dots: A4 is 11.7 inches long, A3 16.5."""


class MachinePrinters:
    """Keeps the promise of `Outlet`. Call on the work thread."""

    def printers(self) -> Sequence[str]:
        """Names of the printers, the default one first."""
        from PySide6.QtPrintSupport import (
            QPrinterInfo,
        )  # a library of its own: with the first print

        names = list(QPrinterInfo.availablePrinterNames())
        default = QPrinterInfo.defaultPrinterName()
        return sorted(names, key=lambda name: name != default)

    def send(self, pdf: bytes, printer: str) -> None:
        """Print every page once, in grey. Raises Unavailable P-50."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # as above

        if printer not in QPrinterInfo.availablePrinterNames():
            raise _not_taken()
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPrinterName(printer)
        device.setColorMode(QPrinter.ColorMode.GrayScale)  # forms are black; colour ink is dear
        print_pages(pdf, device)


def print_pages(pdf: bytes, device: QPrinter) -> None:
    """Draw the pages on `device`, edge to edge. Raises Unavailable P-50 when it breaks off."""
    device.setResolution(_DOTS_PER_INCH)
    device.setFullPage(True)
    painter = QPainter()
    for number, page in enumerate(pictures(pdf, dots_per_inch=_DOTS_PER_INCH)):
        _turn(device, page)
        begun = painter.begin(device) if number == 0 else device.newPage()
        if not begun:
            raise _not_taken()
        sheet = device.pageLayout().fullRectPixels(device.resolution())
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), image_of(page))
    if painter.isActive() and not painter.end():
        raise _not_taken()


def image_of(page: Picture) -> QImage:
    """The picture as Qt draws it; the bytes are copied."""
    return QImage(
        page.grey, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8
    ).copy()


def _turn(device: QPrinter, page: Picture) -> None:
    wide = page.width > page.height
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    large = max(page.width, page.height) > _LONGER_THAN_A4
    size = QPageSize.PageSizeId.A3 if large else QPageSize.PageSizeId.A4
    device.setPageLayout(QPageLayout(QPageSize(size), turned, QMarginsF(0, 0, 0, 0)))


def _not_taken() -> Unavailable:
    return Unavailable(
        "打印机没有接这份表。",
        do="请看看打印机开了没有、有没有纸，再试一次；或者存成 PDF。",
        code="P-50",
    )
