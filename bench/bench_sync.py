"""First push, a day's work, a pull, and a county at the end of a month (bars: see each line).

Everything on this machine: PostgreSQL and the county's processes on loopback under TLS, laptops
with real vaults. Beside ours run, in the same run and on the same records, the floor (one
compressed body and COPY; for a pull also with its rows kept in an encrypted file) and PouchDB
against an express-pouchdb server where node and the packages are there:
`npm install --prefix .setup/pouchdb pouchdb express@4 express-pouchdb`.
"""

from __future__ import annotations

import gc
import json
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from shutil import copytree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import httpcore  # noqa: E402
from figures import p95  # noqa: E402
from spent import cpu_of, parent_of, spent_by, spent_by_family  # noqa: E402
from sqlalchemy import text  # noqa: E402
from sync_peers import Figures, Wire, floor, kept_floor, pouchdb, records  # noqa: E402

from app.domain.casework import Met  # noqa: E402
from app.domain.ids import new_id  # noqa: E402
from app.practice.village import practice_village  # noqa: E402
from app.services.visits import RecordVisit, write_visit  # noqa: E402
from app.sync.protocol.enrolment import Village  # noqa: E402
from app.sync.road import run_here  # noqa: E402
from app.sync.transport import HttpsTransport, on_a_thread  # noqa: E402
from county_server.clock import MachineClock  # noqa: E402
from county_server.county import create_county  # noqa: E402
from county_server.database import Database  # noqa: E402
from county_server.upgrade import upgrade  # noqa: E402
from tests.counties import VILLAGE, Office  # noqa: E402
from tests.devices import Device  # noqa: E402
from tests.fakes import StoppedClock  # noqa: E402
from tests.laptops import Laptop, open_laptop  # noqa: E402
from tests.postgres import running_postgres  # noqa: E402
from tests.storefile import household_of  # noqa: E402
from tests.vaults import Kept, make_vault  # noqa: E402

RUNS = 5
HOUSEHOLDS = 910
VISITS = 8
PARTS = 34
"""Eleven records each — the household, a person, the place in it, and visits of a page — make
10,010 in all, about a KB each as JSON, of which deflate leaves a quarter."""
WHO = (
    "老人", "老伴", "儿子", "儿媳", "大孙子", "小孙女", "邻居", "村医", "组长", "女儿", "侄子",
    "护工",
)  # fmt: skip
WHAT = (
    "身体", "米和油", "屋顶", "读书的钱", "药费", "电费", "打工的事", "腿脚", "饮水", "床铺",
    "被子", "复诊", "菜地", "鸡和猪", "灶房", "轮椅", "低保的折子", "门前的路", "眼睛", "医保",
)  # fmt: skip
HOW = (
    "还好", "不够", "上个月多了", "还没有交", "说清楚了", "要再问", "请人看过", "已经讲过",
    "比去年差", "定在下个月", "漏雨", "有人帮忙", "要当心", "没有变", "欠着", "在镇上办",
)  # fmt: skip
"""What a visit's note is put together from."""
DAY = 100
DEVICES = 1_000
OPERATIONS = 300
DOUBLED = 0.3
CLIENTS = 32
SERVERS = 2
BATCH = 100


