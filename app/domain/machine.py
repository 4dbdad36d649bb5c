"""State machines as tables: what may happen next, and what everything becomes by it.

A machine is its table. It decides nothing by itself: guards (a quorum, a signature, a balance)
belong to the use case that moves a record, which asks the machine first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.problem import Refused
from app.domain.words import Word

S = TypeVar("S", bound=Word)
E = TypeVar("E", bound=Word)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, E]):
    """The legal moves of one kind of record.

    `what` names the record in village words ("这份申请"), `code` is the number of its refusals, and
    `moves` maps (state, event) to the state after it. A pair that is not there is not legal.
    """

    what: str
    code: str
    moves: Mapping[tuple[S, E], S]

    def after(self, state: S, event: E) -> S:
        """The state `event` leads to from `state`. Raises Refused for a move that is not legal."""
        found = self.moves.get((state, event))
        if found is None:
            raise Refused(
                f"{self.what}现在是“{state.label}”，不能{event.label}。",
                do="请在这户的记录里看它办到哪一步。",
                code=self.code,
            )
        return found

    def may(self, state: S, event: E) -> bool:
        """Whether `event` is legal in `state`."""
        return (state, event) in self.moves

    def events(self, state: S) -> tuple[E, ...]:
        """What may happen in `state`, in the order of the table."""
        return tuple(event for known, event in self.moves if known is state)

    def is_final(self, state: S) -> bool:
        """Whether nothing can happen any more."""
        return not self.events(state)
