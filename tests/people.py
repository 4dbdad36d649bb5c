"""A handful of invented people for screens and papers: area code 459901 belongs to no county."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.domain.happening import Happening
from app.domain.households import Area, Category, Household, HouseholdLine, MonitoringTag
from app.domain.ids import HouseholdId, MemberId, PersonId
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Labour,
    Living,
    Member,
    Person,
    Relation,
    Sex,
    Student,
)
from app.domain.today import Today, WorkItem, WorkKind
from app.services.change_history import FieldChange
from app.ui.household.desk import Opened

TODAY = date(2026, 3, 2)
NAMES = (
    ("李桂芳", "一组", "3号", Category.DIBAO, 3),
    ("赵大山", "三组", "12号", Category.MARGINAL, 4),
    ("陈阿四", "二组", "7号", Category.TEKUN, 1),
    ("吴秀兰", "二组", "9号", Category.DIBAO, 1),
    ("周建军", "四组", "1号", Category.RIGID_EXPENDITURE, 5),
    ("黄有财", "四组", "15号", Category.MARGINAL, 3),
    ("覃兰英", "二组", "21号", Category.DIBAO, 2),
    ("阿依古丽·买买提", "五组", "2号", Category.NONE, 6),
    ("韦㛃", "一组", "18号", Category.WATCHLIST, 4),
    ("侬艳梅", "三组", "5号", Category.SINGLE_PERSON, 2),
)


def lines() -> list[HouseholdLine]:
    """Households as list lines."""
    return [
        HouseholdLine(
            id=HouseholdId(f"h-{at}"),
            head_name=name,
            place=group + door,
            category=category,
            members=members,
            last_visit_on=None if at == 7 else TODAY - timedelta(days=at * 9),
        )
        for at, (name, group, door, category, members) in enumerate(NAMES)
    ]


def find(text: str) -> list[HouseholdLine]:
    """Lines whose head has `text` in the name, or all when it is "lgf"."""
    initials = {"lgf": 0, "zds": 1, "wxl": 3}
    if text in initials:
        return [lines()[initials[text]]]
    return [line for line in lines() if text in line.head_name or text in line.place]


def household(key: str = "h-0") -> Household:
    """李桂芳's household: a pensioner, a son who works, a grandchild at school."""
    head, son, girl = PersonId("p-1"), PersonId("p-2"), PersonId("p-3")
    people = (
        (
            Relation.HEAD,
            Living.TOGETHER,
            Person(
                id=head,
                name="李桂芳",
                id_number="459901195803090020",
                birth=date(1958, 3, 9),
                sex=Sex.FEMALE,
                labour=Labour.NONE,
                disability_kind=DisabilityKind.PHYSICAL,
                disability_level=3,
            ),
        ),
        (
            Relation.CHILD,
            Living.AWAY_FOR_WORK,
            Person(
                id=son,
                name="李建国",
                id_number="459901198411020035",
                birth=date(1984, 11, 2),
                sex=Sex.MALE,
                labour=Labour.ABLE,
            ),
        ),
        (
            Relation.GRANDCHILD,
            Living.TOGETHER,
            Person(
                id=girl,
                name="李小雨",
                birth=date(2013, 9, 1),
                sex=Sex.FEMALE,
                student=Student.COMPULSORY,
            ),
        ),
    )
    return Household(
        id=HouseholdId(key),
        area=Area.RURAL,
        village_code="459901103207",
        group_name="一组",
        door="3号",
        address="云岭镇青石村一组3号",
        phone="13800004410",
        category=Category.DIBAO,
        monitoring_tag=MonitoringTag.SUDDEN_DIFFICULTY,
        benefit_month=Money.yuan(395),
        poverty_cause="因病",
        knock_note="过晒谷场第二家，狗要拴",
        bank_name="农村信用社",
        bank_account="6228480000000004410",
        head=head,
        members=tuple(
            Member(
                id=MemberId(f"m-{at}"),
                household=HouseholdId(key),
                person=person,
                relation=relation,
                living=living,
            )
            for at, (relation, living, person) in enumerate(people)
        ),
    )


