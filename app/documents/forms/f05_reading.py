"""F05 out of a stored means test: names for ids, words for codes, sums under heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from app.documents import values
from app.documents.forms import holdings, persons
from app.documents.forms.f05_content import (
    F05Content,
    F05Limit,
    F05Line,
    F05Member,
    F05Reason,
    F05Rung,
)
from app.documents.forms.heads import HEADS, head_of
from app.documents.forms.rungs import RUNGS
from app.documents.forms.stored_answer import Said, StoredAnswer, money, summed
from app.domain.casework import AssessmentRecord
from app.domain.households import Area, Category, Household, IncomeKind
from app.domain.money import Money
from app.rules.amounts import shown
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from app.rules.limits import Unit

ALL: Final = "全家"
_ITEMS: Final[Mapping[str, str]] = {
    "first_employment_cost": "首次就业劳动成本",
    "migrant_work_cost": "外出务工成本",
} | {kind.value: kind.label for kind in IncomeKind}
"""Names of the items an old record gives by code only."""
_OVERRIDES: Final = {
    "dibao_standard_month": "低保标准",
    "dibao_standard": "低保标准",
    "rigid_income_ceiling": "上年度人均可支配收入",
    "minimum_wage": "最低工资",
    "rigid_allowance": "刚性支出户救助",
    "tekun_standard": "特困标准",
    "tekun_care_allowance": "照料护理标准",
}
_PERSON: Final = re.compile(r"household\.(members|obligors)\[(\d+)\](?:\.\w+)?[： ]*")
_TYPED: Final = re.compile(r"个案录入 parameters\.\w+")
"""As `app.rules.overrides` grounds a value typed into a case."""
_NOT_YET: Final = "还算不出"
_MONTHS: Final = 12
_SHORT: Final = 12
"""Figures of the pack's hash that are printed, as the footer's code is."""


def content_of(assessment: AssessmentRecord, household: Household, *, unit: str) -> F05Content:
    """The form's content for one stored test."""
    return _Reading(StoredAnswer(assessment), household).content(unit)


