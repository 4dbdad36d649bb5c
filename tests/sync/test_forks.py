"""A copied vault, shortly; torture/ tells two hundred such stories."""

from __future__ import annotations

import pytest

from tests.forks import ForkStory


@pytest.mark.parametrize("seed", range(4))
def test_a_copied_vault_is_found_out(tmp_path, seed):
    ForkStory(tmp_path, seed).run()
