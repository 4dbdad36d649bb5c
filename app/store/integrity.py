"""Is everything there, ours and new? Each fault is named; nothing is mended here (R13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.domain.problem import Problem
from app.store.anchor import AnchorReading
from app.store.blobs import BlobStore, StoredBlob
from app.store.journal import Head
from app.store.projection import differences
from app.store.sqlcipher import connect, translated

VerifyChain = Callable[[Connection], Head]
"""Walks the operation log and returns its head; raises Refused V-03 at the first break."""

_MOST_NAMED: Final = 20
"""Pages or rows named per fault; the rest is only more of the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the code to look up, what it is in village words, and where (never whom).

    `places` counts what is named in `detail`, as far as it was counted.
    """

    code: str
    what: str
    detail: str = ""
    places: int = 1


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `head` is None when the log itself does not hold."""

    findings: tuple[Finding, ...]
    head: Head | None
    deep: bool

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.findings


def file_findings(path: Path, key: bytes) -> list[Finding]:
    """Every page's seal, every tree and index, every reference.

    A file so damaged that it cannot be asked is a finding too. Raises Unavailable D-02, D-03.
    """
    try:
        connection = connect(path, key, read_only=True)
    except Problem as problem:
        return [_fault_of(problem)]
    found = []
    try:
        for pragma, what, healthy in _QUESTIONS:
            with translated():
                rows = connection.execute(f"PRAGMA {pragma}").fetchmany(_MOST_NAMED)
            if rows != healthy:
                named = "; ".join(_words(row) for row in rows)
                found.append(Finding("V-03", what, named, len(rows)))
    except Problem as problem:
        found.append(_fault_of(problem))
    finally:
        connection.close()
    return found


def chain_findings(
    connection: Connection, verify_chain: VerifyChain
) -> tuple[Head | None, list[Finding]]:
    """The head of a whole chain, or None and why not."""
    try:
        return verify_chain(connection), []
    except Problem as problem:
        return None, [_fault_of(problem)]


def anchor_findings(connection: Connection, head: Head, reading: AnchorReading) -> list[Finding]:
    """What the anchor says against a database whose head is `head` (security F5, F6)."""
    if reading.newest is None:
        return [Finding("V-10", "记进度的小文件缺了或坏了，看不出资料是不是最新的。")]
    found = []
    if reading.newest.n > head.n:
        found.append(Finding("V-09", "资料比记下的进度旧：保险箱文件被换成了以前的一份。"))
    elif _hash_at(connection, head, reading.newest.n) != reading.newest.head:
        found.append(Finding("V-09", "资料和记下的进度对不上：保险箱文件被换过。"))
    if reading.spoiled_slots:
        found.append(Finding("V-11", "记进度的小文件坏了一半，另一半还在。"))
    return found


def projection_findings(connection: Connection) -> list[Finding]:
    """Working rows that are not the county's document plus the replay of what is pending."""
    wrong = differences(connection)
    if not wrong:
        return []
    named = "; ".join(f"{entity} {entity_id}" for entity, entity_id in wrong[:_MOST_NAMED])
    return [Finding("V-19", f"有 {len(wrong)} 条资料和操作记录对不上。", named, len(wrong))]


def blob_findings(connection: Connection, blobs: BlobStore) -> list[Finding]:
    """Attachments a row refers to that are gone or do not open."""
    return damaged_attachments(attachments(connection), blobs)


def attachments(connection: Connection) -> list[StoredBlob]:
    """Every attachment of this laptop that a row refers to; a neighbour's bytes are not here."""
    rows = connection.exec_driver_sql(
        "SELECT blob_id, blob_key, size, sha256 FROM attachment AS a WHERE EXISTS "
        "(SELECT 1 FROM operation AS o WHERE o.entity_id = a.id AND o.entity = 'attachment')"
    )
    return [StoredBlob(*row) for row in rows]


def damaged_attachments(stored: Iterable[StoredBlob], blobs: BlobStore) -> list[Finding]:
    """Those of `stored` that are gone or do not open."""
    found = []
    for blob in stored:
        try:
            blobs.verify(blob)
        except Problem as problem:
            found.append(Finding(problem.code, problem.what, blob.blob_id))
    return found


def _hash_at(connection: Connection, head: Head, n: int) -> bytes | None:
    if n == head.n:
        return head.hash
    if n == 0:
        return bytes(32)
    row = connection.exec_driver_sql("SELECT hash FROM operation WHERE n = ?", (n,)).first()
    return None if row is None else bytes(row[0])


_QUESTIONS: Final[tuple[tuple[str, str, list[tuple[str]]], ...]] = (
    ("cipher_integrity_check", "数据文件里有坏页。", []),
    ("integrity_check", "数据文件的结构坏了。", [("ok",)]),
    ("foreign_key_check", "有记录指向不存在的记录。", []),
)


def _words(row: tuple[object, ...]) -> str:
    return " ".join(str(cell) for cell in row)


def _fault_of(problem: Problem) -> Finding:
    return Finding(problem.code, problem.what)
