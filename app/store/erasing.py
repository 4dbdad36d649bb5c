"""A vault is erased for good: its keys first, so that what is left is noise, then the files.

Only the county's order comes here, after what was never sent has been sealed and exported
(security §4.8). A mark in the folder says from the first moment on that the rest is to go, so
that a power cut in between leaves nothing that opens and nothing that asks to be mended.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from app.domain.problem import Refused
from app.store.atomic import atomic_write, disk_problem, sync_directory, sync_file
from app.store.layout import VaultFiles

MARK: Final = "erasing"
_HEADERS: Final = "*vault.json*"


def destroy_keys(files: VaultFiles) -> None:
    """Overwrite and remove every header with its key slots, those of backups too, the anchor, and
    a request to the county, which repeats a slot.

    Nothing opens the vault again; a database that is open stays open in this process until it is
    closed. Raises Unavailable D-02, D-03; the next start then goes on.
    """
    atomic_write(files.directory / MARK, b"")
    try:
        for path in (*sorted(files.directory.rglob(_HEADERS)), files.anchor, files.asked):
            if path.is_file():
                _overwrite(path)
                path.unlink()
                sync_directory(path.parent)
    except OSError as error:
        raise disk_problem(error) from error


def is_erasing(directory: Path) -> bool:
    """Whether the vault in `directory` is to go."""
    return (directory / MARK).exists()


def finish_erasing(directory: Path) -> None:
    """Remove what a begun erasure left, the mark last; nothing for a vault in force.

    Raises Unavailable D-02, D-03.
    """
    if not is_erasing(directory):
        return
    destroy_keys(VaultFiles(directory))
    try:
        for path in directory.iterdir():
            if path.name == MARK:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        (directory / MARK).unlink()
        directory.rmdir()
    except OSError as error:
        raise disk_problem(error) from error


def parted() -> Refused:
    """Somebody still wants to write."""
    return Refused(
        "县里取消了这台电脑的绑定，资料已经封好、清除，不能再记。",
        safe="没传上去的都封在“协理-待交县里”文件夹里。",
        do="请关掉程序，把那个文件夹交给县里。",
        code="S-29",
    )


def _overwrite(path: Path) -> None:
    """Noughts over every byte, on the disk before the name goes."""
    size = path.stat().st_size
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, bytes(size))
    finally:
        os.close(handle)
    sync_file(path)
