"""The settings page's way to the vault's slots, and the recovery sheet on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.problem import Unavailable
from app.services.access import Access, NewSheet
from app.ui.runner import Runner

if TYPE_CHECKING:
    from app.store.vault import OpenVault


@dataclass(slots=True)
class VaultAccess:
    """Keeps the promise of `AccessDoors`; every method runs on the work thread."""

    vault: OpenVault
    store: Runner
    clock: Clock
    _drawn: NewSheet | None = field(default=None, repr=False)

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises Refused V-01, V-07, V-24, Unavailable D-01…D-03."""
        Access(self.vault).change_passphrase(current, new, run_in_store=self.store.call)

    def draw_sheet(self, passphrase: str) -> str:
        """The new code, not in force yet. Raises Refused V-01."""
        self._drawn = Access(self.vault).draw_sheet(passphrase)
        return " ".join(self._drawn.groups)

    def put_sheet(self) -> None:
        """The code drawn last comes into force. Raises Unavailable D-01…D-03."""
        if self._drawn is not None:
            self.store.call(partial(Access(self.vault).put_in_force, self._drawn))
            self._drawn = None

    def print_recovery(self, code: str) -> None:
        """Raises Unavailable P-11, P-50."""
        print_sheet(code, self.clock.today())


def print_sheet(code: str, on: date) -> None:
    """Print a recovery sheet on the machine's printer. Raises Unavailable P-11, P-50."""
    from app.documents.recovery_sheet import recovery_sheet
    from app.ui.printing.printer import MachinePrinters

    outlet = MachinePrinters()
    names = outlet.printers()
    if not names:
        raise Unavailable(
            "这台电脑没有装打印机。", do="请把恢复码抄在纸上，再往下走。", code="P-11"
        )
    outlet.send(recovery_sheet(code.split(), on), names[0])
