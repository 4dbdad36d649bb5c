"""What is taken as usual when nothing is said, in one place.

A fact nobody gave is unknown. A few are left out of nearly every case file, that of design §4
among them, and are taken as usual instead; every one that may have decided something is named in
the answer, so that somebody asks before it goes on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from app.domain.households import Per
from app.domain.people import Labour, Living
from app.rules.assessment import RungAnswer
from app.rules.facts import Member, Obligor
from app.rules.family import STUDY_AGE, age_of, leaned_on
from app.rules.grounds import MEETS
from app.rules.layers import Treatment
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parameters import IMPUTED_WAGE_RULE, INCOME_WINDOW, LABOUR_VETO, RIGID_WINDOW
from app.rules.support import is_taken_as_bound
from app.rules.unasked_hints import HINTED, facts_for_hints
from app.rules.values import MONTHS

USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "members.hukou": "户口在本地",
        "members.living": "住在一起",
        "members.status": "没有特殊情况",
        "members.student": "满 30 岁，不在读书",
        "members.receives": "没有在享受特困、低保这些救助",
        "members.disability": "没有残疾证",
        "members.serious_illness": "没有重病",
        "members.birth": "已经成年",
        "members.monitored": "不是防返贫监测对象",
        "incomes": "收入里没有低保金、孤儿生活费、残疾补贴",
        "obligors": "外面没有人给赡养费",
        "obligors.status": "没有特殊情况",
        "obligors.disability": "没有残疾证",
        "obligors.receives": "没有在享受特困、低保",
        "obligors.within_property_limits": "财产没超限制",
        "obligors.maintenance_month": "不给赡养费",
        "obligors.supports": "该养家里这个人",
        "incomes.received_on": "一次性的钱是最近 12 个月里收到的",
    }
)
"""By fact, what its absence is taken to say."""
_BASIS: Final = "本程序缺省：没问的按通常算"
_ONCE: Final = Per.ONCE
_OLD: Final = 60
"""Years from which nobody is asked to work, so that schooling says nothing."""


class Taken(NamedTuple):
    """One fact taken as usual: its `path`, whose it is (a member, or None), and as what."""

    path: str
    member: str | None
    text: str


def taken_as_usual(means: Means, rungs: Sequence[RungAnswer]) -> tuple[Taken, ...]:
    """Every fact whose absence may have decided something about a case that ended as `rungs`."""
    return (
        *_of_members(means, rungs),
        *_unasked_incomes(means, rungs),
        *_outside(means, rungs[0]),
        *_sums(means),
    )


def usual_hints(taken: Iterable[Taken]) -> Iterable[Hint]:
    """One hint for each member, and one for everything else."""
    said: dict[str | None, list[str]] = {}
    for one in taken:
        said.setdefault(one.member, []).append(one.text)
    for who, texts in said.items():
        text = f"没问的先按通常的算：{'、'.join(dict.fromkeys(texts))}。不是这样的，改了再算。"
        yield Hint(HintCode.USUAL, who, text, _BASIS)


def _of_members(means: Means, rungs: Sequence[RungAnswer]) -> Iterable[Taken]:
    """What was taken as usual about the people listed; what is asked for anyway is not."""
    asked, is_met = None, False
    for member in means.facts.household.members:
        # what a place in the family depends on takes long to find out
        if _is_told(member):
            continue
        if asked is None:
            asked = _asked(rungs)
            is_met = any(rung.outcome is MEETS for rung in rungs)
        place = means.facts.household.path(member)
        facts = (
            *_facts_of(means, member, rungs[0]),
            *facts_for_hints(means, member, is_met=is_met),
        )
        for fact in dict.fromkeys(facts):
            path = f"{place}.{fact}"
            if path in asked and fact in HINTED:
                continue
            yield Taken(path, member.id, USUAL[f"members.{fact}"])


def _asked(rungs: Iterable[RungAnswer]) -> frozenset[str]:
    """Every fact some rung waits for."""
    return frozenset(path for rung in rungs for path in rung.missing)


def _unasked_incomes(means: Means, rungs: Sequence[RungAnswer]) -> Iterable[Taken]:
    """Incomes no rung waited for: a benefit among them would have shown what somebody receives."""
    path = "household.incomes"
    if means.facts.household.incomes is None and path not in _asked(rungs):
        yield Taken(path, None, USUAL["incomes"])


def _is_told(member: Member) -> bool:
    """Whether everything is told that could be taken as usual."""
    return (
        member.hukou is not None
        and member.living is not None
        and member.status is not None
        and member.student is not None
        and member.receives is not None
        and member.disabled is not None
        and member.serious_illness is not None
        and member.birth is not None
        and member.monitored is not None
    )


def _facts_of(means: Means, member: Member, tekun: RungAnswer) -> Iterable[str]:
    leaned = leaned_on(means.terms, member, means.on)
    if member.hukou is None and "hukou" in leaned:
        yield "hukou"
    is_paid = tekun.outcome is MEETS and member.id in tekun.members
    if member.living is None and ("living" in leaned or is_paid):
        yield "living"
    if member.status is None:
        yield "status"
    if _schooling_is_open(means, member, leaned):
        yield "student"


def _schooling_is_open(means: Means, member: Member, leaned: frozenset[str]) -> bool:
    """Whether somebody old enough not to be asked might yet be at school, and it would matter."""
    age = age_of(member, means.on)
    if member.student is not None or age is None or age < STUDY_AGE:
        return False
    rule, veto = means.terms.find(IMPUTED_WAGE_RULE), means.terms.find(LABOUR_VETO)
    looks = rule is None or rule.value != "none" or veto is None or veto.value
    works = member.labour in {Labour.ABLE, Labour.UNKNOWN} and age < _OLD
    return ("student" in leaned and member.living is not Living.AWAY_FOR_STUDY) or (looks and works)


def _outside(means: Means, tekun: RungAnswer) -> Iterable[Taken]:
    """What was taken as usual about those bound to support somebody, and what they pay."""
    household = means.facts.household
    pays = means.income.is_known
    if household.obligors is None and pays:
        yield Taken("household.obligors", None, USUAL["obligors"])
    for n, obligor in enumerate(household.obligors or ()):
        facts = [*_facts_of_obligor(obligor, pays=pays, asked=bool(tekun.members))]
        if tekun.members and is_taken_as_bound(household, obligor):
            facts.append("supports")
        yield from (_of_obligor(n, fact) for fact in facts)


@lru_cache(maxsize=256)
def _of_obligor(n: int, fact: str) -> Taken:
    """One fact of the obligor in place `n`: said alike of every household."""
    text = f"外面第 {n + 1} 个赡养、抚养的人{USUAL[f'obligors.{fact}']}"
    return Taken(f"household.obligors[{n}].{fact}", None, text)


def _facts_of_obligor(obligor: Obligor, *, pays: bool, asked: bool) -> Iterable[str]:
    """`asked` says whether it matters if the person is able to support anybody."""
    if asked:
        told = {
            "status": obligor.status is not None,
            "disability": obligor.disabled is not None or obligor.disability is not None,
            "receives": obligor.receives is not None,
            "within_property_limits": obligor.within_property_limits is not None,
        }
        yield from (fact for fact, is_told in told.items() if not is_told)
    if pays and obligor.maintenance_month is None:
        yield "maintenance_month"


def _sums(means: Means) -> Iterable[Taken]:
    """Single sums that count and of which nobody said when they came."""
    once = [
        (n, income)
        for n, income in enumerate(means.facts.household.incomes or ())
        if income.per is _ONCE and income.received_on is None and income.amount.fen
    ]
    windows = [means.terms.find(INCOME_WINDOW), means.terms.find(RIGID_WINDOW)] if once else ()
    if not any(window is not None and window.value == MONTHS for window in windows):
        return
    for n, income in once:
        if means.terms.incomes[income.kind][0] is Treatment.COUNTED:
            path = f"household.incomes[{n}].received_on"
            yield Taken(path, income.member, USUAL["incomes.received_on"])
