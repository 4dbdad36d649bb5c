"""The county withdrew this laptop: what was never sent is saved first, then everything goes.

The order is signed by the county and names this device. In this sequence, each step durable before
the next (security §4.8, §4.12): half-filled forms become an operation; all that waits is sealed to
the county and exported beside the vault, photos included; the same is offered to the county over
the road at hand; only then the keys are destroyed. A step that fails stops here, the vault stays
usable, and the order is obeyed at the next contact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.operations import instant_of

if TYPE_CHECKING:
    from app.services.syncing import Syncing
    from app.store.vault import OpenVault
    from app.sync.road import RunInStore, Stop, Transport

FAREWELL: Final = "请交给县里.txt"
_NOTED: Final = "erase"


@dataclass(frozen=True, slots=True)
class Parting:
    """What was saved before the vault was erased, and where it lies for the county."""

    folder: Path
    operations: int
    files: int


@dataclass(frozen=True, slots=True)
class Revocation:
    """Use cases of a revoked laptop. On the work thread; the store is reached through
    `run_in_store`."""

    syncing: Syncing

    @property
    def vault(self) -> OpenVault:
        """The vault that goes."""
        return self.syncing.vault

    def ask_and_obey(
        self,
        *,
        run_in_store: RunInStore,
        transport: Transport | None = None,
        stop: Stop | None = None,
    ) -> Parting:
        """Fetch the order over the network, and obey it.

        Raises NotReached, LinkCut, Stopped, CountyRefused B-29 when there is no such order, and
        as `obey`.
        """
        from app.sync import sealing
        from app.sync.road import never
        from app.sync.transport import HttpsTransport

        enrolled = self.syncing.enrolled(run_in_store=run_in_store)
        request = sealing.feed_request(enrolled, {}, echo=False)
        if transport is not None:
            order = transport.fetch_order(request)
            return self.obey(order, run_in_store=run_in_store, transport=transport)
        with HttpsTransport(enrolled.county, stop or never) as https:
            order = https.fetch_order(request)
            return self.obey(order, run_in_store=run_in_store, transport=https)

    def obey(
        self,
        order: bytes,
        *,
        run_in_store: RunInStore,
        transport: Transport | None = None,
        stick: Path | None = None,
    ) -> Parting:
        """Save, then erase.

        Raises NotReached S-12 for an order the county did not sign, Refused S-14 for another
        device's or one from before the county last took this laptop's word (an old stick),
        Refused D-07, Unavailable D-01…D-03 when something could not be saved; then
        nothing was erased.
        """
        from app.store.erasing import destroy_keys
        from app.sync import sealing

        said = sealing.open_order(self.syncing.enrolled(run_in_store=run_in_store), order)
        run_in_store(partial(self._refuse_stale, instant_of(said.issued_at)))
        run_in_store(self._note)
        folder = self.vault.directory.parent / f"协理-待交县里-{self.vault.device_id[-6:]}"
        parting = self._export(folder, run_in_store)
        if stick is not None:
            self.syncing.export_to_usb(stick, run_in_store=run_in_store)
        if transport is not None:
            self.syncing.offer_all(transport, run_in_store=run_in_store)

        def erase() -> None:
            destroy_keys(self.vault.files)
            self.vault.is_parted = True

        run_in_store(erase)
        return parting

    def _refuse_stale(self, issued_at: datetime) -> None:
        """Raises Refused S-14. Both times are the county's own."""
        from app.sync.problems import unreadable_answer

        with self.syncing.begin() as work:
            heard = work.journal.last_server_time
        if heard is not None and issued_at < heard:
            raise unreadable_answer()

    def _note(self) -> None:
        """Once: that the order came, and what was begun and not finished."""
        from app.store import link_notes

        with self.syncing.begin() as work:
            if link_notes.recall(work.connection, _NOTED) is not None:
                return
            drafts = {key: work.local.draft(key) for key in work.local.drafts()}
            work.note(
                kind="device.revoked",
                subject=self.vault.device_id,
                facts={"drafts": drafts},
            )
            link_notes.keep(work.connection, _NOTED, {}, self.syncing.clock.now())
            work.commit()

    def _export(self, folder: Path, run_in_store: RunInStore) -> Parting:
        """Everything that waits into `folder`, sealed to the county."""
        from app.store.atomic import atomic_write, make_private_directory

        make_private_directory(folder)
        out = self.syncing.export_to_usb(folder, run_in_store=run_in_store, is_stick=False)
        words = (
            "县里取消了这台电脑的绑定，机器里的资料已经清除。\n"
            f"还没有传上去的 {out.operations} 条记录、{out.files} 张照片和签字封在这个文件夹里，"
            "只有县里打得开。请把整个文件夹交给县里。\n"
        )
        atomic_write(folder / FAREWELL, words.encode())
        return Parting(folder, out.operations, out.files)
