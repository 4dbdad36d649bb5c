"""Containers and signed documents altered as a stranger might, and who still takes them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from app.crypto.envelope import (
    Kind,
    Purpose,
    open_container,
    parse_container,
    parse_document,
    verify_container,
    verify_document,
)
from app.domain.problem import Refused

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "sync" / "envelope.json").read_text("utf-8")
)
SIGNER = bytes.fromhex(VECTORS["sign_public"])
SEALER = bytes.fromhex(VECTORS["seal_private"])


def _take_container(kind: Kind) -> Callable[[bytes], object]:
    def take(data: bytes) -> object:
        container = parse_container(kind, data)
        verify_container(container, SIGNER)
        return open_container(container, SEALER)

    return take


def _take_document(purpose: Purpose) -> Callable[[bytes], object]:
    def take(data: bytes) -> object:
        document = parse_document(data)
        verify_document(document, purpose, SIGNER)
        return document.body

    return take


KINDS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    **{
        name: (bytes.fromhex(data), _take_container(Kind[name]))
        for name, data in VECTORS["containers"].items()
    },
    **{
        name: (data.encode(), _take_document(Purpose[name]))
        for name, data in VECTORS["documents"].items()
    },
}
"""Name → a good one, and how its reader takes it."""


def accepted_of(mutants: int, seed: int) -> list[str]:
    """Which of so many mutants were taken, as "kind: what was done"; [] is right.

    What is refused must be refused as Refused: any other exception goes through.
    """
    chance = random.Random(seed)  # noqa: S311  # reproducible places, not secrets
    found = []
    for number in range(mutants):
        name = list(KINDS)[number % len(KINDS)]
        good, take = KINDS[name]
        way = chance.choice(WAYS)
        bad = way(good, chance)
        if bad == good:
            continue
        try:
            take(bad)
        except Refused:
            continue
        found.append(f"{name}: {way.__name__}")
    return found


def flip(data: bytes, chance: random.Random) -> bytes:
    """One bit, or a few."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 8])):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Shorter, at the end or in the middle."""
    begin = chance.randrange(len(data))
    end = chance.choice([len(data), chance.randrange(begin, len(data) + 1)])
    return data[:begin] + data[end:]


def lengthen(data: bytes, chance: random.Random) -> bytes:
    """More bytes somewhere."""
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.randrange(1, 40)) + data[place:]


def splice(data: bytes, chance: random.Random) -> bytes:
    """The front of this one and the end of another."""
    other = chance.choice([each for each, _ in KINDS.values()])
    place = chance.randrange(len(data))
    return data[:place] + other[min(place, len(other)) :]


def swap(data: bytes, chance: random.Random) -> bytes:
    """Two stretches in each other's place."""
    places = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    one, two, three = places
    return data[:one] + data[two:three] + data[one:two] + data[three:]


def disguise(data: bytes, chance: random.Random) -> bytes:
    """Under the magic of another kind, or with lengths that lie."""
    magic = chance.choice([kind.magic for kind in Kind])
    if chance.random() < 0.5:
        return magic + data[8:]
    return data[:8] + chance.randrange(2**32).to_bytes(4, "big") + data[12:]


WAYS = (flip, flip, cut, lengthen, splice, swap, disguise)
