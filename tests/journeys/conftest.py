"""Journeys draw on no screen."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first Qt import

import gc
from collections.abc import Iterator

import pytest

from tests.windows import take_down_windows


@pytest.fixture(autouse=True)
def no_window_stays() -> Iterator[None]:
    """Whatever a journey opened is gone after it, and was not collected on a runner's thread."""
    gc.disable()
    yield
    take_down_windows()
    gc.enable()
