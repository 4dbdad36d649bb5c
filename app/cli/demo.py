"""`demo DIR`: a whole day on the practice village, left in DIR to be looked at."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from app.documents.fonts import require_fonts
from app.domain.clock import Clock
from app.practice.county import PracticeCounty
from app.practice.day import PASSPHRASE, PracticeDay
from app.practice.day_folder import clear
from app.practice.day_sync import sync, sync_what_is_left

BAR: Final = 24

Step = tuple[str, Callable[[], None]]
Screenshots = Callable[[Path, str, Path, Mapping[str, str]], list[Path]]
"""As `app.cli.main` has it."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("demo", help="在练习村走完一整天")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="东西都留在这里")
    parser.add_argument("--database", metavar="地址", help="县里的数据库，不写就用自带的 SQLite")
    parser.add_argument("--no-pictures", action="store_true", help="不拍画面")
    parser.set_defaults(run=_demo)


def _demo(args: argparse.Namespace, out: TextIO, err: TextIO, clock: Clock) -> int:
    """Run the day, a line for each thing done and a bar while it works.

    Raises Unavailable P-10 before anything is done, and whatever a step raises.
    """
    require_fonts()
    clear(args.folder)
    with (args.folder / "day.txt").open("w", encoding="utf-8") as log:

        def say(line: str) -> None:
            if err.isatty():
                err.write("\r\x1b[K")  # the bar gives way to the line
                err.flush()
            for to in (out, log):
                to.write(line + "\n")
                to.flush()

        with PracticeCounty(args.folder / "county", database=args.database) as county:
            day = PracticeDay(args.folder, clock, say, county)
            steps = _steps(day)
            if not args.no_pictures:
                steps.append(("拍每一页的画面", partial(_take_pictures, day, args.screenshots)))
            try:
                go_through(steps, err)
            finally:
                day.close()
        say(f"都在这里：{args.folder}")
    return 0


def _steps(day: PracticeDay) -> list[Step]:
    """The day in order."""
    return [
        ("建保险箱、绑定县平台", day.begin),
        ("导入花名册", day.take_roster),
        ("把在办的事摆好", day.go_on_with_cases),
        ("看今日工作", day.look_at_today),
        ("走访", day.visit_two),
        ("测算", day.test_means),
        ("先行救助", day.pay_relief),
        ("打印", day.print_papers),
        ("同步", lambda: sync(day)),
        ("导出", day.export_log),
        ("收工前再同步", lambda: sync_what_is_left(day)),
    ]


def _take_pictures(day: PracticeDay, screenshots: Screenshots) -> None:
    """Of every page, of the closed vault, with the county gone home."""
    day.close()
    day.county.stop()
    pictures = screenshots(day.folder / "vault", PASSPHRASE, day.folder / "screens", day.shown)
    day.say(f"每一页的画面 {len(pictures)} 张：{day.folder / 'screens'}")


def go_through(steps: Sequence[Step], err: TextIO) -> None:
    """Do the steps, the bar telling which; that it is done is said when all of it is."""
    for done, (name, step) in enumerate(steps):
        _show(err, done, len(steps), name)
        step()
    _show(err, len(steps), len(steps), "做完了")
    err.write("\n")


def _show(err: TextIO, done: int, total: int, name: str) -> None:
    """The bar, redrawn in place on a terminal."""
    if err.isatty():
        filled = BAR * done // total
        err.write(f"\r[{'█' * filled}{'·' * (BAR - filled)}] {done}/{total} {name}　　　　")
        err.flush()
