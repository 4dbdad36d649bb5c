"""Two server processes on one PostgreSQL: feed order under concurrent commits, each batch once."""

from __future__ import annotations

import math
import ssl
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpcore
import pytest
from sqlalchemy import text

from app.sync.protocol.feed import advanced
from county_server import web
from county_server.ledger import Document, Ledger
from tests.counties import VILLAGE, found_office

ROOT = Path(__file__).parents[2]


class Process:
    """One `serve` process of the county in `folder`."""

    def __init__(self, folder: Path, number: int) -> None:
        port_file = folder / f"port-{number}"
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "county_server", "serve", "--data", str(folder),
                "--port", "0", "--port-file", str(port_file),
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self._port_file = port_file

    def url(self) -> str:
        while not self._port_file.exists():
            assert self._process.poll() is None
            threading.Event().wait(0.02)
        return f"https://127.0.0.1:{int(self._port_file.read_text())}"

    def stop(self) -> int:
        self._process.terminate()
        return self._process.wait(20)


@pytest.fixture
def office(postgres_url, tmp_path, clock):
    made = found_office(tmp_path / "county", postgres_url, clock)
    yield made
    made.database.close()


@pytest.fixture
def urls(office):
    processes = [Process(office.county.folder, number) for number in (1, 2)]
    yield [process.url() for process in processes]
    assert [process.stop() for process in processes] == [0, 0]


def pool(office):
    context = ssl.create_default_context(cadata=office.county.ca_pem)
    return httpcore.ConnectionPool(ssl_context=context)


def announce(office, ledger, entity_id):
    document = Document("household", entity_id, entity_id, VILLAGE.code, 0, {}, {})
    document.amend({"phone": "1"}, "county", ledger.at)
    ledger.put(document)
    ledger.flush()


def is_waiting(office) -> bool:
    """Whether some connection waits for another's lock."""
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with office.database.read() as connection:
        return connection.execute(query).scalar_one() > 0


def test_a_late_commit_is_not_passed_over(office):
    reader = office.device()
    with office.database.write() as connection:
        announce(office, Ledger(connection, office.clock.now()), "zeroth")
    office.pull(reader)

    def write_second():
        with office.database.write() as connection:
            announce(office, Ledger(connection, office.clock.now()), "second")

    with ThreadPoolExecutor(1) as threads:
        with office.database.write() as connection:
            announce(office, Ledger(connection, office.clock.now()), "first")
            second = threads.submit(write_second)
            while not second.done() and not is_waiting(office):
                threading.Event().wait(0.01)
            between = {e.entity_id for page in office.pull(reader) for e in page.entries}
        second.result()
    after = {e.entity_id for page in office.pull(reader) for e in page.entries}

    assert between | after == {"first", "second"}


def test_a_reader_misses_nothing_while_two_servers_write(office, urls):
    writers = [office.device() for _ in range(4)]
    reader = office.device()
    for writer in writers:
        writer.homes = []
    seen, done = set(), threading.Event()

    def write(index):
        writer, found = writers[index], []
        with pool(office) as http:
            for turn in range(6):
                found += [writer.household() for _ in range(3)]
                data = writer.batch()
                for url in (urls[(index + turn) % 2], urls[(index + turn + 1) % 2]):
                    answer = http.request("POST", url + "/v1/batches", content=data)
                    assert answer.status == 200, answer.content
        return found

    def read():
        with pool(office) as http:
            last = False
            while not last:
                last = done.is_set()
                for url in urls:
                    answer = http.request("GET", url + "/v1/feed", headers=reader.authorization())
                    if answer.status == 429:
                        threading.Event().wait(0.1)
                        last = False
                        continue
                    page = reader.page(answer.content)
                    reader.cursor = advanced(reader.cursor, page)
                    seen.update(e.entity_id for e in page.entries if e.entity == "household")
                threading.Event().wait(0.05)

    with ThreadPoolExecutor(5) as threads:
        reading = threads.submit(read)
        written = [home for homes in threads.map(write, range(4)) for home in homes]
        done.set()
        reading.result()

    assert seen == set(written)
    assert office.status()["operations"]["household"] == len(written) == 72
    assert office.status()["batches"] == 24


def test_two_processes_let_a_device_through_as_often_as_one(office, urls):
    device = office.device()
    device.household()
    data = device.batch()
    began = time.monotonic()

    with pool(office) as http:
        statuses = [
            http.request("POST", urls[turn % 2] + "/v1/batches", content=data).status
            for turn in range(90)
        ]
        gained = math.ceil(time.monotonic() - began)
        last = [http.request("POST", url + "/v1/batches", content=data) for url in urls]

    assert web.PER_DEVICE <= statuses.count(200) <= web.PER_DEVICE + gained
    assert {200, 429} == set(statuses)
    assert all(one.status in {200, 429} for one in last)
