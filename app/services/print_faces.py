"""Which hand papers are printed in: the machine's own 仿宋 where it has one and it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.documents.own_face import OwnFace, OwnFaces
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_REMEMBERED: Final = "remembered:face"
"""Kept beside the drafts because it is this laptop's alone."""


@dataclass(frozen=True, slots=True)
class PrintFaces:
    """The choice of a hand. Call from the store thread only."""

    begin: Begin
    faces: OwnFaces

    def is_own(self) -> bool | None:
        """Whether papers are printed in the machine's own 仿宋; None where it has none."""
        if self.faces.first is None:
            return None
        with self.begin() as work:
            return _is_wanted(work)

    def choose(self, *, own: bool) -> None:
        """Print in the machine's own 仿宋 from now on, or in the program's 宋体."""
        with self.begin() as work:
            work.local.keep_draft(_REMEMBERED, {"own": own})
            work.commit()


def face_of(work: UnitOfWork, faces: OwnFaces) -> OwnFace | None:
    """What the next paper is printed in; None for the program's own 宋体."""
    return faces.first if _is_wanted(work) else None


def _is_wanted(work: UnitOfWork) -> bool:
    """Townships ask for 仿宋 (GB/T 9704-2012), so it is taken until she says otherwise."""
    return bool((work.local.draft(_REMEMBERED) or {"own": True})["own"])
