"""One completed visit in words. No Qt."""

from __future__ import annotations

from app.domain.clock import china_date
from app.domain.visiting import Addendum
from app.ui.visit_record.desk import SeenVisit
from app.ui.widgets.entry import short_date


def heading(seen: SeenVisit) -> str:
    """Whom, when, by whom."""
    head = seen.household.head_member
    name = "" if head is None else head.person.name
    visit = seen.visit
    return f"{name} {seen.household.place}　{short_date(visit.visited_on)}　{visit.kind.label}"


def answers(seen: SeenVisit) -> list[tuple[str, str]]:
    """(question, answer) of everything that was answered."""
    visit = seen.visit
    asked = (
        ("怎么走访的", visit.channel),
        ("见到谁", visit.met),
        ("身体", visit.health),
        ("吃饭穿衣", visit.supplies),
        ("住房", visit.housing),
        ("收入变化", visit.income_change),
        ("需要什么", visit.need),
        ("个人清洁", visit.cleanliness),
        ("屋里卫生", visit.dwelling),
        ("用火用电", visit.fire_safety),
        ("照料人", visit.carer),
        ("政策讲了哪样", visit.explained),
        ("对救助满意吗", visit.satisfaction),
    )
    said = [(question, word.label) for question, word in asked if word is not None]
    if visit.note:
        said.append(("情况说明", visit.note))
    said.append(("走访人", visit.visitor))
    return said


def addendum_text(one: Addendum) -> str:
    """What was added, when and by whom."""
    return f"{short_date(china_date(one.recorded_at))} {one.by} 补记：{one.text}"
