"""Pages from templates. Everything is escaped; a name a template does not get is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from county_server.console import paths
from county_server.console.roles import Staff
from county_server.console.sessions import form_token

_HERE: Final = Path(__file__).parent
STYLE: Final = (_HERE / "static" / "console.css").read_bytes()
SAID: Final = {
    "proposed": "意见已提出，等负责人审批。",
    "approved": "已审批，决定会随下一次同步传到村里。",
    "endorsed": "已同意上报，等县里审批。",
    "rejected": "已打回，经办可以重新提。",
    "returned": "已退回村里，逐项意见会随下一次同步传到。",
    "published": "已公布。",
    "registered": "已转备案关注，村里会记进备案监测。",
    "password": "密码已改好。",
    "none_left": "都办完了，没有等您办的。",
    "out": "已退出。",
    "ended": "太久没有操作，已自动退出。请重新登录。",
}
"""What a page says after a deed; an address carries the key only."""
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SEE_OTHER: Final = 303


def page(
    request: Request,
    name: str,
    *,
    who: Staff | None = None,
    token: str = "",
    status: int = 200,
    **about: Any,  # noqa: ANN401  # what the template shows
) -> HTMLResponse:
    """A page for `who`, whose forms carry the token of the session."""
    said = SAID.get(request.query_params.get("said", ""), "")
    body = _ENVIRONMENT.get_template(name).render(
        {
            "root": paths.ROOT,
            "county": request.app.state.desk.county,
            "who": who,
            "csrf": form_token(token) if token else "",
            "said": said,
            "problem": None,
            "here": request.url.path,
            **about,
        }
    )
    return HTMLResponse(body, status)


def go(path: str, said: str = "") -> RedirectResponse:
    """On to another page."""
    return RedirectResponse(f"{path}?said={said}" if said else path, _SEE_OTHER)
