"""生活自理能力评估: written down once, asked for within its clock, and printed as F12."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import pytest

from app.documents.forms import f12
from app.documents.typeset import Tick
from app.domain.caring import AbilityKind
from app.domain.casework import Health, Met, Need
from app.domain.households import Category
from app.domain.people import SelfCare
from app.domain.today import WorkKind
from app.rules.care import CareLevel
from app.services.care_agreements import CareAgreements, NewCare
from app.services.paper_offers import choice_of, offers_of
from app.services.papers import KINDS, content_of, subject_of
from app.services.self_care import NewSelfCare, SelfCareAssessments
from app.services.timeline_caring import caring
from tests.filing import refused
from tests.pdfs import lines_on
from tests.records import stamp
from tests.storefile import household_of
from tests.visiting import asked

HALF = (SelfCare.BATH, SelfCare.WALK)
WHOLE = (SelfCare.EAT, SelfCare.DRESS, SelfCare.BED, SelfCare.TOILET, SelfCare.BATH)


@pytest.fixture
def home(work):
    """An old woman on 特困 who lives alone."""
    made = replace(household_of("覃兰英", birth=date(1940, 1, 1)), category=Category.TEKUN)
    work.households.add_all([made])
    return made


@pytest.fixture
def assessments(work):
    return SelfCareAssessments(work.begin, work.clock)


def record(assessments, home, unable=HALF, **more):
    asked = {"assessors": ("韦一", "韦二"), "assessed_on": assessments.clock.today()} | more
    return assessments.record(NewSelfCare(household=home.id, unable=unable, **asked))


def visit(work, home, health=Health.FAIR, need=Need.NONE, *, met=Met.SELF):
    """A visit of that day that says how she is."""
    said = {} if met is Met.NOBODY else {"health": health, "need": need}
    work.visits.record(asked(home, visited_on=work.clock.today(), met=met, **said))


def row(work):
    """The row of today's list, or None."""
    assert work.worklist.check() == []
    rows = [one for one in work.worklist.everything() if one.kind is WorkKind.SELF_CARE]
    return rows[0] if rows else None


def of(work, home):
    with work.begin() as begun:
        return begun.caring.abilities_of(home.id)


def acts_on_record(work, home):
    return work.households.get(home.id).members[0].person.self_care


def test_an_assessment_is_kept_with_who_made_it_and_becomes_what_is_on_record(
    work, home, assessments
):
    record(assessments, home, note="扶着能走两步")

    (found,) = of(work, home)

    assert (found.kind, found.assessed_on) == (AbilityKind.FIRST, work.clock.today())
    assert [act for act, can in found.acts.items() if not can] == [SelfCare.WALK, SelfCare.BATH]
    assert len(found.acts) == len(SelfCare)
    assert (found.assessors, found.note, found.person_name) == (
        ("韦一", "韦二"),
        "扶着能走两步",
        "覃兰英",
    )
    assert acts_on_record(work, home) == {act.value: act not in HALF for act in SelfCare}


def test_the_next_one_is_a_review_and_stands_beside_the_first(work, home, assessments):
    record(assessments, home)
    work.clock.advance(days=40)
    record(assessments, home, ())

    newer, older = of(work, home)

    assert (newer.kind, older.kind) == (AbilityKind.REVIEW, AbilityKind.FIRST)
    assert all(newer.acts.values())


def test_what_the_paper_calls_it_is_taken_as_told(work, home, assessments):
    record(assessments, home, kind=AbilityKind.REVIEW)

    assert of(work, home)[0].kind is AbilityKind.REVIEW


def test_one_of_an_earlier_day_that_is_typed_in_late_leaves_what_is_known_since(
    work, home, assessments
):
    record(assessments, home, ())

    record(assessments, home, WHOLE, assessed_on=work.clock.today() - timedelta(days=90))

    assert all(acts_on_record(work, home).values())
    assert len(of(work, home)) == 2


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"unable": None}, "L-19", "unable"),
        ({"assessors": ("", "韦二")}, "L-04", "assessor"),
        ({"assessors": ("韦一", " ")}, "L-04", "other_assessor"),
        ({"assessors": ("韦一", "韦一 ")}, "L-20", "other_assessor"),
        ({"assessors": ("韦一", "覃兰英")}, "L-20", "other_assessor"),
        ({"name": "外人"}, "L-06", "name"),
        ({"assessed_on": date(2100, 1, 1)}, "L-03", "happened_on"),
        ({"assessed_on": date(1930, 1, 1)}, "L-03", "happened_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_so_is_refused_at_its_field_and_nothing_is_written(
    work, home, assessments, more, code, field
):
    told = refused(record, assessments, home, **more)

    assert (told.code, told.field) == (code, field)
    assert of(work, home) == []
    assert acts_on_record(work, home) is None


