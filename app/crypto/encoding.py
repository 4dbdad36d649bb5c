"""Base64 with exactly one spelling per value, as signed and MAC'd text needs."""

from __future__ import annotations

import base64
import binascii


def to_base64(data: bytes) -> str:
    """Standard alphabet, padded."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, size: int) -> bytes:
    """The `size` bytes `text` spells. Raises ValueError for any other spelling or length."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(data) != size or to_base64(data) != text:
        raise ValueError("not the one spelling of so many bytes")
    return data
