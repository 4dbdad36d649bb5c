"""The stick is full while a PDF is being written on it: it is said, and nothing is half done."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.visits import RecordVisit
from app.ui.printing.batch_screen import build_batch_screen
from app.ui.printing.screen import build_print_screen
from app.ui.shell.page import PageScreen
from tests.work_pages import LI, PaperPrinters, Room

SMALL, LARGE = "16k", "16m"


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A stick with room for a page or so; a folder where none can be mounted."""
    folder = tmp_path / "stick"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(command, capture_output=True, check=False).returncode
    )
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def too_small(stick: Path) -> Iterator[None]:
    """There is no room; behind the block there is. By a limit on the size of files where the stick
    is the machine's own disk."""
    if stick.is_mount():
        yield
        enlarge = ["mount", "-o", f"remount,size={LARGE}", str(stick)]
        subprocess.run(enlarge, check=True, capture_output=True)
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def printing(room: Room) -> PageScreen:
    desk = room.desk
    return build_print_screen(desk.printing, desk.households, PaperPrinters(), room.bench)


def batch(room: Room) -> PageScreen:
    return build_batch_screen(room.desk.printing, PaperPrinters(), room.bench)


PAGES: dict[str, Callable[[Room], PageScreen]] = {"printing": printing, "batch": batch}


@pytest.mark.parametrize("which", PAGES)
def test_a_stick_that_runs_full_gets_no_file_and_the_log_no_print(
    room: Room, qtbot: QtBot, stick: Path, which: str
):
    visit = RecordVisit(household=LI, visited_on=room.clock.today(), met=Met.SELF, note="都好")
    room.do(lambda: room.desk.visits.record(visit))
    screen = PAGES[which](room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI if which == "printing" else None)

    def prints() -> list[str]:
        return [one.form for one in room.ask(lambda work: work.casework.household_prints(LI))]

    with too_small(stick):
        screen.view.placed.emit(str(stick / "一组走访.pdf"))
        room.settle()

        assert any(code in screen.view.problem.detail.text() for code in ("D-01", "D-02"))
        assert list(stick.iterdir()) == []
        assert prints() == []
        assert screen.view.save.isEnabled()

    screen.view.placed.emit(str(stick / "一组走访.pdf"))
    room.settle()

    assert [file.name for file in stick.iterdir()] == ["一组走访.pdf"]
    assert len(pypdfium2.PdfDocument(stick / "一组走访.pdf")) == 1
    assert prints() == ["F15"]
