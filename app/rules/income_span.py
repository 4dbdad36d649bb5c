"""How an income comes to its year, seen over some months before the application.

A pack may look at several windows (Guangdong: six months for 低保, twelve for 支出型). An income
told over one of them says little about another, and a single sum lies in a window or it does not:
what was not told is left open, and never scaled as if it had been.
"""

from __future__ import annotations

from datetime import date

from app.domain.households import Per
from app.domain.workdays import add_months
from app.rules.facts import Income
from app.rules.records import record
from app.rules.values import MONTHS

_Told = tuple[tuple[int, int], ...]


@record(frozen=True, slots=True)
class Year:
    """What a source comes to in a year, for certain.

    `more` is what it may be on top, in fen: 0 where nothing is open, None where nobody knows.
    `months` are those of a year it was earned in.
    """

    formula: str
    fen: int
    more: int | None = 0
    months: int = MONTHS


def year_of(income: Income, window: int, usual: int, on: date) -> Year:
    """One source seen over the `window` months before `on`, brought to twelve, which they divide.

    `usual` is the window of the pack's 低保: what `months` counts where nothing else is said.
    """
    if income.per is Per.MONTH:
        return _by_month(income, window, usual)
    if income.per is Per.YEAR:
        return Year(str(income.amount), income.amount.fen)
    return _once(income, window, on)


def _by_month(income: Income, window: int, usual: int) -> Year:
    each = income.amount.fen * (MONTHS // window)
    # nearly every income is told over the very months that are looked at
    is_plain = window == usual >= income.months and not income.months_in
    plain = (income.months, income.months)
    least, most = plain if is_plain else _months(_told(income, usual), window)
    more = None if most is None else (most - least) * each
    if not each:
        more = 0
    formula = f"{income.amount} × {least}{_scaled(window)}{'' if more == 0 else '（至少）'}"
    return Year(formula, each * least, more, least * MONTHS // window)


def _once(income: Income, window: int, on: date) -> Year:
    """A single sum: the whole of it in a year; in a shorter window only if it came within it.

    提出申请前 12 个月 (民发〔2024〕57号, domain.md §2.4) are twelve months and no day more: a sum
    that comes every year on the same day lies in them once.
    """
    day, fen = income.received_on, income.amount.fen * (MONTHS // window)
    formula = f"{income.amount}{_scaled(window)}"
    if day is None and window < MONTHS and fen:
        return Year(f"{formula}（哪天收到的没填，先没算）", 0, fen)
    if day is not None and day <= add_months(on, -window):
        return Year(f"{income.amount}（不在最近 {window} 个月里）", 0)
    return Year(formula, fen)


def _scaled(window: int) -> str:
    return f" × {MONTHS} ÷ {window}" if window < MONTHS else ""


def _told(income: Income, usual: int) -> _Told:
    """Months earned in, by the window they were counted in.

    More months than the usual window has can only be those of a year.
    """
    if income.months_in:
        return income.months_in
    return ((usual if income.months <= usual else MONTHS, income.months),)


def _months(told: _Told, window: int) -> tuple[int, int | None]:
    """The least and the most months of `window` (None: nobody told) that what was told allows."""
    exact = dict(told).get(window)
    if exact is not None:
        return exact, exact
    longer = [(over, months) for over, months in told if over > window]
    least = max(
        [max(0, months - (over - window)) for over, months in longer]
        + [months for over, months in told if over < window]
    )
    most = min([min(window, months) for _over, months in longer], default=None)
    return least, most