def today() -> Today:
    """A home page with every kind of line."""
    said = (
        (WorkKind.RELIEF_PAPERWORK, 1, 2, "还剩 2 个工作日", "3月1日火灾先给了 800 元"),
        (WorkKind.RETURNED, 6, 0, "今天", "身份证号第 18 位不对"),
        (WorkKind.REVIEW, 0, 2, "还剩 2 天", "低保户每半年复核一次"),
        (WorkKind.VISIT, 2, 0, "今天", "特困分散供养，本月未见人"),
        (WorkKind.VISIT, 3, 0, "今天", "独居，上次说腿疼"),
        (WorkKind.SIGNATURE, 4, 3, "还剩 3 天", "申请书缺按手印"),
        (WorkKind.VISIT, 5, 0, "今天", "低保边缘，儿子返乡"),
        (WorkKind.DECIDED, 9, 0, "今天", "单人保同意，每月 320 元"),
    )
    items = tuple(
        WorkItem(
            kind=kind,
            household=HouseholdId(f"h-{who}"),
            entity_id=f"e-{who}",
            who=NAMES[who][0],
            place=NAMES[who][1] + NAMES[who][2],
            due_on=TODAY + timedelta(days=days),
            overdue=False,
            due_text=due,
            why=why,
            rule="示例",
            pressing=kind in {WorkKind.RELIEF_PAPERWORK, WorkKind.RETURNED},
            page="relief" if kind is WorkKind.RELIEF_PAPERWORK else "visits",
            target=f"e-{who}",
            action="去办",
        )
        for kind, who, days, due, why in said
    )
    return Today(
        on=TODAY,
        items=items,
        visits_due=6,
        visits_left_this_month=11,
        deadlines=3,
        paperwork=1,
        waiting_upload=14,
        differing=1,
        recent=tuple(
            (HouseholdId(f"h-{at}"), NAMES[at][0], NAMES[at][1] + NAMES[at][2]) for at in (0, 1, 3)
        ),
    )


def today_with_nothing() -> Today:
    """A home page with nothing to do."""
    return replace(today(), items=(), visits_due=0, deadlines=0, paperwork=0, differing=0)


def history() -> list[Happening]:
    """What happened to 李桂芳's household, newest first."""
    said = (
        (date(2026, 2, 26), "assessment", "测算", "收入复核测算草稿，做到第 2 步", "past"),
        (date(2026, 1, 18), "visit", "走访", "见到本人。儿子要出去打工。", "visits"),
        (
            date(2025, 9, 3),
            "application",
            "申请",
            "低保确认，每月 395 元（县民政局）",
            "applications",
        ),
        (date(2025, 8, 20), "print", "打印", "低保申请书", ""),
    )
    return [
        Happening(
            on=on, kind=kind, title=title, detail=detail, entity_id=f"e-{at}", page=page,
            target="h-0",
        )
        for at, (on, kind, title, detail, page) in enumerate(said)
    ]  # fmt: skip


def changes() -> list[FieldChange]:
    """Who changed what at 李桂芳's household, newest first."""
    said = (
        ("household", "", "phone", "13800000001", "13800004410"),
        ("household_member", "李建国", "living", "together", "away_for_work"),
        ("person", "李小雨", "", None, None),
    )
    return [
        FieldChange(
            at=datetime(2026, 2, 26 - at, 2, 30, tzinfo=UTC), who="王秀英", why="", entity=entity,
            whose=whose, column=column, old=old, new=new,
        )
        for at, (entity, whose, column, old, new) in enumerate(said)
    ]  # fmt: skip


def opened(key: str = "h-0") -> Opened:
    """What the household page loads in one go."""
    return Opened(household(key), history(), ["李小雨的身份证号"], "李桂芳户（一组3号）")
