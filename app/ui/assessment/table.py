"""The 为什么 panel as a value: lines, sums, verdict. No Qt, nothing is computed that the rules
have not computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.clock import day_words
from app.domain.households import Category
from app.rules import Assessment
from app.rules.facts import Facts
from app.rules.pack import Pack
from app.rules.standing import last_word
from app.rules.terms import terms_of
from app.ui.assessment.blocks import Step
from app.ui.assessment.versus import Versus
from app.ui.assessment.why_lines import (
    WhyGroup,
    WhyLine,
    exact,
    groups_of,
    is_open,
    step_words,
    yuan,
)
from app.ui.theme.tokens import Tone

_PERSON: Final = re.compile(r"household\.members\[(\d+)\](?:\.\w+)?[： ]*")


_OF_PERSONS: Final = frozenset({Category.TEKUN, Category.SINGLE_PERSON})
"""Rungs that are persons' and not the household's."""


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sum block."""

    words: str
    figure: str


@dataclass(frozen=True, slots=True)
class Why:
    """The whole panel."""

    groups: tuple[WhyGroup, ...]
    sums: tuple[SumLine, ...]
    warnings: tuple[str, ...]
    verdict: str
    tone: Tone
    icon: str
    notes: tuple[str, ...]
    ground: str
    """Which numbers it was computed with, and who decides."""
    versus: tuple[Versus, ...] = ()
    """What a what-if changes against the talk as it stands."""

    @property
    def lines(self) -> tuple[WhyLine, ...]:
        """Every line, top down."""
        return tuple(line for group in self.groups for line in group.lines)

    def group(self, heading: str) -> tuple[WhyLine, ...]:
        """The lines under a heading; none where there is no such group."""
        return next((one.lines for one in self.groups if one.heading == heading), ())

    @property
    def spoken(self) -> str:
        """What a screen reader is told when it changes."""
        figures = "，".join(f"{line.words} {line.figure}" for line in self.sums)
        return f"{self.verdict}。{figures}"


def why_of(
    answer: Assessment,
    facts: Facts,
    unasked: Sequence[Step],
    pack: Pack,
    versus: Sequence[Versus] = (),
) -> Why:
    """The panel for `answer`, which was given under `pack`."""
    verdict, tone, icon = _verdict(answer, facts)
    terms = terms_of(pack, answer.on)
    return Why(
        groups=groups_of(answer, facts, terms.rungs),
        sums=tuple(_sums(answer)),
        warnings=tuple(_named(warning, facts) for warning in answer.warnings),
        verdict=verdict,
        tone=tone,
        icon=icon,
        notes=tuple(_notes(answer, unasked)),
        ground=(
            f"按“{pack.title}”{pack.version} 版政策包算，"
            f"用的是{day_words(pack.since(answer.on))}起的规定。"
            f"{last_word(terms)}"
        ),
        versus=tuple(versus),
    )


def _named(warning: str, facts: Facts) -> str:
    """A warning about a person says who, not where they stand in the case file."""
    found = _PERSON.match(warning)
    if found is None:
        return warning
    member = facts.household.members[int(found[1])]
    return f"{member.name or member.relation.label}：{warning[found.end() :]}"


def _sums(answer: Assessment) -> Iterable[SumLine]:
    heads = len(answer.counted_members)
    if answer.income_year is None or answer.per_capita_month is None:
        yield SumLine("还没问收入，每人每月多少算不出来", "—")
    else:
        words = f"一年合计 {yuan(answer.income_year)} 元 ÷ 12 个月 ÷ {heads} 人"
        yield SumLine(words, f"{exact(answer.per_capita_month)} 元/人·月")
    if answer.standard_month is None:
        yield SumLine("低保标准", "县里还没给")
        return
    yield SumLine("低保标准", f"{exact(answer.standard_month)} 元/人·月")
    if answer.per_capita_month is None:
        return
    gap, dibao = answer.standard_month - answer.per_capita_month, answer.rung(Category.DIBAO)
    if dibao.benefit_month is not None:
        words = "".join(step_words(step, first=not n) for n, step in enumerate(dibao.benefit_lines))
        yield SumLine(words, f"{dibao.benefit_month.grouped()} 元/月")
    elif gap > 0:
        yield SumLine("每人离标准差", f"{exact(gap)} 元/月")
    else:
        yield SumLine("每人超出标准", f"{exact(-gap)} 元/月")


def _verdict(answer: Assessment, facts: Facts) -> tuple[str, Tone, str]:
    """Never a flat no: township and county decide."""
    if answer.suggested is Category.WATCHLIST:
        return "初步看：村里登记备案，继续关注", Tone.INFO, "eye"
    if answer.suggested is not None:
        pays = answer.benefit_month
        much = "" if pays is None else f"，{_whose(answer, facts)}每月约 {yuan(pays)} 元"
        return f"初步看：可以申请{answer.suggested.label}{much}", Tone.OK, "circle-check"
    if is_open(answer):
        return "初步看：还定不了，再问几项", Tone.INFO, "info-circle"
    return "初步看：眼下够不上这几档，有变化再测", Tone.WARN, "alert-triangle"


def _whose(answer: Assessment, facts: Facts) -> str:
    """Who is paid, where it is not the whole household."""
    if answer.suggested not in _OF_PERSONS:
        return ""
    paid, members = answer.rung(answer.suggested).members, facts.household.members
    if len(paid) == len(members):
        return ""
    return "、".join(one.name or one.relation.label for one in members if one.id in paid)


def _notes(answer: Assessment, unasked: Sequence[Step]) -> Iterable[str]:
    if answer.near:
        lines = "、".join(dict.fromkeys(near.rung.label for near in answer.near))
        yield f"离{lines}的线很接近，请核实收入依据。"
    if unasked:
        steps = "、".join(step.label for step in unasked)
        yield f"还有{steps}没问完，结果可能变。"
