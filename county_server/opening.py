"""What every verb begins with: the county of `--data` and its database, up to date."""

from __future__ import annotations

from argparse import Namespace
from typing import TextIO

from app.domain.problem import Refused
from app.sync.protocol.coding import convert
from app.sync.protocol.enrolment import Village
from county_server.clock import MachineClock, Time
from county_server.county import County, load_county
from county_server.database import Database
from county_server.upgrade import upgrade


def open_county(args: Namespace) -> tuple[County, Database, Time]:
    """The county, its database and its clock. Raises Refused or Unavailable."""
    county = load_county(args.data)
    database = Database(args.database or county.database_url, county.root.private)
    upgrade(database)
    return county, database, MachineClock()


def place_of(text: str) -> Village:
    """A village from `code=name`. Raises Refused K-09."""
    code, _, name = text.partition("=")
    try:
        return convert({"code": code, "name": name}, Village)
    except Refused as error:
        raise Refused(
            "村的写法不对。", do="请写成 12 位代码=村名，例如 459901101201=青石村。", code="K-09"
        ) from error


def say(out: TextIO, line: str) -> None:
    """One line for the administrator."""
    out.write(line + "\n")
