"""From every schema ever released to this one: nothing lost, or nothing changed."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from sqlalchemy import Engine

import app.store.migrations.versions
from app.models.base import SCHEMA_VERSION
from app.models.registry import METADATA
from app.store import journal, upgrade
from app.store.backup import list_backups
from app.store.engine import open_engine
from app.store.entering import open_vault, unlock_vault
from app.store.migrating import migrate_file
from app.store.revisions import HEAD, REVISIONS, read_revision
from app.store.sqlcipher import connect, create
from tests.vaults import PASSPHRASE, problem, snapshot

KEY = bytes(range(32))

ROWS_AT = {  # as they looked then; later models cannot change them
    "0001": [
        "INSERT INTO person (id, name, id_kind, sex, labour, receives, is_removed)"
        " VALUES ('p-1', '韦某', 'id_card', 'female', 'able', '[]', 0)",
        "INSERT INTO household (id, area, village_code, group_name, door, address, category,"
        " benefit_month_fen, head_person_id, is_removed)"
        " VALUES ('h-1', 'rural', '459901001001', '三组', '12号', '', 'dibao', 23500, 'p-1', 0)",
        "INSERT INTO visit (id, household_id, visited_on, met, note, visitor, recorded_at)"
        " VALUES ('v-1', 'h-1', '2026-03-02', 'head', '房屋受灾', '测试员',"
        " '2026-03-02T04:00:00.000Z')",
    ],
}


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "file.db"
    create(made, KEY)
    return made


def schema(engine: Engine) -> dict[str, list[str]]:
    """Every table, index and trigger as sorted words: spacing and order do not matter."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type || ' ' || name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name NOT LIKE 'alembic_%'"
        ).all()
    return {name: sorted(sql.replace("(", " ( ").replace(",", " , ").split()) for name, sql in rows}


def test_the_models_and_the_migrations_describe_one_schema(path, tmp_path):
    migrate_file(path, KEY)
    other = tmp_path / "models.db"
    create(other, KEY)
    from_models = open_engine(other, KEY)
    with from_models.begin() as connection:
        METADATA.create_all(connection)

    from_migrations = open_engine(path, KEY)

    assert schema(from_migrations) == schema(from_models)
    from_models.dispose()
    from_migrations.dispose()


def test_the_list_of_revisions_is_the_files_and_the_schema_version():
    folder = Path(next(iter(app.store.migrations.versions.__path__)))

    assert tuple(sorted(file.name[:4] for file in folder.glob("0*.py"))) == REVISIONS
    assert int(HEAD) == SCHEMA_VERSION == len(REVISIONS)


def test_every_revision_has_rows_of_its_time():
    assert set(ROWS_AT) == set(REVISIONS)


