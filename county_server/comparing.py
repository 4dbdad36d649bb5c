"""每月比对: a list of hits goes down to the villages, and what they found comes back.

The comparison itself runs on the province's platform (S0:L27, domain 0-01). Its hits come as a CSV
file; each line becomes a lead of the village it belongs to, with a last day, and is answered there
with what was found at the door. A list is sent once: the same line again makes nothing new.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.identity import parse_id_number
from app.domain.problem import Refused
from app.domain.referral_states import LeadStatus
from app.domain.referral_words import LeadSource
from county_server.clock import Time
from county_server.database import Database
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import assignment, document

_LEAD: Final = "lead"
_SPACE: Final = uuid.UUID("6f0d1c5e-50a5-5a53-9b1e-2f6f0b3f7a11")
"""Names of lines become ids under it."""
_NAME: Final = "姓名"
_NUMBER: Final = "身份证号"
_VILLAGE: Final = "村代码"
_WHAT: Final = "情况"
_COLUMNS: Final = (_NAME, _NUMBER, _VILLAGE, _WHAT)
_LONGEST: Final = 500
_DEAD: Final = "dead"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list; `row` as counted in the file, the heading being 1."""

    row: int
    name: str = field(repr=False)
    number: str = field(repr=False)
    village: str
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a list: lines sent down, those that had been, and rows left out with why."""

    made: int
    known: int
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list has come: its lines, those still open, those of them whose day is over."""

    batch: str
    lines: int
    open: int
    late: int


def read_hits(data: bytes) -> list[Hit]:
    """The lines of a CSV file in UTF-8 or GB18030. Raises Refused K-93 for another one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise Refused(
            f"比对名单缺这几栏：{'、'.join(missing)}。",
            do="请另存成 CSV，第一行写姓名、身份证号、村代码、情况。",
            code="K-93",
        )
    said = ({name: (row.get(name) or "").strip() for name in _COLUMNS} for row in rows)
    return [
        Hit(at, row[_NAME], row[_NUMBER].upper(), row[_VILLAGE], row[_WHAT])
        for at, row in enumerate(said, 2)
        if any(row.values())
    ]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Sends lists down and says how far they have come."""

    database: Database
    clock: Time

    def send(self, file: Path, batch: str, due_on: date, *, skip_bad_rows: bool = False) -> Sent:
        """Send a list down.

        Raises Refused K-93 for a file that is no such list, K-94 for a name or a day that cannot
        be, K-95 where lines cannot be sent and are not to be skipped: nothing is sent then.
        """
        name = batch.strip()
        if not name or due_on < self.clock.today():
            raise Refused(
                "比对名单没写是哪一期，或者最晚的日子已经过了。",
                do="请写 --name 2026年11月比对 和以后的 --due。",
                code="K-94",
            )
        hits = read_hits(file.read_bytes())
        with self.database.write() as connection:
            whose = _households(connection)
            villages = frozenset(
                connection.execute(
                    select(assignment.c.village_code).where(assignment.c.ended_at.is_(None))
                ).scalars()
            )
            left_out = [
                (hit.row, why)
                for hit in hits
                if (why := _hinders(hit, whose, villages, self.clock.today()))
            ]
            if left_out and not skip_bad_rows:
                told = "；".join(f"第 {row} 行{why}" for row, why in left_out[:5])
                raise Refused(
                    f"名单里有 {len(left_out)} 行下发不了：{told}。",
                    do="请改好再发；不要这几行，请加 --skip-bad-rows。",
                    code="K-95",
                )
            bad = {row for row, _why in left_out}
            good = [hit for hit in hits if hit.row not in bad]
            ledger = Ledger(connection, self.clock.now())
            ledger.lock({_village(hit, whose) for hit in good})
            made = sum(self._lead(ledger, hit, whose, name, due_on) for hit in good)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "compare", f"{made}")
        return Sent(made, len(good) - made, tuple(left_out))

    def progress(self) -> list[Progress]:
        """How far each list has come, by its name."""
        today = self.clock.today().isoformat()
        found: dict[str, list[Mapping[str, Any]]] = {}
        with self.database.read() as connection:
            for body in _leads(connection):
                found.setdefault(str(body["batch"]), []).append(body)
        waits = [LeadStatus.OPEN.value]
        return [
            Progress(
                batch,
                len(bodies),
                sum(body["status"] in waits for body in bodies),
                sum(body["status"] in waits and body["due_on"] < today for body in bodies),
            )
            for batch, bodies in sorted(found.items())
        ]

    def _lead(
        self, ledger: Ledger, hit: Hit, whose: Mapping[str, tuple[str, str]], batch: str, due: date
    ) -> bool:
        """One line as a lead; whether it is new."""
        about = "\0".join((batch, hit.number, hit.name, hit.village, hit.what))
        made = str(uuid.uuid5(_SPACE, about))
        if ledger.get(_LEAD, made) is not None:
            return False
        household = whose.get(hit.number, ("", ""))[0] or None
        lead = Document(_LEAD, made, household or made, _village(hit, whose), 0, {}, {})
        fields = {
            "household_id": household,
            "who": hit.name,
            "source": LeadSource.COMPARISON.value,
            "batch": batch,
            "content": hit.what,
            "visit_id": None,
            "found_on": self.clock.today().isoformat(),
            "due_on": due.isoformat(),
            "status": LeadStatus.OPEN.value,
            "handler": COUNTY_HAND,
            "recorded_at": ledger.at,
        }
        lead.amend(fields, COUNTY_HAND, ledger.at)
        ledger.put(lead)
        return True


def _hinders(
    hit: Hit, whose: Mapping[str, tuple[str, str]], villages: frozenset[str], today: date
) -> str:
    """Why a line cannot be sent; empty where it can. Never with what stands in it."""
    if not hit.name or not hit.what or len(hit.what) > _LONGEST:
        return "没写姓名或情况，或者情况太长"
    if hit.number:
        try:
            parse_id_number(hit.number, on=today)
        except Refused:
            return "身份证号不对（表格软件会把后几位变成 0）"
    if _village(hit, whose) not in villages:
        return "不知道是哪个村，或者那个村没有电脑管"
    return ""


def _village(hit: Hit, whose: Mapping[str, tuple[str, str]]) -> str:
    """The village of the household the number belongs to, or what the list says."""
    return whose.get(hit.number, ("", ""))[1] or hit.village


def _households(connection: Connection) -> dict[str, tuple[str, str]]:
    """ID number → (household, village) of everybody living in one; who is in two is in none."""
    villages: dict[str, str] = {
        row.entity_id: row.village_code or ""
        for row in _every(connection, "household")
        if not row.body.get("is_removed") and row.body.get("ended_on") is None
    }
    homes: dict[str, set[str]] = {}
    for row in _every(connection, "household_member"):
        if not row.body.get("is_removed") and row.body.get("household_id") in villages:
            homes.setdefault(str(row.body["person_id"]), set()).add(str(row.body["household_id"]))
    found: dict[str, tuple[str, str]] = {}
    for row in _every(connection, "person"):
        number, at = row.body.get("id_number"), homes.get(row.entity_id, set())
        if isinstance(number, str) and row.body.get("status") != _DEAD and len(at) == 1:
            (home,) = at
            found[number] = (home, villages[home])
    return found


def _every(connection: Connection, entity: str) -> Iterator[Any]:
    query = select(document.c.entity_id, document.c.village_code, document.c.body)
    yield from connection.execute(query.where(document.c.entity == entity))


def _leads(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """The lines of every list."""
    for row in _every(connection, _LEAD):
        if row.body.get("batch"):
            yield row.body
