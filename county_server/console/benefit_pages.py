"""The 待遇 pages: the households the county pays, and one of them with what may be said of it."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from county_server.console.benefit_list import benefit_list
from county_server.console.list_pages import townships_of
from county_server.console.queue import MOST
from county_server.console.rendering import page
from county_server.console.visiting import Entered, Filled, Visit

ROUTER: Final = APIRouter()


@ROUTER.get("/benefits")
def show_benefits(
    request: Request, visit: Entered, township: Annotated[str, Query(pattern=r"^(\d{9})?$")] = ""
) -> Response:
    """Who is recognised, by township."""
    return _list(request, visit, township)


@ROUTER.post("/benefits")
def find_benefits(request: Request, posted: Filled) -> Response:
    """Households of people of a name; a name never stands in an address."""
    return _list(request, posted.visit, name=posted.form.get("name", "").strip())


def _list(request: Request, visit: Visit, township: str = "", name: str = "") -> Response:
    with visit.desk.database.read() as connection:
        lines = benefit_list(connection, visit.who, township, name)
        townships = townships_of(connection)
    return page(
        request, "benefits.html", who=visit.who, token=visit.token, lines=lines[:MOST],
        total=len(lines), township=township, sought=name,
        townships=[] if visit.who.township else townships,
    )  # fmt: skip
