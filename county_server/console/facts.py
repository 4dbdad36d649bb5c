"""The facts of a household as rows of a page, each with the place a comment of the county has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.households import Category
from app.domain.problem import Refused
from app.domain.procedure import ReturnComment
from county_server.authority import COUNTY_FIELDS
from county_server.console.records import Dossier, Record
from county_server.console.wording import (
    AREA_WORDS,
    NOTHING,
    SHAPES,
    Shape,
    card,
    identity,
    plain,
    word,
    yes_no,
    yuan,
)

_LONGEST: Final = 500
"""Letters of one comment."""
_PREFIX: Final = "c:"
"""What the names of the comment fields of a form begin with."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of one record. `key` names it in a form and in the comments."""

    key: str
    label: str
    text: str = field(repr=False)
    is_empty: bool = False
    is_village_s: bool = True
    """Whether the village can mend it, so that a comment makes sense."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one record under its heading."""

    title: str = field(repr=False)
    facts: tuple[Fact, ...]


_Field = tuple[str, str, Shape]


def _area(value: Any) -> str:  # noqa: ANN401  # a field of a document
    return AREA_WORDS.get(str(value), plain(value))


_HOUSEHOLD: Final[tuple[_Field, ...]] = (
    ("area", "城镇还是农村", _area),
    ("group_name", "村民小组", plain),
    ("door", "门牌", plain),
    ("address", "家庭住址", plain),
    ("phone", "联系电话", plain),
    ("category", "现在的类别", SHAPES["category"]),
    ("benefit_month_fen", "现在每月保障金", yuan),
    ("poverty_cause", "致困原因", plain),
    ("bank_name", "开户行", plain),
    ("bank_account", "银行卡号", card),
)
_PERSON: Final[tuple[_Field, ...]] = (
    ("name", "姓名", plain),
    ("id_number", "身份证号", identity),
    ("birth_on", "出生日期", plain),
    ("sex", "性别", SHAPES["sex"]),
    ("hukou", "户籍", SHAPES["hukou"]),
    ("hukou_address", "户籍地址", plain),
    ("permit_no", "居住证号", identity),
    ("resident_since", "哪年来住的", plain),
    ("labour", "劳动能力", SHAPES["labour"]),
    ("employer", "工作单位", plain),
    ("student", "上学", SHAPES["student"]),
    ("marriage", "婚姻状况", SHAPES["marriage"]),
    ("education", "文化程度", SHAPES["education"]),
    ("status", "特殊情况", SHAPES["person_status"]),
    ("disability_kind", "残疾类别", SHAPES["disability"]),
    ("disability_level", "残疾等级", plain),
    ("disability_no", "残疾证号", identity),
    ("is_seriously_ill", "重病", yes_no),
    ("illness", "病情", plain),
)
_INCOME: Final[tuple[_Field, ...]] = (
    ("kind", "收入种类", SHAPES["income"]),
    ("amount_fen", "收入金额", yuan),
    ("per", "每月还是每年", SHAPES["per"]),
    ("months", "几个月", plain),
)
_EXPENSE: Final[tuple[_Field, ...]] = (
    ("kind", "支出种类", SHAPES["expense"]),
    ("amount_fen", "支出金额", yuan),
    ("per", "每月还是每年", SHAPES["per"]),
)
_ASSET: Final[tuple[_Field, ...]] = (
    ("kind", "财产种类", SHAPES["asset"]),
    ("amount_fen", "财产金额", yuan),
    ("count", "数量", plain),
)
_OBLIGOR: Final[tuple[_Field, ...]] = (
    ("name", "姓名", plain),
    ("relation", "关系", plain),
    ("monthly_income_fen", "每月收入", yuan),
    ("maintenance_month_fen", "每月给赡养费", yuan),
    ("status", "特殊情况", SHAPES["person_status"]),
)
_APPLICATION: Final[tuple[_Field, ...]] = (
    (
        "requested",
        "申请哪一档",
        lambda value: "、".join(word(Category, one) for one in value or ()),
    ),
    ("filed_on", "填表日期", plain),
)
_OPEN: Final[Mapping[str, Shape]] = dict.fromkeys(
    ("id_number", "bank_account", "permit_no", "disability_no"), plain
)
"""Numbers that are shown whole when somebody asked for them."""


