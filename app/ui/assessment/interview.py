"""The talk as it goes: what has been answered, which page is open, and the facts that follow.

Pure: it neither stores nor computes anything; the presenter keeps `as_draft()` after every answer
and has `facts` assessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.households import Category
from app.domain.money import Money
from app.rules.facts import Facts
from app.ui.assessment.ask_grant import grant_answers, grant_blocks, with_grant
from app.ui.assessment.ask_income import income_answers, income_blocks, with_incomes
from app.ui.assessment.ask_obligors import obligor_answers, obligor_blocks, with_obligors
from app.ui.assessment.ask_outlay import outlay_answers, outlay_blocks, with_outlays
from app.ui.assessment.ask_people import people_answers, people_blocks, with_people
from app.ui.assessment.ask_property import property_answers, property_block, with_property
from app.ui.assessment.blocks import Answers, Block, Step, Value
from app.ui.assessment.where import page_of

_FOLLOWS_KIND = ("per",)
"""What was on record about a kind of income falls with it."""


class Interview:
    """One household's means test in the making. Skipping is always allowed."""

    def __init__(
        self,
        recorded: Facts,
        on: date,
        draft: Mapping[str, Any] | None = None,
        *,
        category: Category | None = None,
        benefit: Money | None = None,
    ) -> None:
        """`category` and `benefit` are what the county has recognised and pays."""
        self._recorded = recorded
        self._on = on
        self._wanted: tuple[str, ...] = ()
        self._pages: list[Block] | None = None
        household = recorded.household
        self._answers: dict[str, dict[str, Value]] = {
            **people_answers(household, category),
            **income_answers(household),
            **grant_answers(household, benefit if category is Category.DIBAO else None),
            **outlay_answers(household),
            **property_answers(household),
            **obligor_answers(household),
        }
        self._at = ""
        self.last_field = ""
        if draft is not None:
            self._answers |= {key: dict(given) for key, given in draft["answers"].items()}
            self._at, self.last_field = str(draft["at"]), str(draft.get("field", ""))
        if self._at not in [block.key for block in self.blocks]:
            self._at = self.blocks[0].key

    def copy(self) -> Interview:
        """The talk as it stands, to try something out on; the two share nothing."""
        twin = Interview(self._recorded, self._on, self.as_draft())
        twin.ask_for(self._wanted)
        return twin

    @property
    def answers(self) -> Answers:
        """Everything answered so far."""
        return self._answers

    @property
    def blocks(self) -> list[Block]:
        """Every page of the talk, in order."""
        if self._pages is None:
            self._pages = self._made()
        return self._pages

    @property
    def block(self) -> Block:
        """The page that is open."""
        return next(block for block in self.blocks if block.key == self._at)

    @property
    def given(self) -> Mapping[str, Value]:
        """The answers on the open page."""
        return self._answers.get(self._at, {})

    @property
    def following(self) -> Block | None:
        """The page after this one."""
        return self._beside(1)

    @property
    def previous(self) -> Block | None:
        """The page before this one."""
        return self._beside(-1)

    @property
    def facts(self) -> Facts:
        """The case as far as it has been told; what was not asked stays unknown."""
        household = with_people(self._recorded.household, self._answers)
        household = with_grant(with_incomes(household, self._answers), self._answers)
        for with_told in (with_outlays, with_property, with_obligors):
            household = with_told(household, self._answers)
        return replace(self._recorded, household=household)

    @property
    def has_open_elsewhere(self) -> bool:
        """Whether another page than this one has a question left open."""
        return any(one.key != self._at and not one.is_done(self._answers) for one in self.blocks)

    @property
    def unasked(self) -> tuple[Step, ...]:
        """Steps with a question left open."""
        return tuple(step for step in Step if step is not Step.CHECK and not self.is_done(step))

    def is_done(self, step: Step) -> bool:
        """Whether every page of `step` has its answers."""
        return all(block.is_done(self._answers) for block in self.blocks if block.step is step)

    def ask_for(self, missing: tuple[str, ...]) -> None:
        """What the answer so far misses: some questions are asked for it alone."""
        if missing != self._wanted:
            self._wanted, self._pages = missing, None

    def answer(self, field: str, value: Value) -> None:
        """Take one answer on the open page."""
        given = dict(self.given)
        is_income = self.block.step is Step.INCOME
        if is_income and field == "kind" and given.get("kind") != value:
            for gone in _FOLLOWS_KIND:
                given.pop(gone, None)
        given[field] = value
        self._answers[self._at] = given
        self.last_field = field
        self._pages = None

    def go_on(self) -> bool:
        """To the next page; False on the last."""
        return self._open(self.following)

    def go_back(self) -> bool:
        """To the page before; False on the first."""
        return self._open(self.previous)

    def go_to(self, step: Step) -> None:
        """To the first unfinished page of a step, or its first."""
        own = [block for block in self.blocks if block.step is step]
        self._open(next((block for block in own if not block.is_done(self._answers)), own[0]))

    def go_to_open(self) -> bool:
        """To the next page with a question left open, round past the end; False when none is."""
        blocks = self.blocks
        at = [block.key for block in blocks].index(self._at) + 1
        ahead = [*blocks[at:], *blocks[:at]]
        return self._open(next((one for one in ahead if not one.is_done(self._answers)), None))

    def go_to_fact(self, path: str) -> str | None:
        """To the page that asks for a fact an answer misses; the question's key ("" for the first
        open one), None when no page asks for it."""
        found = page_of(path, self.facts.household, self.blocks, self._answers)
        if found is None:
            return None
        block, field = found
        self._open(block)
        return field

    def go_to_next_step(self) -> None:
        """To the step after this one; the last one stays."""
        steps = list(Step)
        self.go_to(steps[min(steps.index(self.block.step) + 1, len(steps) - 1)])

    def go_to_previous_step(self) -> None:
        """To the step before this one; the first one stays."""
        steps = list(Step)
        self.go_to(steps[max(steps.index(self.block.step) - 1, 0)])

    def as_draft(self) -> dict[str, Any]:
        """Answers and place, as stored."""
        return {"answers": dict(self._answers), "at": self._at, "field": self.last_field}

    def _made(self) -> list[Block]:
        household, answers, on = self._recorded.household, self._answers, self._on
        return [
            *people_blocks(household, answers, on, self._wanted),
            *income_blocks(household, answers, on),
            *grant_blocks(household, answers),
            *outlay_blocks(household, answers, on),
            property_block(answers),
            *obligor_blocks(household, answers, self._wanted),
            Block(key=Step.CHECK, step=Step.CHECK, title="念给本人听，核对一遍", who="核对"),
        ]

    def _beside(self, by: int) -> Block | None:
        blocks = self.blocks
        at = [block.key for block in blocks].index(self._at) + by
        return blocks[at] if 0 <= at < len(blocks) else None

    def _open(self, block: Block | None) -> bool:
        if block is None:
            return False
        self._at, self.last_field = block.key, ""
        return True
