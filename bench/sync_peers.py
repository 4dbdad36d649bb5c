"""What `bench_sync.py` puts beside ours: the floor, PouchDB, and the figures of each."""

from __future__ import annotations

import json
import ssl
import statistics
import subprocess
import sys
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import httpcore  # noqa: E402
import sqlcipher3  # noqa: E402
from figures import show  # noqa: E402
from sqlalchemy import select, text  # noqa: E402

from app.models.base import table_of  # noqa: E402
from app.models.log import ServerDocumentRow  # noqa: E402
from app.sync.transport import HttpsTransport  # noqa: E402
from tests.counties import Office  # noqa: E402
from tests.laptops import Laptop  # noqa: E402

Cost = tuple[float, int, int]
"""Seconds, bytes, requests."""


@dataclass
class Wire:
    """A transport that counts what it carries."""

    inner: HttpsTransport
    bytes: int = 0
    requests: int = 0

    def __getattr__(self, name: str) -> object:
        def ask(data: bytes) -> bytes:
            answer = getattr(self.inner, name)(data)
            self.requests += 1
            self.bytes += len(data) + len(answer)
            return answer

        return ask


@dataclass
class Figures:
    """Seconds, bytes and requests of each side of one shape."""

    title: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    """Seconds of CPU of each process in ours."""

    def note(self, side: str, seconds: float, size: int, requests: int) -> None:
        self.seconds.setdefault(side, []).append(seconds)
        self.sizes[side] = (size, requests)

    def note_cpu(self, spent: dict[str, float]) -> None:
        for name, seconds in spent.items():
            self.cpu.setdefault(name, []).append(seconds)

    def print(self) -> None:
        ordered = {k: v for k, v in self.seconds.items() if k != "floor"}
        show(self.title, ordered | {"floor": self.seconds["floor"]})
        for side, (size, requests) in self.sizes.items():
            print(f"    {side}: {size / 1e6:.2f} MB, {requests} requests")
        spent = ", ".join(f"{k} {statistics.median(v):.2f} s" for k, v in self.cpu.items())
        print(f"    ours, of CPU: {spent}")


def records(laptop: Laptop) -> bytes:
    """The same records as JSON lines, for the floor and for PouchDB; visits are the last."""
    table = table_of(ServerDocumentRow)
    with laptop.begin() as work:
        rows = work.connection.execute(select(table).order_by(table.c.entity)).all()
    lines = [
        json.dumps({"_id": f"{r.entity}:{r.entity_id}", "entity": r.entity, **r.body},
                   ensure_ascii=False)
        for r in rows
    ]  # fmt: skip
    return "\n".join(lines).encode() + b"\n"


def floor(url: str, lines: bytes, office: Office) -> tuple[Cost, Cost]:
    """(push, pull), each over a line of its own as ours is: seconds, bytes, requests."""
    with office.database.write() as connection:
        connection.execute(text("TRUNCATE floor"))
    trusted = ssl.create_default_context(cadata=office.county.ca_pem)
    with httpcore.ConnectionPool(ssl_context=trusted) as http:
        begin = time.perf_counter()
        body = zlib.compress(lines, 6)
        assert http.request("POST", url + "/floor", content=body).status == 200
        push = time.perf_counter() - begin
    with httpcore.ConnectionPool(ssl_context=trusted) as http:
        begin = time.perf_counter()
        answer = http.request("GET", url + "/floor").content
        zlib.decompress(answer)
        pull = time.perf_counter() - begin
    return (push, len(body), 1), (pull, len(answer), 1)


def kept_floor(url: str, office: Office, file: Path) -> Cost:
    """The floor of a pull, and its lines as rows of an encrypted file: one key, one transaction."""
    trusted = ssl.create_default_context(cadata=office.county.ca_pem)
    begin = time.perf_counter()
    with httpcore.ConnectionPool(ssl_context=trusted) as http:
        answer = http.request("GET", url + "/floor").content
    lines = zlib.decompress(answer).splitlines()
    with closing(sqlcipher3.connect(str(file))) as connection:
        connection.execute(f"PRAGMA key = \"x'{'0b' * 32}'\"")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE kept (n INTEGER PRIMARY KEY, body TEXT)")
        connection.executemany("INSERT INTO kept VALUES (?, ?)",
                               ((n, line.decode()) for n, line in enumerate(lines)))  # fmt: skip
        connection.commit()
    return time.perf_counter() - begin, len(answer), 1


def pouchdb(lines: bytes, folder: Path) -> dict | None:
    """PouchDB on the same records, or None where it is not installed."""
    modules = ROOT / ".setup/pouchdb"
    if which("node") is None or not (modules / "node_modules/pouchdb").is_dir():
        return None
    file = folder / "records.jsonl"
    file.write_bytes(lines)
    script = ROOT / "bench/pouchdb/replicate.js"
    done = subprocess.run(
        ["node", str(script), str(modules), str(file)], capture_output=True, text=True, check=True,
        timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
