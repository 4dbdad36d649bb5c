"""The reader of PDFs is not safe on two threads: whoever comes second waits, for a page at most."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from app.documents import pdfium
from app.documents.calibration import calibration_page
from app.documents.counting import pages_of
from app.documents.pdfium import OpenPdf, Unreadable, opened
from app.documents.reading import pages_read
from app.ui.printing import raster
from tests import papers

PAGE = calibration_page()

CALLS: dict[str, Callable[[OpenPdf], object]] = {
    "open": lambda _pdf: opened(PAGE).__enter__(),
    "count": lambda pdf: pdf.count,
    "size": lambda pdf: pdf.size(0),
    "picture": lambda pdf: pdf.picture(0, scale=1),
    "is_laid_over": lambda pdf: pdf.is_laid_over(0),
    "runs": lambda pdf: pdf.runs(0, most=1000),
}
READERS: dict[str, Callable[[bytes], object]] = {
    "counting": pages_of,
    "checking": pages_read,
    "previewing": lambda pdf: raster.picture(pdf, 0, width=100),
    "printing": lambda pdf: list(raster.pictures(pdf, dots_per_inch=30)),
    "measuring": raster.longest_side,
}


class Turnstile:
    """A lock that tells when somebody has to wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.waited_or_done = threading.Event()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.waited_or_done.set()
            self._lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


@pytest.fixture
def turnstile(monkeypatch) -> Turnstile:
    turnstile = Turnstile()
    monkeypatch.setattr(pdfium, "_ALONE", turnstile)
    return turnstile


@contextmanager
def second(turnstile: Turnstile, job: Callable[[], object]) -> Iterator[Future[object]]:
    """The job on another thread while this one is reading, as far as it gets."""
    with ThreadPoolExecutor(1) as other:
        with turnstile:
            running = other.submit(job)
            running.add_done_callback(lambda _done: turnstile.waited_or_done.set())
            assert turnstile.waited_or_done.wait(60)
            yield running
        running.result(60)


@pytest.mark.parametrize("call", CALLS)
def test_each_call_waits_until_the_other_thread_is_done(turnstile, call):
    with (
        opened(PAGE) as pdf,
        second(turnstile, lambda: CALLS[call](pdf)) as waiting,
    ):
        assert not waiting.done()


def test_closing_waits_too(turnstile):
    pdf = opened(PAGE)
    pdf.__enter__()

    with second(turnstile, lambda: pdf.__exit__(None, None, None)) as waiting:
        assert not waiting.done()


@pytest.mark.parametrize("reader", READERS)
def test_whoever_has_to_do_with_pdfs_waits_for_the_other_thread(turnstile, reader):
    with second(turnstile, lambda: READERS[reader](PAGE)) as waiting:
        assert not waiting.done()


def test_between_two_pages_somebody_else_has_a_turn():
    pages = raster.pictures(papers.pdf_of("F01"), dots_per_inch=30)
    next(pages)

    with ThreadPoolExecutor(1) as other:
        assert other.submit(pages_of, PAGE).result(60) == 1
    assert next(pages).width == 249  # A4 at thirty dots an inch


def test_a_pdf_that_cannot_be_read_keeps_nobody_waiting():
    for _twice in range(2):
        with pytest.raises(Unreadable), opened(b"%PDF-1.7 and nothing behind it"):
            pass

    assert pages_of(PAGE) == 1


def test_a_page_with_too_many_pieces_of_text_is_not_read():
    with opened(PAGE) as pdf:
        pieces = len(pdf.runs(0, most=1000))

        assert pieces > 1
        assert len(pdf.runs(0, most=pieces)) == pieces
        with pytest.raises(Unreadable):
            pdf.runs(0, most=pieces - 1)
