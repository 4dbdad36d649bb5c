"""备案 — on no rung, but to be kept in view: registered, and looked at again.

粤民、粤扶贫办 2020 实施方案 二(一)三: whoever failed the check and the assessment of living but has
difficulties, and whoever's income lies between the 低保 standard and the line of being lifted out,
is put on record. The text does not say what difficulties are; those the case file can show are
counted, others are for the village to name.
"""

from __future__ import annotations

from app.domain.households import Category
from app.domain.words import Word
from app.rules.amounts import month_of
from app.rules.dibao import below_standard
from app.rules.facts import Member
from app.rules.grounds import (
    FAILS,
    MEETS,
    MET,
    Check,
    Outcome,
    Reason,
    all_of,
    any_of,
    failed,
    plainly_failed,
    unsettled,
)
from app.rules.means import Means, upside_down
from app.rules.own_income import on_rung
from app.rules.parameters import WATCHLIST_LINE
from app.rules.rigid_outlay import rigid_outlay


class WatchReason(Word):
    """Why a household is put on record."""

    BETWEEN_LINES = "between_lines", "收入在低保标准和备案线之间"
    DIFFICULTIES = "difficulties", "不符合条件但有困难"


def watchlist_check(means: Means, basis: str, upper: tuple[Check, ...]) -> Check:
    """Whether the household is to be registered; `upper` are all the other rungs."""
    on_none = upside_down(any_of(*upper), "已经够得上前面的救助，不用备案。", basis)
    causes = any_of(between_lines(means, basis), has_difficulties(means, basis))
    ended = all_of(on_none, causes)
    return causes if ended.outcome is MEETS else ended


def watch_reasons(means: Means, outcome: Outcome) -> tuple[WatchReason, ...]:
    """The codes for the register; none unless the rung is met."""
    if outcome is not MEETS:
        return ()
    causes = {
        WatchReason.BETWEEN_LINES: between_lines(means, ""),
        WatchReason.DIFFICULTIES: has_difficulties(means, ""),
    }
    return tuple(code for code, cause in causes.items() if cause.outcome is MEETS)


def between_lines(means: Means, basis: str) -> Check:
    """Income a head from the 低保 standard up to the pack's line (not reaching it)."""
    line = means.terms.find(WATCHLIST_LINE, means.facts.household.area)
    if line is None:
        text = "还没有备案的收入线（脱贫标准），要由县里给出。"
        return unsettled(text, basis, WATCHLIST_LINE.name)
    if line.value is None:
        return failed("这个政策包没有备案的收入线。", line.basis)
    text = "人均收入低于低保标准，不是因为收入备案。"
    check = all_of(
        upside_down(below_standard(means, basis), text, basis),
        on_rung(means, Category.WATCHLIST).below(month_of(line.value), "备案的收入线", line.basis),
    )
    return _because(check, WatchReason.BETWEEN_LINES, line.basis)


def has_difficulties(means: Means, basis: str) -> Check:
    """Illness, disability, rigid outlay or the mark of a monitored household."""
    outlay = _outlay(means, basis)
    if outlay.outcome is MEETS:
        return _because(outlay, WatchReason.DIFFICULTIES, basis)
    check = any_of(outlay, *(_sign(means, member, basis) for member in means.family.counted))
    if check.outcome is FAILS:
        text = "没有填到重病、残疾、大额支出；有别的困难，请村里写明再备案。"
        return plainly_failed(text, basis)
    return _because(check, WatchReason.DIFFICULTIES, basis)


def _sign(means: Means, member: Member, basis: str) -> Check:
    """What about `member` speaks for keeping the household in view."""
    said = {
        "serious_illness": member.serious_illness,
        "disability": member.disabled,
        "monitored": member.monitored,
    }
    if any(said.values()):
        return MET
    path = means.facts.household.path(member)
    unasked = [f"{path}.{name}" for name, value in said.items() if value is None]
    if unasked:
        text = "还没问完有没有重病、残疾，是不是监测对象。"
        return unsettled(text, basis, *unasked)
    return plainly_failed("没有重病、残疾，也不是监测对象。", basis)


def _outlay(means: Means, basis: str) -> Check:
    expenses = means.facts.household.expenses
    if expenses is None:
        return unsettled("还没问过看病、上学这些必要支出。", basis, "household.expenses")
    if any(expense.amount.fen for expense in expenses):
        return MET
    unasked = rigid_outlay(means).more
    return (
        unasked if unasked is not MET else plainly_failed("没有填看病、上学这些必要支出。", basis)
    )


def _because(check: Check, reason: WatchReason, basis: str) -> Check:
    """A met test says which of the two causes it was."""
    if check.outcome is not MEETS:
        return check
    return Check(MEETS, (Reason(f"{reason.label}，登记备案，以后再看。", basis),))
