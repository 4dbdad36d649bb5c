"""Hints of small cases, for the tests of several kinds of hint."""

from __future__ import annotations

from tests.cases import assessed, case_of, wage


def hinted(*members, pack=None, pay="500", **parts):
    """(code, member) of every hint, without those about sources and about what is open."""
    return [(hint.code.value, hint.member) for hint in whole(*members, pack=pack, pay=pay, **parts)]


def whole(*members, pack=None, pay="500", incomes=(), **parts):
    case = case_of(*members, incomes=[wage(pay), *incomes], **parts)
    left_aside = {"unchecked_source", "better_open", "usual"}
    return [hint for hint in assessed(case, pack).hints if hint.code not in left_aside]


def text_of(code, *members, **parts):
    return next(hint for hint in whole(*members, **parts) if hint.code == code).text


GRAVE = {"disability": {"kind": "physical", "level": 2}}
LIGHT = {"disability": {"kind": "physical", "level": 4}}
QUIET = {"receives": ["elderly_allowance"]}
"""Somebody asked, and it is not nothing: no leak."""
