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
    county: PracticeCounty | None = None

    def enter(self, vaults: Vaults) -> OpenVault:
        """Open the vault on the calling thread, which keeps it. Forgets the passphrase."""
        unlocked, passphrase = self.unlocked, self.passphrase
        self.unlocked, self.passphrase = None, ""
        if unlocked is not None:
            return vaults.enter(unlocked)
        return vaults.open(self.directory, passphrase)
