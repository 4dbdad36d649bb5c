"""One case: looking at it, and what is done about it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from county_server.benefit_book import HOUSEHOLD
from county_server.console import paths
from county_server.console.answers import Answer
from county_server.console.case_pages import AnyPage
from county_server.console.cases import APPLICATION, RELIEF, unanswered
from county_server.console.facts import comments_in
from county_server.console.proposals import Propose, SendBack
from county_server.console.rendering import go, page
from county_server.console.visiting import Entered, Filled, Posted, Visit
from county_server.registry import note
from county_server.standing import GRACE

ROUTER: Final = APIRouter()
_REFUSED: Final = 409
_CATEGORIES: Final = tuple(one for one in Category if one is not Category.NONE)
_APPLICATION: Final = "application.html"
_RETURN: Final = "return.html"
_RELIEF: Final = "relief.html"
_GRACE: Final = "grace.html"
_BENEFIT: Final = "benefit.html"
_TEMPLATES: Final = {"relief": _RELIEF, "graces": _GRACE, "benefits": _BENEFIT}
_KINDS: Final = {
    "applications": APPLICATION,
    "relief": RELIEF,
    "graces": GRACE,
    "benefits": HOUSEHOLD,
}


@ROUTER.get("/applications/{case_id}")
def show_application(request: Request, visit: Entered, case_id: str) -> Response:
    """An application with everything about it."""
    return _show(request, visit, _APPLICATION, case_id)


@ROUTER.post("/applications/{case_id}/numbers")
def show_numbers(request: Request, posted: Filled, case_id: str) -> Response:
    """The same with whole numbers; that they were looked at stands in the audit."""
    with posted.desk.database.write() as connection:
        posted.desk.cases.application(connection, posted.who, case_id)
        note(connection, posted.desk.clock, posted.who.id, "reveal", case_id)
    return _show(request, posted.visit, _APPLICATION, case_id, whole=True)


@ROUTER.get("/relief/{case_id}")
def show_relief(request: Request, visit: Entered, case_id: str) -> Response:
    """One 先行救助."""
    return _show(request, visit, _RELIEF, case_id)


@ROUTER.get("/graces/{case_id}")
def show_grace(request: Request, visit: Entered, case_id: str) -> Response:
    """One 渐退."""
    return _show(request, visit, _GRACE, case_id)


@ROUTER.get("/benefits/{case_id}")
def show_benefit(request: Request, visit: Entered, case_id: str) -> Response:
    """What one household receives."""
    return _show(request, visit, _BENEFIT, case_id)


@ROUTER.get("/applications/{case_id}/return")
def show_return(request: Request, visit: Entered, case_id: str) -> Response:
    """Every field with room for a comment."""
    return _show(request, visit, _RETURN, case_id)


@ROUTER.post("/applications/{case_id}/return")
def send_back(request: Request, posted: Filled, case_id: str) -> Response:
    """Back to the village, with what is to be mended."""
    try:
        with posted.desk.database.read() as connection:
            found = posted.desk.cases.application(connection, posted.who, case_id)
        wanted = SendBack(
            application_id=case_id,
            seen=posted.form.get("seen", ""),
            note=posted.form.get("note", ""),
            comments=comments_in(posted.form, found.groups),
        )
        posted.desk.opinions.send_back(posted.who, wanted)
    except Refused as problem:
        return _show(request, posted.visit, _RETURN, case_id, problem, posted.form)
    return _onward(posted, case_id, "returned")


@ROUTER.post("/applications/{case_id}/publish")
def publish(request: Request, posted: Filled, case_id: str) -> Response:
    """What was agreed to is public."""
    try:
        posted.desk.opinions.publish(posted.who, case_id)
    except Refused as problem:
        return _show(request, posted.visit, _APPLICATION, case_id, problem)
    return go(f"{paths.ROOT}/applications/{case_id}", "published")


@ROUTER.post("/applications/{case_id}/register")
def register(request: Request, posted: Filled, case_id: str) -> Response:
    """A household that was refused is kept in view."""
    try:
        posted.desk.opinions.register(posted.who, case_id)
    except Refused as problem:
        return _show(request, posted.visit, _APPLICATION, case_id, problem)
    return go(f"{paths.ROOT}/applications/{case_id}", "registered")


@ROUTER.post("/{kind}/{case_id}/propose")
def propose(request: Request, posted: Filled, kind: str, case_id: str) -> Response:
    """A handler says what should be answered."""
    try:
        posted.desk.opinions.propose(posted.who, _proposal(posted.form, kind, case_id))
    except Refused as problem:
        return _again(request, posted, kind, case_id, problem)
    return _onward(posted, case_id, "proposed")


@ROUTER.post("/{kind}/{case_id}/answer")
def answer(request: Request, posted: Filled, kind: str, case_id: str) -> Response:
    """A head or reviewer approves, hands on or sends a proposal back to its handler."""
    deeds = {
        "approve": (posted.desk.opinions.approve, "approved"),
        "endorse": (posted.desk.opinions.endorse, "endorsed"),
        "reject": (posted.desk.opinions.reject, "rejected"),
    }
    try:
        deed = deeds.get(posted.form.get("deed", ""))
        if deed is None:
            raise Refused("没有选怎么办。", do="请按其中一个按钮。", code="K-70")
        deed[0](posted.who, posted.form.get("opinion", ""), posted.form.get("remark", ""))
    except Refused as problem:
        return _again(request, posted, kind, case_id, problem)
    return _onward(posted, case_id, deed[1])


def _proposal(form: dict[str, str], kind: str, case_id: str) -> Propose:
    """What was typed. Raises Refused K-70, M-01."""
    chosen, category = form.get("answer", ""), form.get("category", "")
    if chosen not in set(Answer) or (category and category not in set(Category)):
        raise unanswered()
    amount = form.get("amount", "").strip().replace(",", "")
    agrees = chosen == Answer.AGREE
    names_sum = agrees or chosen == Answer.CHANGE
    return Propose(
        entity=_KINDS.get(kind, ""),
        entity_id=case_id,
        seen=form.get("seen", ""),
        answer=Answer(chosen),
        category=Category(category) if category and agrees else None,
        amount=Money.parse(amount, field="amount") if amount and names_sum else None,
        paper_no=form.get("paper_no", ""),
        shares=form.get("shares", "") if agrees else "",
        begins=form.get("begins", ""),
        note=form.get("note", ""),
    )


def _again(request: Request, posted: Posted, kind: str, case_id: str, problem: Refused) -> Response:
    """The page once more, with what was typed and what is wrong."""
    template = _TEMPLATES.get(kind, _APPLICATION)
    return _show(request, posted.visit, template, case_id, problem, posted.form)


def _show(
    request: Request,
    visit: Visit,
    template: str,
    case_id: str,
    problem: Refused | None = None,
    typed: dict[str, str] | None = None,
    *,
    whole: bool = False,
) -> Response:
    """A page about one case; `whole` numbers are an application's only."""
    found = _found(visit, template, case_id, whole=whole)
    return page(
        request, template, who=visit.who, token=visit.token, found=found, case=found.page,
        whole=whole, problem=problem, typed=typed or {}, categories=_CATEGORIES,
        status=200 if problem is None else _REFUSED,
    )  # fmt: skip


def _found(visit: Visit, template: str, case_id: str, *, whole: bool) -> AnyPage:
    """What the page is about. Raises Refused K-12, K-21, K-74 or K-96 for an unknown one, K-65."""
    cases, who = visit.desk.cases, visit.who
    with visit.desk.database.read() as connection:
        if template == _RELIEF:
            return cases.relief(connection, who, case_id)
        if template == _GRACE:
            return cases.grace(connection, who, case_id)
        if template == _BENEFIT:
            return cases.benefit(connection, who, case_id)
        return cases.application(connection, who, case_id, whole=whole)


def _onward(posted: Posted, case_id: str, said: str) -> Response:
    """The next case that waits, or the list when none does."""
    with posted.desk.database.read() as connection:
        line = posted.desk.queue.after(connection, posted.who, case_id)
    return go(paths.QUEUE if line is None else f"{paths.ROOT}/{line.path}", said)
