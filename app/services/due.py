"""What a source of today's list is: from the records of a subject to what is due about it.

A subject is a household, or the record itself where there is no household (relief to a stranger).
A source asks the records and the pack, never what day it is: the same row is right today and
tomorrow, and `app.services.due_keeping` makes it again only when a record of the subject changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.due import DueItem
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Source = Callable[["UnitOfWork", GroundRules, str], Iterable[DueItem]]
"""What is due about one subject."""
SourceOfMany = Callable[["UnitOfWork", GroundRules, Sequence[str]], Iterable[DueItem]]
"""What is due about each of some subjects, with few questions to the file."""

EVERYBODY: Final = ("household", "household_member", "person")
"""What every source may read: who it is about, and where they live."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One source in the register.

    `reads` names every table it asks beside `EVERYBODY`: when a record of one of them changes, the
    source is asked again about its subject. With `about` set, only subjects with a record in that
    table are asked about (`household:` and a category: households of it); all others have nothing
    due here. A source that
    reads a table it does not name is found by tests/services/test_due_sources.py.
    """

    name: str
    of: SourceOfMany
    reads: tuple[str, ...]
    about: str = ""

    def wakes(self, entities: frozenset[str]) -> bool:
        """Whether a change of these kinds of record may change what is due."""
        return not entities.isdisjoint(self.reads) or not entities.isdisjoint(EVERYBODY)


def each(source: Source) -> SourceOfMany:
    """A source of one subject, asked about each in turn."""

    def _of_many(
        work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
    ) -> Iterable[DueItem]:
        for subject in subjects:
            yield from source(work, rules, subject)

    return _of_many
