"""单人保 — a gravely disabled or ill member of a marginal family, taken in alone.

Who belongs to the groups is the pack's to say (民发〔2021〕57号 第八条; wider in some regions).
"""

from __future__ import annotations

from fractions import Fraction

from app.domain.money import Money
from app.rules.amounts import payable
from app.rules.facts import Member
from app.rules.grounds import MET, Check, Outcome, all_of, any_of, failed, unsettled
from app.rules.lines import total
from app.rules.means import Means
from app.rules.parameters import ROUNDING, SINGLE_AMOUNT, SINGLE_GROUPS, SINGLE_SKIP_CHECK
from app.rules.values import MONTHS, PersonGroup


def single_person_check(means: Means, basis: str, dibao: Check, marginal: Check) -> Check:
    """Whether anybody of the household may have 单人保."""
    if dibao.outcome is Outcome.MEETS:
        return failed("整户已经符合低保，不用再按单人保办。", basis)
    skip = means.terms.find(SINGLE_SKIP_CHECK)
    family = MET if skip is not None and skip.value else _family(marginal, basis)
    people = [group_check(means, member) for member in means.family.counted]
    return all_of(family, any_of(*people))


def single_person_benefit(means: Means, members: tuple[Member, ...]) -> Money | None:
    """What the members get a month together, by the pack's mode; None where the county sets it."""
    mode, rounding = means.terms.find(SINGLE_AMOUNT), means.terms.find(ROUNDING)
    if mode is None or rounding is None or means.standard is None:
        return None
    full = means.standard.value.year_fen * len(members)
    if mode.value == "full_std":
        return payable(Fraction(full, MONTHS), len(members), rounding.value)
    if mode.value == "gap":
        own = sum(total(means.income.of(member.id)) for member in members)
        return payable(Fraction(max(full - own, 0), MONTHS), len(members), rounding.value)
    return None


def group_check(means: Means, member: Member) -> Check:
    """Whether `member` belongs to a group of the pack's single-person rule."""
    found = means.terms.find(SINGLE_GROUPS)
    if found is None:
        return unsettled("还没有单人保的人群，要由县里给出。", "单人保人群", SINGLE_GROUPS.name)
    path = means.facts.household.path(member)
    basis = str(found.ground)
    checks = [in_group(group, member, path, basis) for group in found.value]
    return any_of(*checks) if checks else failed("这个政策包没有单人保的人群。", basis)


def in_group(group: PersonGroup, member: Member, path: str, basis: str) -> Check:
    """Whether `member` belongs to one group; an unasked fact keeps the question open."""
    if group.serious_illness:
        return _ill(member, path, basis)
    return _disabled(group, member, path, basis)


def _family(marginal: Check, basis: str) -> Check:
    """The marginal test, said as the condition it is here."""
    if marginal.outcome is Outcome.FAILS:
        return failed("家庭不符合低保边缘的条件，不能办单人保。", basis)
    return marginal


def _ill(member: Member, path: str, basis: str) -> Check:
    if member.serious_illness is None:
        return unsettled("还没问有没有重病。", basis, f"{path}.serious_illness")
    return MET if member.serious_illness else failed("没有重残或重病的人。", basis)


def _disabled(group: PersonGroup, member: Member, path: str, basis: str) -> Check:
    if member.disabled is False:
        return failed("没有重残或重病的人。", basis)
    if member.disability is None:
        return unsettled("还没问有没有残疾证。", basis, f"{path}.disability")
    kind, level = member.disability.kind, member.disability.level
    if (group.kinds and kind and kind not in group.kinds) or (level and level not in group.levels):
        return failed("没有重残或重病的人。", basis)
    if level is None:
        return unsettled("还不知道残疾证是几级。", basis, f"{path}.disability.level")
    if group.kinds and kind is None:
        return unsettled("还不知道是哪一种残疾。", basis, f"{path}.disability.kind")
    return MET
