"""A crowd sends much or little each and never ends: the county's memory stays where it was."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.crypto.envelope import MAX_CONTAINER_BYTES
from county_server.__main__ import main

ROOT = Path(__file__).parents[1]
MOST_MORE_MIB = 100
"""Security R60."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """A county of its own process: its id and its port."""
    data, port = tmp_path / "county", tmp_path / "port"
    assert main(["init", "--data", str(data), "--id", "459901", "--practice"]) == 0
    command = [sys.executable, "-m", "county_server", "serve", "--data", str(data)]
    with subprocess.Popen([*command, "--port", "0", "--port-file", str(port)], cwd=ROOT) as process:  # noqa: S603  # our own program
        while not port.exists():
            assert process.poll() is None
            threading.Event().wait(0.05)
        yield process.pid, int(port.read_text())
        process.terminate()


def mebibytes(pid: int) -> int:
    """What a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@pytest.mark.parametrize(
    ("people", "each"),
    [(24, 30 * 2**20), (80, 16 * 2**20), (80, 2**20), (200, 2**17)],
    ids=["24 of 30 MiB", "80 of 16 MiB", "80 of 1 MiB", "200 of 128 KiB"],
)
def test_a_crowd_that_never_ends_takes_no_memory(
    served: tuple[int, int], tmp_path: Path, people: int, each: int
) -> None:
    """Each sends all but its last bytes; somebody with little to say is answered meanwhile."""
    pid, port = served
    context = ssl.create_default_context(cafile=tmp_path / "county" / "tls-ca.pem")
    lines: list[ssl.SSLSocket] = []

    def begin(size: int, now: int) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", port), timeout=30)
        line = context.wrap_socket(plain, server_hostname="127.0.0.1")
        lines.append(line)
        head = f"POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n"
        line.sendall(head.encode())
        with contextlib.suppress(OSError):  # told to go before it was through
            for _ in range(0, now, 2**16):
                line.sendall(bytes(2**16))
        return line

    before = mebibytes(pid)
    with ThreadPoolExecutor(people) as crowd:
        for one in [crowd.submit(begin, MAX_CONTAINER_BYTES, each) for _ in range(people)]:
            one.result()
    said = begin(2**16, 2**16).recv(64)
    after = mebibytes(pid)

    for line in lines:
        line.close()
    assert said.startswith(b"HTTP/1.1 400 ")
    assert after - before <= MOST_MORE_MIB
