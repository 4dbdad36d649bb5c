"""What a family deed will do, said before it is done; and what happened, said on the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.casework import Application
from app.domain.family import COMING, FamilyChange, FamilyDeed, FamilyEvent, FamilyPlan
from app.domain.households import Category, Household
from app.domain.ids import PersonId
from app.domain.people import Relation
from app.services.family_checks import Checked
from app.services.family_planning import Steps


def plan_of(change: FamilyChange, found: Checked, steps: Steps) -> FamilyPlan:
    """Whole sentences: what is recorded, who heads which household, what becomes of the money."""
    will = [_main(change, found), *_head(change, found.home), *_money(steps), *_end(change, steps)]
    will += closed_words(found.losing) if change.kind is FamilyDeed.DEATH else ()
    if needs_review((found.home, found.other), change) and (stake := _at_stake(found)):
        will.append(f"{stake}，会排进今日工作去复核；享受的待遇本机不改，由县里定。")
    return FamilyPlan(tuple(will), tuple(_to_look_at(change, found, steps)))


def closed_words(applications: Sequence[Application]) -> list[str]:
    """Which applications end with somebody's death, a sentence for each."""
    return [
        f"没办完的申请（{one.document_no}，{'、'.join(code.label for code in one.requested)}，"
        f"{one.status.label}）同时因去世终止；家里别人还要申请，另提一份。"
        for one in applications
    ]


def said_of(event: FamilyEvent, names: Mapping[str, str], places: Mapping[str, str]) -> str:
    """One deed as a line of the record of the household it happened to."""
    who = "、".join(names.get(one, "一个人") for one in event.people)
    other = "" if event.other is None else places.get(event.other, "另一户")
    is_source = any(change[2] == "until_on" for change in event.changes)
    match event.kind:
        case FamilyDeed.SPLIT:
            said = f"{who}分出去另立一户：{other}" if is_source else f"{who}从{other}分出来"
        case FamilyDeed.MERGE | FamilyDeed.MOVE:
            said = f"{who}去了{other}" if is_source else f"{who}从{other}过来"
        case FamilyDeed.MOVE_OUT:
            said = f"{who}迁到{event.to_place}"
        case FamilyDeed.DEATH:
            said = f"{who}去世"
        case FamilyDeed.HEAD:
            said = f"{who}当户主"
        case FamilyDeed.UNDO:
            said = "上一次变动记错了，已经改回来"
        case _:
            said = who
    return f"{said}。{event.note}" if event.note else said


def needs_review(homes: Iterable[Household | None], change: FamilyChange) -> bool:
    """Whether a benefit of one of the households may have to change with the family."""
    held = any(one is not None and one.category is not Category.NONE for one in homes)
    return held and change.kind is not FamilyDeed.HEAD


def _main(change: FamilyChange, found: Checked) -> str:
    day = f"{change.on.year}年{change.on.month}月{change.on.day}日"
    who = _names(found.home, change.people)
    match change.kind:
        case kind if kind in COMING and change.newcomer is not None:
            newcomer = change.newcomer
            back = "（本机有这个人的资料，接着用）" if found.known is not None else ""
            if found.was_dead:
                back = "（本机记着这个人去世了，这次改回来；资料接着用）"
            return (
                f"{newcomer.name}{back}从{day}起算这一户的人，是户主的{newcomer.relation.label}。"
            )
        case FamilyDeed.HEAD:
            return f"从{day}起，{_names(found.home, _some(change.head))}当户主。"
        case FamilyDeed.DEATH:
            return f"{who}记为{day}去世，不再算这一户的人；以前的记录都留着。"
        case FamilyDeed.MOVE_OUT:
            return f"{who}从{day}起不再算这一户的人，迁到{change.to_place}；以前的记录都留着。"
        case FamilyDeed.SPLIT:
            lead = _names(found.home, _some(change.leads))
            place = f"{change.group_name or found.home.group_name}{change.door or found.home.door}"
            return f"{who}从{day}起另立一户（{place}），{lead}当户主，先记为未纳入救助。"
        case FamilyDeed.MERGE:
            return f"这一户 {len(found.home.members)} 人从{day}起并到{_home(found.other)}。"
        case _:
            relation = change.relation.label
            return f"{who}从{day}起算{_home(found.other)}的人，是那家户主的{relation}。"


