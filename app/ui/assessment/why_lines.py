"""The working of a means test line by line, in words: what each amount and each outcome rests on.

No Qt, and nothing is computed that the rules have not computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Final

from app.domain.clock import month_words
from app.domain.households import Category
from app.domain.money import Money
from app.rules import Assessment
from app.rules.assessment import RungAnswer
from app.rules.benefit import ROUNDED, BenefitLine
from app.rules.facts import Facts
from app.rules.grace import Grace
from app.rules.grace_schedule import GraceMonth
from app.rules.grounds import Ground, Outcome
from app.rules.layers import Treatment
from app.rules.lines import Line
from app.rules.notes import Hint, HintCode
from app.services.fact_words import to_ask, who_is
from app.ui.theme.tokens import Tone

_TREATMENTS: Final = {
    Treatment.COUNTED: (Tone.INFO, "plus"),
    Treatment.DISREGARDED: (Tone.OFFLINE, "x"),
    Treatment.DEDUCTED: (Tone.OK, "minus"),
}
_OUTCOMES: Final = {
    Outcome.MEETS: (Tone.OK, "circle-check"),
    Outcome.FAILS: (Tone.FAINT, "x"),
    Outcome.UNKNOWN: (Tone.INFO, "info-circle"),
}
_OF_PERSONS: Final = frozenset({Category.TEKUN, Category.SINGLE_PERSON})
_PRESSING: Final = frozenset({HintCode.CONFLICT, HintCode.LEAK})
_MONTHS: Final = 12
_AMOUNT: Final = re.compile(r"\d\.\d{2}")
_OF_A_YEAR: Final = re.compile(r"(\d+\.\d{2}) ÷ 12$")
_HALF: Final = Fraction(1, 2)
_SEVERAL: Final = "；"
_MOST_REASONS: Final = 2
_MOST_ASKED: Final = 8
_SHORT: Final = 60
"""Longer grounds are counted under a line; the clauses themselves open from it."""
_REGISTER: Final = "村里登记备案，继续关注"
EVERYBODY: Final = "全家"
HEADINGS: Final = (
    "收入",
    "刚性支出",
    "金额怎么来（每月）",
    "各档看下来",
    "渐退",
    "很接近，请核实",
    "还要留意",
    "还要问清楚",
)
"""The groups in their order."""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line: what, what became of it, how much, and the grounds it opens.

    `ask` is the fact a line asks for, where it leads to the page that does.
    """

    title: str
    detail: str = ""
    bases: tuple[str, ...] = ()
    chip: str = ""
    tone: Tone = Tone.INFO
    icon: str = "info-circle"
    amount: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class WhyGroup:
    """Lines that belong together."""

    heading: str
    lines: tuple[WhyLine, ...]


def groups_of(
    answer: Assessment, facts: Facts, rungs: Mapping[Category, Ground]
) -> tuple[WhyGroup, ...]:
    """Every group with something to say; `rungs` are the clauses that set them up."""
    names = {member.id: who_is(member) for member in facts.household.members}
    lines = (
        (_line(line, names) for line in answer.lines),
        (_line(line, names) for line in answer.working.outlay),
        (_step(one, names) for one in answer.working.benefit),
        (_rung(one, answer, facts, rungs) for one in answer.rungs),
        _grace(answer.grace),
        _near(answer),
        (_hint(hint, names) for hint in answer.hints),
        _open_points(answer, facts),
    )
    found = (WhyGroup(heading, tuple(own)) for heading, own in zip(HEADINGS, lines, strict=True))
    return tuple(group for group in found if group.lines)


def is_open(answer: Assessment) -> bool:
    """Whether a rung one applies for waits for a fact; 备案 is the village's own register."""
    return any(
        one.outcome is Outcome.UNKNOWN for one in answer.rungs if one.rung is not Category.WATCHLIST
    )


def yuan(money: Money) -> str:
    """Grouped, without needless decimals."""
    return money.grouped().removesuffix(".00")


