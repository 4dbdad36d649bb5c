"""What the engine is given: a road to the county, a way into the store, a pair of eyes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.domain.words import Word

T = TypeVar("T")


class Transport(Protocol):
    """A road to the county. Each call raises NotReached, LinkCut, Stopped or CountyRefused."""

    def send_batch(self, data: bytes) -> bytes:
        """A sealed batch; the bytes of its receipt."""
        ...

    def fetch_page(self, request: bytes) -> bytes:
        """A signed request; the bytes of a page."""
        ...

    def enrol(self, data: bytes) -> bytes:
        """A sealed enrolment request; the bytes of the answer."""
        ...


class RunInStore(Protocol):
    """Runs a short job where the database handle lives and waits for its answer."""

    def __call__(self, job: Callable[[], T], /) -> T:
        """The job's answer, or its exception."""
        ...


def run_here(job: Callable[[], T], /) -> T:
    """For callers that are on the store thread already."""
    return job()


class Phase(Word):
    """What a sync is doing."""

    UP = "up", "上传"
    DOWN = "down", "下载"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: operations answered of those that waited, or documents taken (total 0: unknown).

    `bytes` counts what went over the wire so far, both ways.
    """

    phase: Phase
    done: int
    total: int
    bytes: int


@dataclass(slots=True)
class Tally:
    """What one sync did, in operations, documents and bytes."""

    sent: int = 0
    returned: int = 0
    differing: int = 0
    received: int = 0
    bytes: int = 0


Watch = Callable[[Progress], None]
"""Hears of every step, on the thread that runs the sync."""

Stop = Callable[[], bool]
"""Whether the coordinator said stop."""


def never() -> bool:
    """Nobody stops this one."""
    return False


def ignore(_progress: Progress) -> None:
    """Nobody watches this one."""
