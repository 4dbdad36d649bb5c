"""Signing in and out, and the password of one's own."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from app.domain.problem import Refused
from county_server.console import paths
from county_server.console.rendering import go, page
from county_server.console.sessions import COOKIE, check_form, new_token
from county_server.console.visiting import (
    DOOR_COOKIE,
    AtDesk,
    Entered,
    Filled,
    Form,
    address_of,
)
from county_server.registry import note

ROUTER: Final = APIRouter()
_REFUSED: Final = 403


@ROUTER.get("/login")
def show_door(request: Request, desk: AtDesk) -> Response:
    """The form of signing in."""
    return _door(request)


@ROUTER.post("/login")
def sign_in(request: Request, desk: AtDesk, form: Form) -> Response:
    """Let in who knows the password and holds the authenticator."""
    desk.tries.spend(address_of(request))
    try:
        check_form(request.cookies.get(DOOR_COOKIE), form.get("csrf", ""))
        token = desk.door.enter(
            form.get("login", ""), form.get("password", ""), form.get("code", "")
        )
    except Refused as problem:
        return _door(request, problem, form.get("login", ""))
    answer = go(paths.QUEUE)
    _keep(answer, COOKIE, token)
    answer.delete_cookie(DOOR_COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return answer


@ROUTER.post("/logout")
def sign_out(posted: Filled) -> Response:
    """End the session."""
    posted.desk.sessions.end(posted.token)
    with posted.desk.database.write() as connection:
        note(connection, posted.desk.clock, posted.who.id, "sign-out", posted.who.id)
    answer = go(paths.LOGIN, "out")
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return answer


@ROUTER.get("/password")
def show_password(request: Request, visit: Entered) -> Response:
    """The form of a new password."""
    return page(request, "password.html", who=visit.who, token=visit.token)


@ROUTER.post("/password")
def change_password(request: Request, posted: Filled) -> Response:
    """A password only its owner knows; every other session of theirs ends."""
    form = posted.form
    try:
        if form.get("after", "") != form.get("again", ""):
            raise Refused("两次输入的新密码不一样。", do="请重新输入两遍。", code="K-73")
        posted.desk.book.change_password(posted.who, form.get("before", ""), form.get("after", ""))
    except Refused as problem:
        return page(
            request, "password.html", who=posted.who, token=posted.token,
            problem=problem, status=_REFUSED,
        )  # fmt: skip
    posted.desk.sessions.end_others(posted.token, posted.who.id)
    return go(paths.QUEUE, "password")


def _door(request: Request, problem: Refused | None = None, login: str = "") -> Response:
    """The form, tied to a cookie of its own."""
    token = request.cookies.get(DOOR_COOKIE) or new_token()
    status = 200 if problem is None else _REFUSED
    answer = page(request, "login.html", token=token, problem=problem, login=login, status=status)
    _keep(answer, DOOR_COOKIE, token)
    return answer


def _keep(answer: Response, name: str, value: str) -> None:
    """A cookie no script reads, no other site sends and no plain connection carries."""
    answer.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="strict")
