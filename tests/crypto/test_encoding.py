"""One spelling per value."""

from __future__ import annotations

import pytest

from app.crypto.encoding import from_base64, to_base64


def test_bytes_come_back():
    assert from_base64(to_base64(bytes(range(48))), 48) == bytes(range(48))


@pytest.mark.parametrize("text", ["AB==", "AA= =", "AA", "AA==\n", "_w==", "贝==", "AAA=", ""])
def test_any_other_spelling_is_refused(text):
    with pytest.raises(ValueError, match=r"base64|spelling|ASCII"):
        from_base64(text, 1)
