"""The case file: what is read, and every way it is refused by its path."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.domain.people import Labour, Relation, SelfCare
from app.domain.problem import Refused
from app.rules.benefit_codes import BENEFITS, known_benefits
from app.rules.casefile import LARGEST, parse_case
from app.rules.casewriter import case_of as written
from app.rules.facts import Disability
from tests.cases import HEAD, WORKED_EXAMPLE, assessed, case_of, changed, data_of, member, wage


def refusal(case: object) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_case(case if isinstance(case, bytes) else data_of(case))
    return caught.value


def test_the_worked_example_is_read():
    facts = parse_case(data_of(WORKED_EXAMPLE))

    assert (facts.id, facts.on) == ("case-1", date(2026, 3, 2))
    assert [one.id for one in facts.household.members] == ["p1", "p2", "p3"]
    assert facts.household.members[1].self_care == {
        SelfCare.EAT: True,
        SelfCare.DRESS: True,
        SelfCare.BED: True,
        SelfCare.TOILET: False,
        SelfCare.WALK: True,
        SelfCare.BATH: False,
    }


def test_what_is_absent_stays_unknown_and_null_disability_means_none():
    facts = parse_case(
        data_of(
            {
                "format": "xieli-case/1",
                "id": "a",
                "household": {
                    "area": "rural",
                    "members": [
                        {"id": "p1", "relation": "head"},
                        {"id": "p2", "relation": "spouse", "disability": None, "labour": None},
                    ],
                },
            }
        )
    )

    first, second = facts.household.members
    assert (first.disabled, second.disabled) == (None, False)
    assert (first.birth, first.hukou, first.student, first.receives) == (None, None, None, None)
    assert second.labour is Labour.UNKNOWN
    assert facts.household.incomes is None
    assert facts.household.assets is None
    assert (facts.on, facts.pack) == (None, None)


def test_a_certificate_nobody_looked_at_is_a_disability_all_the_same():
    facts = parse_case(data_of(case_of(HEAD | {"disability": {}})))

    assert facts.household.members[0].disabled is True
    assert facts.household.members[0].disability == Disability()


def test_a_byte_order_mark_does_no_harm():
    assert parse_case(b"\xef\xbb\xbf" + data_of(WORKED_EXAMPLE)).id == "case-1"


@pytest.mark.parametrize(
    ("code", "relation"),
    [
        ("head", Relation.HEAD), ("0", Relation.HEAD), ("01", Relation.HEAD),
        ("02", Relation.HEAD), ("1", Relation.SPOUSE), ("12", Relation.SPOUSE),
        ("2", Relation.CHILD), ("3", Relation.CHILD), ("21", Relation.CHILD),
        ("28", Relation.CHILD_IN_LAW), ("31", Relation.CHILD), ("38", Relation.CHILD_IN_LAW),
        ("4", Relation.GRANDCHILD), ("41", Relation.GRANDCHILD), ("5", Relation.PARENT),
        ("51", Relation.PARENT), ("53", Relation.OTHER), ("6", Relation.GRANDPARENT),
        ("61", Relation.GRANDPARENT), ("7", Relation.SIBLING), ("73", Relation.SIBLING),
        ("74", Relation.OTHER), ("8", Relation.OTHER), ("99", Relation.OTHER),
    ],
)  # fmt: skip
def test_relations_come_as_words_or_as_gb_t_4761(code, relation):
    # Only one head: the second person is the one whose relation is asked.
    case = case_of(member("p1", "other"), member("p2", code))

    assert parse_case(data_of(case)).household.members[1].relation is relation


@pytest.mark.parametrize("code", ["", "uncle", "9", "00", "1a", "１", 1, None, ["head"]])
def test_another_relation_is_refused(code):
    problem = refusal(case_of(member("p1", code)))

    assert problem.field == "household.members[0].relation"


def test_every_benefit_a_case_may_name_is_read():
    told = parse_case(data_of(case_of(HEAD | {"receives": list(BENEFITS)})))

    assert told.household.members[0].receives == BENEFITS
    assert {"dibao", "tekun", "disability_care", "orphan", "veteran_benefit"} <= set(BENEFITS)


def test_a_benefit_of_a_record_that_is_on_no_list_is_another_benefit():
    assert known_benefits(("五保", "dibao", "低保")) == ("other", "dibao")
    assert known_benefits(()) == ()


def test_whoever_is_able_to_work_was_not_found_to_have_lost_it():
    problem = refusal(case_of(HEAD | {"labour_loss": True}))

    assert (problem.code, problem.field) == ("C-06", "household.members[0].labour_loss")


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (WORKED_EXAMPLE | {"extra": 1}, "extra"),
        (changed(WORKED_EXAMPLE, note="x"), "household.note"),
        (case_of(HEAD | {"nickname": "x"}), "household.members[0].nickname"),
        (case_of(HEAD | {"disability": {"kind": "mental", "degree": 1}}),
         "household.members[0].disability.degree"),
        (case_of(HEAD | {"self_care": {"sing": True}}), "household.members[0].self_care.sing"),
        (case_of(incomes=[wage("1", extra=1)]), "household.incomes[0].extra"),
        (case_of(expenses=[{"kind": "medical", "amount": "1", "per": "year", "x": 1}]),
         "household.expenses[0].x"),
        (case_of(assets=[{"kind": "cash", "owner": "p1"}]), "household.assets[0].owner"),
        (case_of(obligors=[{"id": "o", "relation": "son", "x": 1}]), "household.obligors[0].x"),
        (case_of(parameters={"no_such": 1}), "parameters.no_such"),
    ],
)  # fmt: skip
def test_a_key_nobody_asked_for_is_refused_by_name(case, field):
    problem = refusal(case)

    assert (problem.code, problem.field) == ("C-02", field)
    assert field in problem.what


@pytest.mark.parametrize(
    ("drop", "field"),
    [
        ({"format": None}, "format"),
        ({"id": None}, "id"),
        ({"household": None}, "household"),
    ],
)
def test_what_must_be_there_is_asked_for(drop, field):
    problem = refusal(WORKED_EXAMPLE | drop)

    assert (problem.code, problem.field) == ("C-03", field)


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (changed(WORKED_EXAMPLE, area=None), "household.area"),
        (changed(WORKED_EXAMPLE, members=None), "household.members"),
        (case_of({"relation": "head"}), "household.members[0].id"),
        (case_of({"id": "p1"}), "household.members[0].relation"),
        (case_of(incomes=[{"kind": "wage", "per": "month"}]), "household.incomes[0].amount"),
        (case_of(incomes=[{"kind": "wage", "amount": "1"}]), "household.incomes[0].per"),
        (case_of(incomes=[{"amount": "1", "per": "month"}]), "household.incomes[0].kind"),
        (case_of(assets=[{"count": 1}]), "household.assets[0].kind"),
        (case_of(obligors=[{"id": "o"}]), "household.obligors[0].relation"),
    ],
)
def test_a_row_without_its_essentials_is_refused(case, field):
    problem = refusal(case)

    assert (problem.code, problem.field) == ("C-03", field)


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (WORKED_EXAMPLE | {"format": "xieli-case/2"}, "format"),
        (WORKED_EXAMPLE | {"id": 7}, "id"),
        (WORKED_EXAMPLE | {"id": "  "}, "id"),
        (WORKED_EXAMPLE | {"id": "x" * 65}, "id"),
        (WORKED_EXAMPLE | {"id": "a\u0000b"}, "id"),
        (WORKED_EXAMPLE | {"id": "\ud800"}, "id"),
        (WORKED_EXAMPLE | {"on": "2026-3-2"}, "on"),
        (WORKED_EXAMPLE | {"on": "2026-02-30"}, "on"),
        (WORKED_EXAMPLE | {"on": 20260302}, "on"),
        (WORKED_EXAMPLE | {"pack": ["national"]}, "pack"),
        (WORKED_EXAMPLE | {"requested": "ladder"}, "requested"),
        (WORKED_EXAMPLE | {"requested": ["ladder", "lottery"]}, "requested[1]"),
        (WORKED_EXAMPLE | {"requested": [{}]}, "requested[0]"),
        (WORKED_EXAMPLE | {"requested": ["dibao"]}, "requested[0]"),
        (WORKED_EXAMPLE | {"household": []}, "household"),
        (WORKED_EXAMPLE | {"parameters": []}, "parameters"),
        (changed(WORKED_EXAMPLE, area="suburb"), "household.area"),
        (changed(WORKED_EXAMPLE, members={}), "household.members"),
        (changed(WORKED_EXAMPLE, members=["p1"]), "household.members[0]"),
        (case_of(HEAD | {"birth": "1979/05/03"}), "household.members[0].birth"),
        (case_of(HEAD | {"sex": "f"}), "household.members[0].sex"),
        (case_of(HEAD | {"serious_illness": "no"}), "household.members[0].serious_illness"),
        (case_of(HEAD | {"disability": "none"}), "household.members[0].disability"),
        (case_of(HEAD | {"disability": {"kind": "mental", "level": 5}}),
         "household.members[0].disability.level"),
        (case_of(HEAD | {"disability": {"kind": "mental", "level": True}}),
         "household.members[0].disability.level"),
        (case_of(HEAD | {"self_care": {"eat": 1}}), "household.members[0].self_care.eat"),
        (case_of(HEAD | {"receives": "dibao"}), "household.members[0].receives"),
        (case_of(HEAD | {"excused_from_work": "yes"}), "household.members[0].excused_from_work"),
        (case_of(HEAD | {"first_job": "no"}), "household.members[0].first_job"),
        (case_of(obligors=[{"id": "o", "relation": "son", "within_property_limits": 1}]),
         "household.obligors[0].within_property_limits"),
        (case_of(obligors=[{"id": "o", "relation": "son", "receives": "dibao"}]),
         "household.obligors[0].receives"),
        (case_of(HEAD | {"receives": [1]}), "household.members[0].receives[0]"),
        (case_of(HEAD | {"receives": ["dibao", "dibo"]}), "household.members[0].receives[1]"),
        (case_of(HEAD | {"receives": ["wage"]}), "household.members[0].receives[0]"),
        (case_of(obligors=[{"id": "o", "relation": "son", "receives": ["五保"]}]),
         "household.obligors[0].receives[0]"),
        (case_of(HEAD | {"back_at_work": "yes"}), "household.members[0].back_at_work"),
        (case_of(HEAD | {"labour_loss": 1}), "household.members[0].labour_loss"),
        (case_of(incomes=[wage("12.345")]), "household.incomes[0].amount"),
        (case_of(incomes=[wage("-1.00")]), "household.incomes[0].amount"),
        (case_of(incomes=[wage(12)]), "household.incomes[0].amount"),
        (case_of(incomes=[wage(1.5)]), "household.incomes[0].amount"),
        (case_of(incomes=[wage("1", months=0)]), "household.incomes[0].months"),
        (case_of(incomes=[wage("1", months=13)]), "household.incomes[0].months"),
        (case_of(incomes=[wage("1", months=1.0)]), "household.incomes[0].months"),
        (case_of(incomes=[wage("1", per="year", months=3)]), "household.incomes[0].months"),
        (case_of(incomes=[wage("1", per="week")]), "household.incomes[0].per"),
        (case_of(incomes=[wage("1", kind="lottery")]), "household.incomes[0].kind"),
        (case_of(assets=[{"kind": "house", "count": -1}]), "household.assets[0].count"),
        (case_of(assets=[{"kind": "house", "count": 1001}]), "household.assets[0].count"),
        (case_of(incomes=[wage("1")] * 501), "household.incomes"),
        (case_of(obligors=[{"id": "o", "relation": "son", "status": "rich"}]),
         "household.obligors[0].status"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_its_path(case, field):
    problem = refusal(case)

    assert (problem.code, problem.field) == ("C-04", field)
    assert problem.what.startswith(f"{field}：")


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (case_of(incomes=[wage("1", who="p9")]), "household.incomes[0].member"),
        (case_of(expenses=[{"member": "p9", "kind": "care", "amount": "1", "per": "once"}]),
         "household.expenses[0].member"),
        (case_of(HEAD, HEAD | {"relation": "child"}), "household.members[1].id"),
        (case_of(HEAD, member("p2", "head")), "household.members[1].relation"),
        (case_of(obligors=[{"id": "p1", "relation": "son"}]), "household.obligors[0].id"),
        (changed(WORKED_EXAMPLE, members=[]), "household.members"),
    ],
)  # fmt: skip
def test_people_are_named_once_and_referred_to_by_name(case, field):
    problem = refusal(case)

    assert (problem.code, problem.field) == ("C-06", field)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
        b'{"format": NaN}',
        b'{"format": Infinity}',
        b'{"n": ' + b"9" * 5000 + b"}",
        data_of(WORKED_EXAMPLE)[:-20],
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_not_json_is_refused_whole(data):
    assert refusal(data).code == "C-01"


@pytest.mark.parametrize("data", [b"[]", b"null", b'"x"', b"1"])
def test_another_kind_of_json_is_refused(data):
    assert refusal(data).code == "C-04"


def test_a_key_written_twice_is_refused():
    text = data_of(WORKED_EXAMPLE).decode()
    twice = text.replace('"area": "urban"', '"area": "urban", "area": "rural"')

    problem = refusal(twice.encode())

    assert (problem.code, problem.field) == ("C-05", "area")


def test_a_stray_key_is_shown_short_and_printable():
    problem = refusal(WORKED_EXAMPLE | {"x\u0007" * 60: 1})

    assert problem.field == "x?" * 20


def test_a_case_of_a_mebibyte_is_still_read():
    padded = data_of(WORKED_EXAMPLE)

    assert parse_case(padded + b" " * (LARGEST - len(padded))).id == "case-1"


def test_a_repr_of_facts_shows_no_name_and_no_number():
    facts = parse_case(
        data_of(case_of(HEAD | {"name": "韦某某", "id_number": "459901195803090011"}))
    )

    assert "韦" not in repr(facts)
    assert "4599" not in repr(facts)


@pytest.mark.parametrize(
    "case",
    [
        WORKED_EXAMPLE,
        case_of(HEAD | {"disability": {}}),
        case_of(HEAD | {"name": "韦某", "id_number": "x", "labour": "none"}, pack="national"),
        {"format": "xieli-case/1", "id": "a",
         "household": {"area": "rural", "members": [{"id": "p1", "relation": "head"}]}},
        case_of(HEAD | {"excused_from_work": True, "living": "institution"}),
        case_of(HEAD | {"excused_from_work": False}, obligors=[
            {"id": "o", "relation": "son", "disability": {"kind": "mental", "level": 3},
             "receives": ["dibao"], "within_property_limits": False},
            {"id": "p", "relation": "son", "disability": {}, "receives": [],
             "within_property_limits": True},
        ]),
    ],
)  # fmt: skip
def test_facts_written_back_are_the_same_facts(case):
    facts = parse_case(data_of(case))

    assert parse_case(json.dumps(written(facts)).encode()) == facts


def test_what_is_just_long_enough_is_read():
    case = case_of(HEAD | {"id": "p" * 64}, incomes=[wage("1", who=None)] * 500)

    facts = parse_case(data_of(case))

    assert len(facts.household.incomes) == 500
    assert len(facts.household.members[0].id) == 64


def test_a_job_that_is_not_the_first_has_no_day_it_began_as_the_first():
    case = case_of(HEAD | {"first_job": False, "first_employed_on": "2025-12-01"})

    with pytest.raises(Refused) as caught:
        parse_case(data_of(case))

    assert caught.value.code == "C-06"
    assert caught.value.field == "household.members[0].first_employed_on"


@pytest.mark.parametrize(
    ("said", "disabled"),
    [({"disability": None}, False), ({"disability": {"level": 2}}, True), ({}, None)],
)
def test_of_an_obligor_too_null_says_there_is_no_certificate(said, disabled):
    case = case_of(obligors=[{"id": "o", "relation": "son"} | said])

    (obligor,) = parse_case(data_of(case)).household.obligors

    assert obligor.disabled is disabled
    assert parse_case(data_of(written(parse_case(data_of(case))))).household.obligors == (obligor,)


@pytest.mark.parametrize(
    ("days", "fact", "why"),
    [
        (("1980-05-01", "1979-05-01", None), "first_employed_on", "不晚于出生日期1980年5月1日"),
        (("1980-05-01", "1980-05-01", None), "first_employed_on", "不晚于出生日期1980年5月1日"),
        (("1980-05-01", "2025-12-01", "2025-11-30"), "self_declared_on", "早于第一次就业的日期"),
    ],
)
def test_days_in_an_order_that_cannot_be_are_refused_by_name(days, fact, why):
    birth, begun, told = days
    person = HEAD | {"birth": birth, "first_job": True}
    person |= {"first_employed_on": begun, "self_declared_on": told}

    with pytest.raises(Refused) as caught:
        assessed(case_of(person))

    assert (caught.value.code, caught.value.field) == ("C-06", f"household.members[0].{fact}")
    assert why in caught.value.what


def test_the_first_work_may_be_told_of_on_its_first_day():
    day = "2025-12-01"
    person = HEAD | {"first_job": True, "first_employed_on": day, "self_declared_on": day}

    assert assessed(case_of(person)).counted_members


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-02-30", "没有这一天"),
        ("2026-1a-02", "日期要写成"),
        ("2026-W10-1", "日期要写成"),
        ("20260302", "日期要写成"),
        ("2026/03/02", "日期要写成"),
        ("٢٠٢٦-٠٣-٠٢", "日期要写成"),
        ("2026-03-02T", "日期要写成"),
    ],
)
def test_a_day_that_is_none_and_a_day_written_otherwise_are_told_apart(day, why):
    problem = refusal(WORKED_EXAMPLE | {"on": day})

    assert problem.field == "on"
    assert why in problem.what


def test_somebody_bound_to_nobody_who_can_be_named_is_refused_by_his_place():
    problem = refusal(case_of(obligors=[{"id": "o", "relation": "son", "supports": ["p1", 3]}]))

    assert problem.field == "household.obligors[0].supports[1]"
