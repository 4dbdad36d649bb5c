"""Three hundred thousand altered containers and documents of every kind: none accepted (R32)."""

from __future__ import annotations

from tests.mutations import accepted_of


def test_three_hundred_thousand_mutants() -> None:
    """Each is refused with a code of its own, none ends in any other exception."""
    assert accepted_of(300_000, seed=32) == []
