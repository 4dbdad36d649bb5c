"""Use cases on a bare encrypted file with the practice county's pack and one spending quota."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import insert

from app.domain.operations import instant_text
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.services.application_file import ApplicationFiles
from app.services.application_materials import ApplicationMaterials
from app.services.application_publicity import ApplicationPublicity
from app.services.application_signatures import ApplicationSignatures
from app.services.application_steps import ApplicationSteps
from app.services.applications import Applications
from app.services.assessments import Assessments
from app.services.change_history import ChangeHistory
from app.services.drafts import Drafts
from app.services.due_keeping import DueKeeping
from app.services.duplicates import Duplicates
from app.services.exports import Exports
from app.services.family_changes import FamilyChanges
from app.services.ground_rules import GroundRules
from app.services.household_corrections import HouseholdCorrections
from app.services.household_lacks import HouseholdLacks
from app.services.households import Households
from app.services.printing import Printing
from app.services.relief import ReliefCases
from app.services.visits import Visits
from app.services.worklist import Worklist
from app.store import projection
from app.store.unit_of_work import UnitOfWork
from tests.fakes import NOON, StoppedClock
from tests.policies import PracticePolicies
from tests.storefile import bare_engine, beginner


@pytest.fixture(scope="session")
def policies() -> PracticePolicies:
    """The shipped packs, read once per test process: nothing in a pack can be changed."""
    return PracticePolicies()


@pytest.fixture
def rules(clock: StoppedClock, policies: PracticePolicies) -> GroundRules:
    """The practice county's rules."""
    return GroundRules(policies, clock)


@pytest.fixture
def begin(
    tmp_path: Path, clock: StoppedClock, rules: GroundRules
) -> Iterator[Callable[[], UnitOfWork]]:
    """Begins a transaction on a fresh file with a quota of 1,000 yuan until June."""
    engine = bare_engine(tmp_path)
    quota = {"amount_fen": 100_000, "not_after": "2026-06-01", "signed": "…"}
    document = {"entity": "quota_token", "entity_id": "q-1", "subject": "q-1", "version": 1}
    with engine.begin() as connection:
        body = quota | {"issued_at": instant_text(NOON)}
        connection.execute(insert(table_of(ServerDocumentRow)), document | {"body": body})
        projection.rebuild(connection, "quota_token", "q-1")
    yield beginner(engine, clock, DueKeeping(clock, rules).keep)
    engine.dispose()


@pytest.fixture
def work(
    begin: Callable[[], UnitOfWork], clock: StoppedClock, rules: GroundRules
) -> SimpleNamespace:
    """The use cases of one coordinator."""
    return SimpleNamespace(
        begin=begin,
        clock=clock,
        rules=rules,
        households=Households(begin, clock),
        families=FamilyChanges(begin, clock),
        duplicates=Duplicates(begin),
        changes=ChangeHistory(begin),
        corrections=HouseholdCorrections(begin, clock),
        lacks=HouseholdLacks(begin, clock, rules),
        visits=Visits(begin, clock, rules),
        relief=ReliefCases(begin, clock, rules),
        assessments=Assessments(begin, clock, rules),
        applications=Applications(begin, clock, rules),
        files=ApplicationFiles(begin, clock, rules),
        steps=ApplicationSteps(begin, clock, rules),
        materials=ApplicationMaterials(begin, clock),
        signatures=ApplicationSignatures(begin, clock, rules),
        publicity=ApplicationPublicity(begin, clock, rules),
        worklist=Worklist(begin, clock, rules),
        printing=Printing(begin, clock, rules),
        exports=Exports(begin, clock, rules),
        drafts=Drafts(begin),
    )
