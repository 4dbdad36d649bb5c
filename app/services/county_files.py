"""TOML files a county puts beside the vault: found, read up to a size, refused with a code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.rules.strict import Record, refuse

LARGEST: Final = 64 << 10
"""Bytes of one file."""
_MOST_FILES: Final = 60


def files_in(folders: Iterable[Path]) -> list[Path]:
    """The TOML files of each folder by name, as many as are ever looked at."""
    found = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    return found[:_MOST_FILES]


def read_file(path: Path, code: str) -> bytes:
    """At most one byte more than may be. Raises Refused `code` for a file that cannot be read."""
    try:
        with path.open("rb") as reading:
            return reading.read(LARGEST + 1)
    except OSError:
        refuse(path.name, "文件读不出来。", code=code)


def read_toml(file: str, data: bytes, code: str) -> Record:
    """What a file says; `file` is the name its refusals show. Raises Refused `code`."""
    if len(data) > LARGEST:
        refuse(file, f"文件太大，最多 {LARGEST // 1024} KB。", code=code)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        refuse(file, "文件不是 UTF-8 编码。", code=code)
    except (ValueError, RecursionError):
        refuse(file, "不是完整的 TOML，可能少了引号或括号。", code=code)
