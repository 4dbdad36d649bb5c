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
    TAG_RETAINED,
)
from app.rules.terms import Terms

HINTED: Final = frozenset({"receives", "disability", "serious_illness", "birth", "monitored"})
"""What `facts_for_hints` may name."""


def facts_for_hints(means: Means, member: Member, *, is_met: bool) -> Iterable[str]:
    """Which of `HINTED` are unknown of `member` though a hint of the pack looks at them.

    `is_met` says whether some rung is met, beside which the mark of a monitored household is kept.
    """
    looked_at = _looked_at(means.terms)
    # two benefits one person cannot have are pointed out whatever the pack says to do about it
    if member.receives is None:
        yield "receives"
    if member.monitored is None and is_met and "monitored" in looked_at:
        yield "monitored"
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
    tag = terms.find(TAG_RETAINED)
    living = terms.find(DISABILITY_LIVING_GROUPS) is not None
    care = terms.find(DISABILITY_CARE_GROUPS) is not None
    looked_at = {
        "monitored": tag is not None and tag.value,
        "disability": parents or living or care,
        "serious_illness": parents or (leaks is not None and leaks.value),
        "birth": terms.find(ORPHAN_STATUS) is not None,
    }
    return frozenset(fact for fact, is_so in looked_at.items() if is_so)