@dataclass(frozen=True)
class _Reading:
    """One answer with the people it is about."""

    answer: StoredAnswer
    household: Household

    def content(self, unit: str) -> F05Content:
        """All of it."""
        answer, head = self.answer, self.household.named_head
        told = answer.facts
        year, record = answer.money("income_year"), answer.record
        per_capita = answer.money("per_capita_month")
        return F05Content(
            unit=unit,
            head=self.names.get(head.id, head.name) if head else "",
            address=self.household.whole_address,
            area=self._area.label,
            listed=len(self.names),
            counted=len(answer.counted),
            on=record.on,
            pack=f"{record.pack_name}（核对号 {record.pack_sha256[:_SHORT]}）",
            overrides="、".join(self._overrides),
            members=tuple(self._members()) if year is not None else (),
            lines=tuple(self._summed(answer.lines)),
            income_year=year,
            per_capita_month=per_capita,
            per_capita_exact=_quotient(year, len(answer.counted), per_capita),
            standard_month=answer.money("standard_month"),
            property=holdings.told(told.household.assets) if told else "",
            limits=tuple(_limit(each) for each in answer.rows("limits")),
            outlay=tuple(self._summed(answer.outlay)),
            rungs=tuple(self._rung(rung) for rung in answer.rungs),
            suggested=_suggested(record.suggested, answer),
            benefit_month=record.benefit_month,
            benefit=tuple(self._steps()),
            candidates=self._candidates(),
            remarks=tuple(self._remarks()),
        )

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Id → name, as they were called when the test was made."""
        now: dict[str, str] = {m.person.id: m.person.name for m in self.household.members}
        facts = self.answer.facts
        if facts is None:
            return now
        told = facts.household.members
        return {one.id: one.name or now.get(one.id) or one.relation.label for one in told}

    @property
    def _area(self) -> Area:
        return self.answer.facts.household.area if self.answer.facts else self.household.area

    @property
    def _overrides(self) -> Iterable[str]:
        return (_OVERRIDES.get(name, name) for name in self.answer.said.get("overrides") or ())

    def _name(self, who: str | None) -> str:
        return ALL if who is None else self.names.get(who, "")

    def _people(self, ids: Iterable[str]) -> str:
        return "、".join(self._name(who) for who in ids)

    def _members(self) -> Iterable[F05Member]:
        """Everybody of the case, the household's own income, and all of it together."""
        lines = self.answer.lines
        for who in self.names:
            mine = [line for line in lines if line.get("member") == who]
            yield _summary(self.names[who], mine, counted=who in self.answer.counted)
        shared = [line for line in lines if line.get("member") is None]
        if shared:
            yield _summary(ALL, shared)
        yield replace(_summary("合计", lines), disregarded="—")

    def _line(self, line: Said, amount: str) -> F05Line:
        treatment = line.get("treatment")
        return F05Line(
            member=self._name(line.get("member")),
            item=_item(line),
            treatment=Treatment(treatment).label if treatment else "",
            formula=line.get("formula") or "",
            amount=_grouped(line.get(amount)),
            basis=_clause(line.get("basis")),
        )

    def _summed(self, lines: tuple[Said, ...]) -> Iterable[F05Line]:
        """Amounts of a year, and their sum under them."""
        yield from (self._line(line, "amount_year") for line in lines)
        if lines:
            yield _sum("合计", summed(money(line["amount_year"]) for line in lines).grouped())

    def _candidates(self) -> str:
        """Whom 单人保 is for, or may be for as long as it is open."""
        rung = self.answer.rung(Category.SINGLE_PERSON)
        people = self._people(rung.get("members") or ())
        is_open = people and rung["outcome"] == Outcome.UNKNOWN.value
        return f"{people}（还定不了）" if is_open else people

    def _steps(self) -> Iterable[F05Line]:
        """How the amount of every rung that pays came about, each ending with the amount."""
        for rung in self.answer.rungs:
            steps = rung.get("benefit_lines") or ()
            yield from (self._line(step, "amount_month") for step in steps)
            if steps:
                amount = _grouped(rung.get("benefit_month")) or _NOT_YET
                yield _sum(f"{_rung_name(rung)}每月合计", amount)

    def _rung(self, rung: Said) -> F05Rung:
        members = tuple(rung.get("members") or ())
        everybody = bool(members) and members == self.answer.counted and len(members) > 1
        return F05Rung(
            name=_rung_name(rung),
            outcome=Outcome(rung["outcome"]).label,
            members=ALL if everybody else self._people(members),
            benefit=_grouped(rung.get("benefit_month")) or _unpaid(rung),
            reasons=tuple(
                F05Reason(text=self._named(reason["text"]), basis=_clause(reason.get("basis")))
                for reason in rung.get("reasons") or ()
            ),
        )

    def _remarks(self) -> Iterable[str]:
        """What a person should look at, though it decides nothing."""
        yield from (self._pointed_out(near) for near in self.answer.rows("near"))
        yield from (self._pointed_out(hint) for hint in self.answer.rows("hints"))
        yield from self._grace(self.answer.said.get("grace") or {})
        yield from (self._named(warning) for warning in self.answer.said.get("warnings") or ())

    def _grace(self, grace: Said) -> Iterable[str]:
        """渐退 with what it pays month by month, and what is still open about it."""
        if not grace.get("text"):
            return
        yield self._pointed_out(grace)
        if grace.get("outcome") == Outcome.UNKNOWN.value:
            why = (self._named(reason["text"]) for reason in grace.get("reasons") or ())
            yield f"渐退{Outcome.UNKNOWN.label}：{''.join(why)}"
        rows = grace.get("months") or ()
        if any(row.get("amount") for row in rows):
            paid = (f"{_month(row['month'])} {_paid(row.get('amount'))}" for row in rows)
            yield f"渐退每月：{'、'.join(paid)}。"

    def _pointed_out(self, said: Said) -> str:
        """A text with whom it is about and what it stands on."""
        who = f"{self._name(said['member'])}：" if said.get("member") else ""
        basis = f"（{_clause(said['basis'])}）" if said.get("basis") else ""
        return f"{who}{self._named(said.get('text') or '').rstrip('。')}{basis}。"

    def _named(self, text: str) -> str:
        """A text about a person says who, not where they stand in the case file."""
        return _PERSON.sub(self._called, _clause(text))

    def _called(self, found: re.Match[str]) -> str:
        place = int(found[2])
        if found[1] == "members":
            people: list[str] = list(self.names.values())
        else:
            bound = persons.obligors(self.household, self.answer.facts) or ()
            people = [one.name or one.relation for one in bound]
        return f"{people[place]}：" if place < len(people) else ""


