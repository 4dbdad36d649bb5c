"""A county process for the sync benchmark: the real one, with a floor beside it on the same port.

`/floor` takes one compressed body and copies it into a table, and gives it back: the least anybody
could do. `/bare` reads the records of a batch and keeps each under its id, and checks nothing.
Rates are counted and not limited here: all devices of the benchmark share one address.
"""

from __future__ import annotations

import json
import sys
import threading
import zlib
from argparse import ArgumentParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
import uvicorn  # noqa: E402
from fastapi import Request, Response  # noqa: E402
from fastapi.concurrency import run_in_threadpool  # noqa: E402

from county_server.clock import MachineClock  # noqa: E402
from county_server.county import load_county  # noqa: E402
from county_server.database import Database  # noqa: E402
from county_server.limits import limit  # noqa: E402
from county_server.serving import CountyServer, listen  # noqa: E402
from county_server.tls import SERVER_CERT, SERVER_KEY  # noqa: E402
from county_server.web import Desk, build_web  # noqa: E402

ANYTHING = 10**6
DRAWN = 20


class Floor:
    """A plain connection of each thread, and the table of the floor."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg", "postgresql")
        self._threads = threading.local()

    def take(self, data: bytes) -> bytes:
        """Copy the lines of a compressed body into the table."""
        with self._connection().cursor() as cursor:
            with cursor.copy("COPY floor (body) FROM STDIN") as copy:
                for line in zlib.decompress(data).splitlines():
                    copy.write_row((line.decode(),))
            cursor.connection.commit()
        return b"ok"

    def keep(self, data: bytes) -> bytes:
        """Read the records of a compressed body, and keep each under its id."""
        lines = zlib.decompress(data).decode().splitlines()
        rows = [(json.loads(line)["_id"], line) for line in lines]
        with self._connection().cursor() as cursor:
            with cursor.copy("COPY bare (id, body) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.connection.commit()
        return b"ok"

    def give(self) -> bytes:
        """All of the table in one compressed body."""
        with self._connection().cursor() as cursor:
            with cursor.copy("COPY floor (body) TO STDOUT") as copy:
                rows = [bytes(row) for row in copy]
            cursor.connection.commit()
        return zlib.compress(b"".join(rows), 6)

    def _connection(self) -> psycopg.Connection:
        if not hasattr(self._threads, "connection"):
            self._threads.connection = psycopg.connect(self._url)
        return self._threads.connection


def main() -> None:
    """Serve until told to stop; the port goes to the file named."""
    parser = ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port-file", type=Path, required=True)
    args = parser.parse_args()
    county = load_county(args.data)
    desk = Desk(county, Database(county.database_url, county.root.private), MachineClock())
    for name in ("devices", "addresses", "enrolments"):
        setattr(desk, name, limit(desk.database, desk.clock, name, ANYTHING, at_once=DRAWN))
    web, floor = build_web(desk), Floor(county.database_url)

    @web.post("/floor")
    async def take(request: Request) -> Response:
        return Response(await run_in_threadpool(floor.take, await request.body()))

    @web.post("/bare")
    async def keep(request: Request) -> Response:
        return Response(await run_in_threadpool(floor.keep, await request.body()))

    @web.get("/floor")
    async def give() -> Response:
        return Response(await run_in_threadpool(floor.give))

    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        web, ssl_keyfile=args.data / SERVER_KEY, ssl_certfile=str(args.data / SERVER_CERT),
        log_level="warning", access_log=False,
    )  # fmt: skip
    CountyServer(config, listener.getsockname()[1], args.port_file).run(sockets=[listener])


if __name__ == "__main__":
    main()
