"""Who of a household is of a child's parents' generation, as the relations to the head tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.people import Relation
from app.rules.facts import Member
from app.rules.family import may_be_grown

_PARENTS: Final = {
    Relation.CHILD: {Relation.HEAD, Relation.SPOUSE},
    Relation.GRANDCHILD: {Relation.CHILD, Relation.CHILD_IN_LAW},
    Relation.SIBLING: {Relation.PARENT},
    Relation.HEAD: {Relation.PARENT},
}


def parents_of(child: Member, people: Iterable[Member], on: date) -> tuple[Member, ...]:
    """Grown-ups among `people` who may be the parents of `child`; an uncle counts as one."""
    relations = _PARENTS.get(child.relation, set[Relation]())
    return tuple(
        other
        for other in people
        if other is not child and other.relation in relations and may_be_grown(other, on)
    )
