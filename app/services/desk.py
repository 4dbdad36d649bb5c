"""Everything a coordinator can do with one open vault, gathered for whoever draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.roster import RosterHousehold
from app.services.applications import Applications
from app.services.assessments import Assessments
from app.services.drafts import Drafts
from app.services.enrolment import Enrolment
from app.services.exports import Exports
from app.services.ground_rules import GroundRules
from app.services.households import Households
from app.services.policies import Policies
from app.services.printing import Printing
from app.services.reassessing import Reassessing
from app.services.relief import ReliefCases
from app.services.rosters import Rosters
from app.services.syncing import Syncing
from app.services.visits import Visits
from app.services.work import Begin
from app.services.worklist import Worklist

if TYPE_CHECKING:
    from app.store.journal import Head
    from app.store.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases of one open vault. Call them on the thread that opened it."""

    drafts: Drafts
    households: Households
    visits: Visits
    relief: ReliefCases
    assessments: Assessments
    reassessing: Reassessing
    applications: Applications
    worklist: Worklist
    printing: Printing
    exports: Exports
    rosters: Rosters
    syncing: Syncing
    enrolment: Enrolment
    rules: GroundRules


def open_desk(vault: OpenVault, clock: Clock, policies: Policies) -> Desk:
    """Lay the use cases of `vault` out."""
    begin = begin_in(vault, clock)
    rules = GroundRules(policies, clock)
    households = Households(begin, clock)
    return Desk(
        drafts=Drafts(begin),
        households=households,
        visits=Visits(begin, clock),
        relief=ReliefCases(begin, clock, rules),
        assessments=Assessments(begin, clock, rules),
        reassessing=Reassessing(begin, clock, rules),
        applications=Applications(begin, clock),
        worklist=Worklist(begin, clock, rules),
        printing=Printing(begin, clock, rules),
        exports=Exports(begin, clock, rules),
        rosters=Rosters(partial(_store_after_backup, vault, households), clock),
        syncing=Syncing(begin, vault, clock),
        enrolment=Enrolment(begin, vault, clock),
        rules=rules,
    )


def begin_in(vault: OpenVault, clock: Clock) -> Begin:
    """What begins a transaction in `vault` and notes the new head of the log after it."""
    from app.store.unit_of_work import UnitOfWork  # half a second: not before the first paint

    def note(head: Head, money: bool) -> None:  # noqa: FBT001  # the store's word for it
        # an anchor behind the file is harmless; only money is worth waiting for the disk twice
        vault.note_head(head.n, head.hash, durable=money)

    def begin() -> UnitOfWork:
        vault.make_room()
        return UnitOfWork(vault.engine, clock, note)

    return begin


def _store_after_backup(
    vault: OpenVault, households: Households, found: Sequence[RosterHousehold]
) -> int:
    """An import begins with a verified backup (design §6)."""
    vault.backup("import")
    return households.add_roster(found)
