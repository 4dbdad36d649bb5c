"""Where a vault may live."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import place
from app.store.place import file_system_of, is_far, require_local
from tests.vaults import problem

MOUNTS = r"""
22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/office rw - cifs //server/share rw
31 22 8:17 / /media/my\040stick rw - vfat /dev/sdb1 rw
32 22 8:2 / /home rw - xfs /dev/sda2 rw
33 32 0:41 / /home/wei/far rw - nfs4 server:/x rw
34 32 0:42 / /home/wei/cloud rw - fuse.rclone remote: rw
""".strip()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv", "ext4"),
        ("/home/wei/vault", "xfs"),
        ("/home/wei/far/vault", "nfs4"),
        ("/mnt/office", "cifs"),
        ("/media/my stick/vault", "vfat"),
        ("/home/wei/farther", "xfs"),
        ("/home/wei/cloud/v", "fuse.rclone"),
    ],
)
def test_the_innermost_mount_decides(path, kind):
    assert file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "vfat", "exfat", "fuse.sshfs"])
def test_network_and_sticks_are_refused(tmp_path, monkeypatch, kind):
    table = tmp_path / "mountinfo"
    table.write_text(f"22 1 8:1 / / rw - {kind} source rw\n")
    monkeypatch.setattr(place, "_MOUNTS", table)

    with problem("V-06"):
        require_local(tmp_path / "not" / "yet" / "there")


def test_a_disk_the_kernel_calls_removable_is_refused(tmp_path, monkeypatch):
    device = tmp_path.stat().st_dev
    disk = tmp_path / f"{device >> 8 & 0xFFF}:{device & 0xFF}"
    disk.mkdir()
    (disk / "removable").write_text("1\n")
    monkeypatch.setattr(place, "_BLOCK_DEVICES", tmp_path)

    assert is_far(tmp_path)


def test_this_machine_s_disk_is_near(tmp_path):
    require_local(tmp_path)


def test_without_a_table_of_mounts_nothing_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "absent")

    assert not is_far(tmp_path)
