"""Step 2 — what they live on: one page for each person and source, and one for the household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.households import IncomeKind, Per
from app.rules.facts import HouseholdFacts, Income, Member
from app.ui.assessment.ask_grant import without_grant
from app.ui.assessment.ask_people import called
from app.ui.assessment.blocks import (
    MORE,
    NO,
    NOTHING,
    YES,
    YES_NO,
    Answers,
    Block,
    Field,
    Kind,
    Step,
    Value,
    count_of,
    day_of,
    money_of,
    numbered,
    said,
    text_of,
    truth_of,
)

_OWN: Final = (
    (IncomeKind.WAGE, "打工"),
    (IncomeKind.PUBLIC_POST_WAGE, "公益岗位"),
    (IncomeKind.FARMING, "种养"),
    (IncomeKind.BUSINESS, "做买卖"),
    (IncomeKind.RESIDENT_PENSION_BASIC, "基础养老金"),
    (IncomeKind.EMPLOYEE_PENSION, "职工养老金"),
    (IncomeKind.DISABILITY_SUBSIDY, "残疾补贴"),
    (IncomeKind.OTHER_TRANSFER, "别的"),
    (NOTHING, "没有收入"),
)
_SHARED: Final = (
    (IncomeKind.FARMING, "种养"),
    (IncomeKind.LAND_TRANSFER, "土地流转"),
    (IncomeKind.RENT, "房租"),
    (IncomeKind.DIVIDEND, "分红"),
    (IncomeKind.INTEREST, "利息"),
    (IncomeKind.MAINTENANCE, "赡养费"),
    (IncomeKind.CHARITY, "亲友接济"),
    (IncomeKind.OTHER_TRANSFER, "别的"),
    (NOTHING, "没有了"),
)
_WAGES: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE})
_MONTHLY: Final = _WAGES | {
    IncomeKind.RESIDENT_PENSION_BASIC,
    IncomeKind.RESIDENT_PENSION_PERSONAL,
    IncomeKind.EMPLOYEE_PENSION,
    IncomeKind.DISABILITY_SUBSIDY,
    IncomeKind.RENT,
    IncomeKind.MAINTENANCE,
}
"""What people tell by the month; the rest they tell by the year."""
HOUSEHOLD: Final = "all"
YEAR: Final = 12
HALF: Final = 6


def income_blocks(household: HouseholdFacts, answers: Answers, on: date) -> list[Block]:
    """A page for each source anybody has named, and at least one for everybody."""
    blocks = []
    for member in household.members:
        prefix = f"{Step.INCOME}:{member.id}"
        for n, key in enumerate(numbered(answers, prefix)):
            title = (
                f"{called(member, on)}现在靠什么过日子？"
                if not n
                else (f"{called(member, on)}还靠什么过日子？")
            )
            who = member.name or member.relation.label
            blocks.append(_block(key, title, who, _OWN, answers))
    for n, key in enumerate(numbered(answers, f"{Step.INCOME}:{HOUSEHOLD}")):
        title = "全家一起的收入，除了上面说的还有什么？" if not n else "还有什么收入？"
        blocks.append(_block(key, title, "全家的收入", _SHARED, answers))
    return blocks


def income_answers(household: HouseholdFacts) -> dict[str, dict[str, Value]]:
    """What is known from the record; whoever was not asked to the end still has a page open."""
    answers: dict[str, dict[str, Value]] = {}
    if household.incomes is None:
        return answers
    members = {member.id: member for member in household.members}
    unasked = {who or HOUSEHOLD for who in household.incomes_unasked}
    for who in (*members, HOUSEHOLD):
        others = without_grant(household.incomes)
        own = [i for i in others if (i.member or HOUSEHOLD) == who]
        for n, income in enumerate(own):
            known = _known(income)
            if income.kind in _WAGES and who in members:
                known |= _first_job(members[who])
            last = None if who in unasked else NO
            more = YES if n + 1 < len(own) else last
            answers[f"{Step.INCOME}:{who}:{n}"] = known | {MORE: more}
        if not own and who not in unasked:
            answers[f"{Step.INCOME}:{who}:0"] = {"kind": NOTHING}
    return answers


def with_incomes(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with the sources told so far; None as long as nobody was asked."""
    asked = [key for key in answers if key.startswith(f"{Step.INCOME}:")]
    if not any(text_of(answers[key], "kind") for key in asked):
        return replace(household, incomes=None, incomes_unasked=())
    members = tuple(_with_job(member, answers) for member in household.members)
    return replace(
        household,
        members=members,
        incomes=tuple(_told(household, answers)),
        incomes_unasked=tuple(_unasked(household, answers)),
    )


