"""What a county's feed brings, told by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One entry of a feed page."""

    kind: str
    entity: str
    entity_id: str
    subject: str
    version: int
    body: dict[str, Any] | None
