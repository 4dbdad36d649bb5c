"""共同生活的家庭成员 — who counts, by the pack's rule set (definitions differ by region).

Rules are tried in the pack's order and the first that fits decides; whoever no rule names counts,
because being listed under the household says that the person lives with it.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Final

from app.domain.identity import age_on
from app.domain.people import Hukou, Living, PersonStatus, Relation
from app.rules.facts import Facts, Member
from app.rules.grounds import MET, Check, Ground, Reason, all_of, unsettled
from app.rules.layers import FamilyEntry, Treatment
from app.rules.once import once
from app.rules.parameters import FAMILY_RULE_SET, NONLOCAL_COUNTS
from app.rules.records import record
from app.rules.terms import Found, Terms

ADULT: Final = 18
"""Years (民法典 第十七条)."""
STUDY_AGE: Final = 30
"""Years from which nobody is asked whether he studies, unless he lives away to study."""

_ELSEWHERE: Final = frozenset({Hukou.NONLOCAL, Hukou.HK_MACAO, Hukou.RESIDENCE_PERMIT})
_NORMAL: Final = PersonStatus.NORMAL
_TOGETHER: Final = Living.TOGETHER
_Rule = tuple[FamilyEntry, Ground]


@record(frozen=True, slots=True)
class Family:
    """Who counts, who does not and why. `check` is unknown while somebody's place is open.

    `asks` are what a person has to look into about a member, by the rule that placed him.
    """

    counted: tuple[Member, ...]
    left_out: dict[str, Reason]
    check: Check
    asks: dict[str, Reason] = field(default_factory=dict)
    ids: tuple[str, ...] = field(init=False)
    """The ids of those who count, in the order of the case file."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple([member.id for member in self.counted]))


def family_of(facts: Facts, terms: Terms, on: date) -> Family:
    """Apply the pack's rule set to every member listed."""
    chosen = terms.find(FAMILY_RULE_SET)
    nonlocal_counts = terms.find(NONLOCAL_COUNTS)
    left = terms.basis_of(NONLOCAL_COUNTS)
    counted: list[Member] = []
    left_out: dict[str, Reason] = {}
    doubts: list[Check] = []
    asks: dict[str, Reason] = {}
    if chosen is None:
        basis = terms.basis_of(FAMILY_RULE_SET)
        doubts.append(unsettled("县里还没定用哪套家庭成员规则。", basis, FAMILY_RULE_SET.name))
    earners = _earners(facts, terms) if _asks_for_income(terms) else None
    for member in facts.household.members:
        path = facts.household.path(member)
        rules = _rules_for(terms, _standing(member), member.relation, _living(member))
        if earners and member.id in earners:
            rules = [rule for rule in rules if not rule[0].no_income]
        rule, doubt = _first_fit(rules, member, on, path)
        outside, open_point = outside_the_place(member, nonlocal_counts, left)
        if rule is not None and rule[0].ask is not None:
            asks[member.id] = Reason(rule[0].ask, str(rule[1]))
        if rule is not None and not rule[0].counts:
            left_out[member.id] = Reason(rule[0].text, str(rule[1]))
        elif outside is not None:
            left_out[member.id] = outside
        else:
            counted.append(member)
            doubts += (doubt, open_point)
    return Family(tuple(counted), left_out, all_of(*doubts), asks)


def age_of(member: Member, on: date) -> int | None:
    """Full years, where the birth date is known."""
    return None if member.birth is None else age_on(member.birth, on)


def may_be_grown(member: Member, on: date) -> bool:
    """Of age, or born nobody knows when."""
    age = age_of(member, on)
    return age is None or age >= ADULT


@once
def _chosen_rules(terms: Terms) -> list[_Rule]:
    """The rules of the chosen sets, set by set."""
    chosen = terms.find(FAMILY_RULE_SET)
    names = () if chosen is None else chosen.value
    return [rule for name in names for rule in terms.families if rule[0].rule_set == name]


@once
def _asks_for_income(terms: Terms) -> bool:
    """Whether some chosen rule is for those without income of their own."""
    return any(rule.no_income for rule, _ in _chosen_rules(terms))


def _earners(facts: Facts, terms: Terms) -> frozenset[str | None]:
    """Who is told to have income of his own that counts."""
    return frozenset(
        one.member
        for one in facts.household.incomes or ()
        if one.amount.fen and terms.incomes[one.kind][0] is Treatment.COUNTED
    )


