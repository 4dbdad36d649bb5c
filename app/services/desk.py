"""Everything a coordinator can do with one open vault, gathered for whoever draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.documents.own_face import OwnFaces, system_folders
from app.domain.clock import Clock
from app.domain.problem import Refused
from app.domain.roster import RosterHousehold
from app.services.application_file import ApplicationFiles
from app.services.application_materials import ApplicationMaterials
from app.services.application_publicity import ApplicationPublicity
from app.services.application_signatures import ApplicationSignatures
from app.services.application_steps import ApplicationSteps
from app.services.applications import Applications
from app.services.assessments import Assessments
from app.services.care_agreements import CareAgreements
from app.services.caring_book import CaringBook
from app.services.case_plans import CasePlans
from app.services.change_history import ChangeHistory
from app.services.column_layouts import SHIPPED, ColumnLayouts
from app.services.complaints import Complaints
from app.services.county_papers import CountyPapers
from app.services.drafts import Drafts
from app.services.due_keeping import DueKeeping
from app.services.duplicates import Duplicates
from app.services.enrolment import Enrolment
from app.services.exports import Exports
from app.services.family_changes import FamilyChanges
from app.services.fund import ReserveFunds
from app.services.graces import Graces
from app.services.ground_rules import GroundRules
from app.services.household_corrections import HouseholdCorrections
from app.services.household_lacks import HouseholdLacks
from app.services.households import Households
from app.services.investigations import Investigations
from app.services.month_rounds import MonthRounds
from app.services.paper_checks import PaperChecks
from app.services.policies import Policies
from app.services.print_faces import PrintFaces
from app.services.printing import Printing
from app.services.reassessing import Reassessing
from app.services.referrals import Referrals
from app.services.relief import ReliefCases
from app.services.reports import Reports
from app.services.roster_doubles import Sifted
from app.services.rosters import Rosters
from app.services.standing import Standing
from app.services.standing_book import StandingBook
from app.services.sweeps import Sweeps
from app.services.syncing import Syncing
from app.services.visit_files import VisitFiles
from app.services.visits import Visits
from app.services.watchlist import Watchlist
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
    families: FamilyChanges
    duplicates: Duplicates
    lacks: HouseholdLacks
    changes: ChangeHistory
    corrections: HouseholdCorrections
    visits: Visits
    visit_files: VisitFiles
    referrals: Referrals
    investigations: Investigations
    relief: ReliefCases
    fund: ReserveFunds
    assessments: Assessments
    reassessing: Reassessing
    applications: Applications
    application_files: ApplicationFiles
    application_steps: ApplicationSteps
    application_materials: ApplicationMaterials
    application_signatures: ApplicationSignatures
    application_publicity: ApplicationPublicity
    worklist: Worklist
    rounds: MonthRounds
    sweeps: Sweeps
    graces: Graces
    standing: Standing
    standing_book: StandingBook
    care_agreements: CareAgreements
    watchlist: Watchlist
    case_plans: CasePlans
    complaints: Complaints
    caring_book: CaringBook
    reports: Reports
    printing: Printing
    print_faces: PrintFaces
    paper_checks: PaperChecks
    exports: Exports
    rosters: Rosters
    syncing: Syncing
    enrolment: Enrolment
    rules: GroundRules


def open_desk(vault: OpenVault, clock: Clock, policies: Policies) -> Desk:
    """Lay the use cases of `vault` out."""
    rules = GroundRules(policies, clock)
    begin = begin_in(vault, clock, rules)
    households = Households(begin, clock)
    layouts = ColumnLayouts((SHIPPED, vault.directory.parent / "layouts"))
    papers = CountyPapers(vault.directory.parent / "papers")
    faces = OwnFaces(system_folders())
    return Desk(
        drafts=Drafts(begin),
        households=households,
        families=FamilyChanges(begin, clock),
        duplicates=Duplicates(begin),
        lacks=HouseholdLacks(begin, clock, rules),
        changes=ChangeHistory(begin),
        corrections=HouseholdCorrections(begin, clock),
        visits=Visits(begin, clock, rules),
        visit_files=VisitFiles(begin, clock, vault.blobs),
        referrals=Referrals(begin, clock),
        investigations=Investigations(begin, clock),
        relief=ReliefCases(begin, clock, rules),
        fund=ReserveFunds(begin, clock),
        assessments=Assessments(begin, clock, rules),
        reassessing=Reassessing(begin, clock, rules),
        applications=Applications(begin, clock, rules),
        application_files=ApplicationFiles(begin, clock, rules),
        application_steps=ApplicationSteps(begin, clock, rules),
        application_materials=ApplicationMaterials(begin, clock),
        application_signatures=ApplicationSignatures(begin, clock, rules),
        application_publicity=ApplicationPublicity(begin, clock, rules),
        worklist=Worklist(begin, clock, rules),
        rounds=MonthRounds(begin, clock, rules),
        sweeps=Sweeps(begin, clock, rules),
        graces=Graces(begin, clock, rules),
        standing=Standing(begin, clock, rules),
        standing_book=StandingBook(begin, clock, rules),
        care_agreements=CareAgreements(begin, clock),
        watchlist=Watchlist(begin, clock),
        case_plans=CasePlans(begin, clock),
        complaints=Complaints(begin, clock),
        caring_book=CaringBook(begin, clock, rules),
        reports=Reports(begin, clock, rules),
        printing=Printing(begin, clock, rules, vault.blobs, papers, faces),
        print_faces=PrintFaces(begin, faces),
        paper_checks=PaperChecks(begin, rules, vault.blobs, papers, faces),
        exports=Exports(begin, clock, rules, layouts, papers, faces, partial(_knows, vault)),
        rosters=Rosters(partial(_store_after_backup, vault, households), clock, layouts),
        syncing=Syncing(begin, vault, clock),
        enrolment=Enrolment(begin, vault, clock),
        rules=rules,
    )


def begin_in(vault: OpenVault, clock: Clock, rules: GroundRules | None = None) -> Begin:
    """What begins a transaction in `vault`, keeps today's list by `rules` (the shipped ones where
    none are given) and notes the new head of the log after it."""
    from app.store.unit_of_work import UnitOfWork  # half a second: not before the first paint

    def note(head: Head, money: bool) -> None:  # noqa: FBT001  # the store's word for it
        # an anchor behind the file is harmless; only money is worth waiting for the disk twice
        vault.note_head(head.n, head.hash, durable=money)

    keep = DueKeeping(clock, rules or GroundRules(Policies(), clock)).keep

    def begin() -> UnitOfWork:
        vault.make_room()
        return UnitOfWork(vault.engine, clock, note, keep)

    return begin


def _knows(vault: OpenVault, passphrase: str) -> bool:
    """Whether that opens the vault."""
    from app.store.access import require_passphrase

    try:
        require_passphrase(vault, passphrase)
    except Refused:
        return False
    return True


def _store_after_backup(
    vault: OpenVault, households: Households, found: Sequence[RosterHousehold]
) -> Sifted:
    """An import begins with a verified backup (design §6)."""
    vault.backup("import")
    return households.add_roster(found)
