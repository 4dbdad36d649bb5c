"""The answer of the means test, and its JSON form `xieli-assessment/1` (design §4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from app.domain.households import Category
from app.domain.money import Money
from app.rules.amounts import shown
from app.rules.benefit import BenefitLine
from app.rules.care import CareLevel
from app.rules.grace import Grace, grace_json
from app.rules.grounds import UNKNOWN, Outcome, Reason
from app.rules.limits import Limit, limit_json
from app.rules.lines import Line
from app.rules.near import Near
from app.rules.notes import Hint
from app.rules.records import record
from app.rules.watchlist import WatchReason

FORMAT: Final = "xieli-assessment/1"
BEST_FIRST: Final = (
    Category.TEKUN,
    Category.DIBAO,
    Category.SINGLE_PERSON,
    Category.RIGID_EXPENDITURE,
    Category.MARGINAL,
    Category.WATCHLIST,
)
"""What is suggested when several rungs are met: 单人保 stands on 边缘 and pays more, and so does
刚性支出 where a pack asks for both (津民发〔2020〕19号). 备案 is for those on no other rung."""


class RungAnswer(NamedTuple):
    """One rung: how it ended, for whom, what it would pay a month (None: nothing or unknown)."""

    rung: Category
    outcome: Outcome
    members: tuple[str, ...]
    benefit_month: Money | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    """Facts and pack values that would settle an unknown outcome."""
    benefit_lines: tuple[BenefitLine, ...] = ()
    """How the amount comes about, as far as it is known."""
    benefit_missing: tuple[str, ...] = ()
    """Facts and pack values that keep the amount of a rung that is met unknown."""
    benefit_open: tuple[str, ...] = ()
    """Facts and pack values that may yet change an amount that is given."""


def rule_of(rung: Category) -> str:
    """What is missing where a pack has no rule for `rung`: "rung.watchlist"."""
    return f"rung.{rung.value}"


def better_open(rungs: Iterable[RungAnswer], suggested: Category) -> list[RungAnswer]:
    """The rungs before the suggested one that nobody can decide yet, the best first."""
    before = BEST_FIRST[: BEST_FIRST.index(suggested)]
    still = {answer.rung: answer for answer in rungs if answer.outcome is UNKNOWN}
    return [still[rung] for rung in before if rung in still]


@record(frozen=True, slots=True)
class Working:
    """How sums beside the income came about: the rigid outlay of a year, and the amount paid a
    month on the suggested rung."""

    outlay: tuple[Line, ...] = ()
    benefit: tuple[BenefitLine, ...] = ()


@record(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole answer. `per_capita_month` and `standard_month` are exact fen."""

    case: str
    on: date
    pack_id: str
    pack_version: str
    pack_sha256: str
    overrides: tuple[str, ...]
    counted_members: tuple[str, ...]
    income_year: Money | None
    per_capita_month: Fraction | None
    standard_month: Fraction | None
    rungs: tuple[RungAnswer, ...]
    suggested: Category | None
    care_levels: dict[str, CareLevel]
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    hints: tuple[Hint, ...] = ()
    grace: Grace | None = None
    watch_reasons: tuple[WatchReason, ...] = ()
    near: tuple[Near, ...] = ()
    working: Working = Working()
    limits: tuple[Limit, ...] = ()
    assumed: tuple[str, ...] = ()
    """Facts nobody gave that were taken as usual (`app.rules.usual`)."""

    @property
    def benefit_month(self) -> Money | None:
        """What the suggested rung pays a month."""
        return None if self.suggested is None else self.rung(self.suggested).benefit_month

    @property
    def missing(self) -> tuple[str, ...]:
        """What to ask next, each once: field paths of the case file and names of pack values.

        A rung the pack has no rule for says so itself; it is named here where another hangs on it.
        """
        names = [
            name
            for rung in self.rungs
            for name in (*rung.missing, *rung.benefit_missing, *rung.benefit_open)
            if name != rule_of(rung.rung)
        ]
        if self.grace is not None:
            names += self.grace.check.missing
        return tuple(dict.fromkeys(names))

    @property
    def better_open(self) -> tuple[Category, ...]:
        """Rungs before the suggested one that have to be settled first."""
        if self.suggested is None:
            return ()
        return tuple(answer.rung for answer in better_open(self.rungs, self.suggested))

    def rung(self, rung: Category) -> RungAnswer:
        """The answer of one rung."""
        return next(answer for answer in self.rungs if answer.rung is rung)

    def to_json(self) -> dict[str, object]:
        """The answer as design §4 writes it; amounts are yuan with two decimals, as text."""
        return {
            "format": FORMAT,
            "case": self.case,
            "on": self.on.isoformat(),
            "pack": {
                "id": self.pack_id,
                "version": self.pack_version,
                "sha256": self.pack_sha256,
            },
            "overrides": list(self.overrides),
            "counted_members": list(self.counted_members),
            "income_year": _money(self.income_year),
            "per_capita_month": _shown(self.per_capita_month),
            "standard_month": _shown(self.standard_month),
            "rungs": [_rung(answer) for answer in self.rungs],
            "suggested": None if self.suggested is None else self.suggested.value,
            "benefit_month": _money(self.benefit_month),
            "care_levels": {who: level.value for who, level in self.care_levels.items()},
            "lines": [_line(line) for line in self.lines],
            "missing": list(self.missing),
            "warnings": list(self.warnings),
            "near": [_near(line) for line in self.near],
            "hints": [_hint(hint) for hint in self.hints],
            "grace": None if self.grace is None else grace_json(self.grace),
            "watch_reasons": [reason.value for reason in self.watch_reasons],
            "working": {
                "outlay": [_line(line) for line in self.working.outlay],
                "benefit": [_step(line) for line in self.working.benefit],
            },
            "limits": [limit_json(line) for line in self.limits],
            "better_open": [rung.value for rung in self.better_open],
            "assumed": list(self.assumed),
        }


def _rung(answer: RungAnswer) -> dict[str, object]:
    return {
        "rung": answer.rung.value,
        "outcome": answer.outcome.value,
        "members": list(answer.members),
        "benefit_month": _money(answer.benefit_month),
        "reasons": [{"text": text, "basis": basis} for text, basis in answer.reasons],
        "missing": list(answer.missing),
        "benefit_missing": list(answer.benefit_missing),
        "benefit_open": list(answer.benefit_open),
        "benefit_lines": [_step(line) for line in answer.benefit_lines],
    }


def _near(near: Near) -> dict[str, object]:
    return {
        "rung": near.rung.value,
        "text": near.text,
        "limit_month": shown(near.limit),
        "distance_month": shown(near.distance),
        "basis": near.basis,
    }


def _step(line: BenefitLine) -> dict[str, object]:
    return {
        "member": line.member,
        "text": line.text,
        "formula": line.formula,
        "amount_month": shown(line.fen),
        "basis": line.basis,
    }


def _hint(hint: Hint) -> dict[str, object]:
    return {
        "code": hint.code.value,
        "member": hint.member,
        "text": hint.text,
        "basis": hint.basis,
    }


def _line(line: Line) -> dict[str, object]:
    member, item, treatment, formula, amount_year, basis, label = line
    return {
        "member": member,
        "item": item,
        "treatment": treatment.value,
        "formula": formula,
        "amount_year": str(amount_year),
        "basis": basis,
        "label": label,
    }


def _money(money: Money | None) -> str | None:
    return None if money is None else str(money)


def _shown(exact: Fraction | None) -> str | None:
    return None if exact is None else shown(exact)
