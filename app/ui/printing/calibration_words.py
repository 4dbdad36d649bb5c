"""What four measurements of the calibration page say of a printer. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from app.documents.measures import FROM_LEFT, FROM_TOP, LINE_LENGTH
from app.domain.problem import Refused
from app.ui.widgets.folding import fold

ASKED: Final = {
    "across": ("① 横线长", LINE_LENGTH),
    "down": ("② 竖线长", LINE_LENGTH),
    "left": ("③ 竖线离纸左边", FROM_LEFT),
    "top": ("④ 横线离纸上边", FROM_TOP),
}
"""Field → what is measured, and how many millimetres it should be."""
_TRUE: Final = Decimal("0.01")
"""A hundredth more or less is a ruler's own error, and harms no form."""
_STRAIGHT: Final = Decimal("1.5")
_HARMLESS: Final = Decimal(5)
"""Millimetres of shift: below the first nothing shows, below the second the margins of 10 mm
still hold everything."""
_LIKELY: Final = Decimal("0.5")
"""A line measured at less than half, or at twice its length, was another line."""


class Verdict(NamedTuple):
    """One sentence for each thing found; whether forms come out right."""

    sentences: tuple[str, ...]
    is_good: bool


def read_lengths(typed: Mapping[str, str]) -> dict[str, Decimal]:
    """Millimetres as typed, with at most one decimal. Raises Refused P-60."""
    return {field: _read(field, typed.get(field, "")) for field in ASKED}


def judged(measured: Mapping[str, Decimal]) -> Verdict:
    """How large and how far aside the printer puts things, and what to do about it."""
    sizes = [measured[field] / LINE_LENGTH for field in ("across", "down")]
    sentences = []
    wrong = [size for size in sizes if abs(size - 1) > _TRUE]
    if wrong:
        worst = max(wrong, key=lambda size: abs(size - 1))
        word = "小" if worst < 1 else "大"
        by = f"{abs(worst - 1) * 100:.1f}".removesuffix(".0")
        sentences.append(
            f"打{word}了 {by}%。请在打印机的设置里选“实际大小”，不要选“适合纸张”，再打一张。"
        )
    scale = (sizes[0] + sizes[1]) / 2
    aside = {
        "右左": measured["left"] - FROM_LEFT * scale,
        "下上": measured["top"] - FROM_TOP * scale,
    }
    for words, by_mm in aside.items():
        if abs(by_mm) > _STRAIGHT:
            where = words[0] if by_mm > 0 else words[1]
            advice = (
                "表还在纸里，不要紧。"
                if abs(by_mm) <= _HARMLESS
                else "请把纸靠紧挡板，再打一张；还这样就请人看看打印机。"
            )
            sentences.append(f"整张偏{where} {_mm(abs(by_mm))} 毫米，{advice}")
    is_good = not wrong and all(abs(by_mm) <= _HARMLESS for by_mm in aside.values())
    if not sentences:
        sentences.append("大小和位置都对，表可以放心打。")
    return Verdict(tuple(sentences), is_good)


def _mm(length: Decimal) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _read(field: str, typed: str) -> Decimal:
    name, expected = ASKED[field]
    try:
        length = Decimal(fold(typed).strip())
    except InvalidOperation:
        length = Decimal(0)
    low, high = expected * _LIKELY, expected / _LIKELY
    if not length.is_finite() or not low <= length <= high:
        raise Refused(
            f"“{name}”要填量出来的毫米数。",
            do=f"应当在 {expected} 上下，比如 {expected - 2}.5。",
            code="P-60",
            field=field,
        )
    return length
