"""Every label that separates one use of a key from another. A new use is a new line here.

Two uses under one label could pass one's bytes off as the other's, so labels are never reused,
never built from input, and end in a version.
"""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Label(StrEnum):
    """HKDF contexts and the prefixes of hashes and MACs (security §4.2)."""

    DATABASE = "sa/db/v1"
    BLOB = "sa/blob/v1"
    ANCHOR = "sa/anchor/v1"
    BACKUP = "sa/backup/v1"
    HEADER_MAC = "sa/hdrmac/v1"
    RECOVERY = "sa/recovery/v1"
    RECOVERY_CHECK = "sa/recovery/check/v1"
    ESCROW = "sa/escrow/v1"
    ESCROW_REPLY = "sa/escrow/reply/v1"
    OFFICER_PAIR = "sa/recovery/pair/v1"
    HEADER_CHECK = "sa/hdrcheck/v1"

    @property
    def prefix(self) -> bytes:
        """The label as the zero-ended start of hashed bytes."""
        return self.encode() + b"\0"
