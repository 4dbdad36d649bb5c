"""Facts of a member that only a hint asks for, where nobody gave them.

No rung may be open for want of them, so that the hint would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.rules.facts import Member
from app.rules.means import Means
from app.rules.once import once
from app.rules.parameters import (
    DE_FACTO_GROUPS,
    DISABILITY_CARE_GROUPS,
    DISABILITY_LIVING_GROUPS,
    LEAK_CHECK,
    ORPHAN_STATUS,
)
from app.rules.terms import Terms

HINTED: Final = frozenset({"receives", "disability", "serious_illness", "birth"})
"""What `facts_for_hints` may name."""


def facts_for_hints(means: Means, member: Member) -> Iterable[str]:
    """Which of `HINTED` are unknown of `member` though a hint of the pack looks at them."""
    looked_at = _looked_at(means.terms)
    # the subsidy for life follows from 低保 paid to anybody here
    if (
        member.receives is None
        and "receives" in looked_at
        and any(one.disabled for one in means.facts.household.members)
    ):
        yield "receives"
    if member.disabled is None and "disability" in looked_at:
        yield "disability"
    if member.serious_illness is None and "serious_illness" in looked_at:
        yield "serious_illness"
    if member.birth is None and "birth" in looked_at:
        yield "birth"


@once
def _looked_at(terms: Terms) -> frozenset[str]:
    """Which of `HINTED` some hint of the pack looks at."""
    leaks = terms.find(LEAK_CHECK)
    parents = terms.find(DE_FACTO_GROUPS) is not None
    living = terms.find(DISABILITY_LIVING_GROUPS) is not None
    care = terms.find(DISABILITY_CARE_GROUPS) is not None
    looked_at = {
        "receives": living,
        "disability": parents or living or care,
        "serious_illness": parents or (leaks is not None and leaks.value),
        "birth": terms.find(ORPHAN_STATUS) is not None,
    }
    return frozenset(fact for fact, is_so in looked_at.items() if is_so)
