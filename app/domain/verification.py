"""The code on a printed form that ties the paper to its record (security R52, §4.11).

Twelve Crockford base-32 characters: 60 bits of SHA-256 over the exact content. Who changes a
figure on the paper cannot keep the code, and who has the record can tell at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from app.domain.operations import canonical

_LABEL: Final = b"sa/form/v1\0"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 12
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
"""What a hurried reader writes instead (Crockford), and what separates the groups."""


def code_of(content: Mapping[str, object]) -> str:
    """The twelve characters for `content`: JSON without floats, as `canonical` takes it."""
    digest = hashlib.sha256(_LABEL + canonical(dict(content))).digest()
    number = int.from_bytes(digest[:8], "big") >> 4
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def content_sha256(content: Mapping[str, object]) -> str:
    """The whole SHA-256 of the canonical content, in hexadecimal, kept beside the print."""
    return hashlib.sha256(canonical(dict(content))).hexdigest()


def verify(code: str, content: Mapping[str, object]) -> bool:
    """Whether `code`, as read off a paper, belongs to `content`."""
    return normal_code(code) == code_of(content)


def normal_code(code: str) -> str:
    """`code` in capitals without separators, with O, I and L read as the figures they are."""
    return code.upper().translate(_READ_AS)


def printed_code(code: str) -> str:
    """`code` in three groups of four, for reading aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
