"""Two hundred vaults copied, both copies going on (TT11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forks import ForkStory


@pytest.mark.parametrize("seed", range(200))
def test_a_copied_vault_is_found_out(tmp_path: Path, seed: int) -> None:
    """By the county and on the laptop, at the first contact; no money until somebody looked."""
    ForkStory(tmp_path, seed).run()
