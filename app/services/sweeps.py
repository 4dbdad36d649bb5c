"""集中排查: how far the village has been gone through, read from the visits themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from app.domain.clock import Clock
from app.domain.households import group_order
from app.domain.ids import HouseholdId
from app.domain.sweep import Sweep, SweptGroup, SweptHome
from app.rules.visit_rhythm import block_start, next_block
from app.services.ground_rules import GroundRules
from app.services.work import Begin

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sweeps:
    """Use cases of the sweep page. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def coverage(self) -> Sweep | None:
        """Who has been seen at home in this part of the year; None where no pack asks for it."""
        today = self.clock.today()
        with self.begin() as work:
            terms = self.rules.visit_terms(work)
            if terms is None or terms.sweep is None:
                return None
            first = block_start(today, terms.sweep.period)
            last = next_block(today, terms.sweep.period) - _DAY
            swept = work.rounds.swept(first, last)
        groups = tuple(
            SweptGroup(
                name or "没写组",
                tuple(
                    SweptHome(
                        household=HouseholdId(home.household),
                        who=home.who,
                        door=home.door,
                        seen_on=home.seen_on,
                    )
                    for home in homes
                ),
            )
            for name, homes in groupby(swept, key=attrgetter("group"))
        )
        in_order = sorted(groups, key=lambda group: group_order(group.name))
        return Sweep(first, last, tuple(in_order), terms.sweep.rule)
