"""Room on the disk kept for the day it is full (security T33, §4.12).

Sixteen megabytes lie beside the vault as a file of noise. When the disk is nearly full the file
goes, so that the record at hand can still be saved and the vault still be locked; it comes back
when there is room again. Nothing is ever read from it.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.problem import Unavailable
from app.store.atomic import create_private

RESERVE_BYTES: Final = 16 * 1024 * 1024
LOW_BYTES: Final = 4 * 1024 * 1024
"""Less than this free, and a record with its rollback journal may not fit any more."""
EASY_BYTES: Final = 64 * 1024 * 1024
"""So much must be left over before room is taken for the reserve."""
_PIECE: Final = 1024 * 1024


@dataclass(slots=True)
class Reserve:
    """The reserve of one vault. `is_held` is known after `take`."""

    path: Path
    is_held: bool = False

    def take(self) -> bool:
        """Have the reserve, if the disk can spare it; answers whether it is there."""
        try:
            whole = self.path.is_file() and self.path.stat().st_size == RESERVE_BYTES
            if not whole and self._free() >= RESERVE_BYTES + EASY_BYTES:
                self._write()
                whole = True
        except OSError:
            whole = False  # a disk that cannot spare it is told by `is_held`
        self.is_held = whole
        return whole

    def give_if_low(self) -> None:
        """Give the room back when the disk is nearly full. Costs one question to the system."""
        if not self.is_held:
            return
        try:
            if self._free() < LOW_BYTES:
                self.is_held = False
                self.path.unlink(missing_ok=True)
        except OSError:
            self.is_held = False  # the write that follows tells what is wrong with the disk

    def _free(self) -> int:
        return shutil.disk_usage(self.path.parent).free

    def _write(self) -> None:
        """Noise, because a disk that compresses would make nothing of zeros. Raises OSError."""
        temporary = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.tmp")
        try:
            with create_private(temporary) as file:
                for _ in range(RESERVE_BYTES // _PIECE):
                    file.write(os.urandom(_PIECE))
            temporary.replace(self.path)
        finally:
            temporary.unlink(missing_ok=True)


def disk_nearly_full() -> Unavailable:
    """D-04."""
    return Unavailable(
        "磁盘快满了。",
        safe="刚才的都已经存好。",
        do="请今天就腾出一些空间：删掉不用的文件，或请懂电脑的人来看。",
        code="D-04",
    )
