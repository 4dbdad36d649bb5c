"""The recovery code on the printed sheet: 8 groups of 5 digits, 132.8 bits.

Forty digits leave no room for a check digit in every group (35 digits of code would be 116 bits).
So the header keeps a salted 64-bit check of the whole code, and a miscopied group is found by
trying the other 99,999 values of each group in turn, under a second. An attacker gains nothing:
the wrapped key beside it answers the same question, and both need all forty digits.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from app.crypto.labels import Label
from app.domain.problem import Refused

GROUPS: Final = 8
GROUP_DIGITS: Final = 5
CHECK_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """Forty decimal digits, shown once and never stored. Its text form shows nothing."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError unless it is forty ASCII digits."""
        if not re.fullmatch(r"[0-9]{40}", self.digits):
            raise ValueError("a recovery code has forty digits")

    @classmethod
    def fresh(cls) -> RecoveryCode:
        """A new random code."""
        return cls(f"{secrets.randbelow(10**40):040d}")

    @classmethod
    def parse(cls, text: str) -> RecoveryCode:
        """Read what a person typed. Raises Refused V-08 naming a group of the wrong length."""
        typed = unicodedata.normalize("NFKC", text)
        groups = re.findall(r"[^\s,，、.。;；-]+", typed)
        if len(groups) == 1 and re.fullmatch(r"[0-9]{40}", groups[0]):
            return cls(groups[0])
        for place, group in enumerate(groups[:GROUPS], start=1):
            if not re.fullmatch(r"[0-9]{5}", group):
                raise _miscopied(f"恢复码第 {place} 组不是 5 个数字。")
        if len(groups) != GROUPS:
            raise _miscopied(f"恢复码应有 8 组，现在是 {len(groups)} 组。")
        return cls("".join(groups))

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups in the order they are printed."""
        return tuple(
            self.digits[start : start + GROUP_DIGITS]
            for start in range(0, GROUPS * GROUP_DIGITS, GROUP_DIGITS)
        )

    @property
    def secret(self) -> bytes:
        """The digits as key material."""
        return self.digits.encode("ascii")

    def check(self, salt: bytes) -> bytes:
        """The 64-bit check kept in the header to find a miscopied group."""
        return _check(salt, self.secret)

    def miscopied_group(self, salt: bytes, check: bytes) -> int | None:
        """Which group (1-8) differs from the code that `check` was made of.

        None when more than one does, or when the code belongs to another vault. About half a
        second: run it after the code has failed, never before.
        """
        digits = self.secret
        for place in range(GROUPS):
            start = place * GROUP_DIGITS
            before = hashlib.sha256(Label.RECOVERY_CHECK.prefix + salt + digits[:start])
            after = digits[start + GROUP_DIGITS :]
            for value in range(10**GROUP_DIGITS):
                digest = before.copy()
                digest.update(b"%05d" % value + after)
                if digest.digest()[:CHECK_BYTES] == check:
                    return place + 1
        return None


def wrong_code(code: RecoveryCode, salt: bytes, check: bytes) -> Refused:
    """What to say about a well-formed code that does not open the vault."""
    group = code.miscopied_group(salt, check)
    if group is not None:
        return _miscopied(f"恢复码第 {group} 组抄错了。")
    return _miscopied("这个恢复码打不开这个保险箱：抄错了不止一组，或者是别的保险箱的。")


def _miscopied(what: str) -> Refused:
    return Refused(what, do="请对照恢复纸重新抄一遍。", code="V-08", field="recovery_code")


def _check(salt: bytes, digits: bytes) -> bytes:
    return hashlib.sha256(Label.RECOVERY_CHECK.prefix + salt + digits).digest()[:CHECK_BYTES]
