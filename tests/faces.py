"""Stand-ins for a machine's 仿宋: a pinned font of ours under such a name, whole or spoilt."""

from __future__ import annotations

from pathlib import Path
from struct import pack_into, unpack_from

from fontTools.ttLib import TTFont

from app.documents.fonts import FOLDER

SOURCE = FOLDER / "daily" / "LXGWWenKai-Regular.ttf"
"""Another hand than 宋体, and small; every width of its own."""


def installed(
    folder: Path,
    name: str = "FangSong",
    *,
    permissions: int = 0,
    without: str = "",
    file: str = "simfang.ttf",
) -> Path:
    """A font of that name in `folder`, as a machine has it. `without`: characters it lacks."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    for identifier, said in ((1, name), (4, name), (6, name.replace(" ", ""))):
        font["name"].removeNames(nameID=identifier)
        font["name"].setName(said, identifier, 3, 1, 0x0409)
    font["OS/2"].fsType = permissions
    for table in font["cmap"].tables:
        for character in without:
            table.cmap.pop(ord(character), None)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    font.save(path)
    return path


def spoil(path: Path, table: str) -> None:
    """Let a table of a font begin behind the end of its file."""
    data = bytearray(path.read_bytes())
    (count,) = unpack_from(">H", data, 4)
    for start in range(12, 12 + count * 16, 16):
        if data[start : start + 4] == table.encode():
            pack_into(">L", data, start + 8, len(data) + 64)
    path.write_bytes(data)
