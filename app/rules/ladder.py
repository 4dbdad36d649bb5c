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
from app.rules.assessment import Assessment, RungAnswer, Working
from app.rules.benefit import Benefit
from app.rules.care import care_level
from app.rules.dibao import dibao_benefit, dibao_check
from app.rules.facts import Facts, Member
from app.rules.grace import grace_of
from app.rules.grounds import Check, Outcome, any_of, unsettled
from app.rules.hints import hints_of
from app.rules.limits import limits_of
from app.rules.lines import Line
from app.rules.marginal import marginal_benefit, marginal_check
from app.rules.means import Means, means_of
from app.rules.near import near_lines
from app.rules.overrides import read_overrides
from app.rules.pack import Pack
from app.rules.rigid_expenditure import rigid_expenditure_check
from app.rules.rigid_outlay import rigid_outlay
from app.rules.single_person import single_person_asks, single_person_check
from app.rules.single_person_amount import single_person_benefit
from app.rules.sources import pack_warnings, source_hints
from app.rules.strict import refuse
from app.rules.tekun import nobody_asked, tekun_checks
from app.rules.tekun_amount import tekun_benefit, tekun_floor
from app.rules.terms import terms_of
from app.rules.watchlist import watch_reasons, watchlist_check

_BEST_FIRST: Final = (
    Category.TEKUN,
    Category.DIBAO,
    Category.SINGLE_PERSON,
    Category.RIGID_EXPENDITURE,
    Category.MARGINAL,
    Category.WATCHLIST,
)
"""What is suggested when several rungs are met: 单人保 stands on 边缘 and pays more, and so does
刚性支出 where a pack asks for both (津民发〔2020〕19号). 备案 is for those on no other rung."""


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
    suggested = next((rung for rung in _BEST_FIRST if rung in met), None)
    grace, outlay = grace_of(means), rigid_outlay(means).lines
    hints = hints_of(means, rungs, suggested)
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
        hints=(*hints, *source_hints(means, _bases(means, rungs, outlay))),
        grace=grace,
        watch_reasons=watch_reasons(means, rungs[-1].outcome),
        near=near_lines(means),
        working=Working(
            outlay,
            next((one.benefit_lines for one in rungs if one.rung is suggested), ()),
        ),
        limits=limits_of(means),
    )


def _bases(means: Means, rungs: tuple[RungAnswer, ...], outlay: tuple[Line, ...]) -> Iterable[str]:
    """Every clause the answer leans on, as printed."""
    if means.standard is not None:
        yield str(means.standard.ground)
    yield from (line.basis for line in (*means.income.lines, *outlay))
    for answer in rungs:
        if answer.outcome is Outcome.MEETS:
            yield str(means.terms.rungs[answer.rung])
        yield from (reason.basis for reason in answer.reasons)


def _rungs(means: Means, pack: Pack) -> tuple[RungAnswer, ...]:
    """The ladder from the top; a rung the pack has no rule for stays unknown."""

    def _tried(rung: Category, check: Callable[[str], Check]) -> Check:
        ground = means.terms.rungs.get(rung)
        return _not_carried(rung, pack) if ground is None else check(str(ground))

    dibao = _tried(Category.DIBAO, partial(dibao_check, means))
    marginal = _tried(Category.MARGINAL, partial(marginal_check, means))
    rigid = _tried(
        Category.RIGID_EXPENDITURE,
        partial(rigid_expenditure_check, means, dibao=dibao, marginal=marginal),
    )
    tekun, single = _tekun(means, pack), _single_person(means, pack, dibao, marginal)
    upper = (_ended(tekun), dibao, marginal, _ended(single), rigid)
    watchlist = _tried(Category.WATCHLIST, partial(watchlist_check, means, upper=upper))
    everyone = means.family.ids
    return (
        tekun,
        _answer(Category.DIBAO, dibao, everyone, partial(dibao_benefit, means)),
        _answer(Category.MARGINAL, marginal, everyone, partial(marginal_benefit, means)),
        single,
        _answer(Category.RIGID_EXPENDITURE, rigid, everyone),
        _answer(Category.WATCHLIST, watchlist, everyone),
    )


def _tekun(means: Means, pack: Pack) -> RungAnswer:
    """特困 is asked of persons: the answer names those it is about."""
    ground = means.terms.rungs.get(Category.TEKUN)
    if ground is None:
        return _answer(Category.TEKUN, _not_carried(Category.TEKUN, pack), ())
    asked = tekun_checks(means, str(ground))
    check = any_of(*asked.values()) if asked else nobody_asked(str(ground))
    about = tuple(who for who, one in asked.items() if one.outcome is check.outcome)
    return _answer(Category.TEKUN, check, about, partial(tekun_benefit, means, about))


def _single_person(means: Means, pack: Pack, dibao: Check, marginal: Check) -> RungAnswer:
    """单人保 names the members it is met for; while that is open, those it may be met for."""
    rung = Category.SINGLE_PERSON
    ground = means.terms.rungs.get(rung)
    if ground is None:
        return _answer(rung, _not_carried(rung, pack), ())
    check, members = single_person_check(means, str(ground), dibao, marginal)
    who = tuple(member.id for member in members)
    return _answer(rung, check, who, partial(single_person_benefit, means, members))


def _ended(answer: RungAnswer) -> Check:
    """How a rung ended, as a test."""
    return Check(answer.outcome, answer.reasons, answer.missing)


def _answer(
    rung: Category,
    check: Check,
    members: tuple[str, ...],
    benefit: Callable[[], Benefit] | None = None,
) -> RungAnswer:
    """A rung as it is answered; only one that is met pays."""
    paid = benefit() if benefit and check.outcome is Outcome.MEETS else Benefit()
    return RungAnswer(
        rung,
        check.outcome,
        members,
        paid.month,
        check.reasons,
        check.missing,
        paid.lines,
        paid.missing,
    )


def _not_carried(rung: Category, pack: Pack) -> Check:
    return unsettled(
        f"“{pack.title}”政策包没有带“{rung.label}”这一档的规则，定不了。",
        f"{pack.title}（{pack.version} 版）",
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


def _warnings(means: Means, rungs: tuple[RungAnswer, ...]) -> Iterable[str]:
    """What a person should look at, though it decides nothing."""
    for member in means.facts.household.members:
        path = means.facts.household.path(member)
        yield from (f"{path}.id_number：{text}" for text in _id_warnings(member, means.on))
        if member.id in means.family.left_out:
            yield f"{path} 没有算作家庭成员：{means.family.left_out[member.id].text}"
        if member.id in means.family.asks:
            yield f"{path}：{means.family.asks[member.id].text}"
    yield from (doubt.warning for doubt in means.income.doubts)
    yield from (rise.warning for rise in means.income.rises)
    for answer in rungs:
        if answer.rung is Category.SINGLE_PERSON and answer.outcome is not Outcome.FAILS:
            yield from single_person_asks(means, answer.members)
    if any(one.rung is Category.TEKUN and one.outcome is Outcome.MEETS for one in rungs):
        yield from filter(None, [tekun_floor(means)])


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
