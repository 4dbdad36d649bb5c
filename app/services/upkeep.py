"""What an open vault needs while it is used: a backup every half hour, and room on the disk.

Asked after each save. Nothing here is a reason to stop working, so what goes wrong is answered as
a Problem to be shown, never raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.problem import Problem, Refused, Unavailable

if TYPE_CHECKING:
    from app.store.vault import OpenVault

TRY_AGAIN_AFTER: Final = timedelta(minutes=30)
"""A full disk is not asked for a whole copy of the vault at every save."""


@dataclass(slots=True)
class Upkeep:
    """The upkeep of one open vault. Call on the store thread only."""

    vault: OpenVault
    clock: Clock
    _failed_at: datetime | None = None

    def look_after(self) -> Problem | None:
        """Back up when it is due; what a person should know, if anything."""
        return self._back_up() or self.vault.trouble() or self._old_header()

    def _old_header(self) -> Problem | None:
        """R04: the passphrase that opened may be one that was replaced. V-23."""
        if not self.vault.circumstances.must_change_passphrase:
            return None
        return Refused(
            "这次是用以前的一份钥匙文件打开的，口令可能不是最近换的那一个。",
            safe="资料都在。",
            do="请到“设置”里换一个新口令。",
            code="V-23",
        )

    def _back_up(self) -> Problem | None:
        now = self.clock.now()
        if self._failed_at is not None and now - self._failed_at < TRY_AGAIN_AFTER:
            return None
        try:
            if self.vault.is_backup_due():
                self.vault.backup("half-hour")
        except Unavailable as problem:
            self._failed_at = now
            return _not_backed_up() if problem.code.startswith("D-") else problem
        self._failed_at = None
        return None


def _not_backed_up() -> Unavailable:
    """D-06: the disk would not take it. That the file is damaged (V-03) is said as it is."""
    return Unavailable(
        "自动备份没有做成。",
        safe="资料都已经存好，以前的备份也在。",
        do="请看看磁盘是不是满了，腾出一些空间；半小时后会自己再备份一次。",
        code="D-06",
    )