def _month(month: str) -> str:
    """A month as the answer writes it, "2026-04", as papers write it."""
    return values.month(date.fromisoformat(f"{month}-01"))


def _paid(amount: str | None) -> str:
    return "没定" if amount is None else f"{amount} 元"


def _summary(name: str, lines: Iterable[Said], *, counted: bool | None = None) -> F05Member:
    """The lines of one person under their heads."""
    held = tuple(lines)
    heads = dict.fromkeys(HEADS, Money(0))
    for line in held:
        if line["treatment"] == Treatment.COUNTED.value:
            heads[head_of(line["item"])] += Money.parse(line["amount_year"])
    left_out = (_item(one) for one in held if one["treatment"] == Treatment.DISREGARDED.value)
    deducted = (one for one in held if one["treatment"] == Treatment.DEDUCTED.value)
    return F05Member(
        name=name,
        counted=counted,
        heads=tuple(heads.values()),
        disregarded="、".join(dict.fromkeys(left_out)),
        deducted=summed(money(one["amount_year"]) for one in deducted),
        total=summed(money(one["amount_year"]) for one in held),
    )


def _sum(item: str, amount: str) -> F05Line:
    """The last line of a table."""
    return F05Line(member="", item=item, treatment="", formula="", amount=amount, basis="")


def _rung_name(rung: Said) -> str:
    category = Category(rung["rung"])
    return RUNGS.get(category, category.label)


def _item(line: Said) -> str:
    """What a line is about, in words."""
    said: str = line.get("label") or line.get("text") or ""
    code: str = line.get("item") or ""
    return said or _ITEMS.get(code, code)


def _unpaid(rung: Said) -> str:
    """Why no amount stands there: it lacks something, or the rung is not met or pays nothing."""
    return _NOT_YET if rung.get("benefit_missing") else "—"


def _grouped(amount: str | None) -> str:
    """A stored amount for reading; "" where none was given."""
    return "" if amount is None else Money.parse(amount).grouped()


def _limit(said: Said) -> F05Limit:
    unit = Unit(said["unit"]).label
    return F05Limit(
        name=said["text"],
        held=_measured(said.get("held"), unit),
        limit=_measured(said.get("limit"), unit),
        basis=_clause(said.get("basis")),
    )


def _clause(basis: str | None) -> str:
    """A clause for reading: a value typed into the case is the county's, whatever its name."""
    return _TYPED.sub("县里给的值（个案录入）", basis or "")


def _measured(figure: str | None, unit: str) -> str:
    """A figure with its unit; "" where nobody gave it."""
    return "" if figure is None else f"{Money.parse(figure).grouped()} {unit}"


def _suggested(category: Category | None, answer: StoredAnswer) -> str:
    """What the test suggests, and what has to be settled before; never a flat no, because township
    and county decide."""
    if category is not None:
        first = "、".join(Category(rung).label for rung in answer.said.get("better_open") or ())
        return RUNGS.get(category, category.label) + (f"（先定{first}）" if first else "")
    open_ones = any(rung["outcome"] == Outcome.UNKNOWN.value for rung in answer.rungs)
    return "还定不了，要补问" if open_ones else "暂无符合的类别"


def _quotient(year: Money | None, heads: int, per_capita: Money | None) -> str:
    """How the per-capita figure came about, exact to the last part; "" when it did otherwise."""
    if year is None or per_capita is None or not heads:
        return ""
    exact = Fraction(year.fen, _MONTHS * heads)
    if shown(exact) != str(per_capita):
        return ""
    return f"{year.grouped()} ÷ {_MONTHS} 个月 ÷ {heads} 人 = {_exact(exact)} 元"


def _exact(fen: Fraction) -> str:
    """Fen as yuan: decimals where they end there, else a whole number and a part."""
    if fen.denominator == 1:
        return Money(fen.numerator).grouped()
    yuan = fen / 100
    whole = yuan.numerator // yuan.denominator
    rest = yuan - whole
    return f"{whole:,} 又 {rest.numerator}/{rest.denominator}"
