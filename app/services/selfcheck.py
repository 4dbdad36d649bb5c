"""The daily check of everything (security R13, §4.2): quietly, and never in anybody's way.

It reads the newest verified backup, not the file in use, so that it may run on the work thread
while the store thread goes on saving. Whatever sits wrong in the file in use got into that copy
with it; a page of the file in use that does not read is found by the backup itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.operations import instant_of, instant_text
from app.domain.problem import Problem, Refused
from app.services.due_check import check_list
from app.services.faults import trouble_of

if TYPE_CHECKING:
    from app.services.drafts import Drafts
    from app.services.worklist import Worklist
    from app.store.integrity import Finding
    from app.store.vault import OpenVault

EVERY: Final = timedelta(hours=20)
"""Once a working day, also when she starts a little earlier than yesterday."""

_DRAFT: Final = "self-check"


@dataclass(slots=True, repr=False)
class Round:
    """One check of one copy. `step` belongs to the work thread, one at a time."""

    copy: Path
    pieces: Iterator[list[Finding]]
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_gone(self) -> bool:
        """Whether the copy was thinned out while it was read: then nothing is known."""
        return not self.copy.exists()

    def step(self) -> bool:
        """Do one piece; whether there is another. The first fault ends it.

        Raises Unavailable D-02, D-03.
        """
        try:
            found = next(self.pieces, None)
        except Problem:
            if self.is_gone:
                return False
            raise
        if self.is_gone or found is None:
            return False
        self.findings += found
        return not self.findings


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """`begin` and `finish` belong to the store thread."""

    vault: OpenVault
    drafts: Drafts
    clock: Clock
    worklist: Worklist | None = None
    """Today's list, which is checked, too; None checks the file alone."""

    def begin(self) -> Round | None:
        """A round when one is due; None when there was one lately, or there is no copy yet."""
        from app.crypto.labels import Label
        from app.store.backup import list_backups
        from app.store.deepcheck import deep_check
        from app.store.manifest import DATABASE

        known = list_backups(self.vault.files.backups)
        if not known or not self._is_due():
            return None
        copy = known[0].path / DATABASE
        key = self.vault.subkey(Label.DATABASE)
        pieces = deep_check(copy, key, self.vault.blobs)
        if self.worklist is not None:
            # a copy that is damaged ends the round before its list is read
            listed = check_list(copy, key, self.clock, self.worklist.rules.policies)
            pieces = chain(pieces, listed)
        return Round(copy, pieces)

    def finish(self, done: Round) -> Problem | None:
        """What a person should know of `done`; a round that found nothing is remembered.

        Raises Unavailable D-01…D-03.
        """
        if done.is_gone:
            return None
        trouble = trouble_of(done.findings)
        if trouble is None:
            self.drafts.keep(_DRAFT, {"at": instant_text(self.clock.now())})
            return None
        if trouble.code == "C-30" and self.worklist is not None:
            self.worklist.forget()
            self.drafts.keep(_DRAFT, {"at": instant_text(self.clock.now())})
        return self._of_the_copy_only() if trouble.code == "V-03" else trouble

    def _of_the_copy_only(self) -> Problem:
        """The copy was whole when it was made. Is the file in use? A new copy proves it.

        Raises Unavailable D-01…D-03.
        """
        try:
            self.vault.backup("self-check")
        except Problem as problem:
            if problem.code == "V-03":
                return problem
            raise
        return Refused(
            "最近的一份备份坏了。",
            safe="正在用的资料是好的，已经另做了一份新的备份。",
            do="现在不用做什么；再看到这一句，请换一块硬盘。",
            code="V-26",
        )

    def _is_due(self) -> bool:
        kept = self.drafts.get(_DRAFT)
        return kept is None or self.clock.now() - instant_of(kept["at"]) >= EVERY
