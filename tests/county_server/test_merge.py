"""Three-way merge, field by field."""

from __future__ import annotations

import pytest

from county_server.ledger import Document
from county_server.merge import NEVER_MERGED, Change, merge

ME, THEM = "device-1", "县民政局"


def document(**marks: tuple[int, str, object]) -> Document:
    """field=(version, by, value)."""
    version = max((mark[0] for mark in marks.values()), default=0)
    return Document(
        "household", "h", "h", "459901001001", version,
        {name: mark[2] for name, mark in marks.items()},
        {name: [mark[0], mark[1], "2026-03-02T04:00:00.000Z"] for name, mark in marks.items()},
    )  # fmt: skip


def test_a_field_only_we_changed_is_taken():
    merged = merge(document(phone=(1, THEM, "1")), [Change("phone", "1", "2", 1)], ME)

    assert merged.fields == {"phone": "2"}
    assert merged.differences == []
    assert not merged.is_concurrent


def test_different_fields_of_two_sides_are_both_kept():
    merged = merge(
        document(phone=(2, THEM, "9"), door=(1, ME, "1号")), [Change("door", "1号", "2号", 1)], ME
    )

    assert merged.fields == {"door": "2号"}
    assert merged.differences == []
    assert merged.is_concurrent


def test_one_field_both_changed_differently_stays_theirs_and_ours_is_kept():
    merged = merge(document(phone=(2, THEM, "9")), [Change("phone", "1", "2", 1)], ME)

    (difference,) = merged.differences
    assert merged.fields == {}
    assert (difference.mine, difference.theirs, difference.base) == ("2", "9", "1")
    assert difference.theirs_by == THEM


def test_the_same_value_on_both_sides_is_nothing():
    merged = merge(document(phone=(2, THEM, "2")), [Change("phone", "1", "2", 1)], ME)

    assert merged.fields == {}
    assert merged.differences == []


def test_our_own_earlier_change_contests_nothing():
    merged = merge(document(phone=(5, ME, "3")), [Change("phone", "3", "4", 1)], ME)

    assert merged.fields == {"phone": "4"}
    assert not merged.is_concurrent


@pytest.mark.parametrize("field", sorted(NEVER_MERGED))
def test_what_names_a_person_is_never_merged_even_when_both_agree(field):
    merged = merge(document(**{field: (2, THEM, "x")}), [Change(field, "a", "x", 1)], ME)

    assert [difference.field for difference in merged.differences] == [field]


def test_a_decision_against_the_value_in_force_holds():
    changes = [Change("phone", "9", "2", 1)]

    assert merge(document(phone=(2, THEM, "9")), changes, ME, is_decision=True).fields == {
        "phone": "2"
    }
    stale = merge(document(phone=(3, THEM, "8")), changes, ME, is_decision=True)
    assert stale.fields == {}
    assert len(stale.differences) == 1


def test_a_new_record_takes_everything():
    merged = merge(None, [Change("phone", None, "1", 0), Change("door", None, None, 0)], ME)

    assert merged.fields == {"phone": "1", "door": None}
