"""What can have changed: the vocabulary of the "saved" news. No Qt, presenters use it."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.words import Word


class Noun(Word):
    """A kind of thing the store holds."""

    HOUSEHOLD = "household", "家庭"
    VISIT = "visit", "走访"
    RELIEF = "relief", "先行救助"
    ASSESSMENT = "assessment", "测算"
    APPLICATION = "application", "申请"
    PRINT = "print", "打印"
    SYNC = "sync", "同步"
    REASSESSMENT = "reassessment", "政策找人"
    DRAFT = "draft", "草稿"


Announce = Callable[[frozenset[Noun]], None]
"""Tell every screen that these nouns changed. Called by a presenter after its save was answered."""
