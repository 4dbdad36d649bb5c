"""What the visit page says about a household, as words. No Qt."""

from __future__ import annotations

from app.domain.casework import Met, Visit
from app.domain.households import Category, Household
from app.ui.theme.tokens import Tone
from app.ui.widgets.entry import grouped_phone, short_date


def chips_of(household: Household) -> list[tuple[str, Tone, str]]:
    """Category, monitoring tag, and what makes a household fragile: (words, tone, icon)."""
    chips = [(household.category.label, _category_tone(household.category), "id-badge-2")]
    if household.monitoring_tag is not None:
        chips.append((household.monitoring_tag.label, Tone.WARN, ""))
    if len(household.members) == 1:
        chips.append(("独居", Tone.WARN, "user"))
    if any(m.person.disability_kind is not None for m in household.members):
        chips.append(("有残疾人", Tone.INFO, "user"))
    if any(m.person.serious_illness for m in household.members):
        chips.append(("有重病人", Tone.WARN, ""))
    return chips


def phone_text(household: Household) -> str:
    """The household's phone, and below it others' in it, in groups of 3-4-4."""
    own = [grouped_phone(household.phone)] if household.phone else []
    others = [
        f"{m.person.name} {grouped_phone(m.person.phone)}"
        for m in household.members
        if m.person.phone and m.person.phone != household.phone
    ]
    return "\n".join([*own, *others[:2]]) or "没留电话"


def last_visit_text(last: Visit | None) -> str:
    """When somebody was there last and what was said."""
    if last is None:
        return "以前没有走访到人"
    said = last.note or _answers_text(last)
    return f"上次 {short_date(last.visited_on)}：{said}"


def brief_text(household: Household, last: Visit | None) -> str:
    """What to know before knocking, one after the other: the note, the telephone, the last time."""
    parts = (
        household.knock_note or "",
        phone_text(household).replace("\n", "，"),
        last_visit_text(last),
    )
    return "　".join(part for part in parts if part)


def _answers_text(visit: Visit) -> str:
    if visit.met is Met.NOBODY:
        return Met.NOBODY.label
    answers = (visit.health, visit.supplies, visit.housing)
    said = "，".join(answer.label for answer in answers if answer is not None)
    return said or visit.met.label


def _category_tone(category: Category) -> Tone:
    return Tone.INFO if category is not Category.NONE else Tone.FAINT
