"""Rows of a case's page: what happened, by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.application_events import ApplicationEvent
from app.domain.casework import EventKind, Met, ReliefStatus, ReliefWay
from app.domain.households import Area, Category
from app.domain.money import Money
from app.domain.procedure import MaterialState
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import ReportedBy
from app.rules.grounds import Outcome
from county_server.console.answers import Answer
from county_server.console.cases import Case
from county_server.console.facts import LABELS, Fact
from county_server.console.law import Law
from county_server.console.proposals import Standing
from county_server.console.records import Dossier, Record
from county_server.console.roles import Role
from county_server.console.wording import NOTHING, day, identity, moment, plain, word, yuan

_VISITS: Final = 6
"""The newest visits that stand on the page."""
_SAID: Final = {Outcome.MEETS: "没超", Outcome.FAILS: "超了", Outcome.UNKNOWN: "还定不了"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: when, what, and what there is to say about it."""

    at: str
    what: str
    said: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One proposal with what became of it."""

    id: str
    maker: str = field(repr=False)
    made_at: str
    answer: str
    category: str
    amount: str
    terms: str
    note: str = field(repr=False)
    state: str
    endorsed: str = field(repr=False)
    checked: str = field(repr=False)


def opinion(row: Mapping[str, Any]) -> OpinionLine:
    """A proposal as it is read."""
    endorsed = _signed("", row["endorser"], row["endorsed_at"], row["endorse_note"])
    checked = _signed(row["checker_role"], row["checker"], row["checked_at"], row["check_note"])
    return OpinionLine(
        id=row["id"],
        maker=f"{Role(row['maker_role']).label} {row['maker']}",
        made_at=moment(row["made_at"]),
        answer=word(Answer, row["answer"]),
        category=word(Category, row["category"]) if row["category"] else "",
        amount="" if row["amount_fen"] is None else yuan(row["amount_fen"]),
        terms=_terms(row["terms"] or {}),
        note=row["note"],
        state=word(Standing, row["state"]),
        endorsed=endorsed,
        checked=checked,
    )


def _terms(terms: Mapping[str, str]) -> str:
    """What an opinion on a 渐退 or a benefit says besides."""
    begins = terms.get("begins")
    said = (
        ("文书", terms.get("paper_no")),
        ("每月", terms.get("shares")),
        ("从", f"{begins} 起" if begins else ""),
    )
    return "；".join(f"{label} {text}" for label, text in said if text)


def _signed(role: str | None, name: str | None, at: str | None, note: str | None) -> str:
    if not name:
        return ""
    title = f"{Role(role).label} {name}" if role else name
    return f"{title}，{moment(at)}{'：' + note if note else ''}"


def steps(dossier: Dossier, application_id: str) -> tuple[Row, ...]:
    """The steps of an application, as they were recorded."""
    steps = sorted(
        dossier.about("application_step", "application_id", application_id),
        key=lambda one: int(one.body.get("number") or 0),
    )
    return tuple(
        Row(
            day(one.body.get("happened_on")),
            word(ApplicationEvent, one.body.get("event")),
            told(one),
        )
        for one in steps
    )


def told(step: Record) -> str:
    """Who told of a step, on which paper, and what was noted."""
    who = step.text("told_by") or step.text("handler")
    return "，".join(text for text in (who, step.text("paper_no"), step.text("note")) if text)


def materials(dossier: Dossier, application_id: str) -> tuple[Row, ...]:
    """The checklist of an application."""
    return tuple(
        Row(
            day(one.body.get("settled_on")),
            one.text("name"),
            word(MaterialState, one.body.get("state"))
            + (f"（代替：{one.text('replaces')}）" if one.text("replaces") else ""),
        )
        for one in dossier.about("application_material", "application_id", application_id)
    )


def visits(dossier: Dossier) -> tuple[Row, ...]:
    """The newest visits."""
    newest = sorted(dossier.of("visit"), key=lambda one: one.text("visited_on"), reverse=True)
    return tuple(
        Row(
            day(one.body.get("visited_on")),
            "，".join(text for text in (_met(one), one.text("visitor")) if text) or "走访",
            one.text("note"),
        )
        for one in newest[:_VISITS]
    )


def _met(visit: Record) -> str:
    return word(Met, visit.body["met"]) if visit.body.get("met") else ""


def decision(record: Record) -> tuple[tuple[str, str], ...]:
    """What was decided or returned."""
    if not record.body.get("decided_on") and not record.body.get("decision_note"):
        return ()
    rows = [
        ("决定日期", day(record.body.get("decided_on"))),
        ("类别", word(Category, record.body.get("decided_category"))),
        ("每月保障金", yuan(record.body.get("decided_benefit_month_fen"))),
        ("意见", plain(record.body.get("decision_note"))),
    ]
    comments = record.body.get("return_comments") or ()
    rows += [(_place(one), str(one.get("text") or "")) for one in comments]
    return tuple((label, text) for label, text in rows if text != NOTHING)


def _place(comment: Mapping[str, Any]) -> str:
    """Where a comment stands, as the page calls it."""
    named = LABELS.get((str(comment.get("entity")), str(comment.get("column"))))
    return f"要改：{named}" if named else "要改的"


def relief_facts(body: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What is known about one 先行救助."""
    rows = (
        ("发生了什么", word(EventKind, body.get("event"))),
        ("情况", plain(body.get("event_note"))),
        ("在哪里", plain(body.get("event_place"))),
        ("发现时间", moment(body.get("found_at"))),
        ("怎么知道的", word(ReportedBy, body.get("reported_by"))),
        ("救助对象", plain(body.get("payee_name"))),
        ("身份证号", identity(body.get("payee_id_number"))),
        ("救助几个人", plain(body.get("persons"))),
        ("金额", yuan(body.get("amount_fen"))),
        ("怎么给", word(ReliefWay, body.get("way"))),
        ("实物", plain(body.get("goods"))),
        ("为什么报上来", plain(body.get("referral_reason"))),
        ("一天内给过，为什么又给", plain(body.get("apart_reason"))),
        ("经办人", plain(body.get("handler"))),
        ("谁同意的", plain(body.get("decided_by"))),
        ("什么时候同意的", moment(body.get("decided_at"))),
    )
    return tuple(Fact("", label, text, is_empty=text == NOTHING) for label, text in rows)


def caps(case: Case, dossier: Dossier, law: Law) -> tuple[tuple[str, str, str], ...]:
    """The caps the sum is under: their name, how they come about, how the sum stands to them."""
    area = dossier.household.text("area") if dossier.household else ""
    route = law.route(
        Money(int(case.body["amount_fen"])),
        int(case.body.get("persons") or 1),
        Area(area) if area else None,
    )
    if route is None:
        return ()
    return tuple((cap.kind.label, cap.rule, _SAID[cap.check.outcome]) for cap in route.caps)


def relief_steps(dossier: Dossier, relief_id: str) -> tuple[Row, ...]:
    """What was done about one 先行救助."""
    steps = sorted(
        dossier.about("relief_step", "relief_id", relief_id),
        key=lambda one: int(one.body.get("seq") or 0),
    )
    return tuple(
        Row(
            moment(one.body.get("happened_at")),
            word(ReliefEvent, one.body.get("event"))
            if one.body.get("event")
            else word(ReliefStatus, one.body.get("status")),
            "，".join(text for text in (one.text("who"), one.text("note")) if text),
        )
        for one in steps
    )
