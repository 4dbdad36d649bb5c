"""A household's benefits as they are read: what runs, what was said here and told from below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.grace_states import GraceStatus
from app.domain.households import Category
from app.domain.standing import BenefitKind, ChangeKind, ReviewResult
from county_server.benefit_book import Said
from county_server.console.answers import Answer
from county_server.console.case_rows import Row
from county_server.console.cases import Held
from county_server.console.facts import Fact
from county_server.console.grace_rows import months_of
from county_server.console.records import Dossier, Record
from county_server.console.wording import NOTHING, day, moment, month, plain, word, yuan
from county_server.standing import BENEFIT, GRACE

_STOP: Final = "停发"
_CHANGE: Final = "改金额（增发、减发）"


def benefit_answers(held: Held) -> tuple[tuple[str, str], ...]:
    """(answer, how the page puts it) of everything that may be said now."""
    undo = "" if held.undoable is None else f"撤回上一次：{word_of(held.undoable)}"
    may = (
        (Answer.CHANGE, _CHANGE, held.is_paid),
        (Answer.STOP, _STOP, held.is_recognised),
        (Answer.UNDO, undo, held.undoable is not None),
    )
    return tuple((answer.value, label) for answer, label, is_open in may if is_open)


def benefit_facts(dossier: Dossier) -> tuple[Fact, ...]:
    """What the household is recognised as, and who lives there."""
    home = dossier.household
    if home is None:
        return ()
    people = [dossier.name_of(one.body.get("person_id")) for one in members(dossier)]
    rows = (
        ("现在的类别", word(Category, home.body.get("category"))),
        ("每月保障金", yuan(home.body.get("benefit_month_fen"))),
        ("家里的人", "、".join(name for name in people if name) or NOTHING),
        ("家庭住址", plain(home.body.get("address"))),
        ("这户没有人了", day(home.body.get("ended_on"))),
    )
    return tuple(Fact("", label, text, is_empty=text == NOTHING) for label, text in rows)


def members(dossier: Dossier) -> list[Record]:
    """Who lives there now, the head first."""
    found = [one for one in dossier.of("household_member") if not one.body.get("until_on")]
    return sorted(found, key=lambda one: int(one.body.get("position") or 0))


def benefit_lines(dossier: Dossier) -> tuple[tuple[str, str, str, str, str], ...]:
    """Kind, months, sum, who sends it, why it ended; the newest first."""
    newest = sorted(dossier.of(BENEFIT), key=lambda one: one.text("from_month"), reverse=True)
    return tuple(
        (
            word(BenefitKind, one.body.get("kind")),
            _months(one),
            yuan(one.body.get("amount_fen")),
            "县里" if one.body.get("by_county") else "村里记的",
            one.text("stop_reason"),
        )
        for one in newest
    )


def graces_of(dossier: Dossier) -> tuple[tuple[str, str, str], ...]:
    """(id, what each month pays, how it stands) of every 渐退, the newest first."""
    newest = sorted(dossier.of(GRACE), key=lambda one: one.text("proposed_on"), reverse=True)
    return tuple(
        (one.id, months_of(one.body), word(GraceStatus, one.body.get("status"))) for one in newest
    )


def _months(benefit: Record) -> str:
    begun, last = month(benefit.body.get("from_month")), benefit.body.get("to_month")
    if last and benefit.body.get("amount_fen") == 0:
        return f"{begun}起的没有发"
    return f"{begun}起" + (f"，发到{month(last)}" if last else "，在发")


def word_of(said: Said) -> str:
    """ "从2026年5月起停发" """
    what = _STOP if said.month_sum_fen is None else f"每月 {yuan(said.month_sum_fen)}"
    return f"从{month(said.begins.isoformat())}起{what}"


def said_rows(words: Iterable[Said]) -> tuple[Row, ...]:
    """What the county said, the newest first."""
    newest = sorted(words, key=lambda one: one.said_at, reverse=True)
    return tuple(
        Row(
            moment(one.said_at),
            word_of(one) + ("（已撤回）" if one.undone_why is not None else ""),
            "，".join(text for text in (one.by, one.paper_no, one.reason, one.undone_why) if text),
        )
        for one in newest
    )


def told_rows(dossier: Dossier) -> tuple[Row, ...]:
    """The 增减员 and 定期复核 the village told of, the newest first."""
    changes = [
        Row(
            day(one.body.get("happened_on")),
            f"{word(ChangeKind, one.body.get('kind'))}：{one.text('person_name')}",
            one.text("reason"),
        )
        for one in dossier.of("composition_change")
    ]
    reviews = [
        Row(
            day(one.body.get("reviewed_on")),
            f"定期复核：{word(ReviewResult, one.body.get('result'))}{review_found(dossier, one)}",
            one.text("note"),
        )
        for one in dossier.of("periodic_review")
    ]
    return tuple(sorted(changes + reviews, key=lambda one: one.at, reverse=True))


def review_found(dossier: Dossier, review: Record) -> str:
    """What the test of a 定期复核 came to."""
    test = dossier.one("assessment", review.body.get("assessment_id"))
    if test is None:
        return ""
    suggested = test.body.get("suggested")
    return f"，算出来{word(Category, suggested)}" if suggested else "，算出来都不符合"