def fact_groups(
    dossier: Dossier, application: Record | None, *, whole_numbers: bool = False
) -> list[Group]:
    """Every fact of a household, record by record."""
    return list(_groups(dossier, application, whole=whole_numbers))


def _groups(dossier: Dossier, application: Record | None, *, whole: bool) -> Iterator[Group]:
    if application is not None:
        yield _group("这份申请", application, _APPLICATION, whole=whole)
    if dossier.household is not None:
        yield _group("家庭", dossier.household, _HOUSEHOLD, whole=whole)
    for member in sorted(dossier.of("household_member"), key=_position):
        person = dossier.one("person", member.body.get("person_id"))
        if person is None or member.body.get("until_on"):
            continue
        yield _group(_who(member, person), person, _PERSON, whole=whole)
    for entity, title, fields in _TABLES:
        for record in dossier.of(entity):
            whose = dossier.name_of(record.body.get("person_id"))
            yield _group(f"{title}{'：' if whose else ''}{whose}", record, fields, whole=whole)


_TABLES: Final = (
    ("income_item", "收入", _INCOME),
    ("expense_item", "支出", _EXPENSE),
    ("asset_item", "财产", _ASSET),
    ("support_obligor", "赡养人", _OBLIGOR),
)


def _position(member: Record) -> int:
    return int(member.body.get("position") or 0)


def _who(member: Record, person: Record) -> str:
    relation = SHAPES["relation"](member.body.get("relation"))
    living = SHAPES["living"](member.body.get("living"))
    return f"{person.text('name')}（{relation}{'' if living == NOTHING else '，' + living}）"


def _group(title: str, record: Record, fields: Sequence[_Field], *, whole: bool) -> Group:
    facts = []
    for column, label, shape in fields:
        chosen = _OPEN.get(column, shape) if whole else shape
        text = chosen(record.body.get(column)) or NOTHING
        key = f"{record.entity}:{record.id}:{column}"
        mends = column not in COUNTY_FIELDS.get(record.entity, ())
        facts.append(Fact(key, label, text, is_empty=text == NOTHING, is_village_s=mends))
    return Group(title, tuple(facts))


def comments_in(form: Mapping[str, str], groups: Iterable[Group]) -> tuple[ReturnComment, ...]:
    """The comments of a form, in the order of the page.

    Raises Refused K-18 for a place that is not on the page, K-70 for a comment too long.
    """
    typed = {
        name.removeprefix(_PREFIX): text.strip()
        for name, text in form.items()
        if name.startswith(_PREFIX) and text.strip()
    }
    places = [fact.key for group in groups for fact in group.facts if fact.is_village_s]
    if typed.keys() - set(places):
        raise Refused("意见对不上这一户的资料。", do="请重新打开这一页再写。", code="K-18")
    if any(len(text) > _LONGEST for text in typed.values()):
        raise Refused(f"一条意见最多 {_LONGEST} 个字。", do="请写短一些。", code="K-70")
    return tuple(_comment(key, typed[key]) for key in places if key in typed)


def _comment(key: str, text: str) -> ReturnComment:
    entity, entity_id, column = key.split(":")
    return ReturnComment(entity=entity, entity_id=entity_id, column=column, text=text)


LABELS: Final[Mapping[tuple[str, str], str]] = {
    (entity, column): label
    for entity, fields in (
        ("household", _HOUSEHOLD),
        ("person", _PERSON),
        ("income_item", _INCOME),
        ("expense_item", _EXPENSE),
        ("asset_item", _ASSET),
        ("support_obligor", _OBLIGOR),
        ("application", _APPLICATION),
    )
    for column, label, _ in fields
}
"""(entity, column) → what the field is called."""
