"""Whatever an interview is told, saving it and starting again gives the same answers back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.households import AssetKind, ExpenseKind, IncomeKind, Per
from app.domain.ids import ObligorId
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    Obligor,
    PersonStatus,
    SelfCare,
    Student,
)
from app.rules import assess
from app.rules import facts as case
from app.rules.casewriter import case_of
from app.services.standard_changes import Home, _before
from tests.storefile import household_of

TODAY: Final = date(2026, 3, 2)
SON: Final = ObligorId("019cacb3-0000-7000-8000-0000000000aa")
_money = st.integers(0, 900_000).map(Money)
_day = st.dates(date(2024, 1, 1), TODAY)
_born = st.dates(date(1940, 1, 1), date(2008, 1, 1))
_flag = st.sampled_from([None, True, False])
_level = st.sampled_from([None, 1, 2, 3, 4])
_codes = st.sampled_from(
    [None, (), ("dibao",), ("tekun", "elderly_allowance"), ("orphan_allowance",)]
)


def maybe(words):
    return st.sampled_from([None, *words])


@st.composite
def certificates(draw):
    """Whether there is one, and what somebody saw of it."""
    disabled = draw(_flag)
    if not disabled:
        return {"disabled": disabled, "disability": None}
    kind, level = draw(maybe(DisabilityKind)), draw(_level)
    several = kind is DisabilityKind.MULTIPLE and draw(st.booleans())
    parts = ((DisabilityKind.PHYSICAL, 3), (DisabilityKind.MENTAL, 0)) if several else ()
    return {"disabled": True, "disability": case.Disability(kind, level, parts)}


@st.composite
def people(draw, known):
    """A member as known, and everything an interview may say of one."""
    begun, first = draw(st.none() | _day), draw(_flag)
    labour = draw(st.sampled_from(list(Labour)))
    return replace(
        known,
        hukou=draw(maybe(Hukou)),
        living=draw(maybe(Living)),
        status=draw(maybe(PersonStatus)),
        student=draw(maybe(Student)),
        labour=labour,
        back_at_work=draw(_flag),
        labour_loss=None if labour is Labour.ABLE else draw(_flag),
        excused_from_work=draw(_flag),
        first_job=first,
        first_employed_on=begun if first is not False else None,
        self_declared_on=draw(st.none() | st.dates(begun, TODAY))
        if begun and first is not False
        else None,
        serious_illness=draw(_flag),
        self_care=draw(st.none() | st.dictionaries(st.sampled_from(list(SelfCare)), st.booleans())),
        receives=draw(_codes),
        monitored=draw(_flag),
        **draw(certificates()),
    )


@st.composite
def incomes(draw, who):
    """One source: by the month with its windows, by the year, or once with its day."""
    per = draw(st.sampled_from(list(Per)))
    months, months_in = 12, ()
    if per is Per.MONTH:
        months = draw(st.integers(1, 12))
        half = draw(st.integers(max(0, months - 6), min(6, months)))
        months_in = draw(st.sampled_from([(), ((12, months),), ((6, half), (12, months))]))
    return case.Income(
        member=draw(st.sampled_from([None, *who])),
        kind=draw(st.sampled_from(list(IncomeKind))),
        amount=draw(_money),
        per=per,
        months=months,
        months_in=months_in,
        received_on=draw(st.none() | _day) if per is Per.ONCE else None,
    )


@st.composite
def obligors(draw, number, ids):
    """Somebody outside: one on record, or one the interview made up an id for."""
    return case.Obligor(
        id=ids[number] if number < len(ids) else f"obligors-{number}",
        relation=draw(st.sampled_from(["son", "daughter", "father", "外甥"])),
        birth=draw(st.none() | _born),
        monthly_income=draw(st.none() | _money),
        maintenance_month=draw(st.none() | _money),
        status=draw(maybe(PersonStatus)),
        receives=draw(_codes),
        within_property_limits=draw(_flag),
        **draw(certificates()),
    )


def told_or_not(draw, before, rows):
    """A list; what has been asked once is never unasked again."""
    told = draw(st.lists(rows, max_size=4).map(tuple))
    return draw(st.sampled_from([told, (), *([None] if before is None else [])]))


@st.composite
def interviews(draw, facts):
    """What the next interview is told, starting from `facts`."""
    known = facts.household
    who = [one.id for one in known.members]
    ids = [one.id for one in known.obligors or ()]
    if draw(st.booleans()):
        ids = ids[1:]
    bound = tuple(draw(obligors(n, ids)) for n in range(draw(st.integers(0, 3))))
    household = replace(
        known,
        members=tuple(draw(people(one)) for one in known.members),
        incomes=told_or_not(draw, known.incomes, incomes(who)),
        expenses=told_or_not(
            draw,
            known.expenses,
            st.builds(
                case.Expense,
                member=st.sampled_from([None, *who]),
                kind=st.sampled_from(list(ExpenseKind)),
                amount=_money,
                per=st.sampled_from(list(Per)),
            ),
        ),
        assets=told_or_not(
            draw,
            known.assets,
            st.builds(
                case.Asset,
                kind=st.sampled_from(list(AssetKind)),
                amount=st.none() | _money,
                count=st.none() | st.integers(0, 9),
            ),
        ),
        obligors=bound if bound or known.obligors else draw(st.sampled_from([(), None])),
    )
    return replace(facts, household=household)


def answers(facts):
    """The facts as a case file says them, obligors by their place and not their id."""
    written = case_of(facts)["household"]
    for one in written.get("obligors", ()):
        one.pop("id")
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True).splitlines()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_was_told_comes_back_however_often_it_is_told_anew(work, data):
    made = household_of("覃兰英", "覃小雨", id_number=None, birth=date(1960, 5, 1))
    son = Obligor(id=SON, household=made.id, name="覃儿", relation="儿子")
    if data.draw(st.booleans()):
        made = replace(made, obligors=(replace(son, id=ObligorId(made.id[:-2] + "ff")),))
    work.households.add_all([made])
    for _time in range(3):
        facts = data.draw(interviews(work.assessments.start(made.id)))

        work.clock.advance(seconds=1)
        kept = work.assessments.save(made.id, facts)

        again = work.assessments.start(made.id)
        assert answers(again) == answers(facts)
        record = work.assessments.get(kept)
        with work.begin() as begun:
            home = Home(begun.households.get(made.id), record)
            pack = work.rules.pack(begun)
        assert answers(_before(home, None)[0]) == answers(facts)
        assert assess(again, pack, TODAY).to_json() == assess(facts, pack, TODAY).to_json()


@pytest.fixture
def bound(work):
    """A household whose son pays a hundred yuan a month, by the roster."""
    made = household_of("覃兰英", id_number=None, birth=date(1950, 5, 1))
    son = Obligor(
        id=SON,
        household=made.id,
        name="覃儿",
        relation="son",
        maintenance_month=Money.yuan(100),
        status=PersonStatus.NORMAL,
    )
    made = replace(made, obligors=(son,))
    work.households.add_all([made])
    return made


def with_obligors(facts, *people):
    return replace(facts, household=replace(facts.household, obligors=people))


def recorded(work, household):
    with work.begin() as begun:
        return begun.households.get(household.id).obligors


def test_what_an_obligor_pays_now_is_written_beside_the_name_of_the_roster(work, bound):
    facts = work.assessments.start(bound.id)
    pays = replace(
        facts.household.obligors[0],
        maintenance_month=Money.yuan(900),
        status=PersonStatus.SERVING_SENTENCE,
    )
    work.assessments.save(bound.id, with_obligors(facts, pays))

    (row,) = recorded(work, bound)

    assert (row.id, row.name, row.maintenance_month) == (SON, "覃儿", Money.yuan(900))
    assert work.assessments.start(bound.id).household.obligors == (pays,)


def test_an_obligor_told_away_stays_away(work, bound):
    work.assessments.save(bound.id, with_obligors(work.assessments.start(bound.id)))

    assert recorded(work, bound) == ()
    assert work.assessments.start(bound.id).household.obligors == ()


def test_another_son_does_not_get_the_name_of_the_first(work, bound):
    other = case.Obligor(id="obligors-1", relation="son")
    work.assessments.save(bound.id, with_obligors(work.assessments.start(bound.id), other))

    assert [one.name for one in recorded(work, bound)] == [""]


def test_an_interview_saved_twice_makes_one_obligor(work, bound):
    daughter = case.Obligor(id="obligors-1", relation="daughter")
    facts = work.assessments.start(bound.id)
    facts = with_obligors(facts, *facts.household.obligors, daughter)
    work.assessments.save(bound.id, facts)
    work.clock.advance(seconds=1)

    work.assessments.save(bound.id, facts)

    assert sorted(one.relation for one in recorded(work, bound)) == ["daughter", "son"]


def test_a_test_keeps_its_obligors_by_the_ids_of_the_record(work, bound):
    facts = work.assessments.start(bound.id)
    daughter = case.Obligor(id="obligors-1", relation="daughter")
    work.assessments.save(bound.id, with_obligors(facts, *facts.household.obligors, daughter))

    ids = [one.id for one in work.assessments.start(bound.id).household.obligors]

    assert sorted(ids) == sorted(one.id for one in recorded(work, bound))


def test_what_the_record_learns_after_the_test_is_newer(work, bound):
    """Another laptop, the county or a correction: not the interview."""
    facts = work.assessments.start(bound.id)
    work.assessments.save(bound.id, facts)
    with work.begin() as begun:
        begun.change(
            kind="person.corrected", entity="person", entity_id=bound.members[0].person.id,
            subject=bound.id, fields={"hukou": Hukou.NONLOCAL, "receives": ["dibao"]},
        )  # fmt: skip
        begun.change(
            kind="household.corrected", entity="support_obligor", entity_id=SON,
            subject=bound.id, fields={"maintenance_month_fen": Money.yuan(5)},
        )  # fmt: skip
        begun.commit()

    again = work.assessments.start(bound.id).household

    assert (again.members[0].hukou, again.members[0].receives) == (Hukou.NONLOCAL, ("dibao",))
    assert again.obligors[0].maintenance_month == Money.yuan(5)
