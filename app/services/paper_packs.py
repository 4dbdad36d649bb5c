"""Under which policy pack a paper stands: that of the test or payment it is about, by its name.

A paper printed after a new standard has come says the old figures and names the old pack.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.casework import Application, AssessmentRecord, Relief, Visit
from app.domain.day_round import DayRound
from app.domain.fund import FundPage
from app.domain.problem import Refused
from app.domain.standing import Benefit, CompositionChange, GracePeriod
from app.rules.pack import Pack
from app.services.case_paper import CasePaper
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Record = (
    Application
    | AssessmentRecord
    | Visit
    | Relief
    | FundPage
    | DayRound
    | GracePeriod
    | Benefit
    | CompositionChange
    | CasePaper
)
"""What a paper can be made of."""


def named(pack: Pack) -> str:
    """A pack as a paper names it: no identifier a clerk cannot read."""
    return f"{pack.title} {pack.version} 版"


def pack_name(work: UnitOfWork, rules: GroundRules, record: Record | None) -> str:
    """The pack behind `record`; the one in force for what leans on none."""
    if isinstance(record, CasePaper):
        record = record.leans_on
    sha256 = _pack_behind(work, record)
    found = _known(work, rules, sha256) if sha256 else rules.pack(work)
    if found is not None:
        return named(found)
    tested = _test_behind(work, record)
    return "" if tested is None else tested.pack_name


def keep_pack(work: UnitOfWork, rules: GroundRules, record: Record | None) -> None:
    """See to it that the pack behind a paper can be named when the program ships another one; the
    caller commits."""
    if isinstance(record, CasePaper):
        record = record.leans_on
    sha256 = _pack_behind(work, record)
    found = _known(work, rules, sha256) if sha256 else rules.pack(work)
    if found is not None:
        rules.old_packs.keep(work, found)


def names_known(work: UnitOfWork, rules: GroundRules) -> set[str]:
    """What every pack is called that a paper of this laptop can have named."""
    hashes = [*work.local.kept_hashes(), *(one.sha256 for one in work.casework.packs())]
    packs = (_known(work, rules, one) for one in hashes)
    return {named(pack) for pack in packs if pack is not None}


def titled(work: UnitOfWork, rules: GroundRules, record: AssessmentRecord) -> AssessmentRecord:
    """The same test with the title of its pack, where the pack is on this laptop."""
    pack = _known(work, rules, record.pack_sha256)
    return record if pack is None else replace(record, pack_title=pack.title)


def _pack_behind(work: UnitOfWork, record: Record | None) -> str:
    """The hash of the pack a record leans on; "" for none."""
    if isinstance(record, Relief | GracePeriod):
        return record.pack_sha256
    tested = _test_behind(work, record)
    return "" if tested is None else tested.pack_sha256


def _test_behind(work: UnitOfWork, record: Record | None) -> AssessmentRecord | None:
    """The test a paper is about."""
    if isinstance(record, AssessmentRecord):
        return record
    if isinstance(record, Application) and record.assessment is not None:
        return work.casework.assessment(record.assessment)
    return None


def _known(work: UnitOfWork, rules: GroundRules, sha256: str) -> Pack | None:
    """The pack with that hash; one nobody here can read only lends its version to the paper."""
    try:
        return rules.old_packs.find(work, sha256)
    except Refused:
        return None
