"""The console as an application of its own, mounted beside the laptops' at one path.

No script, nothing from elsewhere, nothing kept by a browser or a proxy; addresses carry ids only
and are not logged.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from app.crypto.kdf import DEFAULT, KdfCost
from app.domain.problem import Problem, Refused, Unavailable
from county_server.clock import Time
from county_server.console import benefit_pages, deed_pages, door_pages, list_pages, paths
from county_server.console.rendering import STYLE, go, page
from county_server.console.sessions import COOKIE
from county_server.console.visiting import MustChange, SignedOut, open_desk
from county_server.county import County
from county_server.database import Database
from county_server.declined import HTTP_STATUS

_log = logging.getLogger("county_server")
_STATUS: Final = {
    "K-63": 403,
    "K-64": 403,
    "K-65": 403,
    "K-12": 404,
    "K-21": 404,
    "K-74": 404,
    "K-96": 404,
    **HTTP_STATUS,
}
_BUSY: Final = 503
_BAD: Final = 400
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def mount_console(
    web: FastAPI, county: County, database: Database, clock: Time, cost: KdfCost = DEFAULT
) -> None:
    """Open the console at `paths.ROOT` of the county's own application."""
    web.mount(paths.ROOT, build_console(county, database, clock, cost))


def build_console(
    county: County, database: Database, clock: Time, cost: KdfCost = DEFAULT
) -> FastAPI:
    """The application. It describes itself to nobody."""
    console = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    console.state.desk = open_desk(county, database, clock, cost)
    for part in (door_pages, list_pages, benefit_pages, deed_pages):
        console.include_router(part.ROUTER)
    console.middleware("http")(_guard)
    console.exception_handler(SignedOut)(_to_the_door)
    console.exception_handler(MustChange)(_to_the_password)
    console.exception_handler(Problem)(_say)
    console.exception_handler(RequestValidationError)(_say_unreadable)
    console.exception_handler(404)(_say_nothing_here)
    console.exception_handler(405)(_say_nothing_here)
    console.add_api_route("/static/console.css", _style, methods=["GET"])
    return console


async def _style() -> Response:
    """The one style sheet."""
    return Response(STYLE, media_type="text/css; charset=utf-8")


async def _guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """What stands on every answer."""
    response = await answer(request)
    response.headers.update(_HEADERS)
    is_style = request.url.path.endswith(".css")
    response.headers["Cache-Control"] = "private, max-age=600" if is_style else "no-store"
    return response


def _to_the_door(request: Request, _signed_out: Exception) -> Response:
    """Nobody is signed in: the door, with why where there was a session."""
    return go(paths.LOGIN, "ended" if request.cookies.get(COOKIE) else "")


def _to_the_password(_request: Request, _must_change: Exception) -> Response:
    return go(paths.PASSWORD)


def _say(request: Request, problem: Exception) -> Response:
    """A problem as a page."""
    told = problem if isinstance(problem, Problem) else _unreadable()
    _log.info("console refused %s", told.code)
    status = _BUSY if isinstance(told, Unavailable) else _STATUS.get(told.code, _BAD)
    wait = getattr(told, "retry_after", None)
    answer = page(request, "problem.html", problem=told, status=status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _say_unreadable(request: Request, _error: Exception) -> Response:
    return _say(request, _unreadable())


def _say_nothing_here(request: Request, _error: Exception) -> Response:
    told = Refused("这里没有这一页。", do="请回到列表。", code="K-76")
    return page(request, "problem.html", problem=told, status=404)


def _unreadable() -> Refused:
    return Refused("网址写法不对。", do="请回到列表重新打开。", code="K-76")
