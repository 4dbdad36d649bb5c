"""What is told about the pack itself: about to end, not the one asked for, an old standard."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.clock import day_words
from tests.cases import ON, assessed, case_of, layered, value_toml

HEAD_TO = (
    '[layer]\nid = "test"\nover = "national"\ntitle = "某县"\nversion = "1"\n'
    "valid_from = 2021-07-01\nvalid_to = {}\n"
)
STANDARD = 'value = 900\nunit = "元/月"\nvalid_from = 2024-09-01'


@pytest.mark.parametrize(
    ("end", "told"),
    [(date(2026, 3, 31), True), (date(2026, 3, 2), True), (date(2026, 4, 1), False)],
)
def test_a_pack_about_to_end_is_told_a_month_ahead(end, told):
    pack = layered("", head=HEAD_TO.format(end.isoformat()))

    warnings = assessed(case_of(), pack).warnings

    assert any(f"只用到{day_words(end)}" in warning for warning in warnings) is told


@pytest.mark.parametrize(("asked", "told"), [("elsewhere", True), ("test", False), (None, False)])
def test_another_pack_than_the_case_asks_for_is_told(asked, told):
    parts = {} if asked is None else {"pack": asked}

    warnings = assessed(case_of(**parts), layered("")).warnings

    assert any("另一个政策包" in warning for warning in warnings) is told
    assert not any("elsewhere" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("on", "told"), [(ON, True), (date(2025, 12, 31), False), (date(2024, 9, 1), False)]
)
def test_a_standard_that_went_a_whole_year_without_a_new_one_is_told(on, told):
    pack = layered(value_toml("dibao_standard", STANDARD))

    warnings = assessed(case_of(parameters={}), pack, on).warnings

    assert any("2024 年" in warning for warning in warnings) is told


def test_a_standard_typed_into_the_case_has_no_age():
    assert assessed(case_of()).warnings == ()
