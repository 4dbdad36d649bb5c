"""Proposals: what is asked for when one is made, and those that are on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.grace_shares import read_steps
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.procedure import ReturnComment
from app.domain.words import Word
from county_server.console.cases import APPLICATION, RELIEF
from county_server.console.roles import Level
from county_server.console.tables import opinion, staff
from county_server.standing import GRACE


class Answer(Word):
    """What is proposed."""

    AGREE = "agree", "同意"
    REFUSE = "refuse", "不同意"


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
    note: str = field(default="", repr=False)

    @property
    def terms(self) -> dict[str, str] | None:
        """What an answer to a 渐退 says besides."""
        if self.entity != GRACE:
            return None
        return {"paper_no": self.paper_no.strip(), "shares": self.shares.strip()}


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
        raise Refused("不同意要写理由。", do="请写一句理由。", code="K-70", field="note")
    if request.entity == APPLICATION and agrees and request.category in {None, Category.NONE}:
        raise Refused(
            "同意要选类别。", do="请选低保、特困等其中一项。", code="K-70", field="category"
        )
    if request.entity == GRACE:
        if not request.paper_no.strip():
            raise Refused("渐退的批复要写文书编号。", do="请填上。", code="K-70", field="paper_no")
        if request.shares.strip():
            read_steps(request.shares)
    if request.amount is not None and request.amount < Money(0):
        raise Refused("金额不能是负数。", do="请改好金额。", code="K-70", field="amount")
    if request.entity == RELIEF and request.amount is not None and not request.amount.fen:
        raise Refused("金额要大于零。", do="请改好金额。", code="K-70", field="amount")
