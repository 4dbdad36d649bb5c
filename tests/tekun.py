"""Cases of 特困 that several test modules judge."""

from __future__ import annotations

from app.domain.households import Category
from tests.cases import case_of, member, rung

ELDER = member("p1", "head", "1955-01-01", labour="none")


def answered(*people, pack=None, **parts):
    return rung(case_of(*people, **parts), Category.TEKUN, pack)
