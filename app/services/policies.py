"""Policy packs and calendars: those shipped with the program, and those a county publishes.

A region's pack is its own layer over the ones it names (`over`), each a folder of dated TOML files
under resources/policies; a county's comes by sync as one bundle with all its layers in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from app.domain.workdays import WorkdayCalendar
from app.rules import strict
from app.rules.bundle import bundle_of, parse_bundle
from app.rules.calendars import parse_calendars
from app.rules.pack import File, Pack, parse_pack
from app.rules.stacking import stacked

STANDBY: Final = "national"
"""The shipped pack that speaks where an older one is silent."""
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

    def load(self, pack_id: str, *, at: str = "pack") -> Pack:
        """The shipped pack `pack_id`, named at the field `at`, with all it stands on.

        Raises Refused (C-07) for none such.
        """
        if pack_id not in self._loaded:
            if pack_id not in self.names():
                strict.refuse(
                    at,
                    f"没有叫“{pack_id[:40]}”的政策包。",
                    do=f"现在有的是：{'、'.join(self.names())}。",
                    code="C-07",
                )
            self._loaded[pack_id] = self.over_shipped(self._own(pack_id))
        return self._loaded[pack_id]

    def over_shipped(self, files: Sequence[File]) -> Pack:
        """A county's own layers, lowest first, over the shipped ones they name.

        Raises Refused (C-01 … C-08).
        """
        return parse_pack(stacked(files, self._own))

    def from_bundle(self, data: bytes) -> Pack:
        """A pack that came as one file. Raises Refused (C-01 … C-08)."""
        return parse_bundle(data)

    def received(self, data: bytes) -> Pack:
        """A bundle that was in use once, under this program or an earlier one.

        What an earlier program did not ask for is as the shipped national pack has it. Raises
        Refused (C-01 … C-08), also for one written for a later program.
        """
        return parse_bundle(data, partial(self.load, STANDBY))

    def bundle(self, pack: Pack) -> bytes:
        """The one file a county publishes `pack` as."""
        return bundle_of(pack)

    def parse(self, files: Sequence[File]) -> Pack:
        """A pack of the layers given, lowest first. Raises Refused (C-01 … C-08)."""
        return parse_pack(files)

    def calendar(self) -> WorkdayCalendar:
        """The working days of every year shipped here. Raises Refused (C-01 … C-10)."""
        files = sorted((self.resources / "calendars").glob("*.toml"))
        return WorkdayCalendar(parse_calendars([(file.name, file.read_bytes()) for file in files]))

    def _own(self, pack_id: str) -> list[File]:
        """A shipped pack's own files in the order of their names; none where there is no such."""
        if pack_id not in self.names():
            return []
        folder = self.resources / "policies" / pack_id
        return [
            (f"{pack_id}/{file.name}", file.read_bytes()) for file in sorted(folder.glob("*.toml"))
        ]
