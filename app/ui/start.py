"""What `app.bootstrap` hands to the window. Plain values and calls: the window knows no vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.domain.clock import Clock
    from app.ui.doors import AccessDoors, FirstRunDoors, UnlockDoors
    from app.ui.options.presenter import PaperHand
    from app.ui.preferences import Preferences
    from app.ui.resident import Resident
    from app.ui.runner import Runner
    from app.ui.shell.checkup import Check
    from app.ui.shell.nav import Who
    from app.ui.shell.page import Bench, Page
    from app.ui.shell.place import Place
    from app.ui.shell.status import Status
    from app.ui.tasks import TaskRunner
    from app.ui.widgets.picker import Find


class DayParts(NamedTuple):
    """An open vault, as the window needs it. `before_leaving` and the calls beside it run on the
    store runner, those of `access` on the work runner."""

    clock: Clock
    who: Who
    find: Find
    pages: Callable[[Bench], Sequence[Page]]
    access: AccessDoors
    hand: PaperHand
    status: Callable[[], Status]
    check: Check
    place: Callable[[], Place | None]
    """Where the person was when it locked."""
    keep_place: Callable[[Place], None]
    before_leaving: Callable[[], None]
    """Verified backup, anchor, engine disposed. The vault is closed when this returns."""


class Start(NamedTuple):
    """Everything needed to open the window.

    `resident` None means there is no vault yet: first run. `open_day` runs on the store runner
    with the session a door returned; it may import what is heavy. `relock` runs on the GUI thread
    after the vault was closed and both runners ended; it replaces the process (security R08); given
    True, by one whose `restore` is True: it begins with putting a backup back.
    """

    idle_seconds: Callable[[], float]
    preferences: Preferences
    keep_preferences: Callable[[Preferences], None]
    resident: Resident | None
    locked: bool
    unlock_doors: Callable[[], UnlockDoors]
    """Called when something is asked of the door: what stands behind it is not in the picture."""
    first_run_doors: Callable[[], FirstRunDoors]
    open_day: Callable[[object, Runner, TaskRunner], DayParts]
    """(session, work runner, store runner) → the day. The store runner's `call` lets work jobs
    reach the database."""
    warm_up: Callable[[], None]
    """Imports what the day will need, on the work runner, after the first paint."""
    relock: Callable[[bool], None]
    restore: bool = False
