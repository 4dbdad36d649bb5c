"""Laying the day out: from a proved session to the pages the window shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.bootstrap.session import Session
from app.domain.clock import Clock
from app.domain.problem import Problem
from app.services.vaults import Vaults

if TYPE_CHECKING:
    from app.bootstrap.access import VaultAccess
    from app.services.desk import Desk
    from app.services.upkeep import Upkeep
    from app.store.vault import OpenVault
    from app.ui.runner import Runner
    from app.ui.shell.place import Place
    from app.ui.shell.status import Status
    from app.ui.start import DayParts
    from app.ui.tasks import TaskRunner


def open_day(
    clock: Clock, vaults: Vaults, session: object, work: Runner, store: TaskRunner
) -> DayParts:
    """The day of one vault. Runs on the store thread, which keeps the vault."""
    from app.bootstrap.access import VaultAccess
    from app.services.desk import open_desk
    from app.services.policies import Policies

    if not isinstance(session, Session):
        raise TypeError("a door gives a Session")
    vault = session.enter(vaults)
    try:
        desk = open_desk(vault, clock, Policies())
        return _day_of(vault, desk, VaultAccess(vault, store, clock), vaults, session, work)
    except BaseException:
        vault.close()  # or the next try would find it in use
        raise


def _day_of(
    vault: OpenVault,
    desk: Desk,
    access: VaultAccess,
    vaults: Vaults,
    session: Session,
    work: Runner,
) -> DayParts:
    """The parts of an open vault's day."""
    from app.services.selfcheck import SelfCheck
    from app.services.upkeep import Upkeep
    from app.ui.pages import pages_of
    from app.ui.shell.nav import Who
    from app.ui.start import DayParts

    if vault.practice and session.county is None:
        _reopen_county(session, desk, work)
    owner = vault.header.owner
    return DayParts(
        clock=access.clock,
        who=Who(owner.village, owner.name, vault.practice),
        find=desk.households.find,
        pages=partial(pages_of, desk),
        access=access,
        hand=desk.print_faces,
        status=partial(_status, desk, Upkeep(vault, access.clock)),
        check=SelfCheck(vault, desk.drafts, access.clock, desk.worklist),
        place=partial(_place, desk),
        keep_place=partial(_keep_place, desk),
        before_leaving=partial(_leave, vaults, vault, session),
    )


def _reopen_county(session: Session, desk: Desk, work: Runner) -> None:
    """Start the practice county again where the practice vault expects it, on the work thread."""
    from app.practice.county import PracticeCounty
    from app.practice.furnishing import practice_county

    county: PracticeCounty = practice_county(session.directory.parent)
    address = desk.enrolment.county_url()
    if address is None or not county.is_founded():
        return
    session.county = county
    port = urlsplit(address).port or 0
    work.run(partial(county.serve, port), done=_is_up, failed=_stays_shut)


def _is_up(_answer: object) -> None:
    """The sync page will find it."""


def _stays_shut(_problem: Problem) -> None:
    """The sync page says that the county cannot be reached; everything else works as always."""


def _status(desk: Desk, upkeep: Upkeep) -> Status:
    """What the foot of the window shows; and, every half hour of work, a verified backup."""
    from app.ui.shell.status import Status

    trouble = upkeep.look_after()
    return Status(
        waiting=desk.syncing.waiting(), trouble=trouble, is_empty=not desk.households.count()
    )


def _place(desk: Desk) -> Place | None:
    """Where she was when it locked."""
    from app.ui.shell.place import PLACE_DRAFT, Place

    return Place.of_fields(desk.drafts.get(PLACE_DRAFT))


def _keep_place(desk: Desk, place: Place) -> None:
    """Remember where she is."""
    from app.ui.shell.place import PLACE_DRAFT

    desk.drafts.keep(PLACE_DRAFT, place.as_fields())


def _leave(vaults: Vaults, vault: OpenVault, session: Session) -> None:
    """Backup, anchor, close; and the practice county goes home too."""
    try:
        vaults.lock(vault)
    finally:
        if session.county is not None:
            session.county.stop()
