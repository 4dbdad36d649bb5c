"""Earlier tests of a household as rows, and what differs between two of them in words. No Qt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.casework import AssessmentRecord
from app.domain.households import Category
from app.domain.ids import AssessmentId
from app.domain.money import Money
from app.rules.grounds import Outcome
from app.services.assessment_differences import (
    AssessmentDifferences,
    LineChange,
    OutcomeChange,
    ValueChange,
)
from app.services.assessments import Recomputed
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import plain_date

COLUMNS: Final = (
    Column("哪一天"),
    Column("初步看", stretch=True),
    Column("每月"),
    Column(""),
)
_NOTHING: Final = "没有"
_NEITHER: Final = "还看不出来，或者都够不上"
_OPEN: Final = "还看不出来"
_FAILS: Final = "都够不上"
_AMOUNT: Final = re.compile(r"-?\d+\.\d{2}")
_PARTS: Final = {
    "income_year": "一年收入",
    "per_capita_month": "人均月收入",
    "standard_month": "低保标准",
    "rungs": "各档的结果",
    "suggested": "初步看的结果",
    "benefit_month": "每月金额",
    "lines": "收入的算式",
    "working": "支出和金额的算式",
    "missing": "还差什么",
    "warnings": "提醒",
    "hints": "留意的事",
    "near": "接近的线",
    "grace": "渐退",
    "limits": "各条线",
}
_OTHER: Final = "别的地方"


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Differences that belong together, one sentence each."""

    heading: str
    lines: tuple[str, ...]


def past_rows(tests: Sequence[AssessmentRecord], base: AssessmentId | None) -> list[Row]:
    """One row for each test; `base` is the one the others are compared with."""
    return [_row(one, is_base=one.id == base) for one in tests]


def change_groups(found: AssessmentDifferences) -> tuple[ChangeGroup, ...]:
    """Everything that differs, what matters first."""
    groups = (
        ChangeGroup("结果", tuple(_results(found))),
        ChangeGroup(
            "家里的情况",
            tuple(f"{one.who} {one.what}：{one.before} → {one.after}" for one in found.facts),
        ),
        ChangeGroup("政策包里的数", tuple(map(_value, found.values))),
        ChangeGroup("收入怎么算", tuple(map(_line, found.lines))),
        ChangeGroup(
            "合计",
            tuple(f"{one.what}：{_sum(one.before)} → {_sum(one.after)}" for one in found.sums),
        ),
        ChangeGroup("各档", tuple(map(_outcome, found.outcomes))),
    )
    return tuple(group for group in groups if group.lines)


def compared_text(older: AssessmentRecord, newer: AssessmentRecord) -> str:
    """Which two stand beside each other."""
    return f"{plain_date(older.on)}的 → {plain_date(newer.on)}的"


def recomputed_text(found: Recomputed) -> tuple[str, str]:
    """Headline and detail of a test done again as it was."""
    pack = found.record.pack_version
    if found.is_same:
        return "用当时的政策包重算，结果一致。", f"政策包还是 {pack} 版，事实还是那天说的。"
    parts = "、".join(dict.fromkeys(_PARTS.get(name, _OTHER) for name in found.differing))
    return "用当时的政策包重算，有地方和当时不一样。", f"不一样的是：{parts}。请把这件事告诉县里。"


def _row(test: AssessmentRecord, *, is_base: bool) -> Row:
    cells = (
        Cell(plain_date(test.on)),
        Cell(_seen(test)),
        Cell("" if test.benefit_month is None else _short(test.benefit_month)),
        Cell("拿它比", "arrows-diff", Tone.INFO, chip=True) if is_base else Cell(""),
    )
    return Row(test.id, cells)


def _seen(test: AssessmentRecord) -> str:
    """What the test suggested; without that, whether anything was left open."""
    if test.suggested is not None:
        return _suggested(test.suggested)
    rungs = json.loads(test.answer)["rungs"]
    ended = {one["outcome"] for one in rungs if one["rung"] != Category.WATCHLIST.value}
    return _OPEN if Outcome.UNKNOWN.value in ended else _FAILS


def _suggested(rung: Category | None) -> str:
    if rung is Category.WATCHLIST:
        return "登记备案"
    return _NEITHER if rung is None else rung.label


def _results(found: AssessmentDifferences) -> Iterator[str]:
    if found.is_other_pack:
        yield "两次用的不是同一版政策包"
    if found.suggested_before is not found.suggested_after:
        before, after = _suggested(found.suggested_before), _suggested(found.suggested_after)
        yield f"初步看：{before} → {after}"
    if found.benefit_before != found.benefit_after:
        yield f"每月金额：{_money(found.benefit_before)} → {_money(found.benefit_after)}"


def _value(change: ValueChange) -> str:
    if not change.before and not change.after:
        return f"{change.what}：换了规定（{change.basis}）"
    basis = f"（{change.basis}）" if change.basis else ""
    return f"{change.what}：{change.before or '—'} → {change.after or '—'}{basis}"


def _line(change: LineChange) -> str:
    treatments = {change.treatment_before, change.treatment_after} - {None}
    turned = ""
    if len(treatments) > 1 and change.treatment_before and change.treatment_after:
        turned = f"，从{change.treatment_before.label}改成{change.treatment_after.label}"
    sums = f"{_year(change.before)} → {_year(change.after)}"
    return f"{change.who} {change.what}：{sums}{turned}"


def _outcome(change: OutcomeChange) -> str:
    before = _ended(change.before.label, change.before_month)
    after = _ended(change.after.label, change.after_month)
    why = "；".join(text.rstrip("。") for text in _few(change.why))
    return f"{change.rung.label}：{before} → {after}" + (f"（{why}）" if why else "")


def _few(texts: Iterable[str]) -> list[str]:
    return list(texts)[:2]


def _ended(outcome: str, month: Money | None) -> str:
    return outcome if month is None else f"{outcome}，每月 {month.grouped()} 元"


def _money(money: Money | None) -> str:
    return _NOTHING if money is None else f"{money.grouped()} 元"


def _short(money: Money) -> str:
    return f"{money.grouped().removesuffix('.00')} 元"


def _sum(text: str) -> str:
    """An amount as the others of the page are written; words as they are."""
    return f"{Money.parse(text).grouped()} 元" if _AMOUNT.fullmatch(text) else text


def _year(money: Money | None) -> str:
    return _NOTHING if money is None else f"一年 {money.grouped()} 元"
