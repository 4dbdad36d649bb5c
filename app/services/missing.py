"""What was asked for is not here: one sentence for each kind, whoever asks."""

from __future__ import annotations

from app.domain.problem import Refused


def no_household() -> Refused:
    """F-01."""
    return Refused("找不到这一户。", do="请用姓名或住址再找一次，没有就先建户档案。", code="F-01")


def no_assessment() -> Refused:
    """F-20."""
    return Refused("找不到这次测算。", do="请回到测算列表。", code="F-20")


def no_visit() -> Refused:
    """F-04."""
    return Refused("找不到这次走访。", do="请回到走访列表。", code="F-04")
