"""一次申请、分标准审核确认 — every rung of assistance tried on one set of facts (S3:L24).

The answer is a working paper with a suggestion; township and county decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Final

from app.domain.households import Category
from app.domain.identity import parse_id_number
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules.assessment import Assessment, RungAnswer
from app.rules.care import care_level
from app.rules.dibao import dibao_benefit, dibao_check
from app.rules.facts import Facts, Member
from app.rules.grounds import Check, Outcome, any_of, unsettled
from app.rules.marginal import marginal_check
from app.rules.means import Means, means_of
from app.rules.overrides import read_overrides
from app.rules.pack import Pack
from app.rules.parameters import SUPPLEMENT, TIER_AMOUNTS
from app.rules.rigid_expenditure import rigid_expenditure_check
from app.rules.single_person import (
    group_check,
    single_person_benefit,
    single_person_check,
)
from app.rules.strict import refuse
from app.rules.tekun import nobody_asked, tekun_checks
from app.rules.terms import terms_of

_BEST_FIRST: Final = (
    Category.TEKUN,
    Category.DIBAO,
    Category.SINGLE_PERSON,
    Category.MARGINAL,
    Category.RIGID_EXPENDITURE,
)
"""What is suggested when several rungs are met: 单人保 stands on 边缘 and pays more."""


def assess(facts: Facts, pack: Pack, on: date) -> Assessment:
    """Test one case against every rung of `pack` as it stood on `on`.

    Raises Refused: C-06 for a birth after `on`, C-09 when the pack is not in force that day, C-02
    and C-04 for an override that cannot stand.
    """
    _check_births(facts, on)
    terms = terms_of(pack, on, read_overrides(facts.parameters, facts.household.area))
    means = means_of(facts, terms, on)
    rungs = _rungs(means, pack)
    met = {answer.rung for answer in rungs if answer.outcome is Outcome.MEETS}
    return Assessment(
        case=facts.id,
        on=on,
        pack_id=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        overrides=tuple(name for name in facts.parameters if name in terms.used),
        counted_members=means.family.ids,
        income_year=Money(means.income.year_fen) if means.income.is_known else None,
        per_capita_month=means.per_head,
        standard_month=means.standard_month,
        rungs=rungs,
        suggested=next((rung for rung in _BEST_FIRST if rung in met), None),
        care_levels={
            member.id: level
            for member in facts.household.members
            if (level := care_level(member.self_care)) is not None
        },
        lines=means.income.lines,
        warnings=tuple(_warnings(means)),
    )


def _rungs(means: Means, pack: Pack) -> tuple[RungAnswer, ...]:
    """The ladder from the top; a rung the pack has no rule for stays unknown."""

    def _tried(rung: Category, check: Callable[[str], Check]) -> Check:
        ground = means.terms.rungs.get(rung)
        return _not_carried(rung, pack) if ground is None else check(str(ground))

    dibao = _tried(Category.DIBAO, partial(dibao_check, means))
    marginal = _tried(Category.MARGINAL, partial(marginal_check, means))
    single = _tried(
        Category.SINGLE_PERSON,
        partial(single_person_check, means, dibao=dibao, marginal=marginal),
    )
    rigid = _tried(
        Category.RIGID_EXPENDITURE,
        partial(rigid_expenditure_check, means, lower=(dibao, marginal)),
    )
    everyone = means.family.ids
    return (
        _tekun(means, pack),
        _answer(Category.DIBAO, dibao, everyone, partial(dibao_benefit, means)),
        _answer(Category.MARGINAL, marginal, everyone),
        _single_person(means, single),
        _answer(Category.RIGID_EXPENDITURE, rigid, everyone),
        _answer(Category.WATCHLIST, _not_carried(Category.WATCHLIST, pack), everyone),
    )


def _tekun(means: Means, pack: Pack) -> RungAnswer:
    """特困 is asked of persons: the answer names those it is about."""
    ground = means.terms.rungs.get(Category.TEKUN)
    if ground is None:
        return _answer(Category.TEKUN, _not_carried(Category.TEKUN, pack), ())
    asked = tekun_checks(means, str(ground))
    check = any_of(*asked.values()) if asked else nobody_asked(str(ground))
    about = tuple(who for who, one in asked.items() if one.outcome is check.outcome)
    return _answer(Category.TEKUN, check, about)


def _single_person(means: Means, check: Check) -> RungAnswer:
    """单人保 names the members who belong to its groups; while that is open, those who may."""
    members = tuple(
        member
        for member in means.family.counted
        if group_check(means, member).outcome is check.outcome
        and check.outcome is not Outcome.FAILS
    )
    return _answer(
        Category.SINGLE_PERSON,
        check,
        tuple(member.id for member in members),
        partial(single_person_benefit, means, members),
    )


def _answer(
    rung: Category,
    check: Check,
    members: tuple[str, ...],
    benefit: Callable[[], Money | None] | None = None,
) -> RungAnswer:
    """A rung as it is answered; only one that is met pays."""
    paid = benefit() if benefit and check.outcome is Outcome.MEETS else None
    return RungAnswer(rung, check.outcome, members, paid, check.reasons, check.missing)


def _not_carried(rung: Category, pack: Pack) -> Check:
    return unsettled(
        f"“{pack.title}”政策包没有带“{rung.label}”这一档的规则，定不了。",
        f"政策包 {pack.id} {pack.version}",
    )


def _check_births(facts: Facts, on: date) -> None:
    """Raise Refused (C-06) for somebody born after the day of the case."""
    household = facts.household
    people = [(f"household.members[{n}]", one.birth) for n, one in enumerate(household.members)]
    people += [
        (f"household.obligors[{n}]", one.birth) for n, one in enumerate(household.obligors or ())
    ]
    for path, birth in people:
        if birth is not None and birth > on:
            refuse(f"{path}.birth", f"出生日期在测算日期 {on.isoformat()} 之后。", code="C-06")


def _warnings(means: Means) -> Iterable[str]:
    """What a person should look at, though it decides nothing."""
    for member in means.facts.household.members:
        path = means.facts.household.path(member)
        yield from (f"{path}.id_number：{text}" for text in _id_warnings(member, means.on))
        if member.id in means.family.left_out:
            yield f"{path} 没有算作家庭成员：{means.family.left_out[member.id].text}"
    yield from (doubt.warning for doubt in means.income.doubts)
    for parameter, what in ((TIER_AMOUNTS, "分档补助"), (SUPPLEMENT, "分类施保")):
        found = means.terms.find(parameter)
        if found is not None and found.value:
            yield f"这个政策包有{what}的金额，这里没有算，以县里核定为准。"


def _id_warnings(member: Member, on: date) -> Iterable[str]:
    """An ID number that cannot stand, or says otherwise than the file; never the number itself."""
    if member.id_number is None:
        return
    try:
        number = parse_id_number(member.id_number, on=on)
    except Refused as refused:
        yield refused.what
        return
    if member.birth is not None and member.birth != number.birth:
        yield "身份证号里的出生日期和填的不一样。"
    if member.sex is not None and member.sex is not number.sex:
        yield "身份证号里的性别和填的不一样。"
