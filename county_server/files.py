"""Files the county writes: whole or not at all, and readable by its own user only."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.problem import Refused, Unavailable


def write_private(path: Path, data: bytes) -> None:
    """Write `data` to a sibling, flush it to the disk and rename it over `path` (mode 0600).

    Raises Unavailable when the disk refuses.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Unavailable(
            f"写不了文件 {path.name}。", do="请检查磁盘空间和权限，再试一次。", code="K-03"
        ) from error


def read_bounded(path: Path, cap: int) -> bytes:
    """The whole file. Raises Refused K-04 when it is missing, unreadable or above `cap` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(cap + 1)
    except OSError as error:
        raise Refused(f"读不到文件 {path.name}。", do="请核对路径再试。", code="K-04") from error
    if len(data) > cap:
        raise Refused(f"文件 {path.name} 太大。", do="请核对是不是拿错了文件。", code="K-04")
    return data