def test_of_several_people_it_is_said_whom(work, assessments):
    two = household_of("覃兰英", "覃小雨")
    work.households.add_all([two])

    assert refused(record, assessments, two).code == "L-06"
    record(assessments, two, name="覃小雨")
    assert of(work, two)[0].person_name == "覃小雨"


def test_nobody_is_assessed_of_a_household_that_is_not_here(assessments, home):
    gone = replace(home, id="0" * 32)

    assert refused(record, assessments, gone).code == "F-01"


@pytest.mark.parametrize(
    ("health", "need", "words"),
    [(Health.IMPAIRED, Need.NONE, "行动不便"), (Health.FAIR, Need.CARE, "要人照料")],
    ids=["impaired", "care"],
)
def test_a_visit_that_says_so_asks_for_it_within_ten_working_days(work, home, health, need, words):
    assert row(work) is None
    visit(work, home, health, need)

    found = row(work)

    assert (found.household, found.page) == (home.id, "caring")
    assert words in found.why
    assert found.due_on == date(2026, 3, 16)
    assert "10 个工作日内评估" in found.rule


def test_the_clock_runs_from_the_first_visit_of_those_on_end(work, home):
    visit(work, home, Health.IMPAIRED)
    work.clock.advance(days=7)
    visit(work, home, Health.IMPAIRED)

    assert row(work).due_on == date(2026, 3, 16)


def test_it_stands_until_she_was_assessed_and_does_not_come_back_by_the_same_words(
    work, home, assessments
):
    visit(work, home, Health.IMPAIRED)
    work.clock.advance(days=30)
    assert row(work).overdue

    record(assessments, home)
    assert row(work) is None
    work.clock.advance(days=30)
    visit(work, home, Health.IMPAIRED)

    assert row(work) is None


def test_one_made_on_the_day_of_the_visit_answers_it(work, home, assessments):
    visit(work, home, Health.IMPAIRED)
    record(assessments, home, ())

    assert row(work) is None


def test_an_assessment_before_the_visit_does_not_answer_it(work, home, assessments):
    record(assessments, home, ())
    work.clock.advance(days=7)
    visit(work, home, Health.IMPAIRED)

    assert row(work) is not None


def test_who_is_known_to_need_care_is_asked_about_only_once_it_changed(work, home, assessments):
    record(assessments, home, HALF)
    work.clock.advance(days=7)
    visit(work, home, Health.IMPAIRED)
    assert row(work) is None

    visit(work, home, Health.GOOD)
    work.clock.advance(days=1)
    visit(work, home, Health.IMPAIRED)

    assert row(work) is not None


def test_a_visit_that_finds_it_otherwise_takes_the_word_back(work, home):
    visit(work, home, Health.IMPAIRED)
    work.clock.advance(days=1)
    visit(work, home, Health.GOOD)

    assert row(work) is None


def test_nobody_at_home_says_nothing_of_it(work, home):
    visit(work, home, Health.IMPAIRED)
    work.clock.advance(days=1)
    visit(work, home, None, None, met=Met.NOBODY)

    assert row(work) is not None


def test_a_household_that_is_not_on_this_list_is_not_asked_about(work):
    other = household_of("覃小雨")
    work.households.add_all([other])
    visit(work, other, Health.IMPAIRED)

    assert row(work) is None


def means_test(work, home, unable):
    """A means test that saw what she cannot do."""
    facts = work.assessments.start(home.id)
    (member,) = facts.household.members
    seen = {act: act not in unable for act in SelfCare}
    household = replace(facts.household, members=(replace(member, self_care=seen),))
    return work.assessments.save(home.id, replace(facts, household=household))


def test_a_means_test_that_finds_another_level_asks_for_it_too(work, home):
    means_test(work, home, ())
    work.clock.advance(days=30)
    means_test(work, home, HALF)
    assert row(work).why == "覃兰英测算时半护理，原来全自理"
    assert row(work).due_on == date(2026, 4, 16)


def test_an_assessment_answers_the_test_whatever_it_finds(work, home, assessments):
    means_test(work, home, ())
    work.clock.advance(days=30)
    means_test(work, home, HALF)

    record(assessments, home, WHOLE)

    assert row(work) is None


