"""A road on which each request meets what was drawn for it."""

from __future__ import annotations

from app.domain.problem import Problem
from app.sync.problems import link_cut
from tests.counties import DirectRoad, Office

WAYS = ("whole", "lost before", "lost after", "cut", "stale", "turned over")


class BrokenRoad(DirectRoad):
    """Each request in turn meets what was drawn for it; after that the road is whole."""

    def __init__(self, office: Office, ways: list[tuple[str, int]], told: list[bytes]) -> None:
        super().__init__(office)
        self.ways = list(ways)
        self.told = told
        """Answers of earlier requests, of anybody's."""

    def _ask(self, work, data: bytes) -> bytes:
        way, place = self.ways.pop(0) if self.ways else ("whole", 0)
        self.office.clock.advance(seconds=2)
        if way == "lost before":
            raise link_cut()
        if way == "cut":
            self._half(work, data[: place % len(data)])
            raise link_cut()
        if way == "stale" and self.told:
            return self.told[place % len(self.told)]
        answer = super()._ask(work, data)
        self.told.append(answer)
        if way == "lost after":
            raise link_cut()
        if way == "turned over":
            at = place % len(answer)
            return answer[:at] + bytes([answer[at] ^ (1 << (place % 8))]) + answer[at + 1 :]
        return answer

    def _half(self, work, data: bytes) -> None:
        """What arrived of a request that was cut; the county says no to nobody."""
        try:
            work(data)
        except Problem:
            return
        raise AssertionError("half a request was accepted")
