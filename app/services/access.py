"""Who may open the vault, changed from inside: another passphrase, another recovery sheet.

Deriving keys takes a second, so everything here but `put_in_force` may run on any thread; what
changes the vault goes through `run_in_store`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from app.domain.problem import Refused

if TYPE_CHECKING:
    from app.crypto.kdf import KdfCost
    from app.crypto.slots import Slot
    from app.store.vault import OpenVault

RunInStore = Callable[[Callable[[], None]], None]
"""Runs a job on the store thread and waits for it."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A recovery sheet that opens nothing yet: its eight groups, and what will make it open."""

    groups: tuple[str, ...] = field(repr=False)
    slot: Slot = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """Use cases for the slots of an open vault. `kdf` None is the default cost."""

    vault: OpenVault
    kdf: KdfCost | None = None

    def change_passphrase(self, current: str, new: str, *, run_in_store: RunInStore) -> None:
        """Raises Refused V-01 when `current` is wrong, V-07 when `new` is weak, V-24
        when it is the same, Unavailable D-01…D-03; then the old one still holds."""
        from app.crypto.kdf import DEFAULT, normalised
        from app.store.access import require_passphrase, seal_passphrase

        if normalised(current) == normalised(new):
            raise Refused(
                "新口令和原来的一样。", do="请换一个新的。", code="V-24", field="passphrase"
            )
        require_passphrase(self.vault, current)
        slot = seal_passphrase(self.vault, new, self.kdf or DEFAULT)
        run_in_store(partial(self.vault.put_in_force, slot))

    def draw_sheet(self, passphrase: str) -> NewSheet:
        """A new recovery sheet; the one before holds until this one is put in force.

        Raises Refused V-01: whoever passes an open laptop shall not make one.
        """
        from app.store.access import draw_recovery, require_passphrase

        require_passphrase(self.vault, passphrase)
        code, slot = draw_recovery(self.vault)
        return NewSheet(code.groups, slot)

    def put_in_force(self, sheet: NewSheet) -> None:
        """From now on this sheet opens, and the one before does not. On the store thread.

        Raises Unavailable D-01…D-03; then the one before still holds.
        """
        self.vault.put_in_force(sheet.slot)
