"""`manifest.json` of a backup: what is in it, sealed so that no other file can take its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from app.crypto.encoding import from_base64, to_base64
from app.crypto.keys import mac, same
from app.domain.operations import Value, canonical, instant_of, instant_text
from app.domain.problem import Unavailable
from app.store.atomic import disk_problem
from app.store.header import load

FORMAT: Final = "sa-backup"
VERSION: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "vault.db"
HEADER: Final = "vault.json"
_MAC_BYTES: Final = 32
_KEYS: Final = frozenset(
    {"fmt", "v", "vault_id", "gen", "op_n", "head", "schema", "at", "reason", "files", "mac"}
)
_MOST_BYTES: Final = 64 * 1024
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. `head` is the operation log's, `files` name → (bytes, SHA-256 hex)."""

    vault_id: str
    gen: int
    n: int
    head: bytes
    schema: str
    at: datetime
    reason: str
    files: Mapping[str, tuple[int, str]]

    def to_bytes(self, key: bytes) -> bytes:
        """The canonical file, sealed with the vault's backup key."""
        body = self.body()
        return canonical({**body, "mac": to_base64(mac(key, canonical(body)))})

    def body(self) -> dict[str, Value]:
        """Every field but the seal."""
        files: dict[str, object] = {
            name: {"bytes": size, "sha256": digest} for name, (size, digest) in self.files.items()
        }
        return {
            "fmt": FORMAT,
            "v": VERSION,
            "vault_id": self.vault_id,
            "gen": self.gen,
            "op_n": self.n,
            "head": self.head.hex(),
            "schema": self.schema,
            "at": instant_text(self.at),
            "reason": self.reason,
            "files": files,
        }

    def is_sealed_by(self, key: bytes, seal: bytes) -> bool:
        """Whether `seal` is the MAC of exactly this manifest."""
        return same(seal, mac(key, canonical(self.body())))


def read_manifest(directory: Path) -> tuple[Manifest, bytes]:
    """A backup's manifest and its seal, still to be checked with the key.

    Raises Unavailable V-16 when it is not one.
    """
    try:
        return _parse((directory / NAME).read_bytes())
    except (ValueError, OverflowError, FileNotFoundError, NotADirectoryError) as error:
        raise backup_unusable() from error
    except OSError as error:
        raise disk_problem(error) from error


def file_digest(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 in hex. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return file.tell(), digest.hexdigest()


def backup_unusable() -> Unavailable:
    """V-16."""
    return Unavailable(
        "这份备份坏了或者不完整，不能用。",
        safe="现在的保险箱没有动过。",
        do="请换一份更早的备份。",
        code="V-16",
    )


def _parse(data: bytes) -> tuple[Manifest, bytes]:
    fields = load(data)
    if not isinstance(fields, dict) or set(fields) != _KEYS:
        raise ValueError("keys missing or unknown")
    if fields["fmt"] != FORMAT or fields["v"] != VERSION:
        raise ValueError("not this format")
    texts = ("vault_id", "head", "schema", "at", "reason", "mac")
    if not all(isinstance(fields[name], str) for name in texts):
        raise ValueError("texts were expected")
    if not all(type(fields[name]) is int for name in ("gen", "op_n")):
        raise ValueError("integers were expected")
    manifest = Manifest(
        vault_id=fields["vault_id"],
        gen=fields["gen"],
        n=fields["op_n"],
        head=bytes.fromhex(fields["head"]),
        schema=fields["schema"],
        at=instant_of(fields["at"]),
        reason=fields["reason"],
        files=_files(fields["files"]),
    )
    body = {name: value for name, value in fields.items() if name != "mac"}
    if canonical(manifest.body()) != canonical(body):  # in Python, but not here, True is 1
        raise ValueError("not the one spelling of an instant, a hash or a number")
    return manifest, from_base64(fields["mac"], _MAC_BYTES)


def _files(value: object) -> dict[str, tuple[int, str]]:
    if not isinstance(value, dict) or set(value) != {DATABASE, HEADER}:
        raise ValueError("exactly a database and a header")
    found = {}
    for name, entry in cast("dict[str, object]", value).items():
        match entry:
            case {"bytes": int(size), "sha256": str(digest)}:
                found[name] = (size, digest)
            case _:
                raise ValueError("size and hash were expected")
    return found
