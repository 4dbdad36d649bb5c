"""Dates, sums and ages as papers write them; what a stamp says; what a content is as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from app.documents import values
from app.documents.content import canonical_content, texts_of
from app.domain.casework import EventKind
from app.domain.money import Money
from tests import records


def test_a_date_has_no_leading_zeros():
    assert values.day(date(2026, 3, 1)) == "2026年3月1日"
    assert values.month(date(2026, 3, 1)) == "2026年3月"
    assert values.minute(datetime(2026, 3, 1, 16, 5, tzinfo=UTC)) == "2026年3月2日0时05分"


@pytest.mark.parametrize(
    "write", [values.day, values.month, values.minute, values.yuan, values.capitals,
              values.spaced, values.yes_no],
)  # fmt: skip
def test_what_is_not_known_is_empty(write):
    assert write(None) == ""


def test_sums_are_grouped_and_marked():
    assert values.yuan(records.LARGEST) == "¥9,999,999.99"
    assert values.yuan(Money(-720_000)) == "-¥7,200.00"
    assert values.capitals(Money(80_050)) == "人民币捌佰元零伍角整"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2600.00 × 12", "2,600.00 × 12"),
        ("34800.00 ÷ 12 ÷ 3", "34,800.00 ÷ 12 ÷ 3"),
        ("比标准 1045.00 元低 78.33 元。", "比标准 1,045.00 元低 78.33 元。"),
        ("9,999,999.99 元，-7200.00 元", "9,999,999.99 元，-7,200.00 元"),
        ("按练习县 2026.12 版，2026-01-01", "按练习县 2026.12 版，2026-01-01"),
        ("比例 1234.567", "比例 1234.567"),
    ],
)
def test_the_amounts_of_a_sentence_are_grouped_and_nothing_else(text, said):
    assert values.grouped_in(text) == said


@pytest.mark.parametrize(
    ("on", "age"), [((2026, 3, 8), 67), ((2026, 3, 9), 68), ((2026, 3, 10), 68)]
)
def test_a_year_of_age_is_full_on_the_birthday(on, age):
    assert values.age(date(1958, 3, 9), date(*on)) == age


def test_an_id_number_is_spaced_for_reading_and_other_papers_are_left_alone():
    assert values.spaced("45990119580309001X") == "459901 19580309 001X"
    assert values.spaced("H12345678") == "H12345678"
    assert (values.yes_no(True), values.yes_no(False)) == ("是", "否")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("19900006621", "199 0000 6621"), ("199 0000 6621", "199 0000 6621"),
        ("0455-6620012", "0455-6620012"), ("+8619900006621", "+8619900006621"), (None, ""),
    ],
)  # fmt: skip
def test_a_mobile_number_is_read_in_threes_and_fours(number, said):
    assert values.phone(number) == said.replace(" ", "\xa0")


@pytest.mark.parametrize(
    ("unit", "seal"),
    [
        ("云溪镇青石坳村", "云溪镇青石坳村民委员会"),
        ("城关街道东门社区", "城关街道东门社区"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_seal_of_a_village_is_its_committee_s(unit, seal):
    assert values.committee(unit) == seal


def test_the_footer_says_which_paper_by_whom_and_when_in_china():
    stamp = records.stamp()

    assert stamp.first_line("F15", "1", "1C8MFTWCVAKT") == (
        f"F15 第1版 · 政策包 示例县 2026.1 版 · 编号 {records.NUMBER} · 校验码 1C8M-FTWC-VAKT"
    )
    assert stamp.second_line(0) == (
        "经办人 王秀英 · 打印时间 2026年3月2日 12:00 · 第 1 份（乡镇存）"
    )


def test_a_stamp_without_a_time_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="naive"):
        records.stamp(printed_at=datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001  # that is the point


@dataclass(frozen=True)
class Facts:
    """A content with every kind of value."""

    text: str
    amount: Money
    day: date
    at: datetime
    kind: EventKind
    parts: tuple[object, ...]
    ticks: dict[str, bool]
    nothing: None = None


FACTS = Facts(
    text="赵", amount=Money(80_050), day=date(2026, 3, 1), at=records.AT, kind=EventKind.FIRE,
    parts=("甲", 1), ticks={"eat": True},
)  # fmt: skip


def test_a_content_becomes_json_without_losing_anything():
    assert canonical_content("F0", "1", records.NUMBER, FACTS) == {
        "form": "F0",
        "version": "1",
        "document_no": records.NUMBER,
        "content": {
            "text": "赵", "amount": 80_050, "day": "2026-03-01",
            "at": "2026-03-02T04:00:00.000Z", "kind": "fire", "parts": ["甲", 1],
            "ticks": {"eat": True}, "nothing": None,
        },
    }  # fmt: skip
    assert list(texts_of(FACTS)) == ["赵", "fire", "甲"]


def test_a_float_has_no_place_in_a_content():
    with pytest.raises(TypeError, match="canonical"):
        canonical_content("F0", "1", records.NUMBER, Facts("", Money(0), records.ON, records.AT,
                                                          EventKind.FIRE, (0.1,), {}))  # fmt: skip


def test_an_age_nobody_knows_is_not_guessed():
    assert values.age(None, records.ON) is None
