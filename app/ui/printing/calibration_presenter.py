"""Calibrating a printer: a page to print, four figures to type, what they say. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from app.domain.problem import Problem
from app.ui.nouns import Noun
from app.ui.printing.calibration_words import Verdict, judged, read_lengths
from app.ui.printing.outlet import Outlet
from app.ui.runner import Runner


class CalibrationScreen(Protocol):
    """What the page can show."""

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers there are."""
        ...

    def show_verdict(self, verdict: Verdict) -> None:
        """What was measured says this."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong, at its field where it has one."""
        ...


class CalibrationPresenter:
    """Decides on the page."""

    def __init__(self, screen: CalibrationScreen, work: Runner, outlet: Outlet) -> None:
        self._screen = screen
        self._work = work
        self._outlet = outlet

    def open(self, _subject: str | None) -> None:
        """Which printers there are."""
        self._work.run(
            self._outlet.printers,
            done=self._screen.show_printers,
            failed=self._screen.show_problem,
        )

    def refresh(self, _nouns: frozenset[Noun]) -> None:
        """Nothing that is saved changes a printer."""

    def print(self, printer: str) -> None:
        """The page to measure."""
        self._work.run(
            partial(self._send, printer),
            done=partial(self._sent, printer),
            failed=self._screen.show_problem,
        )

    def judge(self, typed: object) -> None:
        """The four figures were typed."""
        if isinstance(typed, Mapping):
            try:
                measured = read_lengths(typed)
            except Problem as problem:
                self._screen.show_problem(problem)
            else:
                self._screen.show_verdict(judged(measured))

    def _send(self, printer: str) -> None:
        # what draws it is loaded only when something is drawn
        from app.documents.calibration import calibration_page

        self._outlet.send(calibration_page(), printer)

    def _sent(self, printer: str, _nothing: None) -> None:
        self._screen.say(f"校准页已送到打印机 {printer}，打出来用尺子量。")
