"""Papers a page makes by itself: what has left is not made a second time with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problem import Problem, Unavailable
from app.ui.printing.press import Press, Wanted
from app.ui.relief.papers import PaperErrand
from tests.work_pages import LI, WU, PaperPrinters, Room


class Told:
    """A page that keeps what it was told of its papers."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.names: list[str] = []
        self.problems: list[Problem] = []

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        self.said.append(f"{detail}{'　存' if to_file else ''}")

    def ask_place(self, name: str) -> None:
        self.names.append(name)

    def show_problem(self, problem: Problem) -> None:
        self.problems.append(problem)


@pytest.fixture
def told() -> Told:
    return Told()


def prints(room: Room) -> list[str]:
    return room.ask(
        lambda work: list(
            work.connection.exec_driver_sql("SELECT household_id FROM print_record").scalars()
        )
    )


def test_the_first_sheet_is_not_made_again_when_only_the_second_stayed_behind(
    room: Room, told: Told, tmp_path: Path
):
    printers = PaperPrinters(takes=1)
    printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    press = Press(room.desk.printing, room.store, room.work, printers)
    errand = PaperErrand(told, press, announce=lambda _nouns: None)
    path = tmp_path / "rest.pdf"

    errand.make(Wanted("F16", WU, WU), Wanted("F16", LI, LI))
    room.settle()
    stopped = [one.code for one in told.problems]
    errand.put_into(str(path))
    room.settle()

    assert (stopped, len(printers.sent)) == (["P-50"], 1)
    assert sorted(prints(room)) == sorted([WU, LI])
    assert path.is_file()


def test_nothing_is_left_to_save_once_everything_has_left(room: Room, told: Told):
    press = Press(room.desk.printing, room.store, room.work, PaperPrinters())
    errand = PaperErrand(told, press, announce=lambda _nouns: None)

    errand.make(Wanted("F16", WU, WU))
    room.settle()
    errand.save()

    assert "已送到打印机" in told.said[0]
    assert "临时救助申请审批表（" in told.said[0]
    assert told.names == []
