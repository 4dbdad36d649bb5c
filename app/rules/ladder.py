"""一次申请、分标准审核确认 — every rung of assistance tried on one set of facts (S3:L24).

The answer is a working paper with a suggestion; township and county decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeVarTuple

from app.domain.households import Category, IncomeKind
from app.domain.identity import parse_id_number
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules.assessment import BEST_FIRST, Assessment, RungAnswer, Working, rule_of
from app.rules.benefit import Benefit
from app.rules.care import care_level
from app.rules.case_days import check_days
from app.rules.dibao import dibao_benefit, dibao_check
from app.rules.facts import Facts, Member
from app.rules.grace import Grace, grace_bases, grace_of
from app.rules.grounds import FAILS, MEETS, UNKNOWN, Check, all_of, any_of, unsettled
from app.rules.hints import hints_of
from app.rules.job_costs import declined_costs
from app.rules.limits import limits_of
from app.rules.lines import Line
from app.rules.marginal import marginal_benefit, marginal_check
from app.rules.means import Means, means_of
from app.rules.near import near_lines
from app.rules.overrides import check_rule_sets, read_overrides
from app.rules.own_income import pension_warning
from app.rules.pack import Pack
from app.rules.rigid_expenditure import rigid_benefit, rigid_expenditure_check
from app.rules.rigid_outlay import rigid_outlay
from app.rules.single_person import single_person_asks, single_person_check
from app.rules.single_person_amount import single_person_benefit
from app.rules.sources import pack_warnings, source_hints
from app.rules.tekun import nobody_asked, tekun_checks
from app.rules.tekun_amount import tekun_benefit, tekun_floor
from app.rules.terms import terms_of
from app.rules.usual import taken_as_usual, usual_hints
from app.rules.watchlist import watch_reasons, watchlist_check

_NOTHING: Final = Benefit()
About = TypeVarTuple("About")


def assess(facts: Facts, pack: Pack, on: date) -> Assessment:
    """Test one case against every rung of `pack` as it stood on `on`.

    Raises Refused: C-06 for a date after `on`, C-09 when the pack is not in force that day, C-02
    and C-04 for an override that cannot stand.
    """
    check_days(facts, on)
    terms = terms_of(pack, on, read_overrides(facts.parameters, facts.household.area))
    check_rule_sets(facts.parameters, pack)
    means = means_of(facts, terms, on)
    rungs = _rungs(means, pack)
    suggested = _suggested({one.rung: one for one in rungs if one.outcome is MEETS})
    taken = taken_as_usual(means, rungs)
    grace, outlay = grace_of(means), rigid_outlay(means).lines
    hints = hints_of(means, rungs, suggested)
    near, limits = near_lines(means), limits_of(means)
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
        suggested=suggested,
        care_levels={
            member.id: level
            for member in facts.household.members
            if (level := care_level(member.self_care)) is not None
        },
        lines=means.income.lines,
        warnings=(*pack_warnings(means, pack), *_warnings(means, rungs)),
        hints=(
            *hints,
            *usual_hints(taken),
            *source_hints(means, _bases(means, rungs, outlay, grace)),
        ),
        assumed=tuple(one.path for one in taken),
        grace=grace,
        watch_reasons=watch_reasons(means, rungs[-1].outcome),
        near=near,
        working=Working(
            outlay,
            next((one.benefit_lines for one in rungs if one.rung is suggested), ()),
        ),
        limits=limits,
    )


def _suggested(met: Mapping[Category, RungAnswer]) -> Category | None:
    """The best rung that is met. Where both 边缘 and 刚性支出 are, the one known to pay more."""
    best = next((rung for rung in BEST_FIRST if rung in met), None)
    marginal = met.get(Category.MARGINAL)
    if best is not Category.RIGID_EXPENDITURE or marginal is None or met[best].benefit_missing:
        return best
    pays, less = marginal.benefit_month or Money(0), met[best].benefit_month or Money(0)
    return Category.MARGINAL if pays > less else best


def _bases(
    means: Means, rungs: tuple[RungAnswer, ...], outlay: tuple[Line, ...], grace: Grace | None
) -> set[str]:
    """Every clause the answer leans on, as printed; that by which nothing comes off among them."""
    bases = {line.basis for line in (*means.income.lines, *outlay)}
    bases.update(declined_costs(means.family, means.income, means.terms))
    if grace is not None:
        bases.update(grace_bases(means, grace))
    if means.standard is not None:
        bases.add(means.standard.basis)
    for answer in rungs:
        if answer.outcome is MEETS:
            bases.add(str(means.terms.rungs[answer.rung]))
        bases.update([reason.basis for reason in answer.reasons])
    return bases


def _rungs(means: Means, pack: Pack) -> tuple[RungAnswer, ...]:
    """The ladder from the top; a rung the pack has no rule for stays unknown."""
    grounds, everyone = means.terms.rungs, means.family.ids

    def _tried(rung: Category, check: Callable[..., Check], **others: object) -> Check:
        ground = grounds.get(rung)
        return _not_carried(rung, pack) if ground is None else check(means, str(ground), **others)

    dibao = _tried(Category.DIBAO, dibao_check)
    marginal = _tried(Category.MARGINAL, marginal_check)
    alone = grounds.get(Category.TEKUN)
    asked = {} if alone is None else tekun_checks(means, str(alone))
    all_tekun = _all_on_tekun(means, asked)
    rung = Category.RIGID_EXPENDITURE
    rigid = _tried(rung, rigid_expenditure_check, dibao=dibao, marginal=marginal, tekun=all_tekun)
    families = {Category.MARGINAL.value: marginal, rung.value: rigid}
    tekun, single = _tekun(means, pack, asked), _single_person(means, pack, dibao, families)
    upper = (_ended(tekun), dibao, marginal, _ended(single), rigid)
    watchlist = _tried(Category.WATCHLIST, watchlist_check, upper=upper)
    return (
        tekun,
        _answer(Category.DIBAO, dibao, everyone, dibao_benefit, means),
        _answer(Category.MARGINAL, marginal, everyone, marginal_benefit, means),
        single,
        _answer(rung, rigid, everyone, rigid_benefit, means),
        _answer(Category.WATCHLIST, watchlist, everyone),
    )


def _all_on_tekun(means: Means, asked: Mapping[str, Check]) -> Check | None:
    """Whether all who count are 特困, one by one; None where somebody is surely not."""
    everyone = means.family.ids
    if not asked or any(who not in asked for who in everyone):
        return None
    return all_of(*(asked[who] for who in everyone))


def _tekun(means: Means, pack: Pack, asked: Mapping[str, Check]) -> RungAnswer:
    """特困 is asked of persons: the answer names those it is about."""
    ground = means.terms.rungs.get(Category.TEKUN)
    if ground is None:
        return _answer(Category.TEKUN, _not_carried(Category.TEKUN, pack), ())
    check = any_of(*asked.values()) if asked else nobody_asked(str(ground))
    about = tuple(who for who, one in asked.items() if one.outcome is check.outcome)
    others = any_of(*(one for one in asked.values() if one.outcome is UNKNOWN)).missing
    return _answer(Category.TEKUN, check, about, _tekun_paid, means, about, others)


def _single_person(
    means: Means, pack: Pack, dibao: Check, families: Mapping[str, Check]
) -> RungAnswer:
    """单人保 names the members it is met for; while that is open, those it may be met for."""
    rung = Category.SINGLE_PERSON
    ground = means.terms.rungs.get(rung)
    if ground is None:
        return _answer(rung, _not_carried(rung, pack), ())
    check, members, others = single_person_check(means, str(ground), dibao, families)
    who = tuple(member.id for member in members)
    return _answer(rung, check, who, _single_paid, means, members, others)


def _tekun_paid(means: Means, about: tuple[str, ...], others: tuple[str, ...]) -> Benefit:
    return _with_others(tekun_benefit(means, about), others)


def _single_paid(means: Means, members: tuple[Member, ...], others: tuple[str, ...]) -> Benefit:
    return _with_others(single_person_benefit(means, members), others)


def _with_others(paid: Benefit, others: tuple[str, ...]) -> Benefit:
    """What those it is met for get; `others` keep open who else may be paid."""
    return replace(paid, open=(*paid.open, *others)) if others else paid


def _ended(answer: RungAnswer) -> Check:
    """How a rung ended, as a test."""
    return Check(answer.outcome, answer.reasons, answer.missing)


def _answer(
    rung: Category,
    check: Check,
    members: tuple[str, ...],
    benefit: Callable[[*About], Benefit] | None = None,
    *about: *About,
) -> RungAnswer:
    """A rung as it is answered; only one that is met pays, which `benefit` works out."""
    paid = benefit(*about) if benefit and check.outcome is MEETS else _NOTHING
    return RungAnswer(
        rung,
        check.outcome,
        members,
        paid.month,
        check.reasons,
        check.missing,
        paid.lines,
        paid.missing,
        paid.open,
    )


def _not_carried(rung: Category, pack: Pack) -> Check:
    return unsettled(
        f"“{pack.title}”政策包没有带“{rung.label}”这一档的规则，定不了；有没有这一档，问县里。",
        f"{pack.title}（{pack.version} 版）",
        rule_of(rung),
    )


def _warnings(means: Means, rungs: tuple[RungAnswer, ...]) -> Iterable[str]:
    """What a person should look at, though it decides nothing."""
    tekun, dibao, _, single, *_ = rungs
    household, left_out, asks = means.facts.household, means.family.left_out, means.family.asks
    for member in household.members:
        if member.id_number is not None:
            path = household.path(member)
            for text in _id_warnings(member.id_number, member, means.on):
                yield f"{path}.id_number：{text}"
        if member.id in left_out:
            yield f"{household.path(member)} 没有算作家庭成员：{left_out[member.id].text}"
        if member.id in asks:
            yield f"{household.path(member)}：{asks[member.id].text}"
    yield from _assessed_beside(means)
    yield from (doubt.warning for doubt in means.income.doubts)
    yield from (rise.warning for rise in means.income.rises)
    yield from pension_warning(means, dibao.outcome)
    if single.outcome is not FAILS:
        yield from single_person_asks(means, single.members)
    if tekun.outcome is MEETS:
        yield from filter(None, [tekun_floor(means)])


def _assessed_beside(means: Means) -> Iterable[str]:
    """What somebody earns beside an income that was 核定 as a whole: perhaps counted twice."""
    counted = [line for line in means.income.lines if line.amount_year.fen > 0]
    for one in counted:
        if one.item != IncomeKind.ASSESSED.value:
            continue
        others = [
            line.label
            for line in counted
            if line.item != one.item and one.member in {None, line.member}
        ]
        if others:
            member = next((m for m in means.family.counted if m.id == one.member), None)
            whose = "" if member is None else f"{means.facts.household.path(member)}："
            kinds = "、".join(dict.fromkeys(others))
            yield f"{whose}已核定收入就是总数，又另填了{kinds}，先都加上了，请核对有没有算重。"


def _id_warnings(id_number: str, member: Member, on: date) -> Iterable[str]:
    """An ID number that cannot stand, or says otherwise than the file; never the number itself."""
    try:
        number = parse_id_number(id_number, on=on)
    except Refused as refused:
        yield refused.what
        return
    if member.birth is not None and member.birth != number.birth:
        yield "身份证号里的出生日期和填的不一样。"
    if member.sex is not None and member.sex is not number.sex:
        yield "身份证号里的性别和填的不一样。"
