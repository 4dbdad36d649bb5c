"""The header on disk: the file in force and the generation before it."""

from __future__ import annotations

from pathlib import Path

from app.domain.problem import Problem, Refused
from app.store.atomic import Laid, atomic_write, disk_problem, lay_down
from app.store.header import MOST_BYTES, Header
from app.store.header_parser import header_damaged, parse_header
from app.store.layout import VaultFiles


def read_header(directory: Path) -> Header:
    """The public header of the vault in `directory`; needs no key.

    Raises Refused V-12 when there is no vault, Unavailable V-02 (damaged), V-04 (newer), D-02.
    """
    files = VaultFiles(directory)
    if not files.header.is_file():
        if files.database.exists():
            raise header_damaged()
        raise no_vault()
    return parse_header(_bounded(files.header))


def write_header(files: VaultFiles, header: Header) -> None:
    """Put `header` in force and keep the one before. Raises Unavailable D-01…D-03."""
    lay_header(files, header).take_place()


def lay_header(files: VaultFiles, header: Header) -> Laid:
    """`header` on the disk, to be put in force by `take_place`; the one before is kept already.

    A damaged one is not kept: it would push out the spare that may be needed. What would not read
    back is not written: nobody could open the vault again. Raises Unavailable D-01…D-03, V-02.
    """
    data = header.to_bytes()
    parse_header(data)
    if files.header.is_file() and _reads(files.header):
        atomic_write(files.previous_header, _bounded(files.header))
    return lay_down(files.header, data)


def spare_headers(files: VaultFiles) -> list[Header]:
    """Older headers that still read, the likeliest first: the one before, then the backups'."""
    backups = sorted(files.backups.glob("*/vault.json"), reverse=True)
    candidates = (files.previous_header, *backups)
    return [parse_header(_bounded(path)) for path in candidates if _reads(path)]


def no_vault() -> Refused:
    """V-12."""
    return Refused("这里没有保险箱。", do="请核对文件夹，或新建一个。", code="V-12")


def _reads(path: Path) -> bool:
    try:
        parse_header(_bounded(path))
    except Problem:
        return False
    return True


def _bounded(path: Path) -> bytes:
    """At most one byte more than a header may have. Raises Unavailable D-02, D-03."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise disk_problem(error) from error
