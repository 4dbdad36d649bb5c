"""What an officer may do about a case, by the same checks that guard the deeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.problem import Refused
from county_server.console.answers import Answer
from county_server.console.cases import APPLICATION, Case, check_answerable
from county_server.console.proposals import Standing, stands_before
from county_server.console.roles import (
    Level,
    Role,
    Staff,
    check_answers,
    check_endorses,
    check_sends_back,
)


def allowed(who: Staff, case: Case, row: Mapping[str, Any] | None) -> tuple[frozenset[str], str]:
    """The deeds the page offers, and why a waiting proposal is not theirs to answer."""
    stands = None if row is None else stands_before(row)
    back = set()
    if case.entity == APPLICATION and _passes(check_sends_back, who, stands):
        back.add("send_back")
    if row is None or _may_say_anew(who, row):
        answers = [a for a in Answer if _passes(check_answerable, case, a)]
        return frozenset({"propose"} if who.role.proposes and answers else ()) | {
            f"propose_{one.value}" for one in answers if who.role.proposes
        } | back, ""
    level = stands_before(row)
    maker = str(row["maker_id"])
    found = set()
    refusal = _refusal(check_answers, who, maker, level, case.whose.level)
    if refusal is None and row["endorser_id"] != who.id:
        found.add("approve")
    is_open = row["state"] == Standing.OPEN
    if is_open and _passes(check_endorses, who, maker, level, case.whose.level):
        found.add("endorse")
    if (
        not who.role.proposes
        and who.id != maker
        and (who.role.level is Level.COUNTY or level is Level.TOWNSHIP)
    ):
        found.add("reject")
    why = "" if found or refusal is None else refusal.what
    if row["basis"] != case.basis:
        why = "提意见以后这一户的资料又有改动，请打回，让经办看过再提。"
        found &= {"reject"}
    return frozenset(found | back), why


def _may_say_anew(who: Staff, row: Mapping[str, Any]) -> bool:
    return who.role is Role.COUNTY_HANDLER and row["state"] == Standing.ENDORSED.value


def _passes(check: Callable[..., None], *arguments: object) -> bool:
    return _refusal(check, *arguments) is None


def _refusal(check: Callable[..., None], *arguments: object) -> Refused | None:
    try:
        check(*arguments)
    except Refused as refused:
        return refused
    return None
