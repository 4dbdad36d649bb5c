"""Fixtures of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store.unit_of_work import UnitOfWork
from tests.fakes import StoppedClock
from tests.storefile import bare_engine, beginner


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh encrypted file."""
    made = bare_engine(tmp_path)
    yield made
    made.dispose()


@pytest.fixture
def begin(engine: Engine, clock: StoppedClock) -> Callable[[], UnitOfWork]:
    """Begins a transaction on it."""
    return beginner(engine, clock)
