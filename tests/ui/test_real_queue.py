"""Papers through a real print system: what comes out of its queue is as large as what went in.

Qt keeps the way to CUPS it first found, so each print is a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest

from tests import cups, papers, pdfs

ROOT = Path(__file__).parents[2]
PRINT = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from app.domain.problem import Problem
from app.ui.printing.printer import MachinePrinters
application = QGuiApplication(["print", "-platform", "offscreen"])
outlet = MachinePrinters()
name = outlet.printers()[0]
leaves = [int(one) for one in sys.argv[2:]] or None
try:
    outlet.send(Path(sys.argv[1]).read_bytes(), name, leaves=leaves)
except Problem as problem:
    name = problem.code
print(name)
"""
SBIN = f"{os.environ['PATH']}:/usr/sbin"
DOTS = 60 / 72
"""For each point: a dot is 0.42 mm."""


@pytest.fixture(scope="module")
def system() -> Iterator[cups.PrintSystem]:
    with cups.running_cups() as running:
        yield running


def sent(system: cups.PrintSystem, pdf: bytes, *leaves: str) -> str:
    """Print it as the program does; the queue's name, or the code of what went wrong."""
    file = system.home / "in.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [sys.executable, "-c", PRINT, file, *leaves],
        cwd=ROOT, env=system.places, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


def upright(page: pypdfium2.PdfPage) -> tuple[int, int, list[list[bool]]]:
    """Width and height in points, and where there is ink; a page lying down is turned up."""
    bitmap = page.render(scale=DOTS, grayscale=True)
    dots = bytes(bitmap.buffer)
    rows = [
        [dot < 160 for dot in dots[start : start + bitmap.width]]
        for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    ]
    if len(rows[0]) > len(rows):
        rows = [list(column) for column in zip(*reversed(rows), strict=True)]
    return round(len(rows[0]) / DOTS), round(len(rows) / DOTS), rows


def reach(rows: list[list[bool]]) -> tuple[int, int, int, int]:
    """First and last row and column with ink, in dots."""
    down = [number for number, row in enumerate(rows) if any(row)]
    across = [number for number, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return down[0], down[-1], across[0], across[-1]


@pytest.mark.parametrize("codes", [("F15",), ("F05",), ("F01", "F05", "F15")])
def test_what_leaves_the_queue_is_as_large_as_the_paper(system, codes):
    pdf = pdfs.joined([papers.pdf_of(code) for code in codes])

    assert sent(system, pdf) == cups.QUEUE

    came = pypdfium2.PdfDocument(system.wait_for_paper())
    went = pypdfium2.PdfDocument(pdf)
    assert len(came) == len(went)
    for ours, theirs in zip(went, came, strict=True):
        wide, tall, ink = upright(ours)
        out_wide, out_tall, out_ink = upright(theirs)
        turned = [row[::-1] for row in reversed(out_ink)]
        assert (out_wide, out_tall) == pytest.approx((wide, tall), abs=2)
        assert reach(ink) in (
            pytest.approx(reach(out_ink), abs=1),
            pytest.approx(reach(turned), abs=1),
        )


def test_a_printer_without_large_sheets_is_not_given_a_large_notice(system):
    assert sent(system, papers.pdf_of("F07A3")) == "P-51"


def test_nothing_is_left_in_the_queue_and_its_name_is_the_only_one(system):
    assert sent(system, papers.pdf_of("SJ")) == cups.QUEUE
    system.wait_for_paper()

    assert system.ask("lpstat", "-o") == ""
    assert system.ask("lpstat", "-e").split() == [cups.QUEUE]


@contextmanager
def told(system: cups.PrintSystem, closing: str, opening: str) -> Iterator[None]:
    """The queue after the administrator has done something to it, until that is undone."""
    system.ask(shutil.which(closing, path=SBIN) or closing, cups.QUEUE)
    yield
    system.ask(shutil.which(opening, path=SBIN) or opening, cups.QUEUE)


@pytest.mark.parametrize(
    ("closing", "opening", "code"),
    [("cupsdisable", "cupsenable", "P-52"), ("cupsreject", "cupsaccept", "P-50")],
)
def test_a_queue_that_prints_nothing_is_said_and_gets_nothing_to_keep(
    system, closing, opening, code
):
    with told(system, closing, opening):
        assert sent(system, papers.pdf_of("SJ")) == code
        assert system.ask("lpstat", "-o") == ""

    assert sent(system, papers.pdf_of("SJ")) == cups.QUEUE
    system.wait_for_paper()


def test_both_sides_are_asked_for_only_where_they_are_wanted_and_never_colour(system):
    jobs = []
    for leaves in (("1",), ()):
        assert sent(system, papers.pdf_of("SJ"), *leaves) == cups.QUEUE
        system.wait_for_paper()
        jobs.append(system.last_job())

    assert [b"two-sided-long-edge" in job for job in jobs] == [True, False]
    assert all(b"monochrome" in job for job in jobs)


def test_the_printer_of_the_machine_comes_before_one_with_an_earlier_name(system):
    lpadmin = shutil.which("lpadmin", path=SBIN) or "lpadmin"
    system.ask(lpadmin, "-p", "aaa", "-E", "-v", f"file:{system.home / 'other.pdf'}")
    try:
        assert sent(system, papers.pdf_of("SJ")) == cups.QUEUE
        system.wait_for_paper()
    finally:
        system.ask(lpadmin, "-x", "aaa")
