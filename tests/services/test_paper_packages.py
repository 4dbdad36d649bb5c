"""Packages: every form belongs to a purpose, in the order it is signed and bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.documents.registry import FORMS
from app.domain.ids import new_id
from app.services.paper_packages import (
    PACKAGES,
    Purpose,
    in_package,
    purpose_now,
    purpose_of,
    ticked_in,
)
from app.services.papers import KINDS

KNOWN = [form for form, kind in KINDS.items() if kind.is_of_household]
VILLAGE = ["F08L", "F23", "F24"]


def test_every_paper_of_a_household_belongs_to_a_purpose():
    packed = {form for package in PACKAGES.values() for form in package.forms}

    assert packed <= set(FORMS)
    assert set(KNOWN) - packed == {"F28"}


def test_the_application_package_is_in_the_order_it_is_signed_and_leaves_out_what_is_by_case():
    assert in_package(Purpose.APPLYING, ["F03", "F02", "F01"], KNOWN) == (
        "F01", "F02", "F03", "F05",
    )  # fmt: skip
    ready = ["F01", "F02", "F03", "F05", "F11", "F12", "F26"]
    assert in_package(Purpose.APPLYING, ready, KNOWN) == (
        "F01", "F02", "F03", "F26", "F05", "F11", "F12",
    )  # fmt: skip


def test_a_file_is_bound_behind_its_cover_without_the_village_s_papers():
    ready = ["F01", "F15", "F28", *VILLAGE]

    assert in_package(Purpose.FILE, ready, KNOWN) == ("F28", "F01", "F15")
    assert ticked_in(Purpose.FILE, ("F28", "F01")) == {"F28"}


def test_a_blank_form_for_a_visit_is_asked_for():
    assert in_package(Purpose.VISITING, ["F15B"], KNOWN) == ("F15", "F15B")
    assert ticked_in(Purpose.VISITING, ("F15", "F15B")) == {"F15"}
    assert ticked_in(Purpose.BLANK, ("F15B",)) == {"F15B"}


def test_a_larger_notice_and_the_ordinary_road_after_relief_are_asked_for():
    assert ticked_in(Purpose.DECIDING, ("F07", "F07A3")) == {"F07"}
    assert ticked_in(Purpose.RELIEF, ("F17a", "SJ", "F16")) == {"F17a", "SJ"}


@pytest.mark.parametrize(
    ("wanted", "purpose"),
    [
        (("F01", "F02", "F03", "F05", "F11", "F12"), Purpose.APPLYING),
        (("F05",), Purpose.APPLYING),
        (("F13", "F14"), Purpose.CARING),
        (("F19",), Purpose.REFERRING),
        (("F04",), Purpose.APPLYING),
    ],
)
def test_papers_that_were_asked_for_open_at_their_purpose(wanted, purpose):
    assert purpose_of(wanted) is purpose


@pytest.mark.parametrize(
    "newest", [{}, {form: new_id(datetime(2026, 3, 2, tzinfo=UTC)) for form in ("F01", "F15")}]
)
def test_nothing_or_things_recorded_together_offer_everything(newest):
    assert purpose_now(newest) is Purpose.READY


def test_what_was_recorded_last_is_what_is_printed_now():
    at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    earlier, later = new_id(at), new_id(at + timedelta(milliseconds=1))

    assert purpose_now({"F01": earlier, "F15": later}) is Purpose.VISITING
    assert purpose_now({"F01": later, "F15": earlier}) is Purpose.APPLYING
