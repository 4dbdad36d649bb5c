"""The machine's own 仿宋: found among its installed fonts, where one may and can be put into a PDF.

Townships print their papers in 仿宋, and no free font of that kind can come with the program. A
machine that has one prints the words of a form in it; what it lacks is printed by the chain that
is everywhere (`fonts`). A print record names the face, because another machine has another.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from struct import error as cut_short
from typing import Final

from app.documents.truetype import FontFile

_CALLED: Final = re.compile(r"fang[ _-]?song|仿宋|fandol ?fang", re.IGNORECASE)
_FORBIDS: Final = 0x0002 | 0x0100 | 0x0200
"""OS/2 fsType: restricted licence, no subsetting, bitmaps only (OpenType, table `OS/2`)."""
_LEAVES: Final = 0x0004 | 0x0008
"""OS/2 fsType: preview and print, or editable: either takes a restriction back in older fonts."""
_RESTRICTED: Final = 0x0002
_NAMES: Final = (1, 4, 6, 16)
"""Family, full, PostScript and typographic family name (OpenType, table `name`)."""
_POSTSCRIPT: Final = 6
_LARGEST: Final = 64 * 1024 * 1024
_SHOWN: Final = 12
_COMMON: Final = "".join(
    bytes((high, low)).decode("gb2312", "ignore")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
)
"""The 3,755 common characters of GB 2312: without them a form would be printed in two hands."""


@dataclass(frozen=True, slots=True)
class OwnFace:
    """A 仿宋 of this machine. `reference` is what a print record keeps: its name and its bytes."""

    name: str
    sha256: str
    file: FontFile = field(repr=False, compare=False)

    @property
    def reference(self) -> str:
        """FangSong 0123456789ab"""
        return f"{self.name} {self.sha256[:_SHOWN]}"


@dataclass(frozen=True)
class OwnFaces:
    """The faces in some folders, looked for once, when something is first printed."""

    folders: tuple[Path, ...] = ()

    @cached_property
    def all(self) -> tuple[OwnFace, ...]:
        """Every usable 仿宋, the best known name first."""
        found = (face for path in _font_files(self.folders) if (face := _face_in(path)))
        return tuple(sorted(found, key=lambda face: (len(face.name), face.name, face.sha256)))

    @property
    def first(self) -> OwnFace | None:
        """The one to print in; None on a machine without."""
        return next(iter(self.all), None)

    def named(self, reference: str) -> OwnFace | None:
        """The face a print record names; None when this machine has not these very bytes."""
        return next((face for face in self.all if face.reference == reference), None)


def system_folders() -> tuple[Path, ...]:
    """Where this machine keeps fonts, its user's own last."""
    if os.name == "nt":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        own = os.environ.get("LOCALAPPDATA")
        users = (Path(own) / "Microsoft" / "Windows" / "Fonts",) if own else ()
        return (windows / "Fonts", *users)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    usual = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*usual, data / "fonts", Path.home() / ".fonts")


def _font_files(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for place, _, names in os.walk(folder):
            yield from (Path(place) / name for name in names if name.lower().endswith(".ttf"))


def _face_in(path: Path) -> OwnFace | None:
    """The face of one file; None for another, and for one that must not or cannot be embedded."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        file = FontFile(path)
        if not _is_meant(file) or not _is_usable(file):
            return None
        with path.open("rb") as data:
            sha256 = hashlib.file_digest(data, "sha256").hexdigest()
    except (OSError, ValueError, LookupError, cut_short):  # a broken font is none
        return None
    return OwnFace(_plain(file.names.get(_POSTSCRIPT, "")), sha256, file)


def _is_meant(file: FontFile) -> bool:
    """Whether it calls itself 仿宋, and lets itself be put into a paper."""
    if not any(_CALLED.search(file.names.get(each, "")) for each in _NAMES):
        return False
    forbidden = file.permissions & _FORBIDS
    return not forbidden or (forbidden == _RESTRICTED and bool(file.permissions & _LEAVES))


def _is_usable(file: FontFile) -> bool:
    """Whether it has the common characters, and their outlines can be cut out of it. Raises what
    reading a broken file raises."""
    numbers = [file.glyphs.get(ord(character), 0) for character in _COMMON]
    if not all(numbers):
        return False
    drawn = all(map(file.is_drawn, numbers)) and min(map(file.advance, numbers)) > 0
    return drawn and bool(file.subset([0, *numbers]))


def _plain(name: str) -> str:
    """A name that can stand in a PDF and in a record."""
    return re.sub(r"[^A-Za-z0-9-]", "", name) or "FangSong"
