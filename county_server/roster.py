"""A county's own roster: read by the laptop program in a process of its own, entered here whole.

Who is on record already, by ID number, is left as the villages keep it; a roster never overwrites.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from sqlalchemy import Connection, select

from app.domain.problem import Refused, Unavailable
from app.sync.protocol.coding import Id
from app.sync.protocol.enrolment import Village
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.invitations import keep_villages
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import document, village

READER: Final = (sys.executable, "-m", "app", "roster-records")
_WALL_SECONDS: Final = 180
_HOUSEHOLD: Final = "household"
_PERSON: Final = "person"
Column = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,59}\Z")]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One record of the roster."""

    entity: Id
    entity_id: Id
    subject: Id
    fields: dict[Column, Any]

    def __repr__(self) -> str:
        return f"<{self.entity}>"


@dataclass(frozen=True, slots=True)
class Read:
    """What a roster file holds: records, and the lines about rows that were left out."""

    records: tuple[Record, ...] = field(repr=False)
    told: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """What went in, and how many households were here already."""

    households: int
    people: int
    known: int


@dataclass(frozen=True, slots=True)
class Rosters:
    """Enters rosters."""

    county: County
    database: Database
    clock: Time

    def enter(self, records: Sequence[Record], home: Village | None = None) -> Entered:
        """Enter every household that is new, all in one transaction; the villages are told.

        `home` is the village of households whose row names none. Raises Refused K-40 when a
        household is of no village the county has, K-41 when nobody in the roster is new.
        """
        by_household: dict[str, list[Record]] = {}
        for one in records:
            by_household.setdefault(one.subject, []).append(one)
        with self.database.write() as connection:
            if home is not None:
                keep_villages(connection, [home])
            places = self._places(connection, by_household, home)
            known = _known_numbers(connection)
            fresh = {
                subject: found
                for subject, found in by_household.items()
                if not known & {one.fields.get("id_number") for one in found}
            }
            if not fresh:
                raise Refused(
                    "花名册里的人县里都有了，没有新的。",
                    do="要改已有的资料，请在村里的电脑上改。",
                    code="K-41",
                )
            ledger = Ledger(connection, self.clock.now())
            ledger.lock({places[subject] for subject in fresh})
            for subject, found in fresh.items():
                _put(ledger, found, places[subject])
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "import-roster", str(len(fresh)))
        people = sum(one.entity == _PERSON for found in fresh.values() for one in found)
        return Entered(len(fresh), people, len(by_household) - len(fresh))

    def _places(
        self,
        connection: Connection,
        by_household: Mapping[str, Sequence[Record]],
        home: Village | None,
    ) -> dict[str, str]:
        """Household → its village. Raises Refused K-40."""
        villages = set(connection.execute(select(village.c.code)).scalars())
        places = {
            subject: next(
                (str(one.fields.get("village_code") or "") for one in found
                 if one.entity == _HOUSEHOLD), "",
            ) or ("" if home is None else home.code)
            for subject, found in by_household.items()
        }  # fmt: skip
        strange = [code for code in places.values() if code not in villages]
        if strange:
            raise Refused(
                f"花名册里有 {len(strange)} 户的村县里没有登记，整份都没有导入。",
                do="请先给这个村做绑定文件或 assign，或者用 --village 写上代码和村名。",
                code="K-40",
            )
        return places


def read_roster(path: Path, *, skip_bad_rows: bool, reader: Sequence[str] = READER) -> Read:
    """Read a workbook in the laptop program's reader, which limits itself.

    Raises Refused K-42 with the reader's own sentence when the file is not accepted, Unavailable
    K-43 when the reader cannot be run.
    """
    command = [*reader, str(path.resolve()), *(["--skip-bad-rows"] if skip_bad_rows else [])]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, capture_output=True, timeout=_WALL_SECONDS, check=False, cwd=_ROOT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable("读花名册的程序没有跑起来。", do="请再试一次。", code="K-43") from error
    told = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode:
        raise Refused(
            "花名册没有收：" + (told[-1] if told else "读到一半停下了。"),
            do="请照说明改好再导入。",
            code="K-42",
        )
    try:
        lines = done.stdout.splitlines()
        return Read(tuple(msgspec.json.decode(line, type=Record) for line in lines), tuple(told))
    except msgspec.DecodeError as error:
        raise Unavailable("读花名册的程序答得不对。", do="请再试一次。", code="K-43") from error


_ROOT: Final = Path(__file__).resolve().parents[1]


def _known_numbers(connection: Connection) -> set[object]:
    """The ID numbers on record."""
    number = document.c.body["id_number"].as_string()
    query = select(number).where(document.c.entity == _PERSON)
    return set(connection.execute(query).scalars()) - {None}


def _put(ledger: Ledger, found: Sequence[Record], place: str) -> None:
    """The records of one household, as the county's first word on them."""
    for one in found:
        fields = dict(one.fields)
        if one.entity == _HOUSEHOLD:
            fields["village_code"] = place
        made = Document(one.entity, one.entity_id, one.subject, place, 0, {}, {})
        made.amend(fields, COUNTY_HAND, ledger.at)
        ledger.put(made)
