"""A case as the county holds it now: whose decision it is, and what an opinion on it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.casework import ApplicationStatus, ReliefStatus
from app.domain.households import Area, Category
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.procedure import APPROVED_FACTS
from app.domain.relief_states import RELIEF as RELIEF_STATES
from county_server.benefit_book import HOUSEHOLD, Said, last_standing, words_of
from county_server.benefit_changes import nothing_runs, unknown_household
from county_server.clock import Time
from county_server.console.answers import ASKED, Answer, grace_event
from county_server.console.law import Whose, read_law
from county_server.exits import unknown_grace
from county_server.relief import RECORD
from county_server.relief_decisions import GIVEN_FIRST, relief_event, unknown_relief
from county_server.standing import BENEFIT, GRACE
from county_server.tables import document

APPLICATION: Final = "application"
RELIEF: Final = RECORD
_CASES: Final = frozenset({APPLICATION, RELIEF, GRACE})
_LOOKED_AT: Final = (
    APPLICATION, RELIEF, GRACE, "assessment", "household", "application_material",
    "staff_relative_filing", *APPROVED_FACTS,
)  # fmt: skip
"""What an opinion rests on, by entity; steps and visits may go on meanwhile."""


@dataclass(frozen=True, slots=True)
class Case:
    """What an opinion is about, as the county holds it now."""

    entity: str
    entity_id: str
    subject: str
    village: str | None
    body: dict[str, Any] = field(repr=False)
    basis: str
    whose: Whose
    held: Held | None = None
    """Of a household only."""

    @property
    def is_given_first(self) -> bool:
        """A 先行救助 whose money is out already."""
        return self.entity == RELIEF and self.body.get("status") in GIVEN_FIRST


@dataclass(frozen=True, slots=True)
class Held:
    """What the county can say of a household's benefit now."""

    is_recognised: bool
    is_paid: bool
    undoable: Said | None
    """The newest word, where it may be taken back."""


def read_case(
    connection: Connection,
    clock: Time,
    entity: str,
    entity_id: str,
    agreed_fen: int | None = None,
) -> Case:
    """A case as it stands. Raises Refused K-12 or K-74.

    Whose it is goes by the sum that would be granted: `agreed_fen`, or what was asked for.
    """
    row = (
        connection.execute(
            select(document).where(document.c.entity == entity, document.c.entity_id == entity_id)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise _unknown(entity)
    law = read_law(connection, clock.today())
    body, held = dict(row["body"]), None
    if entity == HOUSEHOLD:
        held = _held(connection, clock, entity_id, body)
    if entity == RELIEF:
        area = _area(connection, row["subject"])
        fen = int(body["amount_fen"]) if agreed_fen is None else agreed_fen
        whose = law.whose_relief(Money(fen), int(body["persons"]), area)
    else:
        whose = law.whose_application()
    basis = basis_of(connection, row["subject"], entity_id)
    return Case(entity, entity_id, row["subject"], row["village_code"], body, basis, whose, held)


def _held(connection: Connection, clock: Time, household_id: str, body: Mapping[str, Any]) -> Held:
    query = select(document.c.body).where(
        document.c.entity == BENEFIT, document.c.subject == household_id
    )
    benefits = connection.execute(query).scalars().all()
    last = last_standing(words_of(connection, household_id))
    return Held(
        is_recognised=body.get("category") not in {None, Category.NONE.value},
        is_paid=any(one.get("by_county") and not one.get("to_month") for one in benefits),
        undoable=last if last is not None and last.may_be_undone(clock.today()) else None,
    )


def basis_of(connection: Connection, subject: str, entity_id: str) -> str:
    """The hash of every record an opinion on this case rests on, by id and version; where it is the
    household itself, of its benefits, too."""
    looked_at = (*_LOOKED_AT, BENEFIT) if entity_id == subject else _LOOKED_AT
    query = (
        select(document.c.entity, document.c.entity_id, document.c.version)
        .where(document.c.subject == subject, document.c.entity.in_(looked_at))
        .order_by(document.c.entity, document.c.entity_id)
    )
    lines = [
        f"{row.entity} {row.entity_id} {row.version}\n"
        for row in connection.execute(query)
        if row.entity not in _CASES or row.entity_id == entity_id
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def village_of(connection: Connection, entity: str, entity_id: str) -> str | None:
    """Where a case belongs. Raises Refused K-12 or K-74."""
    row = connection.execute(
        select(document.c.village_code).where(
            document.c.entity == entity, document.c.entity_id == entity_id
        )
    ).first()
    if row is None:
        raise _unknown(entity)
    village: str | None = row.village_code
    return village


def check_answerable(case: Case, answer: Answer) -> None:
    """Raises Refused K-14 for what was answered before, K-19, M-24, G-01, K-98 or K-99 for what is
    not up here, K-70 for what is no answer to such a case."""
    if case.held is not None:
        _check_held(case.held, answer)
        return
    if case.entity != GRACE and answer not in ASKED:
        raise unanswered()
    if case.is_given_first and answer is Answer.REFUSE:
        return  # whoever the village wrote down as having agreed
    if case.body.get("decided_on") or case.body.get("decided_at"):
        raise Refused("这一件已经作过决定。", do="请看下面的经过。", code="K-14")
    if case.entity == RELIEF:
        before = ReliefStatus(str(case.body["status"]))
        RELIEF_STATES.after(before, relief_event(before, agrees=answer is Answer.AGREE))
        return
    if case.entity == GRACE:
        grace_event(case.body, answer)
        return
    state = ApplicationStatus(str(case.body["status"]))
    if state is not ApplicationStatus.SENT_FOR_CONFIRMATION:
        raise Refused(
            f"这份申请现在是“{state.label}”，还不能提意见。",
            do="等村里报上来再办；资料不对可以先退回。",
            code="K-19",
        )


def _check_held(held: Held, answer: Answer) -> None:
    """Raises Refused K-70, K-98, K-99."""
    if answer not in {Answer.STOP, Answer.CHANGE, Answer.UNDO}:
        raise unanswered()
    if answer is Answer.UNDO:
        if held.undoable is None:
            raise Refused("没有可以撤回的停发、改发。", do="请看下面的经过。", code="K-99")
    elif not (held.is_recognised if answer is Answer.STOP else held.is_paid):
        raise nothing_runs()


def unanswered() -> Refused:
    """K-70: none of the answers there are."""
    return Refused("没有选怎么答复。", do="请选一项。", code="K-70", field="answer")


def check_seen(case: Case, seen: str) -> None:
    """Raises Refused K-68."""
    if case.basis != seen:
        raise Refused(
            "这一户的资料在您看过以后又有改动。", do="请重新看一遍，再提意见。", code="K-68"
        )


def _area(connection: Connection, subject: str) -> Area | None:
    """Whose standard applies, where the household is on record."""
    body = connection.execute(
        select(document.c.body).where(
            document.c.entity == "household", document.c.entity_id == subject
        )
    ).scalar_one_or_none()
    return Area(body["area"]) if body and body.get("area") else None


def _unknown(entity: str) -> Refused:
    if entity == RELIEF:
        return unknown_relief()
    if entity == GRACE:
        return unknown_grace()
    if entity == HOUSEHOLD:
        return unknown_household()
    return Refused("县里没有这份申请。", do="请回到列表；村里可能还没有上传。", code="K-12")
