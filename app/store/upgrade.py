"""From an old schema to this program's, and never the other way (ADR 0005).

Backup, copy, migrate the copy, check it, swap. Until the last rename the old database is in force,
so a power cut or a bug in a migration costs nothing but time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.domain.problem import Unavailable
from app.store.atomic import copy_durably, sync_file
from app.store.backup import take_backup
from app.store.header import Header
from app.store.header_parser import vault_is_newer
from app.store.integrity import VerifyChain
from app.store.layout import VaultFiles
from app.store.replaced import forget_old, side_copy, swap_in
from app.store.revisions import HEAD, REVISIONS, read_revision


def bring_up_to_date(
    files: VaultFiles, header: Header, key: DataKey, *, verify_chain: VerifyChain, at: datetime
) -> bool:
    """Migrate the vault's database when it is behind; answers whether it was.

    The lock must be held and the database closed. Raises Unavailable V-04 when the file is newer
    than this program, V-03 when it is damaged, V-18 when a migration fails, D-01…D-03 for the
    disk. In every such case the old database is still in force.
    """
    secret = key.subkey(Label.DATABASE)
    revision = read_revision(files.database, secret)
    if revision not in REVISIONS:
        raise vault_is_newer()
    if revision == HEAD:
        return False
    from app.store.migrating import migrate_file  # Alembic: half a second no normal start pays

    take_backup(files, header, key, verify_chain=verify_chain, at=at, reason="upgrade")
    prepared = side_copy(files)
    copy_durably(files.database, prepared)
    try:
        migrate_file(prepared, secret)
    except (SQLAlchemyError, RuntimeError) as error:
        raise _upgrade_failed() from error
    sync_file(prepared)
    swap_in(files, prepared, at)
    forget_old(files, at)
    return True


def _upgrade_failed() -> Unavailable:
    """V-18."""
    return Unavailable(
        "保险箱升级没有成功。",
        safe="资料还是升级前的样子，一条没少。",
        do="请先用原来的程序，并把这个编号告诉县里。",
        code="V-18",
    )
