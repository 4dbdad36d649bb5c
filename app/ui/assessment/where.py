"""Which page of the talk asks for a fact that an answer misses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.rules.facts import HouseholdFacts
from app.ui.assessment.ask_certificate import FIRST_PART
from app.ui.assessment.ask_income import HOUSEHOLD
from app.ui.assessment.ask_people import key_of
from app.ui.assessment.blocks import Answers, Block, Step, truth_of

_INCOME: Final = re.compile(r"household\.incomes\[(\d+)\]\.(.+)")
_WINDOW: Final = {"months_in": "half", "received_on": "received_on"}
_PERSON: Final = re.compile(r"household\.(members|obligors)\[(\d+)\]\.(.+)")
_MEMBER: Final = {
    "hukou": "hukou",
    "living": "living",
    "student": "student",
    "labour": "labour",
    "serious_illness": "illness",
    "disabled": "disabled",
    "disability": "disabled",
    "disability.kind": "disability_kind",
    "disability.level": "disability_level",
    "disability.parts": FIRST_PART,
    "self_care": "care",
    "receives": "receives",
    "excused_from_work": "excused",
    "back_at_work": "back_at_work",
    "labour_loss": "labour_loss",
    "monitored": "monitored",
}
_SOURCES: Final = {"incomes": Step.INCOME, "expenses": Step.EXPENSE}
_JOB: Final = {"first_employed_on": "employed_on", "self_declared_on": "declared_on"}
_OBLIGOR: Final = {
    "birth": "birth",
    "monthly_income": "income",
    "maintenance_month": "pays",
    "status": "status",
    "supports": "supports",
    "disability": "disabled",
    "disability.kind": "disability_kind",
    "disability.level": "disability_level",
    "disability.parts": FIRST_PART,
    "receives": "receives",
    "within_property_limits": "over_limits",
}
_LISTS: Final = {
    "household.incomes": Step.INCOME,
    "household.expenses": Step.EXPENSE,
    "household.assets": Step.ASSETS,
    "household.obligors": Step.OBLIGORS,
}


def is_of_obligor(path: str) -> bool:
    """Whether it is a fact about one of those outside the household."""
    found = _PERSON.fullmatch(path)
    return found is not None and found[1] == "obligors"


def page_of(
    path: str, household: HouseholdFacts, blocks: Sequence[Block], answers: Answers
) -> tuple[Block, str] | None:
    """The page and the question on it ("" for its first open one); None where nothing asks."""
    step = _LISTS.get(path)
    if step is not None:
        own = [block for block in blocks if block.step is step]
        return next((one for one in own if not one.is_done(answers)), own[0]), ""
    income = _INCOME.fullmatch(path)
    if income is not None:
        return _of_income(int(income[1]), income[2], household, blocks)
    person = _PERSON.fullmatch(path)
    if person is None:
        return None
    at, fact = int(person[2]), person[3]
    if person[1] == "obligors":
        return _asked(blocks, f"{Step.OBLIGORS}:{at}", _OBLIGOR.get(fact))
    member = household.members[at]
    if fact in _SOURCES:
        prefix = f"{_SOURCES[fact]}:{member.id}:"
        own = [block for block in blocks if block.key.startswith(prefix)]
        return next((one for one in own if not one.is_done(answers)), own[-1]), ""
    if fact in _JOB:
        key = f"{Step.INCOME}:{member.id}:0"
        is_first = truth_of(answers.get(key, {}), "first_job")
        return _asked(blocks, key, _JOB[fact] if is_first else "first_job")
    return _asked(blocks, key_of(member), _MEMBER.get(fact))


def _of_income(
    place: int, fact: str, household: HouseholdFacts, blocks: Sequence[Block]
) -> tuple[Block, str] | None:
    """The page of one source: they are told of person by person, as they stand in the list."""
    incomes = household.incomes or ()
    whose = incomes[place].member
    number = sum(one.member == whose for one in incomes[:place])
    return _asked(blocks, f"{Step.INCOME}:{whose or HOUSEHOLD}:{number}", _WINDOW.get(fact))


def _asked(blocks: Sequence[Block], key: str, field: str | None) -> tuple[Block, str] | None:
    """The page, if it is there and has a question of that name."""
    block = next((one for one in blocks if one.key == key), None)
    if block is None or field not in {one.key for one in block.fields}:
        return None
    return block, field or ""
