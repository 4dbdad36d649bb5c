"""People as the case file knows them: who they are, whom they live with, what they can do.

Codes follow the case file (design §4); labels are the village words of domain.md §4–5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import HouseholdId, MemberId, ObligorId, PersonId
from app.domain.money import Money
from app.domain.words import Word


class Sex(Word):
    """GB/T 2261.1, the two a resident ID number can say, and not known."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "不清楚"


class Relation(Word):
    """Relation to the head of the household (GB/T 4761)."""

    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    CHILD_IN_LAW = "child_in_law", "儿媳女婿"
    GRANDCHILD = "grandchild", "孙辈"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他"


class Living(Word):
    """How a member shares the household's life."""

    TOGETHER = "together", "一起住"
    AWAY_FOR_WORK = "away_for_work", "在外打工"
    AWAY_FOR_STUDY = "away_for_study", "在外读书"
    SEPARATE = "separate", "分开住"
    SHARES_BUDGET = "shares_budget", "共享收支"
    INSTITUTION = "institution", "住养老院福利院"


class Hukou(Word):
    """Where a member's hukou is, seen from this county."""

    LOCAL = "local", "本地户籍"
    NONLOCAL = "nonlocal", "外地户籍"
    RESIDENCE_PERMIT = "residence_permit", "居住证"
    HK_MACAO = "hk_macao", "港澳居民"
    NONE = "none", "没有户籍"


class PersonStatus(Word):
    """A standing that changes who is counted or who can support."""

    NORMAL = "normal", "正常"
    SERVING_SENTENCE = "serving_sentence", "服刑"
    COMPULSORY_REHAB = "compulsory_rehab", "强制隔离戒毒"
    DECLARED_MISSING = "declared_missing", "宣告失踪"
    CONSCRIPT = "conscript", "义务兵"
    CLERGY_3Y = "clergy_3y", "宗教教职满三年"
    DEAD = "dead", "已去世"
    NO_CIVIL_CAPACITY = "no_civil_capacity", "无民事行为能力"


class Student(Word):
    """Full-time schooling."""

    NONE = "none", "不是学生"
    COMPULSORY = "compulsory", "小学初中"
    SECONDARY = "secondary", "高中中职"
    UNDERGRADUATE = "undergraduate", "大学本专科"
    POSTGRADUATE = "postgraduate", "研究生"


class Marriage(Word):
    """Marital status, the groups of GB/T 2261.2 a form asks for."""

    UNMARRIED = "unmarried", "未婚"
    MARRIED = "married", "已婚"
    WIDOWED = "widowed", "丧偶"
    DIVORCED = "divorced", "离婚"


class Education(Word):
    """The highest school somebody has finished (GB/T 4658)."""

    POSTGRADUATE = "postgraduate", "研究生"
    UNDERGRADUATE = "undergraduate", "本科"
    COLLEGE = "college", "专科"
    VOCATIONAL = "vocational", "中专"
    TECHNICAL = "technical", "技校"
    HIGH = "high", "高中"
    MIDDLE = "middle", "初中"
    PRIMARY = "primary", "小学"
    NONE = "none", "文盲半文盲"


class Labour(Word):
    """Capacity for work."""

    ABLE = "able", "能干活"
    PARTIAL = "partial", "部分能干"
    NONE = "none", "不能干活"
    UNKNOWN = "unknown", "不清楚"


class DisabilityKind(Word):
    """Kind on the disability certificate (order of GB/T 2261.3 61–67)."""

    VISUAL = "visual", "视力"
    HEARING = "hearing", "听力"
    SPEECH = "speech", "言语"
    PHYSICAL = "physical", "肢体"
    INTELLECTUAL = "intellectual", "智力"
    MENTAL = "mental", "精神"
    MULTIPLE = "multiple", "多重"


class SelfCare(Word):
    """The six things of 生活自理能力 (特困人员认定办法; domain.md §2.6)."""

    EAT = "eat", "自己吃饭"
    DRESS = "dress", "自己穿衣"
    BED = "bed", "上下床"
    TOILET = "toilet", "上厕所"
    WALK = "walk", "屋里走动"
    BATH = "bath", "洗澡"


class IdKind(Word):
    """What document names the person."""

    RESIDENT = "resident", "居民身份证"
    HUKOU_BOOK = "hukou_book", "户口簿"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民居住证"
    OTHER = "other", "其他证件"
    NONE = "none", "没有证件"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person. `id_number` is compact and upper case; screens mask it."""

    id: PersonId
    name: str
    id_kind: IdKind = IdKind.RESIDENT
    id_number: str | None = None
    birth: date | None = None
    sex: Sex = Sex.UNKNOWN
    ethnicity: str | None = None
    hukou: Hukou | None = None
    hukou_address: str | None = None
    permit_no: str | None = None
    """Of the residence permit (居住证)."""
    resident_since: int | None = None
    """The year they came to live here."""
    marriage: Marriage | None = None
    education: Education | None = None
    labour: Labour = Labour.UNKNOWN
    employer: str | None = None
    student: Student | None = None
    status: PersonStatus | None = None
    disabled: bool | None = None
    """False when somebody asked and there is no certificate; `disability_kind` says yes."""
    disability_kind: DisabilityKind | None = None
    disability_level: int | None = None
    disability_no: str | None = None
    """Of the certificate; it begins with the ID number and is masked like one."""
    serious_illness: bool | None = None
    illness: str | None = None
    self_care: dict[str, bool] | None = field(default=None, hash=False)
    receives: tuple[str, ...] = ()
    monitored: bool | None = None
    first_employed_on: date | None = None
    self_declared_on: date | None = None
    phone: str | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person's place in a household."""

    id: MemberId
    household: HouseholdId
    person: Person
    relation: Relation
    living: Living | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligor:
    """Somebody bound by law to support a member (法定赡养抚养扶养义务人)."""

    id: ObligorId
    household: HouseholdId
    name: str
    relation: str
    birth: date | None = None
    monthly_income: Money | None = None
    maintenance_month: Money | None = None
    status: PersonStatus | None = None


def mask_id_number(text: str | None) -> str:
    """First six and last four, the rest stars (security R10); empty for none."""
    if not text:
        return ""
    return text[:6] + "*" * max(len(text) - 10, 0) + text[-4:]


def spaced_id_number(text: str) -> str:
    """6-8-4, as printed for reading aloud."""
    return f"{text[:6]} {text[6:14]} {text[14:]}"
