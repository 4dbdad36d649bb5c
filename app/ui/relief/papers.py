"""A paper of this page on its way: made, sent to the printer, or put into a file. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.problem import Problem
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Sheet, Wanted, file_name
from app.ui.printing.table import unprintable_text


class PaperScreen(Protocol):
    """What a page shows of its papers."""

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; `to_file` offers to save it."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class PaperErrand:
    """Makes a paper and sends it to the first printer; without one it can go into a file."""

    def __init__(self, screen: PaperScreen, press: Press, *, announce: Announce) -> None:
        """`announce` hears that a paper has left."""
        self._screen = screen
        self._press = press
        self._announce = announce
        self._sheets: tuple[Sheet, ...] = ()
        self._odd = ""
        """Which characters no font has: said before the paper leaves, and after."""

    def make(self, *wanted: Wanted) -> None:
        """Make papers. What they are about stands, whatever becomes of them."""
        self._press.make(wanted, done=self._made, failed=self._screen.show_problem)

    def save(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        if self._sheets:
            self._screen.ask_place(file_name([sheet.paper for sheet in self._sheets]))

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        if self._sheets:
            place = Path(path)
            self._press.file(
                self._sheets,
                place,
                done=partial(self._filed, place),
                failed=self._screen.show_problem,
            )

    def _made(self, sheets: tuple[Sheet, ...]) -> None:
        self._sheets = sheets
        self._odd = unprintable_text([sheet.paper for sheet in sheets])
        if self._odd:
            self._screen.tell_paper(self._odd, to_file=False)
        self._press.ask_printers(done=self._send, failed=self._screen.show_problem)

    def _send(self, printers: Sequence[str]) -> None:
        if not printers:
            self._screen.tell_paper(
                f"{self._name()}　这台电脑没有打印机，可以存成 PDF 带到镇上打。", to_file=True
            )
            return
        self._press.print(
            self._sheets,
            printers[0],
            done=partial(self._sent, printers[0], self._name()),
            failed=self._screen.show_problem,
            gone=self._has_gone,
        )

    def _has_gone(self, sheet: Sheet) -> None:
        """What has left is not made a second time with the rest."""
        self._sheets = tuple(one for one in self._sheets if one is not sheet)

    def _sent(self, printer: str, names: str) -> None:
        self._screen.tell_paper(f"{names}　已送到打印机 {printer}。{self._odd}", to_file=False)
        self._printed()

    def _filed(self, path: Path) -> None:
        self._screen.tell_paper(
            f"{self._name()}　存好了：{path.name}　{self._odd}".strip(), to_file=False
        )
        self._printed()

    def _printed(self) -> None:
        self._announce(frozenset({Noun.PRINT}))

    def _name(self) -> str:
        sheets = (
            f"{s.paper.title.replace('　', '')}（{s.paper.document_no}）" for s in self._sheets
        )
        return "、".join(sheets)
