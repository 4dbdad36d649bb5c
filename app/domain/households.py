"""Households: the unit of nearly every benefit, with its money and its papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import HouseholdId, ItemId, PersonId
from app.domain.money import Money
from app.domain.people import Member, Obligor, Person
from app.domain.words import Word


class Area(Word):
    """Which standard applies."""

    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"


class Category(Word):
    """The low-income category the county has recognised (国办发〔2023〕39号; S3:L11)."""

    DIBAO = "dibao", "低保"
    TEKUN = "tekun", "特困"
    MARGINAL = "marginal", "低保边缘"
    RIGID_EXPENDITURE = "rigid_expenditure", "刚性支出困难"
    SINGLE_PERSON = "single_person", "单人保"
    WATCHLIST = "watchlist", "备案"
    NONE = "none", "未纳入"


class MonitoringTag(Word):
    """防止返贫监测对象, kept beside the category and never overwritten by it (S3:L11)."""

    UNSTABLE_LIFTED_OUT = "unstable_lifted_out", "脱贫不稳定户"
    AT_RISK_MARGINAL = "at_risk_marginal", "边缘易致贫户"
    SUDDEN_DIFFICULTY = "sudden_difficulty", "突发严重困难户"


class Per(Word):
    """What span an amount is for."""

    MONTH = "month", "每月"
    YEAR = "year", "每年"
    ONCE = "once", "一次"


class IncomeKind(Word):
    """Where money comes from (case file, design §4)."""

    WAGE = "wage", "工资"
    PUBLIC_POST_WAGE = "public_post_wage", "公益岗位工资"
    FARMING = "farming", "种养"
    BUSINESS = "business", "做买卖"
    RENT = "rent", "房租"
    INTEREST = "interest", "利息"
    DIVIDEND = "dividend", "分红"
    LAND_TRANSFER = "land_transfer", "土地流转"
    RESIDENT_PENSION_BASIC = "resident_pension_basic", "居保基础养老金"
    RESIDENT_PENSION_PERSONAL = "resident_pension_personal", "居保个人账户养老金"
    EMPLOYEE_PENSION = "employee_pension", "职工养老金"
    MAINTENANCE = "maintenance", "赡养费"
    SOCIAL_INSURANCE = "social_insurance", "社会保险待遇"
    DISABILITY_SUBSIDY = "disability_subsidy", "残疾人两项补贴"
    ELDERLY_ALLOWANCE = "elderly_allowance", "高龄津贴"
    ORPHAN_ALLOWANCE = "orphan_allowance", "孤儿生活费"
    VETERAN_BENEFIT = "veteran_benefit", "优待抚恤金"
    STUDENT_AID = "student_aid", "助学金"
    FAMILY_PLANNING_AWARD = "family_planning_award", "计划生育奖励扶助"
    HONOUR_AWARD = "honour_award", "荣誉奖励"
    TEMPORARY_RELIEF = "temporary_relief", "临时救助款"
    CHARITY = "charity", "慈善款"
    DIBAO = "dibao", "低保金"
    OTHER_TRANSFER = "other_transfer", "其他转移收入"
    ASSESSED = "assessed", "已核定收入"


class ExpenseKind(Word):
    """Rigid outlay the household pays itself."""

    MEDICAL = "medical", "看病自付"
    EDUCATION = "education", "读书"
    DISABILITY_REHAB = "disability_rehab", "残疾康复"
    CARE = "care", "护理"
    LIVING = "living", "基本生活"
    ACCIDENT = "accident", "意外"
    DISASTER = "disaster", "受灾"
    OTHER = "other", "其他"


class AssetKind(Word):
    """What the household owns."""

    CASH = "cash", "现金"
    DEPOSIT = "deposit", "存款"
    SECURITY = "security", "股票证券"
    FUND = "fund", "基金理财"
    INSURANCE = "insurance", "商业保险"
    VEHICLE = "vehicle", "机动车"
    HOUSE = "house", "住房"
    NONRESIDENTIAL = "nonresidential", "非居住房屋"
    FARM_MACHINE = "farm_machine", "农机"
    BUSINESS = "business", "工商登记"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeItem:
    """One source of income; `person` None means the household's."""

    id: ItemId
    person: PersonId | None
    kind: IncomeKind
    amount: Money
    per: Per
    months: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseItem:
    """One rigid outlay."""

    id: ItemId
    person: PersonId | None
    kind: ExpenseKind
    amount: Money
    per: Per


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetItem:
    """One asset; money has an amount, things have a count."""

    id: ItemId
    kind: AssetKind
    amount: Money | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household with everything a form may ask about it."""

    id: HouseholdId
    area: Area
    village_code: str
    group_name: str
    door: str
    address: str
    phone: str | None
    category: Category
    monitoring_tag: MonitoringTag | None
    benefit_month: Money | None
    poverty_cause: str | None
    knock_note: str | None
    bank_name: str | None
    bank_account: str | None
    head: PersonId | None
    members: tuple[Member, ...]
    obligors: tuple[Obligor, ...] = ()
    incomes: tuple[IncomeItem, ...] = ()
    expenses: tuple[ExpenseItem, ...] = ()
    assets: tuple[AssetItem, ...] = ()
    version: int = 0
    split_from: HouseholdId | None = None
    successor: HouseholdId | None = None
    """Where its people went on, once it has ended by a merger."""
    ended_on: date | None = None
    """Since when nobody belongs to it any more."""
    last_head: Person | None = field(default=None, repr=False)
    """Who headed it last, where nobody is left to head it."""

    @property
    def named_head(self) -> Person | None:
        """Whose household it is: the head, or who headed it last."""
        head = self.head_member
        return self.last_head if head is None else head.person

    @property
    def head_member(self) -> Member | None:
        """The member who heads the household, if one is recorded."""
        return next((m for m in self.members if m.person.id == self.head), None)

    @property
    def place(self) -> str:
        """Group and door as people say it: 三组12号."""
        return f"{self.group_name}{self.door}"

    @property
    def whole_address(self) -> str:
        """The address down to the door, said once however the roster wrote it."""
        return self.address if self.address.endswith(self.place) else self.address + self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLine:
    """A household as one line in a list or a search answer."""

    id: HouseholdId
    head_name: str
    place: str
    category: Category
    members: int
    last_visit_on: date | None = None
    matched: str | None = None
    """What the search matched when it was not the head: another member's name."""
    left: str | None = None
    """Whom the search matched when that one lives there no more: the name."""
    is_over: bool = False
    """Nobody lives there any more; the record can still be opened."""
    lacks: bool | None = None
    """Whether a fact or a paper is missing; None where nobody looked (search answers)."""


_NUMERALS = "一二三四五六七八九十"


def group_order(group: str) -> tuple[int, str]:
    """一组 before 二组: Chinese numerals do not sort by themselves."""
    first = group[:1]
    return (_NUMERALS.index(first) if first and first in _NUMERALS else len(_NUMERALS), group)
