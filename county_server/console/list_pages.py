"""The lists: the queue, devices, disputes, funds, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection, select

from county_server.console import paths
from county_server.console.facts import LABELS
from county_server.console.offices import device_lines, disputes, fund_totals, set_aside
from county_server.console.queue import MOST, Tab
from county_server.console.rendering import go, page
from county_server.console.roles import TOWNSHIP_FIGURES
from county_server.console.trail import PAGE, deeds
from county_server.console.visiting import Entered
from county_server.tables import village

ROUTER: Final = APIRouter()


@ROUTER.get("/")
def start(visit: Entered) -> Response:
    """Where everybody begins."""
    return go(paths.QUEUE)


@ROUTER.get("/queue")
def show_queue(
    request: Request,
    visit: Entered,
    tab: Tab = Tab.MINE,
    township: Annotated[str, Query(pattern=r"^(\d{9})?$")] = "",
) -> Response:
    """What waits, by tab and township."""
    with visit.desk.database.read() as connection:
        lines = visit.desk.queue.lines(connection, visit.who, tab, township)
        townships = townships_of(connection)
    return page(
        request, "queue.html", who=visit.who, token=visit.token, tab=tab, tabs=list(Tab),
        lines=lines[:MOST], total=len(lines), township=township,
        townships=[] if visit.who.township else townships,
    )  # fmt: skip


@ROUTER.get("/next")
def show_next(visit: Entered, after: str = "") -> Response:
    """On to the next case that waits."""
    with visit.desk.database.read() as connection:
        line = visit.desk.queue.after(connection, visit.who, after)
    return go(paths.QUEUE, "none_left") if line is None else go(f"{paths.ROOT}/{line.path}")


@ROUTER.get("/devices")
def show_devices(request: Request, visit: Entered) -> Response:
    """Every device of the scope."""
    with visit.desk.database.read() as connection:
        lines = device_lines(connection, visit.desk.status, visit.who)
    return page(request, "devices.html", who=visit.who, token=visit.token, lines=lines)


@ROUTER.get("/disputes")
def show_disputes(request: Request, visit: Entered) -> Response:
    """What both sides changed, and what was set aside."""
    with visit.desk.database.read() as connection:
        found = disputes(connection, visit.who, LABELS)
        aside = set_aside(connection, visit.who)
    return page(
        request, "disputes.html", who=visit.who, token=visit.token, disputes=found, aside=aside
    )


@ROUTER.get("/funds")
def show_funds(request: Request, visit: Entered) -> Response:
    """Quotas, payments and reserves."""
    with visit.desk.database.read() as connection:
        totals = fund_totals(connection, visit.desk.clock, visit.who)
    return page(request, "funds.html", who=visit.who, token=visit.token, totals=totals)


@ROUTER.get("/trail")
def show_trail(request: Request, visit: Entered, before: int | None = None) -> Response:
    """What was done, the newest first."""
    with visit.desk.database.read() as connection:
        lines = deeds(connection, visit.who, before)
    older = lines[-1].n if len(lines) == PAGE else None
    return page(request, "trail.html", who=visit.who, token=visit.token, lines=lines, older=older)


def townships_of(connection: Connection) -> list[tuple[str, str]]:
    """(code, the villages in it) of every township that has a village here."""
    found: dict[str, list[str]] = {}
    for row in _rows(connection):
        found.setdefault(row[0][:TOWNSHIP_FIGURES], []).append(row[1])
    return [(code, "、".join(names[:3])) for code, names in sorted(found.items())]


def _rows(connection: Connection) -> Iterable[tuple[str, str]]:
    query = select(village.c.code, village.c.name).order_by(village.c.code)
    return [(row.code, row.name) for row in connection.execute(query)]
