"""Making a vault: everything is built beside the wanted place and moved there whole."""

from __future__ import annotations

import secrets
import shutil
import unicodedata
import uuid
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from app.crypto.envelope import new_sealing_pair, new_signing_pair
from app.crypto.kdf import KdfCost
from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.crypto.passphrase import require_strong
from app.crypto.recovery_code import RecoveryCode
from app.crypto.slots import PassSlot, RecoverySlot
from app.domain.ids import new_id
from app.domain.operations import GENESIS
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import DeviceRow
from app.store.anchor import AnchorFile
from app.store.atomic import disk_problem, sync_directory
from app.store.engine import open_engine
from app.store.header import MIN_APP, MOST_NAME, Header, VaultOwner, slot_binding
from app.store.header_file import write_header
from app.store.layout import VaultFiles
from app.store.marks import NORMAL, set_mark
from app.store.place import require_local
from app.store.sqlcipher import create

_UNWRITABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, line ends, and what a command line in another encoding becomes."""

IDLE_SECONDS: Final = 300
FAIL_LIMIT: Final = 5

PASS_SLOT: Final = 0
RECOVERY_SLOT: Final = 1
COUNTY_SLOT: Final = 2


def build_vault(
    directory: Path,
    passphrase: str,
    *,
    owner: VaultOwner,
    practice: bool,
    at: datetime,
    cost: KdfCost,
) -> tuple[DataKey, RecoveryCode]:
    """Make a new vault at `directory`, closed; answers what opens it.

    Raises Refused V-06 (place), V-07 (weak passphrase), V-13 (not an empty place), V-27 (names),
    Unavailable D-01…D-03. Then nothing is left behind.
    """
    _require_named(owner)
    require_strong(passphrase, known=(owner.name, owner.village))
    require_local(directory)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refused(
            "这个文件夹里已经有东西了，不能在这里新建保险箱。",
            do="请换一个空的文件夹。",
            code="V-13",
            field="directory",
        )
    draft = directory.with_name(f".{directory.name}.{secrets.token_hex(4)}.new")
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        built = _build(
            VaultFiles(draft), passphrase, owner=owner, practice=practice, at=at, cost=cost
        )
        if directory.exists():
            directory.rmdir()
        draft.rename(directory)
        _let_stand(directory)
    except OSError as error:
        raise disk_problem(error) from error
    finally:
        if draft.exists():
            shutil.rmtree(draft)
    return built


def _let_stand(directory: Path) -> None:
    """Make the name durable, or take the vault away again. Raises OSError."""
    try:
        sync_directory(directory.parent)
    except OSError:
        shutil.rmtree(directory)
        raise


def _require_named(owner: VaultOwner) -> None:
    """Raises Refused V-27 for what could not stand above the passphrase field."""
    for name, whose, field in (
        (owner.name, "协理员的姓名", "officer"),
        (owner.village, "村名", "village"),
    ):
        if not name.strip():
            raise _unfit(f"{whose}还空着。", "请写上，再建保险箱。", field)
        if len(name) > MOST_NAME:
            raise _unfit(f"{whose}太长了。", f"请写短一些，最多{MOST_NAME}个字。", field)
        if any(unicodedata.category(character) in _UNWRITABLE for character in name):
            raise _unfit(f"{whose}里有认不出的字。", "请重新写一遍。", field)


def _unfit(what: str, do: str, field: str) -> Refused:
    return Refused(what, do=do, code="V-27", field=field)


def _build(
    files: VaultFiles,
    passphrase: str,
    *,
    owner: VaultOwner,
    practice: bool,
    at: datetime,
    cost: KdfCost,
) -> tuple[DataKey, RecoveryCode]:
    from app.store.migrating import migrate_file  # Alembic: half a second no normal start pays

    files.make_directories()
    key, code = DataKey.fresh(), RecoveryCode.fresh()
    vault_id = str(uuid.uuid4())
    binding = slot_binding(vault_id)
    header = Header(
        vault_id=vault_id,
        gen=1,
        created=at,
        min_app=MIN_APP,
        practice=practice,
        owner=owner,
        idle_seconds=IDLE_SECONDS,
        fail_limit=FAIL_LIMIT,
        slots=(
            PassSlot.seal(key, passphrase, binding, slot_id=PASS_SLOT, cost=cost),
            RecoverySlot.seal(key, code, binding, slot_id=RECOVERY_SLOT),
        ),
    ).sealed(key)
    secret = key.subkey(Label.DATABASE)
    create(files.database, secret)
    migrate_file(files.database, secret)
    _introduce_device(files, secret, header)
    AnchorFile(files.anchor, key.subkey(Label.ANCHOR), vault_id).write(0, GENESIS, at)
    write_header(files, header)  # last: without it the directory is no vault
    return key, code


def _introduce_device(files: VaultFiles, secret: bytes, header: Header) -> None:
    """The one row that says which laptop this is; enrolment fills in the rest."""
    signing, sealing = new_signing_pair(), new_sealing_pair()
    engine = open_engine(files.database, secret)
    try:
        with engine.begin() as connection:
            set_mark(connection, NORMAL)
            connection.execute(
                insert(table_of(DeviceRow)),
                {
                    "id": 1,
                    "vault_id": header.vault_id,
                    "device_id": new_id(header.created),
                    "header_generation": header.gen,
                    "epoch": 1,
                    "is_practice": header.practice,
                    "officer_id": new_id(header.created),
                    "officer_name": header.owner.name,
                    "village_name": header.owner.village,
                    "sign_private": signing.private,
                    "sign_public": signing.public,
                    "seal_private": sealing.private,
                    "seal_public": sealing.public,
                    "next_serial": 1,
                    "created_at": header.created,
                },
            )
    finally:
        engine.dispose()
