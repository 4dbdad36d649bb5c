"""What the county said of benefits, each with what was before, so that a slip can be put right.

A word may be undone in the month it was entered, while nothing followed it: the month it speaks of
is that one or the next. What was undone stays in the book, and in the household's record as a
benefit that was paid for no month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import JSON, Column, Connection, String, Table, Text, insert, select, update

from app.domain.clock import china_date
from app.domain.ids import new_id
from app.domain.operations import instant_of
from app.domain.problem import Refused
from app.domain.workdays import month_start
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.standing import BENEFIT
from county_server.tables import AT, ID, METADATA, document

HOUSEHOLD: Final = "household"
_HOME_FIELDS: Final = ("category", "benefit_month_fen")
_TOLD: Final = "recorded_at"

benefit_word = Table(
    "benefit_word",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("household_id", ID, nullable=False, index=True),
    Column("said_at", AT, nullable=False),
    Column("said_by", String(80), nullable=False),
    Column("said", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undone_at", AT),
    Column("undone_by", String(80)),
    Column("undone_why", Text),
)
"""`said`: month_sum_fen (None: no more), begins, by, paper_no, reason. `before`, `after`: the
household's category and sum, and its county benefits by id, as the word found and left them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word of the county on a household's benefit, the sum None for no more of it."""

    id: str
    said_at: str
    month_sum_fen: int | None
    begins: date
    by: str = field(repr=False)
    paper_no: str
    reason: str = field(repr=False)
    undone_why: str | None = field(repr=False)
    before: Mapping[str, Any] = field(repr=False)
    after: Mapping[str, Any] = field(repr=False)

    def may_be_undone(self, today: date) -> bool:
        """In the month it was entered: it takes hold with the next one at the latest."""
        return month_start(china_date(instant_of(self.said_at))) == month_start(today)


def words_of(connection: Connection, household_id: str) -> list[Said]:
    """What was said of a household's benefit, the oldest first."""
    query = (
        select(benefit_word)
        .where(benefit_word.c.household_id == household_id)
        .order_by(benefit_word.c.said_at, benefit_word.c.id)
    )
    return [
        Said(
            id=row.id,
            said_at=row.said_at,
            month_sum_fen=row.said["month_sum_fen"],
            begins=date.fromisoformat(row.said["begins"]),
            by=row.said["by"],
            paper_no=row.said["paper_no"],
            reason=row.said["reason"],
            undone_why=row.undone_why,
            before=row.before,
            after=row.after,
        )
        for row in connection.execute(query)
    ]


def last_standing(words: list[Said]) -> Said | None:
    """The newest word nobody took back."""
    return next((one for one in reversed(words) if one.undone_why is None), None)


def state_of(ledger: Ledger, household: Document) -> dict[str, Any]:
    """The household's category and sum, and its county benefits, as they are now."""
    query = select(document.c.entity_id).where(
        document.c.entity == BENEFIT, document.c.subject == household.subject
    )
    keys = ledger.connection.execute(query).scalars().all()
    known = {one: ledger.get(BENEFIT, one) for one in sorted(keys)}
    return {
        "household": {name: household.body.get(name) for name in _HOME_FIELDS},
        "benefits": {
            one: {name: value for name, value in found.body.items() if name != _TOLD}
            for one, found in known.items()
            if found is not None and found.body.get("by_county")
        },
    }


def keep(
    ledger: Ledger,
    household: Document,
    who: str,
    said: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Write a word into the book."""
    row = {
        "id": new_id(ledger.now),
        "household_id": household.entity_id,
        "said_at": ledger.at,
        "said_by": who,
        "said": dict(said),
        "before": dict(before),
        "after": dict(after),
    }
    ledger.connection.execute(insert(benefit_word), row)


def undo(ledger: Ledger, household: Document, who: str, why: str, today: date) -> Said:
    """Everything is as it was before the newest word; the word.

    What the word granted was paid for no month, and stays on record. Raises Refused K-99.
    """
    word = last_standing(words_of(ledger.connection, household.entity_id))
    if word is None:
        raise _cannot("没有可以撤回的停发、改发。", "请核对是不是这一户。")
    if not word.may_be_undone(today):
        raise _cannot(
            "这一次停发、改发不是这个月记的，已经生效，不能撤回了。",
            "停错了的请重新审核确认，金额错了的从下个月起再改。",
        )
    if state_of(ledger, household) != {**word.after}:
        raise _cannot("后来这一户的待遇又变过，不能只撤回这一次。", "请看下面的经过，再改一次。")
    _put_back(ledger, household, word, why)
    values = {"undone_at": ledger.at, "undone_by": who, "undone_why": why}
    mine = benefit_word.c.id == word.id
    ledger.connection.execute(update(benefit_word).where(mine).values(values))
    return word


def _put_back(ledger: Ledger, household: Document, word: Said, why: str) -> None:
    """The records as the word found them."""
    household.amend(word.before["household"], COUNTY_HAND, ledger.at)
    ledger.put(household)
    held = word.before["benefits"]
    for one, left in word.after["benefits"].items():
        found = ledger.get(BENEFIT, one)
        was = held.get(one) or {"to_month": left["from_month"], "amount_fen": 0, "stop_reason": why}
        changed = {name: value for name, value in was.items() if left.get(name) != value}
        if found is None or not changed:
            continue
        found.amend(changed, COUNTY_HAND, ledger.at)
        ledger.put(found)


def _cannot(what: str, do: str) -> Refused:
    return Refused(what, do=do, code="K-99")
