"""Where the person was: page, subject, field, cursor — to be there again after unlocking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the program. Kept in the vault, because `subject` names a household."""

    page: str
    subject: str | None = None
    field: str = ""
    cursor: int = 0

    def as_fields(self) -> dict[str, Any]:
        """For `Drafts.keep`."""
        return asdict(self)

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any] | None) -> Self | None:
        """The place `Drafts.get` gave back, or None when there is none or it is not one."""
        if not fields or not isinstance(fields.get("page"), str):
            return None
        subject = fields.get("subject")
        return cls(
            page=fields["page"],
            subject=subject if isinstance(subject, str) else None,
            field=str(fields.get("field", "")),
            cursor=int(fields.get("cursor", 0)),
        )


PLACE_DRAFT = "shell:place"
"""The draft key a place is kept under."""
