"""The folder a day of the demo is walked in: its own, or none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from app.domain.problem import Refused

MARKER: Final = ".xieli-demo"
_OURS: Final = "协理演示的文件夹，下一次演示会整个删掉重来。\n"


def clear(folder: Path) -> None:
    """Make `folder` ready for a day. Raises Refused E-10 when it holds anything but an old day.

    An old day is known by what its marker says, not by a file's name: what is there is deleted.
    """
    if folder.exists() and not _is_ours(folder):
        raise Refused(
            "这个文件夹里有别的东西，演示不会动它。", do="请换一个空的文件夹。", code="E-10"
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).write_bytes(_OURS.encode())


def _is_ours(folder: Path) -> bool:
    """Whether `folder` is an old day of the demo's, or empty."""
    marker = folder / MARKER
    if marker.is_file() and not marker.is_symlink():
        return marker.read_bytes() == _OURS.encode()
    return folder.is_dir() and not any(folder.iterdir())
