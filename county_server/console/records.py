"""Everything the county holds about one household, as it is read for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from county_server.tables import document, village

_CHUNK: Final = 400
"""Keys in one IN clause: below the variable limit of every SQLite."""


@dataclass(frozen=True, slots=True)
class Record:
    """One document."""

    entity: str
    id: str
    subject: str
    village: str | None
    body: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str:
        """A field as text; "" for none."""
        value = self.body.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Dossier:
    """The records of one household, by entity."""

    records: Mapping[str, tuple[Record, ...]] = field(repr=False)

    def of(self, entity: str) -> tuple[Record, ...]:
        """Records of a kind that were not taken out, the oldest first."""
        found = self.records.get(entity, ())
        return tuple(one for one in found if not one.body.get("is_removed"))

    def about(self, entity: str, name: str, value: str) -> tuple[Record, ...]:
        """Records of a kind that name something else by `name`."""
        return tuple(one for one in self.of(entity) if one.body.get(name) == value)

    def one(self, entity: str, entity_id: object) -> Record | None:
        """A record by its id."""
        found = self.records.get(entity, ())
        return next((one for one in found if one.id == entity_id), None)

    @property
    def household(self) -> Record | None:
        """The household itself."""
        return next(iter(self.records.get("household", ())), None)

    def name_of(self, person_id: object) -> str:
        """What somebody is called; "" for nobody on record."""
        person = self.one("person", person_id)
        return "" if person is None else person.text("name")


def read_dossier(connection: Connection, subject: str) -> Dossier:
    """The records of a household."""
    query = (
        select(document)
        .where(document.c.subject == subject)
        .order_by(document.c.entity, document.c.entity_id)
    )
    found: dict[str, list[Record]] = {}
    for row in connection.execute(query):
        record = Record(row.entity, row.entity_id, row.subject, row.village_code, row.body)
        found.setdefault(row.entity, []).append(record)
    return Dossier({entity: tuple(records) for entity, records in found.items()})


def read_records(
    connection: Connection, entity: str, column: str, keys: Collection[str]
) -> Iterable[Record]:
    """Records of a kind by `entity_id` or `subject`."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _CHUNK):
        query = select(document).where(
            document.c.entity == entity,
            document.c[column].in_(wanted[start : start + _CHUNK]),
        )
        for row in connection.execute(query):
            yield Record(row.entity, row.entity_id, row.subject, row.village_code, row.body)


def village_names(connection: Connection) -> dict[str, str]:
    """Village code → name."""
    return {row.code: row.name for row in connection.execute(select(village))}


def head_names(connection: Connection, homes: Iterable[Record]) -> dict[str, str]:
    """Household → the name of its head, or of whoever was first in it."""
    heads = {one.id: one.text("head_person_id") for one in homes}
    members = read_records(connection, "household_member", "subject", list(heads))
    for one in sorted(members, key=lambda one: int(one.body.get("position") or 0)):
        heads[one.subject] = heads[one.subject] or one.text("person_id")
    people = read_records(connection, "person", "entity_id", list(heads.values()))
    names = {one.id: one.text("name") for one in people}
    return {home: names.get(person, "") for home, person in heads.items()}