@once
def _rules_for(
    terms: Terms, status: PersonStatus, relation: Relation, living: Living
) -> list[_Rule]:
    """The chosen rules for people of this standing, in this place of the family, living so."""
    return [rule for rule in _chosen_rules(terms) if _covers(rule[0], status, relation, living)]


def _standing(member: Member) -> PersonStatus:
    return member.status or _NORMAL


def _living(member: Member) -> Living:
    return member.living or _TOGETHER


def _covers(rule: FamilyEntry, status: PersonStatus, relation: Relation, living: Living) -> bool:
    return (
        (not rule.statuses or status in rule.statuses)
        and (not rule.relations or relation in rule.relations)
        and (not rule.livings or living in rule.livings)
    )


def _first_fit(
    rules: list[_Rule], member: Member, on: date, path: str
) -> tuple[_Rule | None, Check]:
    """The first rule that surely fits, and what had to stay open on the way to it."""
    for rule, ground in rules:
        if not _may_fit(rule, member, on):
            continue
        unknown = _unknown_facts(rule, member)
        if unknown:
            text = f"还不知道{'、'.join(unknown.values())}，定不了这个人算不算家庭成员。"
            return None, unsettled(text, str(ground), *(f"{path}.{fact}" for fact in unknown))
        return (rule, ground), MET
    return None, MET


def _unknown_facts(rule: FamilyEntry, member: Member) -> dict[str, str]:
    """Facts the rule asks for that nobody has given: field → its name in words.

    `living` and `status` left out say "together" and "normal".
    """
    unknown = {}
    if rule.adult is not None and member.birth is None:
        unknown["birth"] = "出生日期"
    if rule.students and member.student is None:
        unknown["student"] = "在读什么学校"
    if rule.monitored is not None and member.monitored is None:
        unknown["monitored"] = "是不是监测对象"
    return unknown


def _may_fit(rule: FamilyEntry, member: Member, on: date) -> bool:
    """Whether nothing known about `member`, whom it covers, speaks against the rule."""
    return (
        (not rule.hukous or member.hukou in rule.hukous)
        and (rule.monitored is None or member.monitored in {None, rule.monitored})
        and _may_be_of_age(rule, member, on)
    )


def _may_be_of_age(rule: FamilyEntry, member: Member, on: date) -> bool:
    """Whether age and schooling do not speak against the rule."""
    if rule.adult is None and not rule.students:
        return True
    age = age_of(member, on)
    may_study = member.student is None and (
        member.living is Living.AWAY_FOR_STUDY or age is None or age < STUDY_AGE
    )
    return (not rule.students or may_study or member.student in rule.students) and (
        rule.adult is None or age is None or (age >= ADULT) is rule.adult
    )


def leaned_on(terms: Terms, member: Member, on: date) -> frozenset[str]:
    """Facts the place of `member` depends on: those named by every rule tried until one fits."""
    named: set[str] = set()
    nonlocal_counts = terms.find(NONLOCAL_COUNTS)
    if nonlocal_counts is None or nonlocal_counts.value != "yes":
        named.add("hukou")
    for rule, _ in _chosen_rules(terms):
        if rule.relations and member.relation not in rule.relations:
            continue
        conditions = {
            "status": rule.statuses,
            "living": rule.livings,
            "hukou": rule.hukous,
            "student": rule.students,
        }
        named |= {fact for fact, asked in conditions.items() if asked}
        covers = _covers(rule, _standing(member), member.relation, _living(member))
        if not covers or not _may_fit(rule, member, on):
            continue
        if not rule.no_income and not _unknown_facts(rule, member):
            break
    return frozenset(named)


def outside_the_place(
    member: Member, found: Found[str] | None, left: str
) -> tuple[Reason | None, Check]:
    """Why a member with hukou elsewhere does not count under `nonlocal_member_counts`.

    `left` is the clause that leaves this to the county, where nobody said.
    """
    if member.hukou not in _ELSEWHERE:
        return None, MET
    if found is None:
        text = "县里还没定外地户口的家人算不算。"
        return None, unsettled(text, left, NONLOCAL_COUNTS.name)
    counts = {
        "yes": True,
        "spouse": member.relation is Relation.SPOUSE,
        "residence_permit": member.hukou is Hukou.RESIDENCE_PERMIT,
        "no": False,
    }[found.value]
    if counts:
        return None, MET
    return Reason("户口不在本地，按这个政策包不算在内。", found.basis), MET
