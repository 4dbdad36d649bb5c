"""One answer changed in the means test: from the commit until the window has been painted again.

The real page on a real vault, three people, drawn off the screen. Beside it, the floor: one label
of the same window changed and painted. Bar: 16 ms, one frame, at the 95th percentile.
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import p95, seconds, show  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from app.ui.assessment.blocks import Step  # noqa: E402
from app.ui.assessment.screen import build_assessment_screen  # noqa: E402
from app.ui.tasks import TaskRunner  # noqa: E402
from app.ui.theme.look import Look  # noqa: E402
from app.ui.theme.scale import TypeSize  # noqa: E402
from tests.fakes import StoppedClock  # noqa: E402
from tests.vaults import make_vault  # noqa: E402
from tests.work_pages import LI, Room, fill_vault  # noqa: E402

TURNS = 120
FRAME = 0.016
WAGE = f"{Step.INCOME}:{LI}-child:0"


def main() -> int:
    """Turns of both, after one another; 1 when an answer takes longer than a frame."""
    app = QApplication([])
    Look(app, size=TypeSize.STANDARD, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        clock = StoppedClock()
        kept = make_vault(Path(folder) / "vault", clock)
        fill_vault(kept, clock)
        room = Room(clock, TaskRunner("store"), TaskRunner("work")).open(kept)
        figures = _measure(app, room)
        room.close()
        for runner in (room.store, room.work):
            runner.close()
    show("what-if recalculated, from the answer to the paint", figures, "ms", 1000)
    slow = p95(figures["answer, tried out"])
    print(f"  95th percentile {slow * 1000:.1f} ms (bar: ≤ {FRAME * 1000:g} ms)")
    return int(slow > FRAME)


def _measure(app: QApplication, room: Room) -> dict[str, list[float]]:
    """Seconds of each turn: an answer for good, one only tried out, and the floor."""
    desk = room.desk
    screen = build_assessment_screen(
        desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
    )
    room.show(screen, LI)
    presenter, why = screen.presenter, screen.view.why
    presenter.go_to(Step.INCOME)
    for field, value in (("kind", "wage"), ("months", 12)):
        presenter.answer(WAGE, field, value)
    room.settle()
    sides: dict[str, list[float]] = {"answer": [], "answer, tried out": [], "one label": []}

    def paint() -> None:
        QApplication.sendPostedEvents()
        app.processEvents()

    def answer(turn: int) -> None:
        before = why.rows[1].line
        presenter.answer(WAGE, "month", f"{800 + turn}.00")
        paint()
        if why.rows[1].line == before:
            raise LookupError("the answer changed nothing")

    def label(turn: int) -> None:
        why.ground.setText(f"{turn}")
        paint()

    for name, do in (("answer", answer), ("answer, tried out", answer), ("one label", label)):
        if name == "answer, tried out":
            presenter.turn_trial()
        for turn in range(TURNS):
            room.settle()
            sides[name].append(seconds(partial(do, turn)))
    return {name: times[1:] for name, times in sides.items()}


if __name__ == "__main__":
    sys.exit(main())
