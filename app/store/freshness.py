"""Is what was opened the newest there ever was? Header, anchor and database are asked together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, select

from app.domain.problem import Unavailable
from app.models.base import table_of
from app.models.log import DeviceRow
from app.store.anchor import AnchorFile
from app.store.header import Header
from app.store.integrity import Finding, anchor_findings
from app.store.journal import read_head
from app.store.marks import RESTORED, mark_restored, read_mark
from app.store.sqlcipher import database_unreadable

_DEVICE = table_of(DeviceRow)
_STALE: Final = frozenset({"V-09", "V-10"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What opening found out and a person should know.

    `must_change_passphrase`: the header in force is older than the database says; somebody put an
    old one back, or the power went during a change (R04). `restore_unrecorded`: the database was
    put back from a backup, or accepted though older, and the log does not say so yet.
    """

    device_id: str
    must_change_passphrase: bool
    restore_unrecorded: bool
    findings: tuple[Finding, ...]


def judge(
    engine: Engine, header: Header, anchor: AnchorFile, *, at: datetime, accept_older: bool
) -> Circumstances:
    """Compare; mend the anchor where that is safe.

    Raises Unavailable V-03 for a database of another vault, V-09 or V-10 when it may not be the
    newest, unless `accept_older`: then it is marked as restored, in an epoch of its own, and the
    anchor starts from it.
    """
    with engine.begin() as connection:
        head = read_head(connection)
        device = connection.execute(select(_DEVICE)).first()
        if device is None or device.vault_id != header.vault_id:
            raise database_unreadable()
        generation: int = device.header_generation
        findings = anchor_findings(connection, head, anchor.read())
        if header.gen > generation:
            findings.append(Finding("V-09", "资料比钥匙文件旧：保险箱文件被换成了以前的一份。"))
        stale = [finding for finding in findings if finding.code in _STALE]
        if stale and not accept_older:
            raise _stale(stale[0])
        if stale:
            mark_restored(connection, header.gen)
        restored = read_mark(connection) == RESTORED
    if findings:
        anchor.write(head.n, head.hash, at)
    return Circumstances(
        device_id=device.device_id,
        must_change_passphrase=header.gen < generation,
        restore_unrecorded=restored,
        findings=tuple(findings),
    )


def _stale(finding: Finding) -> Unavailable:
    return Unavailable(
        finding.what,
        safe="现有的资料没有动过，备份也在。",
        do="请用最近一次备份恢复；没有更新的备份，可以选“就用现在这一份”。",
        code=finding.code,
    )
