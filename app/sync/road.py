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

    def send_part(self, data: bytes) -> bytes:
        """A sealed part of an attachment; the bytes of the receipt that says how far it is."""
        ...

    def fetch_order(self, request: bytes) -> bytes:
        """A signed request of a revoked device; the bytes of the county's order for it."""
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


Beside = Callable[[Callable[[], bytes]], Callable[[], bytes]]
"""Begins to wait for an answer beside everything else, and gives what hands that answer over."""


def in_turn(ask: Callable[[], bytes]) -> Callable[[], bytes]:
    """For callers with one thread: the question is asked when its answer is wanted."""
    return ask


class Phase(Word):
    """What a sync is doing."""

    UP = "up", "上传"
    DOWN = "down", "下载"
    FILES = "files", "上传照片"
    PAUSE = "pause", "等一会儿"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: operations answered of those that waited, documents taken, attachments arrived
    (total 0: unknown); in a pause, which try comes next of how many.

    `bytes` counts what went over the wire so far, both ways; `seconds` how long a pause lasts.
    """

    phase: Phase
    done: int
    total: int
    bytes: int
    seconds: float = 0


@dataclass(slots=True)
class Tally:
    """What one sync did, in operations, documents, attachments and bytes.

    `files_left` could not be sent: the blob is damaged, or the county would not take it.
    `mended` counts working rows that were not server document + replay and were put right,
    `sent_again` villages that the county sent once more because the sums differed.
    """

    sent: int = 0
    returned: int = 0
    differing: int = 0
    received: int = 0
    bytes: int = 0
    files: int = 0
    files_left: int = 0
    mended: int = 0
    sent_again: int = 0


Watch = Callable[[Progress], None]
"""Hears of every step, on the thread that runs the sync."""

Stop = Callable[[], bool]
"""Whether the coordinator said stop."""


def never() -> bool:
    """Nobody stops this one."""
    return False


def ignore(_progress: Progress) -> None:
    """Nobody watches this one."""
