"""Each keystroke of a search at 12,000 and 100,000 people, beside LIKE and the bare index.

Bars: p95 ≤ 3 ms at 12,000 and ≤ 10 ms at 100,000, recall 1.0. The peer is what most programs do,
`LIKE '%…%'` over name and number; the floor is one indexed range read of ready tokens.
"""

from __future__ import annotations

import secrets
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import p95, seconds  # noqa: E402
from sqlalchemy import Connection, insert, select  # noqa: E402

from app.models.base import table_of  # noqa: E402
from app.models.log import SearchTokenRow  # noqa: E402
from app.models.people import HouseholdMemberRow, HouseholdRow, PersonRow  # noqa: E402
from app.models.registry import METADATA  # noqa: E402
from app.practice.village import practice_village  # noqa: E402
from app.services.household_records import household_fields, person_fields  # noqa: E402
from app.services.households import FOUND_AT_ONCE as SHOWN  # noqa: E402
from app.store import search  # noqa: E402
from app.store.engine import open_engine  # noqa: E402
from app.store.queries.households import HouseholdQueries  # noqa: E402
from app.store.sqlcipher import create  # noqa: E402
from app.store.values import from_value, to_value  # noqa: E402

SIZES = tuple(int(size) for size in sys.argv[1:]) or (12_000, 100_000)
PEOPLE_A_HOUSEHOLD = 2.9
ASKED = 150
FILLING_KIB = 600_000
"""Tokens come in no order: pages of the index have to stay until they are full."""
TOKEN = table_of(SearchTokenRow)


def fill(connection: Connection, people: int) -> list[tuple[str, str, str, str]]:
    """A practice county of about `people`; (person id, name, ID number, address) of each."""
    village = practice_village(households=int(people / PEOPLE_A_HOUSEHOLD))
    rows: dict[type, list[dict[str, object]]] = {
        HouseholdRow: [], PersonRow: [], HouseholdMemberRow: [],
    }  # fmt: skip
    known = []
    for household in village.households:
        rows[HouseholdRow].append(stored(HouseholdRow, household.id, household_fields(household)))
        for position, member in enumerate(household.members):
            person = member.person
            rows[PersonRow].append(stored(PersonRow, person.id, person_fields(person)))
            place = {"household_id": household.id, "person_id": person.id, "position": position}
            place |= {"relation": member.relation, "living": member.living, "is_removed": False}
            rows[HouseholdMemberRow].append(stored(HouseholdMemberRow, member.id, place))
            known.append((person.id, person.name, person.id_number or "", household.address or ""))
            search.note_change(connection, "person", person.id)
    for row, values in rows.items():
        connection.execute(insert(table_of(row)), values)
    search.flush(connection)
    return known


def stored(row: type, entity_id: str, fields: dict[str, object]) -> dict[str, object]:
    """A row as it is inserted."""
    table = table_of(row)
    return {"id": entity_id} | {
        name: from_value(table.c[name], to_value(value)) for name, value in fields.items()
    }


def keystrokes(name: str, number: str, address: str, random: Random) -> list[str]:
    """What somebody types to find this person, growing by a key: part of the name, pinyin,
    initials, the tail of the number, the address from its town on."""
    reading = search.readings(search.fold(name))[0]
    typed = random.choice(
        [
            name[-2:],
            name,
            "".join(reading),
            "".join(part[:1] for part in reading),
            number[-4:],
            address[address.find("县") + 1 :] or name,
        ]
    )
    return [typed[: n + 1] for n in range(len(typed))]


def measure(people: int) -> None:
    """Fill one encrypted file and ask."""
    random = Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "xieli.db", secrets.token_bytes(32)
        create(path, key)
        engine = open_engine(path, key)
        with engine.begin() as connection:
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA cache_size = -{FILLING_KIB}")
            known = fill(connection, people)
        engine.dispose()  # what is measured begins with the pages the program itself keeps
        engine = open_engine(path, key)
        with engine.begin() as connection:
            households = HouseholdQueries(connection)
            ours, like, floor, missed = [], [], [], 0
            person = table_of(PersonRow)
            for person_id, name, number, address in random.sample(known, ASKED):
                typed = keystrokes(name, number, address, random)
                for text in typed:
                    ours.append(seconds(lambda text=text: households.find(text, SHOWN)))
                    pattern = f"%{text}%"
                    query = select(person.c.id).where(
                        person.c.name.like(pattern) | person.c.id_number.like(pattern)
                    )
                    like.append(
                        seconds(lambda query=query: connection.execute(query.limit(SHOWN)).all())
                    )
                    bare = select(TOKEN.c.person_id).where(
                        TOKEN.c.token >= text, TOKEN.c.token < text + "\U0010ffff"
                    )
                    floor.append(
                        seconds(lambda bare=bare: connection.execute(bare.limit(SHOWN)).all())
                    )
                everybody = search.find_people(connection, typed[-1], len(known))
                missed += person_id not in {found for _, found in everybody}
        engine.dispose()
    print(f"search, {len(known):,} people, {len(ours)} keystrokes")
    for title, times in (
        ("find", ours),
        ("LIKE '%…%' (peer)", like),
        ("bare index (floor)", floor),
    ):
        print(
            f"  {title:<24} median {statistics.median(times) * 1000:8.3f} ms"
            f"  p95 {p95(times) * 1000:8.3f} ms"
            f"  × {statistics.median(times) / statistics.median(floor):.1f}"
        )
    print(f"  recall {1 - missed / ASKED:.3f}")


if __name__ == "__main__":
    for size in SIZES:
        measure(size)
