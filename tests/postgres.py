"""A PostgreSQL of the test's own: system binaries, a temporary folder, a loopback port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def find_binaries() -> Path:
    """The folder of initdb and pg_ctl. Raises LookupError when PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise LookupError("PostgreSQL is not installed: apt-get install postgresql")
    return newest.parent


@contextmanager
def running_postgres(*, fsync: bool = False) -> Iterator[str]:
    """A running server; its base URL without a database name.

    No test here cuts the power, so nothing waits for the disk; with `fsync` a commit does.
    """
    binaries = find_binaries()
    home = Path(tempfile.mkdtemp(prefix="xieli-pg-"))
    data = home / "data"
    if os.geteuid() == 0:
        shutil.chown(home, _USER, _USER)
    port = _free_port()
    try:
        _run(
            home, binaries / "initdb", "-D", str(data), "-U", "app", "--auth=trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home} "
            f"-c fsync={'on' if fsync else 'off'} -c max_connections=60"
        )
        pg_ctl = binaries / "pg_ctl"
        _run(home, pg_ctl, "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://app@127.0.0.1:{port}"
        finally:
            _run(home, pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(home: Path, *command: object) -> None:
    """Run one of PostgreSQL's programs, as its own user when the tests run as root."""
    prefix = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*prefix, *map(str, command)], check=True, capture_output=True, timeout=60, cwd=home
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
