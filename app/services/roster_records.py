"""A roster as records of the log, for a county that takes it in whole (ADR 0009)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.roster import RosterReport
from app.services.household_records import write_household
from app.services.rosters import require_usable
from app.store.values import to_value

Record = dict[str, object]
"""entity, entity_id, subject, fields: JSON without floats, money as whole fen."""


@dataclass(slots=True)
class _Collected:
    """Keeps what is written."""

    records: list[Record] = field(default_factory=list)

    def change(
        self,
        *,
        kind: str,
        entity: str,
        entity_id: str,
        subject: str,
        fields: Mapping[str, object],
        new: bool = False,
    ) -> None:
        """One record; `kind` and `new` are the same for all of a roster."""
        del kind, new
        values = {name: to_value(value) for name, value in fields.items()}
        record: Record = {"entity": entity, "entity_id": entity_id, "subject": subject}
        self.records.append({**record, "fields": values})


def roster_records(report: RosterReport, *, skip_bad_rows: bool) -> Iterator[Record]:
    """The records of every household that can be stored, household by household.

    Raises Refused as `require_usable`.
    """
    require_usable(report, skip_bad_rows=skip_bad_rows)
    for each in report.households:
        collected = _Collected()
        write_household(collected, each.household, kind="roster.imported")
        yield from collected.records
