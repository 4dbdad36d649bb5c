"""A bare encrypted file with the whole schema and one device: the store without its vault."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert

from app.domain.households import Area, Category, Household
from app.domain.ids import HouseholdId, MemberId, PersonId, new_id
from app.domain.people import Member, Person, Relation
from app.models.base import table_of
from app.models.log import DeviceRow
from app.models.registry import METADATA
from app.store.engine import open_engine
from app.store.sqlcipher import create
from app.store.unit_of_work import Keep, UnitOfWork
from tests.fakes import NOON, StoppedClock

KEY = secrets.token_bytes(32)
DEVICE_ID = "019cacb3-0000-7000-8000-000000000001"


def bare_engine(directory: Path) -> Engine:
    """An engine on a fresh encrypted file holding the newest schema and an enrolled device."""
    path = directory / "xieli.db"
    path.write_bytes(_bare_file())
    return open_engine(path, KEY)


@cache
def _bare_file() -> bytes:
    """Made once per test process: two hundred statements take longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "xieli.db"
        create(path, KEY)
        engine = open_engine(path, KEY)
        with engine.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(table_of(DeviceRow)), device_row())
        engine.dispose()
        return path.read_bytes()


def device_row() -> dict[str, object]:
    """The one row that says who this laptop is; its keys are not used for anything."""
    unused = bytes(32)
    return {
        "id": 1,
        "vault_id": "019cacb3-0000-7000-8000-000000000000",
        "device_id": DEVICE_ID,
        "header_generation": 1,
        "epoch": 1,
        "is_practice": True,
        "officer_id": "officer-1",
        "officer_name": "测试协理员",
        "village_code": "459901001001",
        "village_name": "测试村",
        "county_id": "459901",
        "sign_private": unused,
        "sign_public": unused,
        "seal_private": unused,
        "seal_public": unused,
        "device_no": "7",
        "next_serial": 1,
        "enrolled_at": NOON,
        "created_at": NOON,
    }


def beginner(
    engine: Engine, clock: StoppedClock, keep: Keep | None = None
) -> Callable[[], UnitOfWork]:
    """What services call to begin a transaction."""
    return lambda: UnitOfWork(engine, clock, keep=keep)


def household_of(
    *names: str, group: str = "三组", door: str = "12号", **person: object
) -> Household:
    """A 低保 household whose first member heads it; `person` sets fields of every member."""
    household_id = HouseholdId(new_id(NOON))
    members = tuple(
        Member(
            id=MemberId(new_id(NOON)),
            household=household_id,
            person=Person(id=PersonId(new_id(NOON)), name=name, **person),
            relation=Relation.HEAD if position == 0 else Relation.OTHER,
        )
        for position, name in enumerate(names)
    )
    return Household(
        id=household_id,
        area=Area.RURAL,
        village_code="459901001001",
        group_name=group,
        door=door,
        address="测试村",
        phone=None,
        category=Category.DIBAO,
        monitoring_tag=None,
        benefit_month=None,
        poverty_cause=None,
        knock_note=None,
        bank_name=None,
        bank_account=None,
        head=members[0].person.id,
        members=members,
    )