@contextmanager
def county_processes(folder: Path, number: int) -> Iterator[tuple[list[str], list[int]]]:
    """The URLs of so many processes of the county in `folder`, and their ids."""
    processes, files = [], []
    for each in range(number):
        files.append(folder / f"port-{each}")
        processes.append(
            subprocess.Popen(
                [sys.executable, str(ROOT / "bench/sync_county.py"), "--data", str(folder),
                 "--port-file", str(files[-1])],
                stdout=subprocess.DEVNULL,
            )
        )  # fmt: skip
    try:
        for process, file in zip(processes, files, strict=True):
            while not file.exists():
                assert process.poll() is None
                threading.Event().wait(0.05)
        urls = [f"https://127.0.0.1:{int(file.read_text())}" for file in files]
        yield urls, [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.wait(20)


def found_county(folder: Path, url: str) -> Office:
    """A county on PostgreSQL."""
    clock = MachineClock()
    county = create_county(
        folder, county_id="459901", name="练习县", is_practice=True, database_url=url, hosts=[],
        now=clock.now(),
    )  # fmt: skip
    database = Database(url, county.root.private)
    upgrade(database)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE floor (body text)"))
        connection.execute(text("CREATE TABLE bare (id text PRIMARY KEY, body jsonb)"))
    return Office(county, database, clock)


def new_database(server: str, name: str) -> str:
    admin = Database(f"{server}/postgres")
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.close()
    return f"{server}/{name}"


def enrolled(kept: Kept, clock: StoppedClock, office: Office, folder: Path) -> Laptop:
    laptop = open_laptop(kept, clock)
    laptop.join(office, folder)
    return laptop


def sync(laptop: Laptop, url: str) -> tuple[float, Wire]:
    """One sync over TLS: its seconds, and the wire. Nothing is collected meanwhile, as where the
    window runs (`app/__main__.py`)."""
    address = laptop.syncing.enrolled(run_in_store=run_here).county
    with HttpsTransport(replace(address, url=url)) as https:
        wire = Wire(https)
        with on_a_thread() as beside:
            gc.disable()
            begin = time.perf_counter()
            laptop.syncing.sync_now(run_in_store=run_here, transport=wire, beside=beside)
            took = time.perf_counter() - begin
            gc.enable()
            return took, wire


def households() -> list:
    """Generated families of two, with the words of the practice village."""
    chance = Random(7)
    model = practice_village().households
    made = []
    for number in range(HOUSEHOLDS):
        like = model[number % len(model)]
        one = household_of(f"覃{chance.randrange(10**6)}", group=like.group_name or "一组",
                           door=f"{number}号")  # fmt: skip
        made.append(replace(one, village_code=VILLAGE.code, address=like.address))
    return made


def note(chance: Random) -> str:
    """A visit's note, of a page."""
    said = (
        "".join(map(chance.choice, (WHO, WHAT, HOW))) + str(chance.randrange(100))
        for _ in range(PARTS)
    )
    return "，".join(said)


def record_visits(laptop: Laptop, families: list, each: int = VISITS) -> None:
    """So many visits to each of `families`, in one transaction."""
    chance = Random(9)
    at = laptop.clock.now()
    with laptop.begin() as work:
        for one in families:
            for _ in range(each):
                visit = RecordVisit(
                    household=one.id, visited_on=laptop.clock.today(), met=Met.SELF,
                    note=note(chance),
                )  # fmt: skip
                write_visit(work, new_id(at), visit, at=at)
        work.commit()


def one_village(server: str, folder: Path) -> None:
    """First push, a day's work and a pull, RUNS times with everything in turn."""
    first, day, pull = (
        Figures("first push of 10,000 records (bar: ≤ 4 × the floor, ≤ ⅓ of PouchDB, ≤ 3.0 MB)"),
        Figures("a day: 100 visits up (bar: ≤ 5 × the floor, ≤ 40 KB, ≤ 3 requests)"),
        Figures("pull of 10,000 into an empty laptop (bar: ≤ 4 × floor, ≤ ⅔ of PouchDB, ≤ 3.0 MB)"),
    )
    clock = StoppedClock(MachineClock().now())
    templates = {name: make_vault(folder / name, clock) for name in ("writer", "reader")}
    families = households()
    for run in range(RUNS):
        office = found_county(folder / f"county-{run}", new_database(server, f"one_{run}"))
        with ExitStack() as stack:
            (url,), county = stack.enter_context(county_processes(office.county.folder, 1))
            others = clocks_of(office, county)
            writer, reader = (
                enrolled(_copy(template, folder / f"{name}-{run}"), clock, office, folder)
                for name, template in templates.items()
            )
            sync(writer, url)
            sync(reader, url)
            writer.households.add_all(families)
            record_visits(writer, families)
            (took, wire), cpu = cpu_of(partial(sync, writer, url), others)
            first.note("ours", took, wire.bytes, wire.requests)
            first.note_cpu(cpu)
            record_visits(writer, families[:DAY], each=1)
            (took, wire), cpu = cpu_of(partial(sync, writer, url), others)
            day.note_cpu(cpu)
            day.note("ours", took, wire.bytes, wire.requests)
            (took, wire), cpu = cpu_of(partial(sync, reader, url), others)
            pull.note_cpu(cpu)
            pull.note("ours", took, wire.bytes, wire.requests)
            lines = records(reader)
            up, down = floor(url, lines, office)
            first.note("floor", *up)
            pull.note("floor", *down)
            pull.note("floor, and kept", *kept_floor(url, office, folder / f"kept-{run}.db"))
            visits = b"\n".join(lines.splitlines()[-DAY:]) + b"\n"
            day.note("floor", *floor(url, visits, office)[0])
            theirs = pouchdb(lines, folder)
            for figures, name in ((first, "push"), (day, "day"), (pull, "pull")):
                if theirs is not None:
                    one = theirs[name]
                    figures.note("PouchDB", one["seconds"], one["bytes"], one["requests"])
            if run == 0:
                print(f"{len(lines.splitlines())} records of {len(lines) / 1e6:.2f} MB")
            writer.vault.close()
            reader.vault.close()
        office.database.close()
    for figures in (first, day, pull):
        figures.print()
    if "PouchDB" not in first.seconds:
        print("PouchDB: not installed here, not measured")


def clocks_of(office: Office, county: list[int]) -> dict[str, Callable[[], float]]:
    """CPU seconds of the county's processes and of its database server."""
    with office.database.read() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return {
        "county": partial(spent_by, county),
        "PostgreSQL": partial(spent_by_family, parent_of(backend)),
    }


def _copy(template: Kept, directory: Path) -> Kept:
    copytree(template.directory, directory)
    return Kept(directory, template.recovery)


def month_end(server: str, folder: Path) -> None:
    """1,000 devices × 300 operations with 30 % sent twice, on two processes."""
    office = found_county(folder / "county-month", new_database(server, "month"))
    begin = time.perf_counter()
    chance = Random(11)
    jobs = [_batch(office.device(_village(number))) for number in range(DEVICES)]
    twice = [job for job in jobs if chance.random() < DOUBLED]
    work = jobs + twice
    chance.shuffle(work)
    print(f"made {DEVICES} devices and their batches in {time.perf_counter() - begin:.0f} s")
    context = ssl.create_default_context(cadata=office.county.ca_pem)
    with ExitStack() as stack:
        urls, _ = stack.enter_context(county_processes(office.county.folder, SERVERS))
        pools = [
            stack.enter_context(httpcore.ConnectionPool(ssl_context=context))
            for _ in range(CLIENTS)
        ]

        def send(number: int) -> tuple[float, int]:
            start = time.perf_counter()
            pool, url = pools[number % CLIENTS], urls[number % SERVERS]
            try:
                answer = pool.request("POST", url + "/v1/batches", content=work[number])
            except httpcore.RemoteProtocolError:
                # an idle line the server was about to close: what a laptop does, too
                again.append(number)
                answer = pool.request("POST", url + "/v1/batches", content=work[number])
            return time.perf_counter() - start, answer.status

        again: list[int] = []
        begin = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as threads:
            done = list(threads.map(send, range(len(work))))
        took = time.perf_counter() - begin
    status = office.status()
    office.database.close()
    wrong = [code for _, code in done if code != 200]
    print("county at the end of a month (bar: ≤ 60 s, p95 ≤ 5 s, 0 errors, each counted once)")
    print(
        f"  {len(work)} batches of {OPERATIONS} operations ({len(twice)} sent twice,"
        f" {len(again)} again) by {CLIENTS}"
        f" clients to {SERVERS} processes: {took:.1f} s, p95 {p95([s for s, _ in done]):.2f} s,"
        f" errors {len(wrong)}, operations held {sum(status['operations'].values())}"
        f" of {DEVICES * OPERATIONS}"
    )
    assert not wrong
    assert sum(status["operations"].values()) == DEVICES * OPERATIONS


def _village(number: int) -> Village:
    """A village of its own for each device, a hundred to a township."""
    return Village(f"459901{number // 100 + 1:03d}{number % 100:03d}", "测试村")


def _batch(device: Device) -> bytes:
    home = device.household()
    for _ in range(OPERATIONS - 1):
        device.visit(home, "老人身体好，米够吃到月底。")
    return device.batch()


def _both(device: Device, chance: Random) -> tuple[bytes, bytes]:
    """One batch of visits, and its records for the bare endpoint."""
    home = device.household()
    lines = [{"_id": home, "entity": "household"}]
    for said in [note(chance) for _ in range(BATCH - 1)]:
        entity_id = device.visit(home, said)
        lines.append({"_id": entity_id, "entity": "visit", "household_id": home, "note": said,
                      "visited_on": "2026-03-02"})  # fmt: skip
    bare = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    return device.batch(), zlib.compress(bare.encode(), 6)


def throughput(server: str, folder: Path) -> None:
    """Signed batches of 100 records into PostgreSQL, beside the bare endpoint, four clients."""
    office = found_county(folder / "county-rate", new_database(server, "rate"))
    rates: dict[str, list[float]] = {"ours": [], "bare endpoint": []}
    spent: dict[str, list[float]] = {"ours": [], "bare endpoint": []}
    context = ssl.create_default_context(cadata=office.county.ca_pem)
    chance = Random(13)
    with ExitStack() as stack:
        (url,), county = stack.enter_context(county_processes(office.county.folder, 1))
        pools = [stack.enter_context(httpcore.ConnectionPool(ssl_context=context)) for _ in "1234"]

        def rate(path: str, bodies: list[bytes]) -> float:
            def send(number: int) -> None:
                answer = pools[number % 4].request("POST", url + path, content=bodies[number])
                assert answer.status == 200, answer.content

            begin = time.perf_counter()
            with ThreadPoolExecutor(4) as threads:
                list(threads.map(send, range(len(bodies))))
            return len(bodies) / (time.perf_counter() - begin)

        others = clocks_of(office, county)
        for _ in range(RUNS):
            made = [_both(office.device(_village(number)), chance) for number in range(60)]
            ours, bare = map(list, zip(*made, strict=True))
            for side, path, bodies in (
                ("ours", "/v1/batches", ours), ("bare endpoint", "/bare", bare)
            ):  # fmt: skip
                took, cpu = cpu_of(partial(rate, path, bodies), others)
                rates[side].append(took)
                spent[side].append((cpu["county"] + cpu["PostgreSQL"]) / len(bodies))
    office.database.close()
    print("batches of 100 records into PostgreSQL, 4 clients (bar: ≥ ½ of the bare endpoint)")
    least = statistics.median(rates["bare endpoint"])
    for side, values in rates.items():
        middle = statistics.median(values)
        cpu = statistics.median(spent[side]) * 1000
        print(
            f"  {side:<14} {middle:7.1f} batches/s  × {middle / least:.2f}"
            f"  ({cpu:.1f} ms of CPU a batch, the county and PostgreSQL)"
        )


def main() -> None:
    """All three."""
    with running_postgres(fsync=True) as server, tempfile.TemporaryDirectory() as folder:
        one_village(server, Path(folder))
        throughput(server, Path(folder))
        month_end(server, Path(folder))


if __name__ == "__main__":
    main()