def _head(change: FamilyChange, home: Household) -> Iterable[str]:
    if change.head is not None and change.kind is not FamilyDeed.HEAD:
        yield f"这一户由{_names(home, (change.head,))}当户主。"


_BELONGINGS = (
    (("income_item", "expense_item"), "项收入和支出"),
    (("asset_item",), "样存款和财产"),
    (("support_obligor",), "个赡养人"),
)


def _money(steps: Steps) -> Iterable[str]:
    names = {entity for entities, _ in _BELONGINGS for entity in entities}
    items = [one for one in steps.all if one.entity in names]
    gone = [one.entity for one in items if not one.new]
    counted = ((sum(one in entities for one in gone), measure) for entities, measure in _BELONGINGS)
    if said := "、".join(f"{many} {measure}" for many, measure in counted if many):
        followed = "跟着过去" if len(items) > len(gone) else "不再算"
        yield f"名下 {said}{followed}。"


def _end(change: FamilyChange, steps: Steps) -> Iterable[str]:
    if any("ended_on" in one.fields for one in steps.all):
        yield "这一户就没有人了：不再排走访，档案还能打开看。"
    if change.kind is FamilyDeed.MERGE:
        yield "欠的手续、先行救助仍记在这一户名下，要照样办完。"


def _at_stake(found: Checked) -> str:
    held = [one for one in (found.home, found.other) if one and one.category is not Category.NONE]
    return "、".join(f"{_home(one)}是{one.category.label}" for one in held)


def _to_look_at(change: FamilyChange, found: Checked, steps: Steps) -> Iterable[str]:
    """An application that loses its applicant, relations that could be two things, and what the
    two households have to be asked about: only they know whose it is."""
    if found.losing and change.kind is not FamilyDeed.DEATH:
        yield f"{_names(found.home, change.people)}有没办完的申请，请到申请里记撤回，或换人申请。"
    names: dict[object, str] = {one.person.id: one.person.name for one in found.home.members}
    whose: dict[str, str] = {one.id: one.person.id for one in found.home.members}
    unsure = [
        names[person]
        for step in steps.all
        if step.entity == "household_member" and step.fields.get("relation") is Relation.OTHER
        for person in (step.fields.get("person_id", whose.get(step.entity_id)),)
        if person in names
    ]
    if unsure:
        yield f"{'、'.join(unsure)}和户主的关系推不准，先记成“其他”。"
    yield from _shared(change, found)


def _shared(change: FamilyChange, found: Checked) -> Iterable[str]:
    """What belonged to the household as a whole, where it is divided or comes to another's."""
    home, other = found.home, found.other
    owners = [*(one.person for one in home.incomes), *(one.person for one in home.expenses)]
    stays = change.kind in {FamilyDeed.SPLIT, FamilyDeed.MOVE} and len(change.people) < len(
        home.members
    )
    if stays and (None in owners or home.assets or home.obligors):
        yield "存款、房子、赡养人和全家的收入支出还记在原来这一户，分走的请两户都重新测算。"
    elif not stays and other is not None and home.obligors and other.obligors:
        yield "两户的赡养人记到一起了，有重的请在重新测算时去掉一个。"


def _names(home: Household, people: Sequence[PersonId]) -> str:
    return "、".join(one.person.name for one in home.members if one.person.id in people)


def _some(person: PersonId | None) -> tuple[PersonId, ...]:
    return () if person is None else (person,)


def _home(home: Household | None) -> str:
    if home is None:
        return "另一户"
    head = home.head_member
    return f"{head.person.name}户（{home.place}）" if head else home.place
