"""The households the county pays or recognises, those that call for a word of the county first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

from app.domain.households import Category
from county_server.console.records import Record, head_names, read_records, village_names
from county_server.console.roles import Staff
from county_server.console.wording import word, yuan
from county_server.tables import document

_RECOGNISED: Final = tuple(one.value for one in Category if one is not Category.NONE)
_READ: Final = 20_000
_FOUND: Final = 500
_EMPTY: Final = "这户没有人了"


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One household."""

    id: str
    who: str = field(repr=False)
    village: str
    category: str
    month_sum: str
    mark: str
    """Why the county should look, in a few words; "" for nothing."""


def benefit_list(
    connection: Connection, who: Staff, township: str = "", name: str = ""
) -> list[BenefitLine]:
    """Those recognised in the scope of `who`, marked ones first; with a `name`, every household
    somebody of that name belongs to."""
    scope = who.township or township
    homes = _named(connection, scope, name) if name else _recognised(connection, scope)
    heads = head_names(connection, homes)
    names = village_names(connection)
    marks = _reviewed(connection, [one.id for one in homes if not one.text("ended_on")])
    lines = [
        BenefitLine(
            id=one.id,
            who=heads.get(one.id, ""),
            village=names.get(one.village or "", one.village or ""),
            category=word(Category, one.body.get("category") or Category.NONE.value),
            month_sum=yuan(one.body.get("benefit_month_fen")),
            mark=_mark(one, marks),
        )
        for one in homes
    ]
    return sorted(lines, key=lambda one: (not one.mark, one.village, one.who, one.id))


def _mark(home: Record, reviewed: dict[str, str | None]) -> str:
    """What the village told that the county has not answered."""
    category = home.text("category") or Category.NONE.value
    if category == Category.NONE.value:
        return ""
    if home.text("ended_on"):
        return _EMPTY
    if home.id not in reviewed or reviewed[home.id] == category:
        return ""
    found = reviewed[home.id]
    return f"复核算出来{word(Category, found) if found else '都不符合'}"


def _recognised(connection: Connection, scope: str) -> list[Record]:
    held = document.c.body["category"].as_string().in_(_RECOGNISED)
    query = select(document).where(document.c.entity == "household", held)
    if scope:
        query = query.where(document.c.village_code.startswith(scope, autoescape=True))
    rows = connection.execute(query.order_by(document.c.entity_id).limit(_READ))
    return [Record(r.entity, r.entity_id, r.subject, r.village_code, r.body) for r in rows]


def _named(connection: Connection, scope: str, name: str) -> list[Record]:
    called = document.c.body["name"].as_string().contains(name, autoescape=True)
    query = select(document.c.subject).where(document.c.entity == "person", called)
    if scope:
        query = query.where(document.c.village_code.startswith(scope, autoescape=True))
    subjects = connection.execute(query.distinct().limit(_FOUND)).scalars().all()
    return list(read_records(connection, "household", "entity_id", subjects))


def _reviewed(connection: Connection, subjects: list[str]) -> dict[str, str | None]:
    """Household → what its newest 定期复核 came to, where it was tested for it."""
    newest: dict[str, Record] = {}
    for one in read_records(connection, "periodic_review", "subject", subjects):
        known = newest.get(one.subject)
        if known is None or one.text("recorded_at") > known.text("recorded_at"):
            newest[one.subject] = one
    tests = {one.text("assessment_id"): home for home, one in newest.items()}
    found = read_records(connection, "assessment", "entity_id", [key for key in tests if key])
    return {tests[one.id]: one.body.get("suggested") for one in found}
