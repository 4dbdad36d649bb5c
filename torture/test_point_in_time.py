"""What docs/deployment.md says of PostgreSQL, done as it stands there: its settings, its nightly
backup, and back to the moment before a wrong command. The laptop then says again what was lost."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from county_server.chain import check_chain
from county_server.database import Database
from tests.counties import DirectRoad, found_office
from tests.fakes import StoppedClock
from tests.laptops import open_laptop
from tests.postgres import find_binaries
from tests.vaults import make_vault

PAGE = (Path(__file__).parents[1] / "docs/deployment.md").read_text(encoding="utf-8")
SETTINGS = re.search(r"`postgresql\.conf`.*?```\n(.*?)```", PAGE, re.DOTALL)[1]
NIGHTLY = re.search(r"postgres (pg_basebackup .*)", PAGE)[1].replace(r"\%", "%")
RECOVERY = re.search(r"postgresql\.auto\.conf <<E\n(.*?)E\n", PAGE, re.DOTALL)[1]
MEMORY = {"4GB": "64MB", "10GB": "128MB", "archive_timeout = 300": "archive_timeout = 0"}


def free_port() -> int:
    """Nobody's at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Machine:
    """A PostgreSQL set up as the page says, its `/backup` and its cluster under `home`."""

    def __init__(self, home: Path) -> None:
        self.home, self.data, self.port = home, home / "main", free_port()
        self.run(find_binaries() / "initdb", "-D", self.data, "-U", "app", "--auth=trust",
                 "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")  # fmt: skip
        for folder in ("backup/base", "backup/wal"):
            self.run("mkdir", "-p", home / folder)
        own = f"port = {self.port}\nunix_socket_directories = '{home}'\n"
        self._append("postgresql.conf", self.here(SETTINGS) + own)
        self.start()
        self.ask("CREATE DATABASE xieli", "postgres")
        self.url = f"postgresql+psycopg://app@127.0.0.1:{self.port}/xieli"

    def here(self, text: str) -> str:
        for said, meant in {"/backup/": f"{self.home}/backup/", **MEMORY}.items():
            text = text.replace(said, meant)
        return text

    def run(self, *command: object) -> str:
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(  # noqa: S603  # PostgreSQL's own programs
            [*prefix, *map(str, command)], capture_output=True, text=True, timeout=120,
            cwd=self.home, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + self._log()
        return done.stdout.strip()

    def _log(self) -> str:
        log = self.home / "log"
        return log.read_text(encoding="utf-8")[-2_000:] if log.exists() else ""

    def ask(self, statement: str, database: str = "xieli") -> str:
        return self.run("psql", "-h", self.home, "-p", self.port, "-U", "app", "-d", database,
                        "-Atc", statement)  # fmt: skip

    def start(self) -> None:
        pg_ctl = find_binaries() / "pg_ctl"
        self.run(pg_ctl, "-D", self.data, "-w", "-l", self.home / "log", "start")

    def stop(self) -> None:
        self.run(find_binaries() / "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def back_up(self) -> Path:
        """The line of the crontab, at this cluster's door."""
        door = f"pg_basebackup -h {self.home} -p {self.port} -U app"
        self.run("sh", "-c", self.here(NIGHTLY).replace("pg_basebackup", door))
        (made,) = (self.home / "backup/base").iterdir()
        return made

    def go_back(self, backup: Path, moment: str) -> None:
        """The page's lines between stopping and starting."""
        self.stop()
        self.data.rename(self.home / "before")
        self.run("mkdir", "-m", "0700", self.data)
        self.run("tar", "-xzf", backup / "base.tar.gz", "-C", self.data)
        said = re.sub(r"(recovery_target_time = )'.*'", rf"\1'{moment}'", self.here(RECOVERY))
        self._append("postgresql.auto.conf", said)
        self.run("touch", self.data / "recovery.signal")
        self.start()
        while self.ask("SELECT pg_is_in_recovery()") != "f":
            threading.Event().wait(0.1)

    def _append(self, name: str, text: str) -> None:
        with (self.data / name).open("a", encoding="utf-8") as file:
            file.write(text)


@pytest.fixture
def machine() -> Iterator[Machine]:
    home = Path(tempfile.mkdtemp(prefix="xieli-machine-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    made = Machine(home)
    try:
        yield made
        made.stop()
    finally:
        shutil.rmtree(home)


def test_back_to_the_moment_before_a_wrong_command(machine: Machine, tmp_path: Path) -> None:
    """Its laptop says again what it had said since; the wrong command was never given."""
    clock = StoppedClock()
    office = found_office(tmp_path / "county", machine.url, clock)
    laptop = open_laptop(make_vault(tmp_path / "laptop", clock), clock)
    laptop.join(office, tmp_path)
    road = DirectRoad(office)
    home = laptop.add_household()
    laptop.sync(road)
    backup = machine.back_up()
    laptop.visit(home.id)
    laptop.sync(road)
    moment = machine.ask("SELECT clock_timestamp()")
    laptop.visit(home.id)
    laptop.sync(road)
    office.assignments.revoke(laptop.vault.device_id)
    said = office.status()
    office.database.close()

    machine.go_back(backup, moment)
    clock.advance(hours=1)

    office.database = Database(machine.url, office.county.root.private)
    chain = check_chain(office.database, office.county.root.public)
    found = office.status()
    for _ in range(2):
        laptop.sync(DirectRoad(office))
    checked = laptop.syncing.check()
    laptop.vault.close()
    again = office.status()
    office.database.close()
    assert (said["devices"][0]["state"], said["operations"]["visit"]) == ("revoked", 2)
    assert (found["devices"][0]["state"], found["operations"]["visit"]) == ("active", 1)
    assert chain.lines > 0
    assert (again["operations"]["visit"], again["documents"]["visit"], checked) == (2, 2, [])
    assert machine.ask("SHOW data_checksums") == "on"
    assert list((machine.home / "backup/wal").iterdir())
