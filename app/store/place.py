"""Where a vault may live: a disk of this machine, nothing that can vanish or answer slowly.

SQLite's locks and syncs cannot be trusted over a network, and a stick is pulled out (R18).
Backups and USB batches may go there; the live file may not.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from app.domain.problem import Refused

_FAR: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "lustre"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.s3fs", "fuse.jmtpfs"}
)
_PLAIN: Final = frozenset({"vfat", "msdos", "exfat", "iso9660", "udf"})
"""File systems without owners: 0600 means nothing there, and sticks use them."""

_MOUNTS: Final = Path("/proc/self/mountinfo")
_BLOCK_DEVICES: Final = Path("/sys/dev/block")
_DRIVE_REMOVABLE, _DRIVE_REMOTE, _DRIVE_CDROM = 2, 4, 5


def require_local(directory: Path) -> None:
    """Raises Refused V-06 when `directory` lies on a network or removable file system."""
    if is_far(directory):
        raise Refused(
            "保险箱不能放在网络盘、U盘或光盘上，那里会丢资料。",
            do="请放到本机硬盘上；U盘可以放备份。",
            code="V-06",
            field="directory",
        )


def require_folder(directory: Path) -> None:
    """Raises Refused D-07 unless `directory` is there: a stick that was pulled out must not be
    made anew on the machine's own disk."""
    if not directory.is_dir():
        raise no_folder()


def no_folder() -> Refused:
    """D-07."""
    return Refused(
        "没有这个文件夹，什么也没有存过去。",
        safe="资料没有动过。",
        do="请插好U盘，选U盘上的文件夹，再来一次。",
        code="D-07",
        field="directory",
    )


def is_far(directory: Path) -> bool:
    """Whether the place is a network or removable one, as far as the system tells."""
    place = directory.absolute()
    while not place.exists():
        place = place.parent
    if sys.platform == "win32":
        return _is_far_drive(place)
    if not _MOUNTS.exists():
        return False
    device = place.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    kind = file_system_of(place.resolve(), _MOUNTS.read_text(encoding="utf-8"))
    return kind in _FAR | _PLAIN or _is_removable(number)


def file_system_of(place: Path, mountinfo: str) -> str:
    """The type of the file system `place` is on, from the text of /proc/self/mountinfo."""
    found, depth = "", -1
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        point = Path(_unescaped(left.split()[4]))
        if (place == point or point in place.parents) and len(point.parts) >= depth:
            found, depth = right.split()[0], len(point.parts)
    return found


def _unescaped(text: str) -> str:
    """The kernel writes a space as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _is_removable(number: str) -> bool:
    """Whether the kernel calls the disk behind a device number removable."""
    device = (_BLOCK_DEVICES / number).resolve()
    for disk in (device, device.parent):
        flag = disk / "removable"
        if flag.exists():
            return flag.read_text(encoding="ascii").strip() == "1"
    return False


def _is_far_drive(place: Path) -> bool:
    """Windows; not tested."""
    if sys.platform == "win32":
        import ctypes  # only there has it windll

        kind = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
        return kind in (_DRIVE_REMOVABLE, _DRIVE_REMOTE, _DRIVE_CDROM)
    return False
