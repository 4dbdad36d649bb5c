"""What every request is asked first: who it is, and for a form, whether it was made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from app.crypto.kdf import DEFAULT, KdfCost
from app.domain.problem import Refused
from county_server.clock import Time
from county_server.console import paths
from county_server.console.case_pages import CasePages
from county_server.console.door import Door
from county_server.console.opinions import Opinions
from county_server.console.queue import Queue
from county_server.console.roles import Staff
from county_server.console.sessions import COOKIE, Sessions, check_form
from county_server.console.staff import StaffBook
from county_server.county import County
from county_server.database import Database
from county_server.flags import Flags
from county_server.limits import Limit, limit
from county_server.status import Status

DOOR_COOKIE: Final = "__Host-xieli-door"
"""What the form of signing in is tied to, before there is a session."""
_MOST_BYTES: Final = 256 * 1024
_MOST_FIELDS: Final = 2_000
_PER_ADDRESS: Final = 300
_TRIES_PER_ADDRESS: Final = 20
_DRAWN: Final = 10
"""Requests of one address for which a process asks the database once."""
_FREE: Final = frozenset({paths.PASSWORD, f"{paths.ROOT}/logout"})
"""Where somebody with a temporary password may go."""


class SignedOut(Exception):
    """Nobody is signed in (any more)."""


class MustChange(Exception):
    """The password is still the one the administrator handed out."""


@dataclass(frozen=True, slots=True)
class ConsoleDesk:
    """What the console of one server process works with."""

    county: County
    database: Database
    clock: Time
    book: StaffBook
    sessions: Sessions
    door: Door
    opinions: Opinions
    cases: CasePages
    queue: Queue
    status: Status
    addresses: Limit
    tries: Limit


def open_desk(
    county: County, database: Database, clock: Time, cost: KdfCost = DEFAULT
) -> ConsoleDesk:
    """Everything joined. `cost` is what one guess at a password costs."""
    book, sessions = StaffBook(county, database, clock, cost), Sessions(database, clock)
    return ConsoleDesk(
        county=county,
        database=database,
        clock=clock,
        book=book,
        sessions=sessions,
        door=Door(book, sessions, database, clock),
        opinions=Opinions(database, clock),
        cases=CasePages(clock, Flags(database, clock)),
        queue=Queue(clock),
        status=Status(county, database, clock),
        addresses=limit(database, clock, "console", _PER_ADDRESS, at_once=_DRAWN),
        tries=limit(database, clock, "sign-in", _TRIES_PER_ADDRESS),
    )


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is signed in."""

    desk: ConsoleDesk
    who: Staff
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Posted:
    """A form of somebody who is signed in, made for this session."""

    desk: ConsoleDesk
    who: Staff
    token: str = field(repr=False)
    form: dict[str, str] = field(repr=False)

    @property
    def visit(self) -> Visit:
        """Who brought it."""
        return Visit(self.desk, self.who, self.token)


def desk_of(request: Request) -> ConsoleDesk:
    """The desk of this process; counts the request. Raises Declined B-26 for too many."""
    desk: ConsoleDesk = request.app.state.desk
    desk.addresses.spend(address_of(request))
    return desk


def address_of(request: Request) -> str:
    """Where a request comes from, as far as a socket can tell."""
    return request.client.host if request.client else ""


def entered(request: Request, desk: Annotated[ConsoleDesk, Depends(desk_of)]) -> Visit:
    """Raises SignedOut and MustChange."""
    token = request.cookies.get(COOKIE, "")
    who = desk.sessions.find(token)
    if who is None:
        raise SignedOut
    if who.must_change and request.url.path not in _FREE:
        raise MustChange
    return Visit(desk, who, token)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form. Raises Refused B-02 for one too large, K-63 for one that is none."""
    size, parts = 0, []
    async for part in request.stream():
        size += len(part)
        if size > _MOST_BYTES:
            raise Refused("内容太大，超出了允许的大小。", do="请写短一些。", code="B-02")
        parts.append(part)
    try:
        text = b"".join(parts).decode("utf-8")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Refused("表单读不出来。", do="请回到列表重新打开再办。", code="K-63") from error


def posted(
    visit: Annotated[Visit, Depends(entered)], form: Annotated[dict[str, str], Depends(form_of)]
) -> Posted:
    """Raises Refused K-63 for a form that was not made for this session."""
    check_form(visit.token, form.get("csrf", ""))
    return Posted(visit.desk, visit.who, visit.token, form)


AtDesk = Annotated[ConsoleDesk, Depends(desk_of)]
Entered = Annotated[Visit, Depends(entered)]
Filled = Annotated[Posted, Depends(posted)]
Form = Annotated[dict[str, str], Depends(form_of)]
