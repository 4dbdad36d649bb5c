"""What the sync page asks of the service. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.problem import Refused
from app.services.enrolment import Enrolment, Membership
from app.services.revocation import Parting, Revocation
from app.services.sync_status import Side, SyncStatus
from app.services.syncing import Syncing
from app.sync.problems import WITHDRAWN
from app.ui.runner import Runner, Steps
from app.ui.syncing.progress import progress_text

if TYPE_CHECKING:
    from app.sync.road import Progress, Tally, Transport
    from app.sync.usb import Exported, Imported


@dataclass(frozen=True, slots=True)
class SyncDesk:
    """Jobs of the sync page: `status` and `decide` for the store thread, the others for work.

    A laptop whose enrolment file was chosen without a network still has to join: either road does
    that first.
    """

    syncing: Syncing
    enrolment: Enrolment
    store: Runner
    road: Callable[[], Transport] | None = None
    """Another road than this machine's network; None in the program itself."""

    def status(self) -> SyncStatus:
        """How it stands."""
        return self.syncing.status()

    def sync(self, steps: Steps) -> Tally | Parting:
        """Send and fetch, counted; stops at the next step when asked. A laptop the county withdrew
        saves what was never sent, and is erased. Raises Problem."""
        transport = None if self.road is None else self.road()
        stop = partial(_is_stopped, steps)
        if not self._has_joined():
            self._join(transport, stop)
        try:
            return self.syncing.sync_now(
                run_in_store=self.store.call,
                watch=partial(_tell, steps),
                stop=stop,
                transport=transport,
            )
        except Refused as refusal:
            if refusal.code != WITHDRAWN:
                raise
        return self._revocation.ask_and_obey(
            run_in_store=self.store.call, transport=transport, stop=stop
        )

    def put_on_stick(self, folder: Path) -> Exported | None:
        """Everything that waits goes onto the stick; None when it is the request to join.

        Raises Problem.
        """
        if not self._has_joined():
            self.store.call(partial(self.enrolment.export_request, folder))
            return None
        return self.syncing.export_to_usb(folder, run_in_store=self.store.call)

    def take_from_stick(self, folder: Path) -> Imported | Membership | Parting:
        """What the county put onto the stick: answers, that this laptop has joined, or the order
        that it erases itself.

        Raises Problem.
        """
        if not self._has_joined():
            return self.store.call(partial(self.enrolment.import_answer, folder))
        imported = self.syncing.import_from_usb(folder, run_in_store=self.store.call)
        if imported.order is None:
            return imported
        return self._revocation.obey(imported.order, run_in_store=self.store.call, stick=folder)

    def decide(self, sides: Mapping[str, Side]) -> SyncStatus:
        """Decide differences, by their ids. Raises Refused for one decided already."""
        for conflict, side in sides.items():
            self.syncing.resolve(conflict, side)
        return self.syncing.status()

    @property
    def _revocation(self) -> Revocation:
        return Revocation(self.syncing)

    def _has_joined(self) -> bool:
        return self.store.call(self.enrolment.is_enrolled)

    def _join(self, transport: Transport | None, stop: Callable[[], bool]) -> None:
        """Send the request that was made with the enrolment file."""
        if transport is None:
            self.enrolment.ask(run_in_store=self.store.call, stop=stop)
        else:
            self.enrolment.ask_over(transport, run_in_store=self.store.call)


def _tell(steps: Steps, progress: Progress) -> None:
    """A step of the engine in words."""
    steps.at(progress.done, progress.total, progress_text(progress))


def _is_stopped(steps: Steps) -> bool:
    return steps.stopped
