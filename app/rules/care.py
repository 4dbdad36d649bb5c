"""生活自理能力 — six acts, three levels of care (特困人员认定办法; domain rule of six items).

None failed: looks after oneself. One to three failed: half care. Four or more: full care.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.people import SelfCare
from app.domain.words import Word

_ACTS: Final = len(SelfCare)
_FULL: Final = 4
"""Acts failed from which care is full."""


class CareLevel(Word):
    """What care a person needs."""

    FULL_SELF_CARE = "full_self_care", "全自理"
    SEMI_CARE = "semi_care", "半护理"
    FULL_CARE = "full_care", "全护理"


def care_level(acts: Mapping[SelfCare, bool] | None) -> CareLevel | None:
    """The level, as soon as the acts that were looked at leave no other; else None."""
    if acts is None:
        return None
    cannot, unseen = list(acts.values()).count(False), _ACTS - len(acts)
    level = _level(cannot)
    return level if not unseen or level is _level(cannot + unseen) else None


def _level(cannot: int) -> CareLevel:
    if cannot >= _FULL:
        return CareLevel.FULL_CARE
    return CareLevel.SEMI_CARE if cannot else CareLevel.FULL_SELF_CARE