def test_a_test_that_finds_what_was_assessed_asks_for_nothing(work, home, assessments):
    means_test(work, home, ())
    work.clock.advance(days=30)
    record(assessments, home, HALF)
    work.clock.advance(days=30)
    means_test(work, home, HALF)

    assert row(work) is None
    work.clock.advance(days=30)
    means_test(work, home, WHOLE)

    assert row(work).why == "覃兰英测算时全护理，原来半护理"


def test_the_first_test_alone_is_no_change(work, home):
    means_test(work, home, WHOLE)

    assert row(work) is None


def papers(work, home):
    with work.begin() as begun:
        return {one.form: one for one in offers_of(begun, home.id, work.rules)}


def content(work, form, entity_id):
    with work.begin() as begun:
        kind = KINDS[form]
        return content_of(begun, work.rules, kind, subject_of(begun, kind, entity_id))


def test_its_paper_says_what_was_found_by_whom_and_whether_it_was_the_first(
    work, home, assessments
):
    assert not papers(work, home)["F12"].ready
    made = record(assessments, home, note="扶着能走两步")

    offer = papers(work, home)["F12"]
    said = content(work, "F12", offer.entity_id)

    (person,) = said.people
    assert (offer.ready, offer.entity_id, said.assessed_on) == (True, made, work.clock.today())
    assert (person.name, person.kind, person.failed) == ("覃兰英", AbilityKind.FIRST, 2)
    assert (person.level, person.assessors) == (CareLevel.SEMI_CARE, ("韦一", "韦二"))
    assert person.note == "扶着能走两步"


def boxes(value):
    """Every box of a paper that stands in `value`, by what stands beside it."""
    if isinstance(value, Tick):
        return {value.label: value.on}
    if isinstance(value, tuple | list):
        parts = value
    elif is_dataclass(value):
        parts = [getattr(value, one.name) for one in fields(value)]
    else:
        return {}
    return {label: on for part in parts for label, on in boxes(part).items()}


@pytest.mark.parametrize("kind", list(AbilityKind), ids=lambda kind: kind.value)
def test_the_paper_is_ticked_for_the_first_time_or_again_and_names_the_assessors(
    work, home, assessments, kind
):
    made = content(work, "F12", record(assessments, home, kind=kind, note="扶着能走两步"))

    ticked = boxes(f12.paper(made, "1"))
    lines = "\n".join(lines_on(f12.render(made, stamp())))

    assert [one for one in ("首次", "复核") if ticked[one]] == [kind.label]
    for words in ("韦一", "韦二", "扶着能走两步"):
        assert words in lines


def test_a_test_made_later_is_the_newer_paper_and_leaves_the_kind_open(work, home, assessments):
    record(assessments, home)
    work.clock.advance(days=30)
    made = means_test(work, home, WHOLE)

    offer = papers(work, home)["F12"]

    assert offer.entity_id == made
    assert content(work, "F12", made).people[0].kind is None


def test_the_print_centre_opens_on_the_paper_of_one_assessment(work, home, assessments):
    made = record(assessments, home)

    with work.begin() as begun:
        choice = choice_of(begun, made)

    assert choice.household == home.id
    assert [(one.form, one.entity_id) for one in choice.papers] == [("F12", made)]


def test_the_paper_of_somebody_who_left_is_not_made_of_somebody_else(work, home, assessments):
    made = record(assessments, home)
    with work.begin() as begun:
        begun.change(
            kind="household.corrected", entity="household_member",
            entity_id=home.members[0].id, subject=home.id, fields={"is_removed": True},
        )  # fmt: skip
        begun.commit()

    assert refused(content, work, "F12", made).code == "P-21"


def agreement(work, home):
    care = CareAgreements(work.begin, work.clock)
    on = work.clock.today()
    return care.draft(NewCare(household=home.id, carer="韦", starts_on=on, ends_on=on))


def test_the_agreement_says_the_level_of_what_was_found_last(work, home, assessments):
    made = agreement(work, home)
    assert content(work, "F13", made).care is None
    means_test(work, home, ())
    work.clock.advance(days=1)
    record(assessments, home, HALF)
    assert content(work, "F13", made).care is CareLevel.SEMI_CARE
    work.clock.advance(days=1)
    means_test(work, home, WHOLE)

    assert content(work, "F13", made).care is CareLevel.FULL_CARE


def test_the_timeline_tells_it(work, home, assessments):
    made = record(assessments, home)

    with work.begin() as begun:
        (told,) = [one for one in caring(begun, home.id) if one.entity_id == made]

    assert (told.title, told.page, told.target) == ("自理能力评估", "caring", made)
    assert told.detail == "覃兰英，首次，半护理，做不了：屋里走动、洗澡"
