"""What the window remembers outside the vault: sizes and colours, nothing about any person."""

from __future__ import annotations

import json
from typing import Final, NamedTuple, Self

from app.ui.theme.scale import TypeSize

LOCK_MINUTES: Final = (1, 3, 5, 10, 15)
"""What may be chosen (security R07: one to fifteen)."""
_DEFAULT_MINUTES: Final = 5


class Preferences(NamedTuple):
    """Type size, dark colours, and after how many idle minutes it locks."""

    size: TypeSize = TypeSize.STANDARD
    dark: bool = False
    lock_minutes: int = _DEFAULT_MINUTES

    def to_json(self) -> str:
        """For a file beside the vault."""
        return json.dumps(self._asdict(), ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> Self:
        """Read back; whatever is not understood falls back to the default."""
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(kept, dict):
            return cls()
        made = cls()
        size, minutes = kept.get("size"), kept.get("lock_minutes")
        if isinstance(size, str) and size in {one.value for one in TypeSize}:
            made = made._replace(size=TypeSize(size))
        if isinstance(minutes, int) and minutes in LOCK_MINUTES:
            made = made._replace(lock_minutes=minutes)
        return made._replace(dark=kept.get("dark") is True)
