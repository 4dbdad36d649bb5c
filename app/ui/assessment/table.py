"""The working of a means test in words: lines, sums, rungs, verdict. No Qt, nothing is computed
that the rules have not computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.households import Category
from app.domain.money import Money
from app.rules import Assessment
from app.rules.assessment import RungAnswer
from app.rules.facts import Facts
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from app.rules.lines import Line
from app.ui.assessment.blocks import Step
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
_ASKED_ABOUT: Final = (
    Category.TEKUN,
    Category.DIBAO,
    Category.MARGINAL,
    Category.SINGLE_PERSON,
    Category.RIGID_EXPENDITURE,
)
_NEAR: Final = Fraction(1, 10)
"""So close to the line the grounds are looked at again (ux §4.3)."""
_HALF: Final = Fraction(1, 2)
_PERSON: Final = re.compile(r"household\.members\[(\d+)\](?:\.\w+)?[： ]*")


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One amount of the year."""

    title: str
    basis: str
    treatment: str
    tone: Tone
    icon: str
    amount: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sum block."""

    words: str
    figure: str


@dataclass(frozen=True, slots=True)
class RungLine:
    """How one rung came out, and the reason behind it."""

    name: str
    outcome: str
    tone: Tone
    icon: str
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """The whole panel."""

    lines: tuple[WhyLine, ...]
    sums: tuple[SumLine, ...]
    rungs: tuple[RungLine, ...]
    warnings: tuple[str, ...]
    verdict: str
    tone: Tone
    icon: str
    notes: tuple[str, ...]
    ground: str
    """Which numbers it was computed with, and who decides."""

    @property
    def spoken(self) -> str:
        """What a screen reader is told when it changes."""
        figures = "，".join(f"{line.words} {line.figure}" for line in self.sums)
        return f"{self.verdict}。{figures}"


def why_of(answer: Assessment, facts: Facts, unasked: Sequence[Step]) -> Why:
    """The panel for `answer`."""
    names = {member.id: member.name or "" for member in facts.household.members}
    verdict, tone, icon = _verdict(answer)
    return Why(
        lines=tuple(_line(line, names) for line in answer.lines),
        sums=tuple(_sums(answer)),
        rungs=tuple(_rung(answer.rung(rung)) for rung in _ASKED_ABOUT),
        warnings=tuple(_named(warning, facts) for warning in answer.warnings),
        verdict=verdict,
        tone=tone,
        icon=icon,
        notes=tuple(_notes(answer, unasked)),
        ground=f"按 {answer.pack_version} 版政策包算；最后以乡镇审核、县民政局确认为准。",
    )


def check_lines(facts: Facts) -> list[str]:
    """What was told, in short, to be read out before signing."""
    household = facts.household
    told = [
        f"家里 {len(household.members)} 口人：" + "、".join(m.name or "" for m in household.members)
    ]
    told.append(_list("收入", household.incomes, "项"))
    told.append(_list("大额支出", household.expenses, "项"))
    told.append(_list("财产", household.assets, "样"))
    told.append(_list("不住一起的赡养人", household.obligors, "人"))
    return told


def yuan(money: Money) -> str:
    """Grouped, without needless decimals."""
    return money.grouped().removesuffix(".00")


def exact(fen: Fraction) -> str:
    """Exact fen as yuan with two decimals, for reading."""
    return Money(int((fen + _HALF) // 1)).grouped()


def _named(warning: str, facts: Facts) -> str:
    """A warning about a person says who, not where they stand in the case file."""
    found = _PERSON.match(warning)
    if found is None:
        return warning
    member = facts.household.members[int(found[1])]
    return f"{member.name or member.relation.label}：{warning[found.end() :]}"


def _line(line: Line, names: dict[str, str]) -> WhyLine:
    who = names.get(line.member or "", "") if line.member else "全家"
    tone, icon = _TREATMENTS[line.treatment]
    return WhyLine(
        title=f"{who} {line.label} {_plain(line.formula)}",
        basis=line.basis,
        treatment=line.treatment.label,
        tone=tone,
        icon=icon,
        amount=_signed(line.amount_year),
    )


def _plain(formula: str) -> str:
    """2600.00 × 12 as 2,600 元 × 12 个月."""
    sums = re.sub(r"\d+\.\d{2}", _with_unit, formula)
    return re.sub(r"× (\d+)(?=$| ÷)", r"× \1 个月", sums)


def _with_unit(found: re.Match[str]) -> str:
    return f"{yuan(Money.parse(found[0]))} 元"


def _signed(money: Money) -> str:
    if not money.fen:
        return "0"
    return f"+{yuan(money)}" if money.fen > 0 else f"−{yuan(-money)}"


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
    gap = answer.standard_month - answer.per_capita_month
    benefit = answer.rung(Category.DIBAO).benefit_month
    if gap > 0:
        due = exact(gap * heads) if benefit is None else benefit.grouped()
        yield SumLine(f"每人差 {exact(gap)} 元 × {heads} 人", f"{due} 元/月")
    else:
        yield SumLine("每人超出标准", f"{exact(-gap)} 元/月")


def _rung(answer: RungAnswer) -> RungLine:
    tone, icon = _OUTCOMES[answer.outcome]
    pays = answer.benefit_month
    outcome = answer.outcome.label
    if pays is not None:
        outcome += f"，每月 {yuan(pays)} 元"
    why = "；".join(reason.text.rstrip("。") for reason in answer.reasons[:2])
    return RungLine(answer.rung.label, outcome, tone, icon, why)


def _verdict(answer: Assessment) -> tuple[str, Tone, str]:
    """Never a flat no: township and county decide."""
    if answer.suggested is not None:
        pays = answer.benefit_month
        much = "" if pays is None else f"，每月约 {yuan(pays)} 元"
        return f"初步看：可以申请{answer.suggested.label}{much}", Tone.OK, "circle-check"
    if any(answer.rung(rung).outcome is Outcome.UNKNOWN for rung in _ASKED_ABOUT):
        return "初步看：还定不了，再问几项", Tone.INFO, "info-circle"
    return "初步看：眼下够不上这几档，有变化再测", Tone.WARN, "alert-triangle"


def _notes(answer: Assessment, unasked: Sequence[Step]) -> Iterable[str]:
    near, standard = answer.per_capita_month, answer.standard_month
    if near is not None and standard and abs(near - standard) <= standard * _NEAR:
        yield "离标准很近，请核实收入依据。"
    if unasked:
        steps = "、".join(step.label for step in unasked)
        yield f"还有{steps}没问完，结果可能变。"


def _list(name: str, told: Sequence[object] | None, measure: str) -> str:
    if told is None:
        return f"{name}：还没问"
    return f"{name}：{len(told)} {measure}" if told else f"{name}：没有"
