"""Proposals: what is asked for when one is made, and those that are on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.grace_shares import read_steps
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.procedure import ReturnComment
from app.domain.words import Word
from county_server.benefit_book import HOUSEHOLD
from county_server.console.answers import Answer
from county_server.console.cases import APPLICATION, RELIEF
from county_server.console.roles import Level
from county_server.console.tables import opinion, staff
from county_server.standing import GRACE


def first_of(month: str) -> date:
    """The first day of a month as it is typed, "2026-05" or "2026-5". Raises Refused K-70."""
    try:
        year, number = month.strip().split("-")
        return date(int(year), int(number), 1)
    except ValueError as error:
        raise Refused(
            "从哪个月起没有写对。", do="请照“2026-05”这样写。", code="K-70", field="begins"
        ) from error


class Standing(Word):
    """How it stands with a proposal."""

    OPEN = "open", "等审批"
    ENDORSED = "endorsed", "乡镇已同意上报"
    DECIDED = "decided", "已审批"
    REJECTED = "rejected", "打回重提"
    TAKEN = "taken", "县里已另提"
    DROPPED = "dropped", "已作废"


WAITING: Final = (Standing.OPEN.value, Standing.ENDORSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """What a handler proposes; `seen` is the basis of the page it was read on."""

    entity: str
    entity_id: str
    seen: str
    answer: Answer
    category: Category | None = None
    amount: Money | None = None
    paper_no: str = ""
    shares: str = ""
    """What each month of a 渐退 pays, where the village left it open."""
    begins: str = ""
    """From which month on a benefit is another: "2026-05"."""
    note: str = field(default="", repr=False)

    @property
    def terms(self) -> dict[str, str] | None:
        """What an answer to a 渐退 or on a benefit says besides."""
        paper = {"paper_no": self.paper_no.strip()}
        if self.entity == GRACE:
            return {**paper, "shares": self.shares.strip()}
        if self.entity == HOUSEHOLD:
            undoes = self.answer is Answer.UNDO
            return paper if undoes else {**paper, "begins": self.begins.strip()}
        return None

    def begins_on(self) -> date:
        """The first day of the month it begins. Raises Refused K-70."""
        return first_of(self.begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """An application goes back to the village, with what is to be mended."""

    application_id: str
    seen: str
    note: str = field(default="", repr=False)
    comments: tuple[ReturnComment, ...] = ()


def stands_before(row: Mapping[str, Any]) -> Level:
    """Whom a proposal waits for: the county once it was handed on, or made there."""
    return Level.COUNTY if row["state"] == Standing.ENDORSED else Level(row["level"])


def waiting_for(
    connection: Connection, entity_id: str, *, lock: bool = False
) -> Mapping[str, Any] | None:
    """The proposal about a case that waits, if there is one."""
    query = select(opinion).where(opinion.c.entity_id == entity_id, opinion.c.state.in_(WAITING))
    found = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return None if found is None else dict(found)


def history_of(connection: Connection, entity_id: str) -> list[Mapping[str, Any]]:
    """Every opinion about a case with the names of both officers, the oldest first."""
    maker, checker, endorser = (staff.alias(name) for name in ("maker", "checker", "endorser"))
    query = (
        select(
            opinion,
            maker.c.name.label("maker"),
            maker.c.role.label("maker_role"),
            checker.c.name.label("checker"),
            checker.c.role.label("checker_role"),
            endorser.c.name.label("endorser"),
        )
        .join(maker, maker.c.id == opinion.c.maker_id)
        .outerjoin(checker, checker.c.id == opinion.c.checker_id)
        .outerjoin(endorser, endorser.c.id == opinion.c.endorser_id)
        .where(opinion.c.entity_id == entity_id)
        .order_by(opinion.c.made_at, opinion.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def check_whole(request: Propose) -> None:
    """Raises Refused K-70, G-14 for months that cannot be read."""
    agrees = request.answer is Answer.AGREE
    if not agrees and not request.note.strip():
        raise Refused(
            f"{request.answer.label}要写理由。", do="请写一句理由。", code="K-70", field="note"
        )
    if request.entity == APPLICATION and agrees and request.category in {None, Category.NONE}:
        raise Refused(
            "同意要选类别。", do="请选低保、特困等其中一项。", code="K-70", field="category"
        )
    if request.entity in {GRACE, HOUSEHOLD} and not request.paper_no.strip():
        what = "渐退的批复" if request.entity == GRACE else "停发、改发、撤回"
        raise Refused(f"{what}要写文书编号。", do="请填上。", code="K-70", field="paper_no")
    if request.entity == GRACE and request.shares.strip():
        read_steps(request.shares)
    if request.entity == HOUSEHOLD and request.answer is not Answer.UNDO:
        request.begins_on()
        if request.answer is Answer.CHANGE and request.amount is None:
            raise Refused("要写改成每月多少。", do="请填上金额。", code="K-70", field="amount")
    if request.amount is not None and request.amount < Money(0):
        raise Refused("金额不能是负数。", do="请改好金额。", code="K-70", field="amount")
    if request.entity == RELIEF and request.amount is not None and not request.amount.fen:
        raise Refused("金额要大于零。", do="请改好金额。", code="K-70", field="amount")