@pytest.mark.parametrize("start", REVISIONS)
def test_rows_from_every_old_version_survive_the_upgrade(path, start):
    migrate_file(path, KEY, to=start)
    raw = connect(path, KEY)
    for statement in ROWS_AT[start]:
        raw.execute(statement)
    raw.close()

    migrate_file(path, KEY)

    raw = connect(path, KEY)
    assert raw.execute("SELECT id, household_id, note FROM visit").fetchall() == [
        ("v-1", "h-1", "房屋受灾")
    ]
    assert raw.execute("SELECT benefit_month_fen FROM household").fetchall() == [(23500,)]
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def test_the_log_cannot_be_edited_or_shortened_from_the_first_schema_on(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.close()
    raw = connect(kept.directory / "xieli.db", vault.subkey("sa/db/v1"))
    for statement in ("UPDATE operation SET actor = 'x'", "DELETE FROM operation"):
        with pytest.raises(Exception, match="append-only"):
            raw.execute(statement)
    raw.close()


@pytest.fixture
def next_schema(tmp_path, monkeypatch):
    """Pretend that a second migration exists; answers where its body is written."""
    folder = tmp_path / "migrations"
    here = Path(next(iter(app.store.migrations.versions.__path__)))
    (folder / "versions").mkdir(parents=True)
    for file in [*here.glob("0001*"), here.parent / "env.py"]:
        target = folder / ("versions" if file.name.startswith("0001") else "") / file.name
        target.write_bytes(file.read_bytes())

    def write(body: str) -> None:
        (folder / "versions" / "0002_second.py").write_text(
            "from alembic import op\nrevision = '0002'\ndown_revision = '0001'\n"
            f"def upgrade():\n{body}"
        )

    monkeypatch.setattr("app.store.migrating.MIGRATIONS", folder)
    for module in ("app.store.upgrade", "app.store.backup"):
        monkeypatch.setattr(f"{module}.REVISIONS", ("0001", "0002"))
    monkeypatch.setattr("app.store.upgrade.HEAD", "0002")
    monkeypatch.setattr("app.store.migrating.HEAD", "0002")
    monkeypatch.setattr(migrate_file, "__kwdefaults__", {"to": "0002"})
    return write


ORPHAN = """    op.execute(
        "INSERT INTO income_item (id, household_id, kind, amount_fen, per, months, is_removed)"
        " VALUES ('i', 'nobody', 'wage', 1, 'month', 12, 0)"
    )
"""
GOOD = "    op.execute('ALTER TABLE draft ADD COLUMN colour TEXT')\n"


def test_an_old_vault_is_upgraded_on_a_copy_after_a_backup(kept, clock, next_schema):
    next_schema(GOOD)
    old = (kept.directory / "xieli.db").read_bytes()
    clock.advance(hours=1)

    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    with vault.engine.connect() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(draft)").all()
    assert "colour" in [column[1] for column in columns]
    assert vault.check().head.n == 3
    assert vault.check().is_sound
    newest = list_backups(vault.files.backups)[0]
    assert (newest.reason, newest.n) == ("upgrade", 3)
    replaced = next(vault.files.backups.glob("replaced-*"))
    assert (replaced / "vault.db").read_bytes() == old
    vault.close()


@pytest.mark.parametrize(
    "body",
    [
        GOOD + "    op.execute('CREATE TABLE half (a)')\n    op.execute('SELECT nonsense')\n",
        GOOD + ORPHAN,
    ],
    ids=["fails half-way", "leaves a row pointing nowhere"],
)
def test_a_failed_migration_changes_nothing(kept, clock, next_schema, body):
    next_schema(body)
    before = snapshot(kept.directory)

    with problem("V-18") as caught:
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert "一条没少" in caught.value.safe
    after = snapshot(kept.directory)
    assert after["xieli.db"] == before["xieli.db"]
    assert after["anchor.bin"] == before["anchor.bin"]


def test_rebuilding_a_parent_table_costs_no_child_row(path, next_schema):
    next_schema(
        "    import sqlalchemy as sa\n"
        "    with op.batch_alter_table('household', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('colour', sa.Text()))\n"
    )
    migrate_file(path, KEY, to="0001")
    raw = connect(path, KEY)
    for statement in ROWS_AT["0001"]:
        raw.execute(statement)
    raw.close()

    migrate_file(path, KEY)

    raw = connect(path, KEY)
    assert raw.execute("SELECT id, household_id FROM visit").fetchall() == [("v-1", "h-1")]
    assert raw.execute("SELECT id, head_person_id, colour FROM household").fetchall() == [
        ("h-1", "p-1", None)
    ]
    raw.close()


def test_a_migration_that_fails_leaves_no_table_in_the_copy_either(path, next_schema):
    next_schema(
        GOOD + "    op.execute('CREATE TABLE half (a)')\n    op.execute('SELECT nonsense')\n"
    )
    migrate_file(path, KEY, to="0001")
    before = path.read_bytes()

    with pytest.raises(Exception, match="nonsense"):
        migrate_file(path, KEY)

    assert path.read_bytes() == before
    assert read_revision(path, KEY) == "0001"


def test_power_lost_before_the_swap_leaves_the_old_schema(kept, clock, next_schema, monkeypatch):
    next_schema(GOOD)

    def power_lost(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.store.upgrade.swap_in", power_lost)
        with pytest.raises(KeyboardInterrupt):
            open_vault(kept.directory, PASSPHRASE, clock=clock)

    key = unlock_vault(kept.directory, PASSPHRASE, clock=clock)
    assert read_revision(kept.directory / "xieli.db", key.key.subkey("sa/db/v1")) == "0001"
    key.discard()
    open_vault(kept.directory, PASSPHRASE, clock=clock).close()


def test_a_newer_database_is_refused_untouched(kept, clock):
    unlocked = unlock_vault(kept.directory, PASSPHRASE, clock=clock)
    raw = connect(kept.directory / "xieli.db", unlocked.key.subkey("sa/db/v1"))
    raw.execute("UPDATE alembic_version SET version_num = '0099'")
    raw.close()
    unlocked.discard()
    before = (kept.directory / "xieli.db").read_bytes()

    with problem("V-04"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert (kept.directory / "xieli.db").read_bytes() == before


def test_a_file_without_a_schema_is_damage(path):
    with problem("V-03"):
        read_revision(path, KEY)
    with problem("V-03"):
        read_revision(path, secrets.token_bytes(32))


def test_a_vault_of_this_schema_is_left_alone(kept, clock):
    unlocked = unlock_vault(kept.directory, PASSPHRASE, clock=clock)

    moved = upgrade.bring_up_to_date(
        unlocked.files,
        unlocked.header,
        unlocked.key,
        verify_chain=journal.verify_chain,
        at=clock.now(),
    )

    assert not moved
    assert len(list_backups(unlocked.files.backups)) == 1
    unlocked.discard()
