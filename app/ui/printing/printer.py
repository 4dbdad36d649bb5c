"""The printers of this machine, through Qt: pages go out as pictures, so what was previewed is what
is printed, whatever fonts the printer has."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from app.documents.pdfium import Picture
from app.domain.problem import Unavailable
from app.ui.printing.cups import took_the_job
from app.ui.printing.raster import POINTS_PER_INCH, longest_side, pictures
from app.ui.printing.spool import spool_kept

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

_DOTS_PER_INCH = 300
_CUPS_OPTIONS = 0xFE00
"""Qt's key for options of a CUPS job (qcups_p.h); the other print systems pass over it."""
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

    def kept(self, printers: Sequence[str]) -> int | None:
        """Seconds the machine keeps what these printed; 0 for not at all, None for ever."""
        return spool_kept(printers)

    def send(self, pdf: bytes, printer: str, *, leaves: Sequence[int] | None = None) -> None:
        """Print every page once, in grey.

        Raises Unavailable P-50, P-51 for A3 it has none of, P-52 when it has been stopped.
        """
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # as above

        if printer not in QPrinterInfo.availablePrinterNames():
            raise _not_taken()
        info = QPrinterInfo.printerInfo(printer)
        _require_running(info)
        sheets = info.supportedPageSizes()
        if sheets and longest_side(pdf) > _LONGER_THAN_A4 / _DOTS_PER_INCH * POINTS_PER_INCH:
            _require_large(sheets)
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPrinterName(printer)
        device.setColorMode(QPrinter.ColorMode.GrayScale)  # forms are black; colour ink is dear
        both = QPrinter.DuplexMode.DuplexAuto  # turned over its long side, a wide page its short
        device.setDuplex(QPrinter.DuplexMode.DuplexNone if leaves is None else both)
        _at_its_size(device)
        print_pages(pdf, device, leaves=leaves)
        if not took_the_job():
            raise _not_taken()


def print_pages(pdf: bytes, device: QPrinter, *, leaves: Sequence[int] | None = None) -> None:
    """Draw the pages on `device`, edge to edge at their own size.

    With `leaves`, the back of a sheet stays empty where the next page belongs to another copy.
    Raises Unavailable P-50 when it breaks off.
    """
    device.setResolution(_DOTS_PER_INCH)
    device.setFullPage(True)
    painter = QPainter()
    turned = _ends_in_front(leaves or ())
    for number, page in enumerate(pictures(pdf, dots_per_inch=_DOTS_PER_INCH)):
        if number in turned and not device.newPage():
            raise _not_taken()
        _turn(device, page)
        begun = painter.begin(device) if number == 0 else device.newPage()
        if not begun:
            raise _not_taken()
        sheet = device.pageLayout().fullRectPixels(device.resolution())
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), image_of(page))
    if painter.isActive() and not painter.end():
        raise _not_taken()


def _ends_in_front(leaves: Sequence[int]) -> frozenset[int]:
    """After how many pages a copy ends on the front of its sheet."""
    ends = accumulate(leaves)
    return frozenset(end for end, count in zip(ends, leaves, strict=True) if count % 2)


def image_of(page: Picture) -> QImage:
    """The picture as Qt draws it; the bytes are copied."""
    return QImage(
        page.grey, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8
    ).copy()


def _at_its_size(device: QPrinter) -> None:
    """Ask the print system not to fit the pages into the printer's margins; Windows does not."""
    from PySide6.QtPrintSupport import QPrintEngine  # as above

    options = QPrintEngine.PrintEnginePropertyKey(_CUPS_OPTIONS)
    device.printEngine().setProperty(options, ["print-scaling", "none"])


def _turn(device: QPrinter, page: Picture) -> None:
    """Choose sheet and direction for a page, one after the other: a whole layout without margins
    is refused for every printer that has some, and a wide page would come out squeezed upright."""
    wide = page.width > page.height
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    large = max(page.width, page.height) > _LONGER_THAN_A4
    size = QPageSize.PageSizeId.A3 if large else QPageSize.PageSizeId.A4
    device.setPageSize(QPageSize(size))
    device.setPageOrientation(turned)


def _require_running(info: QPrinterInfo) -> None:
    """Raises Unavailable P-52 for a queue that would keep what it is given and print it some day.

    Windows calls a printer that is short of toner by the same name, so it is not asked.
    """
    from PySide6.QtPrintSupport import QPrinter  # as above

    if sys.platform != "win32" and info.state() is QPrinter.PrinterState.Error:
        raise Unavailable(
            "打印机停着，没有送过去。",
            do="请看看打印机开了没有、卡纸没有，在电脑的打印机设置里点“恢复打印”，"
            "再试一次；或者存成 PDF。",
            code="P-52",
        )


def _require_large(sheets: Sequence[QPageSize]) -> None:
    """Raises Unavailable P-51 for a printer that would cut or shrink what is for A3."""
    if not any(sheet.id() == QPageSize.PageSizeId.A3 for sheet in sheets):
        raise Unavailable(
            "这台打印机没有 A3 纸。",
            do="请换一台能打 A3 的打印机，或者存成 PDF，拿到打印店放大打印。",
            code="P-51",
        )


def _not_taken() -> Unavailable:
    return Unavailable(
        "打印机没有接这份表。",
        do="请看看打印机开了没有、有没有纸，再试一次；或者存成 PDF。",
        code="P-50",
    )
