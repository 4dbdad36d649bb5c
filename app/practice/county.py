"""A practice county on loopback: the real county service, as a process of its own.

`app` never imports it; it is started, asked and stopped the way an administrator would.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.domain.problem import Unavailable
from app.practice.cutting import LOOPBACK, Fault
from app.practice.standing import COUNTY_NAME, VILLAGE_CODE, VILLAGE_NAME

COUNTY_ID: Final = VILLAGE_CODE[:6]
QUOTA: Final = "6000.00"
"""Yuan a device may give as 先行救助: enough for weeks of emergencies and a day of practice."""
START_SECONDS: Final = 60
STOP_SECONDS: Final = 15
LOG: Final = "county.log"
PROGRAM: Final = Path(__file__).resolve().parents[2]
"""Where both packages lie, so that the processes find them from anywhere."""
_TICK_SECONDS: Final = 0.05
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class PracticeCounty:
    """One county in `folder`. Use in a `with` block; the processes end with it."""

    folder: Path
    database: str | None = None
    """A database URL; the county's own SQLite when None."""
    port: int = 0
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where the county answers."""
        return f"https://{LOOPBACK}:{self.port}"

    def is_founded(self) -> bool:
        """Whether the county has been set up."""
        return (self.folder / "county.json").exists()

    def found(self) -> None:
        """Set the county up, unless it stands already."""
        if not self.is_founded():
            self.ask("init", "--id", COUNTY_ID, "--name", COUNTY_NAME, "--practice")

    def serve(self, port: int = 0) -> None:
        """Start answering on `port` of loopback, 0 for a free one. Raises Unavailable S-30."""
        self.port = self._start(
            self.folder / "port",
            [sys.executable, "-m", "county_server", "serve", *self._where()],
            ["--port", str(port), "--port-file", str((self.folder / "port").resolve())],
        )

    def break_wire(self, faults: Sequence[Fault]) -> str:
        """Put a wire that breaks as planned before the county; its address."""
        port_file = self.folder / "wire"
        port = self._start(
            port_file,
            [
                sys.executable,
                "-m",
                "app.practice.cutting",
                str(self.port),
                str(port_file.resolve()),
            ],
            list(faults),
        )
        return f"https://{LOOPBACK}:{port}"

    def ask(self, verb: str, *words: str) -> str:
        """Run one administrator's verb in a process of its own; what it printed."""
        done = subprocess.run(  # noqa: S603  # our own program with our own words
            [sys.executable, "-m", "county_server", verb, *self._where(), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROGRAM,
        )
        if done.returncode:
            raise Unavailable(
                f"练习县没有办成，县里说：{_sentence_of(done.stderr)}",
                do="请再试一次。",
                code="S-31",
            )
        return done.stdout

    def invite(self, ticket: Path, *, officer: str, url: str | None = None) -> str:
        """Write the enrolment file of a new device answering for the practice village.

        Returns the fingerprint the administrator reads aloud.
        """
        village = f"{VILLAGE_CODE}={VILLAGE_NAME}"
        words = ["--officer", officer, "--village", village, "--url", url or self.url]
        words += ["--quota", QUOTA]
        spoken = self.ask("invite", *words, "-o", str(ticket.resolve()))
        return spoken.strip().rpartition("：")[2]

    def status(self) -> dict[str, Any]:
        """What the county holds, counted."""
        report: dict[str, Any] = json.loads(self.ask("status", "--json"))
        return report

    def stop(self) -> None:
        """End the processes, the newest first."""
        while self._processes:
            process = self._processes.pop()
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _where(self) -> list[str]:
        database = [] if self.database is None else ["--database", self.database]
        return ["--data", str(self.folder.resolve()), *database]

    def _start(self, port_file: Path, command: list[str], options: list[str]) -> int:
        """Start a process that writes the port it took into `port_file`; that port."""
        port_file.unlink(missing_ok=True)
        with (self.folder / LOG).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603  # as above
                [*command, *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=PROGRAM
            )
        self._processes.append(process)
        for _ in range(int(START_SECONDS / _TICK_SECONDS)):
            if port_file.exists():
                return int(port_file.read_text(encoding="ascii"))
            if _ends_within(process, _TICK_SECONDS):
                break
        raise Unavailable("练习县没有启动起来。", do="请再试一次。", code="S-30")


def _sentence_of(said: str) -> str:
    """The last Chinese line of what a verb said: a traceback tells a coordinator nothing."""
    lines = [line.strip() for line in said.splitlines() if _CHINESE.search(line)]
    return f"{lines[-1].rstrip('。')}。" if lines else "没有说明。"


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long at most; whether the process has ended."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
