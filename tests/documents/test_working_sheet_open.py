"""F05 where something is open: it says so, and prints nothing as settled that is not."""

from __future__ import annotations

from app.documents.forms import f05_reading, holdings
from app.domain.households import AssetKind
from app.rules.facts import Asset
from tests import records, tested


def content(answer):
    return f05_reading.content_of(tested.record(answer), tested.family(), unit=records.UNIT)


def test_a_grace_that_is_open_says_so_and_what_it_would_pay():
    grace = {
        "text": "先按原来的发三个月。", "basis": tested.TIANJIN, "outcome": "unknown",
        "reasons": [{"text": "household.members[0]：还没填申报日期。", "basis": "某文"}],
        "months": [
            {"month": "2026-04", "percent": 100, "amount": "313.00"},
            {"month": "2026-05", "percent": 50, "amount": None},
        ],
    }  # fmt: skip

    told, still_open, paid = content({"grace": grace}).remarks

    assert told == f"先按原来的发三个月（{tested.TIANJIN}）。"
    assert still_open.startswith("渐退还定不了：")
    assert "还没填申报日期" in still_open
    assert "household" not in still_open
    assert paid == "渐退每月：2026年4月 313.00 元、2026年5月 没定。"
    firm = content({"grace": grace | {"outcome": "meets"}}).remarks
    assert firm == (told, paid)


def test_a_thing_nobody_was_asked_about_is_not_printed_as_none():
    unasked = Asset(kind=AssetKind.VEHICLE)
    none = Asset(kind=AssetKind.HOUSE, count=0)

    assert holdings.told([unasked]) == f"{AssetKind.VEHICLE.label} 没问"
    assert holdings.told([none]) == "无"
