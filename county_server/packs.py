"""Publishing policy packs: checked whole before any laptop sees them, and never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.rules.bundle import bundle_of, calendar_files, parse_bundle
from app.rules.calendars import LARGEST, parse_calendars
from app.rules.pack import File, Pack, parse_pack
from app.rules.stacking import stacked
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.clock import Time
from county_server.database import Database
from county_server.files import read_bounded
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import document

ENTITY: Final = "policy_pack"
SHIPPED: Final = Path(__file__).resolve().parents[1] / "resources" / "policies"
"""The packs that came with the program, a folder each."""
_CAP: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Packs:
    """Publishes packs to every device of the county."""

    database: Database
    clock: Time

    def publish(self, files: Sequence[File], calendars: Sequence[File] = ()) -> Pack:
        """Check and publish. Raises Refused C-… for a bad pack or a bad calendar, K-10 for a
        version that is taken.

        Publishing the same bytes again does nothing; the same pack with other `calendars` sends
        those, and keeps the years it brought before.
        """
        pack = parse_pack(files)
        parse_calendars(calendars)
        entity_id = f"{pack.id}@{pack.version}"
        with self.database.write() as connection:
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([COUNTY_SCOPE])
            before = ledger.get(ENTITY, entity_id)
            if before is not None:
                if before.body["sha256"] != pack.sha256:
                    raise Refused(
                        "这个版本号的政策包已经发布过，内容不一样。",
                        do="请换一个新的版本号再发布。",
                        code="K-10",
                    )
                bundle = bundle_of(pack, _together(before.body["bundle"], calendars))
                if bundle != before.body["bundle"].encode():
                    before.amend({"bundle": bundle.decode("utf-8")}, COUNTY_HAND, ledger.at)
                    ledger.put(before)
                    ledger.flush()
                    note(connection, self.clock, COUNTY_HAND, "publish-calendar", entity_id)
                return pack
            new = Document(ENTITY, entity_id, COUNTY_HAND, None, 0, {}, {})
            fields = {
                "pack_id": pack.id,
                "pack_version": pack.version,
                "sha256": pack.sha256,
                "bundle": bundle_of(pack, calendars).decode("utf-8"),
                "published_at": instant_text(self.clock.now()),
            }
            new.amend(fields, COUNTY_HAND, ledger.at)
            ledger.put(new)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "publish-pack", entity_id)
        return pack


def pack_in_force(connection: Connection, today: date) -> Pack | None:
    """The pack published last of those in force on `today`; None before the first."""
    query = select(document.c.body).where(document.c.entity == ENTITY)
    bodies = sorted(connection.execute(query).scalars(), key=lambda one: str(one["published_at"]))
    published = [parse_bundle(str(one["bundle"]).encode()) for one in bodies]
    return next((one for one in reversed(published) if one.valid_from <= today), None)


def read_layers(paths: Sequence[Path]) -> list[File]:
    """TOML layers, lowest first, or a folder of them, or the one `.json` bundle.

    Layers they stand on that are not among them are those shipped with the program. Raises Refused
    K-04 or C-….
    """
    if len(paths) == 1 and paths[0].suffix == ".json":
        return list(parse_bundle(read_bounded(paths[0], _CAP)).files)
    own = [each for path in paths for each in (_inside(path) if path.is_dir() else [path])]
    return stacked([(each.name, read_bounded(each, _CAP)) for each in own], _shipped)


def read_calendars(paths: Sequence[Path], more: Sequence[Path] = ()) -> list[File]:
    """The working-day calendars that belong to the same `paths`, and those named besides.

    Of a folder those in its folder calendars/, of a bundle those in it. Raises Refused K-04 or
    C-….
    """
    found = [each for path in paths for each in _inside(path / "calendars")]
    files = [(each.name, read_bounded(each, LARGEST)) for each in (*found, *more)]
    if len(paths) == 1 and paths[0].suffix == ".json":
        return [*calendar_files(read_bounded(paths[0], _CAP)), *files]
    return files


def _together(bundle: str, calendars: Sequence[File]) -> list[File]:
    """The calendars of a bundle with `calendars` over them, by year."""
    years = {
        year: file
        for files in (calendar_files(bundle.encode()), calendars)
        for year, file in zip(parse_calendars(files), files, strict=True)
    }
    return [years[year] for year in sorted(years)]


def _shipped(pack_id: str) -> list[File]:
    """The own files of a pack that came with the program."""
    known = SHIPPED.iterdir() if SHIPPED.is_dir() else ()
    if pack_id not in {folder.name for folder in known}:
        return []
    return [
        (f"{pack_id}/{each.name}", read_bounded(each, _CAP)) for each in _inside(SHIPPED / pack_id)
    ]


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))