def exact(fen: Fraction) -> str:
    """Exact fen as yuan with two decimals, for reading."""
    return Money(int((fen + _HALF) // 1)).grouped()


def signed(money: Money) -> str:
    """With its sign in front; nothing is 0."""
    if not money.fen:
        return "0"
    return f"+{yuan(money)}" if money.fen > 0 else f"−{yuan(-money)}"


def _line(line: Line, names: Mapping[str, str]) -> WhyLine:
    who = names.get(line.member, "") if line.member else EVERYBODY
    tone, icon = _TREATMENTS[line.treatment]
    return WhyLine(
        title=f"{who} {line.label} {_plain(line.formula)}",
        detail=line.basis,
        bases=_single(line.basis),
        chip=line.treatment.label,
        tone=tone,
        icon=icon,
        amount=signed(line.amount_year),
    )


def _step(line: BenefitLine, names: Mapping[str, str]) -> WhyLine:
    who = f"{names.get(line.member, '')} " if line.member else ""
    sign = "−" if line.fen < 0 else "+"
    return WhyLine(
        title=f"{who}{line.text} {_for_heads(line.formula)}".strip(),
        detail=line.basis,
        bases=_single(line.basis),
        amount=f"{sign}{exact(abs(line.fen))}",
    )


def _rung(
    answer: RungAnswer, whole: Assessment, facts: Facts, rungs: Mapping[Category, Ground]
) -> WhyLine:
    """How one rung came out; one that is met says what it pays, or what keeps that open."""
    tone, icon = _OUTCOMES[answer.outcome]
    met = answer.outcome is Outcome.MEETS
    reasons = [reason.text.rstrip("。") for reason in answer.reasons[:_MOST_REASONS]]
    if met and answer.benefit_missing:
        reasons.append("金额还定不了：" + "、".join(to_ask(facts, answer.benefit_missing)))
    if met and answer.benefit_open:
        reasons.append("金额还可能变，先问：" + "、".join(to_ask(facts, answer.benefit_open)))
    if met and answer.rung is Category.WATCHLIST:
        reasons = [_REGISTER, *(reason.label for reason in whole.watch_reasons)]
    bases = [reason.basis for reason in answer.reasons]
    ground = rungs.get(answer.rung)
    if met and ground is not None:
        bases.insert(0, str(ground))
    pays = answer.benefit_month
    return WhyLine(
        title=answer.rung.label + _of_whom(answer, facts),
        detail="；".join(reasons),
        bases=_single(*bases),
        chip=answer.outcome.label,
        tone=tone,
        icon=icon,
        amount="" if pays is None else f"{yuan(pays)}/月",
    )


def _of_whom(answer: RungAnswer, facts: Facts) -> str:
    """特困 and 单人保 are asked of persons; the others are the household's."""
    if answer.outcome is Outcome.FAILS or answer.rung not in _OF_PERSONS:
        return ""
    names = [who_is(one) for one in facts.household.members if one.id in answer.members]
    return f"（{'、'.join(names)}）" if names else ""


def _grace(grace: Grace | None) -> Iterator[WhyLine]:
    """What it is about, then each run of months that pay the same."""
    if grace is None:
        return
    tone, icon = _OUTCOMES[grace.check.outcome]
    reasons = "；".join(reason.text.rstrip("。") for reason in grace.check.reasons)
    bases = _single(grace.basis, *(reason.basis for reason in grace.check.reasons))
    chip = grace.check.outcome.label
    yield WhyLine(grace.text, reasons or grace.basis, bases, chip, tone, icon)
    for (percent, amount), run in groupby(grace.months, key=_pay):
        months = [one.month for one in run]
        span = month_words(months[0]) + (f"到{month_words(months[-1])}" if len(months) > 1 else "")
        yield WhyLine(
            title=f"{span}，{len(months)} 个月，发原来的 {percent}%",
            bases=_single(grace.basis),
            amount="还定不了" if amount is None else f"{yuan(amount)}/月",
        )


def _near(answer: Assessment) -> Iterator[WhyLine]:
    for near in answer.near:
        yield WhyLine(
            title=near.text,
            detail=near.basis,
            bases=_single(near.basis),
            chip=near.rung.label,
            tone=Tone.WARN,
            icon="alert-triangle",
        )


def _hint(hint: Hint, names: Mapping[str, str]) -> WhyLine:
    who = f"{names.get(hint.member, '')}：" if hint.member else ""
    bases = _single(hint.basis)
    short = len(hint.basis) <= _SHORT
    return WhyLine(
        title=f"{who}{hint.text}",
        detail=hint.basis if short else f"{len(bases)} 条依据，点开看",
        bases=bases,
        chip=hint.code.label,
        tone=Tone.WARN if hint.code in _PRESSING else Tone.INFO,
        icon="alert-triangle" if hint.code in _PRESSING else "info-circle",
    )


def _open_points(answer: Assessment, facts: Facts) -> Iterator[WhyLine]:
    """What would settle the answer, each once: of somebody here, or of the county."""
    asked = {to_ask(facts, (path,))[0]: path for path in reversed(answer.missing)}
    for text in list(reversed(asked))[:_MOST_ASKED]:
        yield WhyLine(title=text, ask=asked[text], icon="chevron-right", tone=Tone.PRIMARY)


def _pay(row: GraceMonth) -> tuple[int, Money | None]:
    return row.percent, row.amount


def _single(*bases: str) -> tuple[str, ...]:
    """The grounds apart, each once."""
    return tuple(dict.fromkeys(one for basis in bases for one in basis.split(_SEVERAL) if one))


def step_words(step: BenefitLine, *, first: bool) -> str:
    """One step of an amount as it stands in a sum: 550 元 × 3 人, then − 544 元."""
    if step.text == ROUNDED:
        return f"，{step.formula}"
    sign = "− " if step.fen < 0 else "" if first else "＋ "
    amounts = _for_heads(_OF_A_YEAR.sub(_a_month, step.formula))
    amounts = re.sub(r"÷ 12 × (\d+)$", r"÷ 12 × \1 人", amounts)
    said = amounts if _AMOUNT.search(step.formula) else step.text
    return f"{'' if first else ' '}{sign}{said}"


def _a_month(found: re.Match[str]) -> str:
    """A year's amount over twelve as the month's, where that is whole fen."""
    fen, rest = divmod(Money.parse(found[1]).fen, _MONTHS)
    return found[0] if rest else str(Money(fen))


def _plain(formula: str) -> str:
    """2600.00 × 12 as 2,600 元 × 12 个月; a second factor counts heads."""
    months = re.sub(r"元 × (\d+)(?=$| ÷| ×)", r"元 × \1 个月", _with_units(formula))
    return re.sub(r"个月 × (\d+)$", r"个月 × \1 人", months)


def _for_heads(formula: str) -> str:
    """420.00 × 3 as 420 元 × 3 人."""
    return re.sub(r"元 × (\d+)$", r"元 × \1 人", _with_units(formula))


def _with_units(formula: str) -> str:
    return re.sub(r"\d+\.\d{2}(?! 元)", _with_unit, formula)


def _with_unit(found: re.Match[str]) -> str:
    return f"{yuan(Money.parse(found[0]))} 元"
