"""A secret is typed twice, because nobody sees what is typed. No Qt."""

from __future__ import annotations

from app.domain.problem import Refused


def require_same(first: str, again: str) -> None:
    """Raises Refused V-31 when the two differ."""
    if first != again:
        raise Refused(
            "两次输入的新口令不一样。", do="请再输一遍新口令。", code="V-31", field="again"
        )