def _block(
    key: str,
    title: str,
    who: str,
    kinds: tuple[tuple[IncomeKind | str, str], ...],
    answers: Answers,
) -> Block:
    given = answers.get(key, {})
    kind = text_of(given, "kind")
    told = bool(kind) and kind != NOTHING
    monthly = told and _per(given) is Per.MONTH
    first = text_of(given, "first_job") == YES
    return Block(
        key=key,
        step=Step.INCOME,
        title=title,
        who=who,
        fields=(
            Field(key="kind", label="靠什么", options=_offered(kinds, kind)),
            Field(key="month", label="每月到手（元）", kind=Kind.MONEY, shown=monthly),
            Field(
                key="months",
                label="一年几个月",
                kind=Kind.COUNT,
                shown=monthly,
                least=1,
                most=YEAR,
                hint="全年都有就直接回车",
                needed=False,
            ),
            Field(
                key="half",
                label="最近半年里几个月",
                kind=Kind.COUNT,
                shown=monthly and (count_of(given, "months") or YEAR) < YEAR,
                least=0,
                most=HALF,
                hint="按半年核算收入的地方才要，不要就回车",
                needed=False,
            ),
            Field(
                key="year",
                label="一年净收入（元）",
                kind=Kind.MONEY,
                shown=told and not monthly,
                hint="除掉种子化肥、进货这些本钱",
            ),
            Field(
                key="received_on",
                label="哪天收到的",
                kind=Kind.DAY,
                shown=told and _per(given) is Per.ONCE,
                needed=False,
            ),
            Field(
                key="first_job",
                label="第一次就业？",
                options=((NO, "不是"), (YES, "是")),
                shown=kind in _WAGES,
            ),
            Field(
                key="employed_on", label="哪天上班的", kind=Kind.DAY, shown=kind in _WAGES and first
            ),
            Field(
                key="declared_on",
                label="哪天来说的",
                kind=Kind.DAY,
                shown=kind in _WAGES and first,
                hint="自己来申报的那一天，有的地方要申报了才能减",
                needed=False,
            ),
            Field(key=MORE, label="还有别的收入？", options=YES_NO, shown=told),
        ),
    )


def _offered(
    kinds: tuple[tuple[IncomeKind | str, str], ...], kind: str
) -> tuple[tuple[str, str], ...]:
    """The kinds a digit can name; one on record that is not among them stands in for 别的."""
    codes = {str(code) for code, _text in kinds}
    if not kind or kind in codes:
        return tuple((str(code), text) for code, text in kinds)
    own = (kind, IncomeKind(kind).label)
    return tuple(
        own if code == IncomeKind.OTHER_TRANSFER else (str(code), text) for code, text in kinds
    )


def _per(given: Mapping[str, Value]) -> Per:
    """What span the amount is for: as on record, else as people tell it."""
    recorded = text_of(given, "per")
    if recorded:
        return Per(recorded)
    return Per.MONTH if text_of(given, "kind") in _MONTHLY else Per.YEAR


def _known(income: Income) -> dict[str, Value]:
    field = "month" if income.per is Per.MONTH else "year"
    return {
        "kind": income.kind.value,
        "per": income.per.value,
        field: str(income.amount),
        "months": income.months,
        "half": dict(income.months_in).get(HALF),
        "received_on": None if income.received_on is None else income.received_on.isoformat(),
    }


def _told(household: HouseholdFacts, answers: Answers) -> Iterator[Income]:
    """The sources whose amount is known; one still being typed is not counted yet."""
    for who in (*(member.id for member in household.members), HOUSEHOLD):
        for key in numbered(answers, f"{Step.INCOME}:{who}"):
            income = _income(None if who == HOUSEHOLD else who, answers.get(key, {}))
            if income is not None:
                yield income


def _unasked(household: HouseholdFacts, answers: Answers) -> Iterator[str | None]:
    """Those whose sources were not told to the end; None for what the household has together."""
    for who in (*(member.id for member in household.members), HOUSEHOLD):
        pages = numbered(answers, f"{Step.INCOME}:{who}")
        if not all(_is_told(answers.get(page, {})) for page in pages):
            yield None if who == HOUSEHOLD else who


def _is_told(given: Mapping[str, Value]) -> bool:
    """Whether it is known how much one source brings, and whether there is another."""
    kind = text_of(given, "kind")
    amount = money_of(given, "month" if _per(given) is Per.MONTH else "year")
    return kind == NOTHING or bool(kind and amount is not None and text_of(given, MORE))


def _income(member: str | None, given: Mapping[str, Value]) -> Income | None:
    code, per = text_of(given, "kind"), _per(given)
    if not code or code == NOTHING:
        return None
    amount = money_of(given, "month" if per is Per.MONTH else "year")
    if amount is None:
        return None
    months = count_of(given, "months") or YEAR
    return Income(
        member=member,
        kind=IncomeKind(code),
        amount=amount,
        per=per,
        months=months,
        months_in=_months_in(given, months) if per is Per.MONTH and months < YEAR else (),
        received_on=day_of(given, "received_on") if per is Per.ONCE else None,
    )


def _months_in(given: Mapping[str, Value], months: int) -> tuple[tuple[int, int], ...]:
    """What was told of the year, and of its last half as far as that can be."""
    half, year = count_of(given, "half"), (YEAR, months)
    if half is None or not half <= months <= half + YEAR - HALF:
        return (year,)
    return ((HALF, half), year)


def _with_job(member: Member, answers: Answers) -> Member:
    """The member with what was said about a first job, where a wage was told of."""
    for key in numbered(answers, f"{Step.INCOME}:{member.id}"):
        given = answers.get(key, {})
        if text_of(given, "kind") in _WAGES:
            first = truth_of(given, "first_job")
            return replace(
                member,
                first_job=first,
                first_employed_on=day_of(given, "employed_on") if first else None,
                self_declared_on=day_of(given, "declared_on") if first else None,
            )
    return member


def _first_job(member: Member) -> dict[str, Value]:
    day, told = member.first_employed_on, member.self_declared_on
    if day is None:
        return {"first_job": said(member.first_job)}
    return {
        "first_job": YES,
        "employed_on": day.isoformat(),
        "declared_on": None if told is None else told.isoformat(),
    }
