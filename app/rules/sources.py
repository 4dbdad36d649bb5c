"""How far what an answer leans on was checked, and whether its pack is still the one to use."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import timedelta
from typing import Final

from app.domain.clock import day_words
from app.rules.layers import Evidence
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.pack import Pack

_SOON: Final = timedelta(days=30)
_YEARS: Final = 2
"""A standard of the year before last went a whole calendar year without an adjustment."""
_WORDS: Final = {
    Evidence.UNCHECKED: "这些依据的条号还没有和原文核对过，印到纸上以前先核对。",
    Evidence.SAMPLE: "这些数是示例，不是真的文件，不能当真。",
}


def source_hints(means: Means, bases: Set[str]) -> Iterable[Hint]:
    """One hint for each kind of doubt about the grounds in `bases`, named in the pack's order."""
    doubtful = means.terms.doubtful
    used = [basis for basis in doubtful if basis in bases]
    for evidence, words in _WORDS.items() if used else ():
        named = [basis for basis in used if doubtful[basis] is evidence]
        if named:
            yield Hint(HintCode.UNCHECKED_SOURCE, None, words, "；".join(named))


def pack_warnings(means: Means, pack: Pack) -> Iterable[str]:
    """A pack about to end, another pack than the case asks for, a standard gone stale."""
    if means.facts.pack is not None and means.facts.pack != pack.id:
        yield f"个案写的是另一个政策包，这里是按“{pack.title}”政策包算的。"
    if pack.valid_to is not None and pack.valid_to - means.on < _SOON:
        yield f"“{pack.title}”政策包只用到{day_words(pack.valid_to)}，请同步领取新的。"
    since = None if means.standard is None else means.standard.since
    if since is not None and means.on.year - since.year >= _YEARS:
        yield f"低保标准还是 {since.year} 年起用的，问一问县里有没有新的。"
