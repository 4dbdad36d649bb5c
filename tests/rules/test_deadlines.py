"""Deadlines counted by hand from the State Council's notices, and why they are those days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.workdays import WorkdayCalendar
from app.rules.clocks import CLOCKS, ClockKind, Event, Limit, Unit
from app.rules.day_count import Pause
from app.rules.deadlines import ESTIMATED, NOT_GIVEN, deadline_of
from app.rules.overrides import read_overrides
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from app.services.policies import Policies
from tests.cases import ON, RESOURCES, layered, national, practice, region, value_toml

CALENDAR = Policies(RESOURCES).calendar()
FRIDAY_HALF_PAST_FOUR = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
"""16:30 in China."""


def deadline(kind, happened, pack=None, calendar=CALENDAR, **options):
    return deadline_of(kind, terms_of(pack or national(), ON), happened, calendar, **options)


def decided(accepted, pack=None, **options):
    return deadline(ClockKind.DECISION, {Event.ACCEPTED: accepted}, pack, **options)


@pytest.mark.parametrize(
    ("days", "start", "due"),
    [
        (1, date(2026, 2, 13), date(2026, 2, 14)),  # Friday; the Saturday is worked
        (5, date(2026, 2, 12), date(2026, 2, 26)),  # 13, 14, then 24, 25, 26
        (5, date(2026, 2, 24), date(2026, 3, 2)),  # over the worked Saturday 28 February
        (1, date(2026, 9, 18), date(2026, 9, 20)),  # Friday; the Sunday is worked
        (2, date(2026, 9, 24), date(2026, 9, 29)),  # Mid-autumn, Friday to Sunday
        (3, date(2026, 9, 30), date(2026, 10, 10)),  # 8, 9 and the worked Saturday
        (5, date(2026, 9, 30), date(2026, 10, 13)),
        (1, date(2024, 9, 30), date(2024, 10, 8)),
        (4, date(2025, 1, 24), date(2025, 2, 6)),  # Sunday 26 worked, 27, then 5, 6 February
        (5, date(2024, 2, 2), date(2024, 2, 8)),  # the worked Sunday 4, then 5, 6, 7, 8
        (5, date(2024, 2, 8), date(2024, 2, 21)),  # Friday 9, the worked Sunday 18, 19, 20, 21
        (3, date(2024, 9, 27), date(2024, 10, 8)),  # the worked Sunday 29, Monday 30, 8 October
        (5, date(2024, 10, 8), date(2024, 10, 14)),  # 9, 10, 11, the worked Saturday 12, 14
        (3, date(2025, 9, 26), date(2025, 9, 30)),  # the worked Sunday 28, 29, 30
        (4, date(2025, 9, 30), date(2025, 10, 13)),  # 9, 10, the worked Saturday 11, 13
    ],
)
def test_working_days_over_the_holidays_and_their_make_up_days(days, start, due):
    pack = layered(value_toml("paperwork_due_workdays", f'value = {days}\nunit = "工作日"'))

    found = deadline(ClockKind.PAPERWORK, {Event.PAID: start}, pack)

    assert (found.due_on, found.estimated, found.notes) == (due, False, ())


@pytest.mark.parametrize(
    ("kind", "event", "start", "pack", "due", "unit"),
    [
        (ClockKind.NOTICE, Event.POSTED, date(2026, 3, 2), "national", date(2026, 3, 9), Unit.DAY),
        (
            ClockKind.REFUSAL_NOTICE, Event.REFUSED, date(2026, 3, 5), "national",
            date(2026, 3, 10), Unit.WORKDAY,
        ),
        (
            ClockKind.COMPLAINT, Event.COMPLAINED, date(2026, 3, 2), "practice",
            date(2026, 3, 11), Unit.WORKDAY,
        ),
        (
            ClockKind.FOLLOW_UP, Event.PAID, date(2026, 3, 2), "practice",
            date(2026, 4, 1), Unit.DAY,
        ),
        (
            ClockKind.RIGID_VALIDITY, Event.RECOGNISED, date(2026, 3, 2), "national",
            date(2027, 3, 2), Unit.MONTH,
        ),
        (
            ClockKind.GRACE, Event.GRACE_BEGAN, date(2026, 4, 1), "tianjin",
            date(2026, 9, 30), Unit.WHOLE_MONTH,
        ),
        (
            ClockKind.DECISION, Event.ACCEPTED, date(2026, 3, 2), "dahua",
            date(2026, 3, 23), Unit.WORKDAY,
        ),
    ],
)  # fmt: skip
def test_each_clock_runs_from_its_event_in_its_own_unit(kind, event, start, pack, due, unit):
    found = deadline(kind, {event: start}, region(pack))

    assert (found.due_on, found.unit, found.started_on) == (due, unit, start)
    assert found.due_text == f"{due.year}年{due.month}月{due.day}日"
    assert str(found.ground) in found.rule
    assert found.ground is not None
    assert found.ground.pack_id == pack


@pytest.mark.parametrize(
    ("case_class", "start", "due"),
    [
        ("stable", date(2025, 3, 31), date(2026, 3, 31)),
        ("other", date(2025, 8, 31), date(2026, 2, 28)),
    ],
)
def test_a_review_is_due_by_its_class_on_the_same_day_of_the_month(case_class, start, due):
    found = deadline(ClockKind.REVIEW, {Event.REVIEWED: start}, case_class=case_class)

    assert found.due_on == due
    assert found.rule.startswith("上次核实后 ")


def test_a_class_the_pack_does_not_name_has_no_review_date():
    found = deadline(ClockKind.REVIEW, {Event.REVIEWED: ON}, case_class="C")

    assert (found.due_on, found.missing) == (None, ("review_frequency",))


def test_friday_half_past_four_and_24_hours_are_saturday_half_past_four():
    """Acceptance test 7; 津民发〔2020〕19号 二(五)."""
    found = deadline(
        ClockKind.EMERGENCY_DECISION, {Event.ACCEPTED: FRIDAY_HALF_PAST_FOUR}, region("tianjin")
    )

    assert found.due_at == datetime(2026, 3, 7, 8, 30, tzinfo=UTC)
    assert found.due_text == "2026年3月7日 16:30"
    assert found.rule == "受理后 24 小时内批完，夜里、周末也算，津民发〔2020〕19号 二(五)"
    assert not found.estimated


def test_an_hour_clock_shows_the_day_of_china():
    late = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)

    found = deadline(ClockKind.EMERGENCY_DECISION, {Event.ACCEPTED: late}, practice())

    assert (found.started_on, found.due_on) == (date(2026, 3, 7), date(2026, 3, 8))


def test_without_the_hour_an_hour_clock_has_no_end():
    found = deadline(ClockKind.EMERGENCY_DECISION, {Event.ACCEPTED: date(2026, 3, 6)})

    assert (found.due_on, found.due_at) == (None, None)
    assert found.due_text == "没记几点受理，到几点算不出来"


def test_an_instant_needs_its_offset():
    with pytest.raises(ValueError, match="naive"):
        decided(datetime(2026, 3, 6, 8, 30))  # noqa: DTZ001  # the point of the test


def test_a_day_clock_starts_on_the_day_in_china():
    assert decided(datetime(2026, 3, 5, 17, 0, tzinfo=UTC)).started_on == date(2026, 3, 6)


def test_material_asked_for_stops_the_clock_over_the_spring_festival():
    """Five days ran to 14 February; from the 25th ten more make fifteen."""
    accepted = date(2026, 2, 9)
    pause = Pause(date(2026, 2, 14), date(2026, 2, 24))

    plain, stopped = (decided(accepted, region("dahua"), pauses=p) for p in ((), (pause,)))

    assert (plain.due_on, stopped.due_on) == (date(2026, 3, 6), date(2026, 3, 9))
    assert "（2026年2月14日通知补材料，2026年2月24日收齐，中间的天不算）" in stopped.explanation


def test_while_material_is_awaited_there_is_no_due_day():
    found = decided(date(2026, 3, 2), pauses=(Pause(date(2026, 3, 4)),))

    assert (found.due_on, found.due_text) == (None, "等着补材料，收齐了接着算")
    assert "还没收齐" in found.explanation


def test_an_extension_lengthens_the_clock_from_30_to_45_working_days():
    """Qingming takes 6 April; Labour day 1, 4 and 5 May."""
    plain, longer = (decided(date(2026, 3, 2), extended=flag) for flag in (False, True))

    assert (plain.due_on, longer.due_on) == (date(2026, 4, 14), date(2026, 5, 8))
    assert longer.explanation.endswith("（已延长，原来是 30 个工作日）")
    assert (plain.extended, longer.extended) == (False, True)


@pytest.mark.parametrize(
    ("basic", "longer", "due", "note"),
    [
        ("value = 5", "value = 3", date(2026, 3, 9), "比原来的还短"),
        ("county_must_supply = true", "value = 3", date(2026, 3, 5), "已延长"),
    ],
)
def test_an_extension_never_shortens_and_stands_alone(basic, longer, due, note):
    pack = layered(
        value_toml("accept_clock_workdays", f'{basic}\nunit = "工作日"')
        + value_toml("accept_clock_extended_workdays", f'{longer}\nunit = "工作日"')
    )

    found = decided(date(2026, 3, 2), pack, extended=True)

    assert found.due_on == due
    assert note in found.explanation


def test_an_extension_the_county_has_not_measured_is_not_made_up():
    """Dahua: "一般在15个工作日", and nothing about longer (S3:L24)."""
    found = decided(date(2026, 3, 2), region("dahua"), extended=True)

    assert (found.due_on, found.missing) == (None, ("accept_clock_extended_workdays",))
    assert "能延长到几天县里还没给" in found.explanation


@pytest.mark.parametrize("region_id", ["dahua", "guangdong", "mangshi", "tianjin"])
def test_a_term_the_county_has_not_given_has_no_due_day_and_says_so(region_id):
    found = deadline(ClockKind.PAPERWORK, {Event.PAID: ON}, region(region_id))

    assert (found.due_on, found.limit, found.unit, found.ground) == (None, None, None, None)
    assert (found.due_text, found.rule) == (NOT_GIVEN, "补手续：县里还没给期限")
    assert found.missing == ("paperwork_due_workdays", "paperwork_due_from")


def test_a_span_of_grace_without_a_schedule_has_no_end():
    found = deadline(ClockKind.GRACE, {Event.GRACE_BEGAN: ON}, region("mangshi"))

    assert (found.due_on, found.undecided) == (None, NOT_GIVEN)


def test_where_there_is_no_grace_there_is_no_end_of_it():
    pack = layered(value_toml("grace_schedule", "value = []"))

    found = deadline(ClockKind.GRACE, {Event.GRACE_BEGAN: ON}, pack)

    assert (found.due_on, found.undecided) == (None, "没有渐退期")


def test_a_clock_nobody_started_says_what_it_waits_for():
    found = deadline(ClockKind.DECISION, {})

    assert (found.started_on, found.due_on) == (None, None)
    assert found.due_text == "还没开始算，从受理起算"


OVER_FIRST = value_toml("paperwork_due_from", 'value = "emergency_end"')
NOT_SAID = value_toml("paperwork_due_from", "county_must_supply = true")


@pytest.mark.parametrize(
    ("toml", "happened", "due", "words"),
    [
        ("", {Event.PAID: date(2026, 3, 2)}, date(2026, 3, 16), "给钱后 10 个工作日内补齐，"),
        (
            OVER_FIRST, {Event.PAID: date(2026, 3, 2)}, date(2026, 3, 16),
            "急难缓解后（先从给钱算起） 10 个工作日内补齐，",
        ),
        (
            OVER_FIRST, {Event.PAID: date(2026, 3, 2), Event.EMERGENCY_OVER: date(2026, 3, 9)},
            date(2026, 3, 23), "急难缓解后 10 个工作日内补齐，",
        ),
        (OVER_FIRST, {}, None, "急难缓解后 10 个工作日内补齐，"),
        (
            NOT_SAID, {Event.PAID: date(2026, 3, 2)}, date(2026, 3, 16),
            "给钱后 10 个工作日内补齐，",
        ),
    ],
)  # fmt: skip
def test_paperwork_runs_from_the_event_the_pack_chose(toml, happened, due, words):
    found = deadline(ClockKind.PAPERWORK, happened, layered(toml))

    assert found.due_on == due
    assert found.rule.startswith(words)
    assert ("县里还没说" in found.explanation) is (toml == NOT_SAID)


def test_beyond_the_last_loaded_year_a_date_is_an_estimate_and_says_so():
    """29, 30, 31 December, then Monday to Friday: 1 and 4 January 2027."""
    pack = layered(value_toml("paperwork_due_workdays", 'value = 5\nunit = "工作日"'))

    found = deadline(ClockKind.PAPERWORK, {Event.PAID: date(2026, 12, 28)}, pack)

    assert (found.due_on, found.estimated) == (date(2027, 1, 4), True)
    assert ESTIMATED == "按周一至周五估算，等县里下发日历"
    assert found.explanation.endswith(f"（{ESTIMATED}）")


def test_days_of_the_calendar_are_never_an_estimate():
    found = deadline(ClockKind.NOTICE, {Event.POSTED: ON}, calendar=WorkdayCalendar())

    assert not found.estimated


@pytest.mark.parametrize(("unit", "due"), [("工作日", (3, 10)), ("天", (3, 8))])
def test_a_refusal_is_told_in_the_unit_the_county_wrote(unit, due):
    pack = layered(value_toml("refusal_notice_workdays", f'value = 3\nunit = "{unit}"'))

    found = deadline(ClockKind.REFUSAL_NOTICE, {Event.REFUSED: date(2026, 3, 5)}, pack)

    assert found.due_on == date(2026, *due)


def test_a_value_typed_into_a_case_keeps_its_unit():
    typed = read_overrides({"refusal_notice_workdays": {"value": 3, "unit": "天"}}, None)
    terms = terms_of(national(), ON, typed)

    found = deadline_of(
        ClockKind.REFUSAL_NOTICE, terms, {Event.REFUSED: date(2026, 3, 5)}, CALENDAR
    )

    assert found.due_on == date(2026, 3, 8)


@pytest.mark.parametrize("options", [{"pauses": (Pause(ON),)}, {"extended": True}])
def test_a_clock_that_nothing_stops_or_extends_says_no(options):
    with pytest.raises(ValueError, match="stopped or extended"):
        deadline(ClockKind.NOTICE, {Event.POSTED: ON}, **options)


def test_every_clock_has_its_rule_and_names_parameters_of_the_catalogue():
    assert set(CLOCKS) == set(ClockKind)
    assert {name for rule in CLOCKS.values() for name in rule.parameters} <= set(CATALOGUE)


def test_a_limit_reads_as_a_number_and_its_unit():
    found = decided(ON)

    assert isinstance(found.limit, Limit)
    assert str(found.limit) == "30 个工作日"
