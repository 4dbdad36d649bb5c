"""Policy packs and calendars: those shipped with the program, and those a county publishes.

A region's pack is its own layer over the ones it names (`over`), each a folder of dated TOML files
under resources/policies; a county's comes by sync as one bundle with all its layers in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.problem import Refused
from app.domain.workdays import WorkdayCalendar
from app.rules.bundle import bundle_of, parse_bundle
from app.rules.calendars import parse_calendar_year
from app.rules.layer_reading import parse_layer
from app.rules.pack import File, Pack, parse_pack

RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"


@dataclass(frozen=True, slots=True)
class Policies:
    """Loads packs, each once. `resources` holds the folders policies/ and calendars/."""

    resources: Path = RESOURCES
    _loaded: dict[str, Pack] = field(default_factory=dict, repr=False)

    def names(self) -> tuple[str, ...]:
        """The ids of the packs shipped here."""
        folder = self.resources / "policies"
        return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir()))

    def load(self, pack_id: str) -> Pack:
        """The shipped pack `pack_id` with all it stands on. Raises Refused (C-07) for none such."""
        if pack_id not in self._loaded:
            self._loaded[pack_id] = parse_pack(self._files(pack_id, frozenset()))
        return self._loaded[pack_id]

    def from_bundle(self, data: bytes) -> Pack:
        """A pack that came as one file. Raises Refused (C-01 … C-08)."""
        return parse_bundle(data)

    def bundle(self, pack: Pack) -> bytes:
        """The one file a county publishes `pack` as."""
        return bundle_of(pack)

    def parse(self, files: Sequence[File]) -> Pack:
        """A pack of the layers given, lowest first. Raises Refused (C-01 … C-08)."""
        return parse_pack(files)

    def calendar(self) -> WorkdayCalendar:
        """The working days of every year shipped here. Raises Refused (C-01 … C-10)."""
        files = sorted((self.resources / "calendars").glob("*.toml"))
        years = [parse_calendar_year(file.name, file.read_bytes()) for file in files]
        return WorkdayCalendar({year.year: year for year in years})

    def _files(self, pack_id: str, above: frozenset[str]) -> list[File]:
        """The files of a pack, lowest layer first; `above` are the packs that stand on it."""
        if pack_id not in self.names() or pack_id in above:
            raise Refused(
                f"没有叫“{pack_id[:40]}”的政策包。",
                do=f"现在有的是：{'、'.join(self.names())}。",
                code="C-07",
                field="pack",
            )
        folder = self.resources / "policies" / pack_id
        own = [
            (f"{pack_id}/{file.name}", file.read_bytes()) for file in sorted(folder.glob("*.toml"))
        ]
        below = dict.fromkeys(parse_layer(name, data).over for name, data in own)
        stack = [
            file
            for name in below
            if name is not None and name != pack_id
            for file in self._files(name, above | {pack_id})
        ]
        return list(dict(stack + own).items())
