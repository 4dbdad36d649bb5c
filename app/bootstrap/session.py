"""What a door hands to the day: the way into a vault that has been proved open.

A vault belongs to the thread that opened it. The doors work on another thread than the day, so
they hand over either the proof (`Unlocked`) or, for a vault just made, the passphrase once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.vaults import Vaults

if TYPE_CHECKING:
    from app.practice.county import PracticeCounty
    from app.store.vault import OpenVault, Unlocked


@dataclass(slots=True)
class Session:
    """One way in, used once. `county` is the practice county, running while the day lasts."""

    directory: Path
    unlocked: Unlocked | None = field(default=None, repr=False)
    passphrase: str = field(default="", repr=False)
    accept_older: bool = False
    """She chose to go on with a file that may not be the newest (V-09, V-10)."""
    county: PracticeCounty | None = None

    def enter(self, vaults: Vaults) -> OpenVault:
        """Open the vault on the calling thread, which keeps it.

        Once it is open the passphrase is forgotten; a proof that did not open it is spent, and
        the door gives another one.
        """
        unlocked, self.unlocked = self.unlocked, None
        if unlocked is not None:
            return vaults.enter(unlocked, accept_older=self.accept_older)
        vault = vaults.open(self.directory, self.passphrase)
        self.passphrase = ""
        return vault
