"""Relief and the reserve fund at the county: what follows, what is said once, what adds up."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fund import fund_of, month_id
from app.domain.ids import new_id
from county_server.authority import Returned, check_patch
from county_server.purse import Purse
from county_server.relief import check_relief
from tests.fakes import NOON

ON = date(2026, 3, 2)
STRANGER = {"payee_name": "不知道姓名", "payee_id_number": None, "is_unknown": True}
KNOWN = {"payee_name": "陆小川", "payee_id_number": None, "is_unknown": False}
NAMED = {"is_unknown": False}
PAID = {"status": "paperwork_pending", "payment_id": "p", "paid_at": "x", "amount_fen": 5}


def record(entity, entity_id, device, home, **fields):
    device.operation(entity, entity_id, fields, subject=home)
    return entity_id


class Village:
    """One device that pays and keeps a purse."""

    def __init__(self, office, quota="2000.00"):
        self.office = office
        self.device = office.device(quota=quota)
        self.home = self.device.household()
        self.fund = fund_of(self.device.id)

    def relief(self, fen=50_000, **more):
        fields = {
            "household_id": self.home,
            "payment_id": new_id(NOON),
            "amount_fen": fen,
            "quota_id": self.device.quota_id,
            "paid_at": "2026-03-02T04:00:00.000Z",
            "status": "paperwork_pending",
        } | more
        relief = record("emergency_relief", new_id(NOON), self.device, self.home, **fields)
        return relief, fields["payment_id"]

    def part(self, relief, fen, seq=1, **more):
        fields = {
            "relief_id": relief,
            "seq": seq,
            "amount_fen": fen,
            "status": "paid",
            "payment_id": new_id(NOON),
            "quota_id": self.device.quota_id,
            "paid_at": "2026-03-02T04:00:00.000Z",
        } | more
        return record("relief_instalment", new_id(NOON), self.device, self.home, **fields)

    def open(self, **more):
        fields = {"device_id": self.device.id, "low_fen": 1, "opened_on": "2026-03-02"} | more
        return record("reserve_fund", self.fund, self.device, self.fund, **fields)

    def line(self, kind="in", fen=100_000, **more):
        fields = {
            "fund_id": self.fund, "kind": kind, "amount_fen": fen, "booked_on": "2026-03-02",
        } | more  # fmt: skip
        return record("reserve_entry", new_id(NOON), self.device, self.fund, **fields)

    def close(self, month, balance):
        fields = {"fund_id": self.fund, "month": month, "balance_fen": balance}
        return record("reserve_month", month_id(self.fund, month), self.device, self.fund, **fields)

    def verdicts(self):
        return [
            (verdict.outcome, verdict.field) for verdict in self.office.push(self.device).verdicts
        ]

    def last(self):
        return self.verdicts()[-1]

    def balance(self):
        with self.office.database.read() as connection:
            return Purse(connection, self.device.id).balance()


@pytest.fixture
def village(office):
    """One device with its first household."""
    return Village(office)


def test_a_payment_leaves_the_purse_and_a_reversal_comes_back(village):
    village.open()
    village.line()
    relief, payment = village.relief()
    village.line("out", 50_000, relief_id=relief, payment_id=payment)
    back, reversal = village.relief(reverses_id=relief, status="reversed")
    village.line("reversed", 50_000, relief_id=relief, payment_id=reversal)

    assert {outcome for outcome, _ in village.verdicts()} == {"applied"}
    assert village.balance() == 100_000
    assert back != relief


def test_the_purse_is_never_below_nothing(village):
    village.line(fen=40_000)
    relief, payment = village.relief()
    village.line("out", 50_000, relief_id=relief, payment_id=payment)
    village.line("adjust_down", 40_001)

    assert village.verdicts()[-2:] == [("returned", "amount_fen")] * 2
    assert village.balance() == 40_000


def test_a_payment_stands_in_the_purse_once(village):
    village.line()
    relief, payment = village.relief(fen=20_000)
    village.line("out", 20_000, relief_id=relief, payment_id=payment)
    village.line("out", 20_000, relief_id=relief, payment_id=payment)

    assert village.last() == ("returned", "payment_id")
    assert village.balance() == 80_000


@pytest.mark.parametrize(
    "more",
    [
        {"payment_id": "unknown"},
        {"payment_id": None},
        {"fen": 19_999},
        {"kind": "reversed"},
        {"kind": "adjust_down"},
    ],
)
def test_a_line_that_is_not_its_payment_is_returned(village, more):
    village.line()
    relief, payment = village.relief(fen=20_000)
    wanted = {"kind": "out", "fen": 20_000, "relief_id": relief, "payment_id": payment} | more
    village.line(**wanted)

    assert village.last()[0] == "returned"
    assert village.balance() == 100_000


def test_a_payment_of_another_device_is_not_ones_own(office):
    mine, other = Village(office), Village(office)
    relief, payment = other.relief()
    office.push(other.device)
    mine.line()
    mine.line("out", 50_000, relief_id=relief, payment_id=payment)

    assert mine.last() == ("returned", "payment_id")


def test_a_purse_of_another_device_is_not_written(office):
    mine, other = Village(office), Village(office)
    mine.line(fund_id=other.fund)
    record("reserve_fund", other.fund, mine.device, mine.fund, low_fen=1)

    assert [outcome for outcome, _ in mine.verdicts()[-2:]] == ["returned"] * 2
    assert other.balance() == 0


def test_no_more_comes_back_than_went_out(village):
    village.line()
    relief, payment = village.relief(fen=20_000)
    village.line("out", 20_000, relief_id=relief, payment_id=payment)
    village.line("recovered", 15_000, relief_id=relief)
    village.line("recovered", 5_001, relief_id=relief)

    assert village.last() == ("returned", "amount_fen")
    assert village.balance() == 95_000


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "gift"}, "kind"),
        ({"fen": 0}, "amount_fen"),
        ({"fen": True}, "amount_fen"),
        ({"fen": "500"}, "amount_fen"),
        ({"fen": None}, "amount_fen"),
        ({"booked_on": "gestern"}, "booked_on"),
        ({"booked_on": "2026-03-03"}, "booked_on"),
    ],
)
def test_a_line_that_is_not_whole_is_returned(village, more, field):
    village.line(**more)

    assert village.last() == ("returned", field)


def test_a_closed_month_takes_nothing_more_and_is_closed_with_the_right_sum(village):
    village.line(booked_on="2026-02-10")
    village.close("2026-02", 99_999)
    village.close("2026-02", 100_000)
    village.line(booked_on="2026-02-11")
    village.line(booked_on="2026-01-11")
    village.line(booked_on="2026-03-01")
    village.close("2026-01", 0)

    assert village.verdicts()[1:] == [
        ("applied", None),
        ("returned", "balance_fen"),
        ("applied", None),
        ("returned", "booked_on"),
        ("returned", "booked_on"),
        ("applied", None),
        ("returned", "month"),
    ]


@pytest.mark.parametrize("month", ["2026-2", "2025-13", "0", 202602, None])
def test_what_is_no_month_is_not_closed_even_under_its_own_name(village, month):
    village.close(month, 0)

    assert village.last() == ("returned", "month")


@pytest.mark.parametrize("month", ["2026-03", "2026-13", "March"])
def test_a_month_that_is_not_over_is_not_closed(village, month):
    village.close(month, 0)

    assert village.last() == ("returned", "month")


def test_a_month_is_closed_under_its_own_name_only(village):
    village.line(booked_on="2026-02-10")
    fields = {"fund_id": village.fund, "month": "2026-02", "balance_fen": 100_000}
    stranger = month_id(village.fund, "2026-01")
    record("reserve_month", stranger, village.device, village.fund, **fields)

    assert village.last() == ("returned", "month")


def test_the_parts_of_staged_relief_stay_within_its_sum(village):
    whole = record(
        "emergency_relief", new_id(NOON), village.device, village.home,
        household_id=village.home, amount_fen=50_000, status="paperwork_pending", is_staged=True,
    )  # fmt: skip
    first = village.part(whole, 30_000)
    village.part(whole, 20_001, 2)
    village.part(whole, 30_000, 1, reverses_id=first, status="reversed")
    village.part(whole, 50_000, 2)
    village.part("nobody", 1, 3)

    assert village.verdicts()[2:] == [
        ("applied", None),
        ("returned", "amount_fen"),
        ("applied", None),
        ("applied", None),
        ("returned", "relief_id"),
    ]


def test_a_part_is_planned_first_and_paid_once(village):
    whole = record(
        "emergency_relief", new_id(NOON), village.device, village.home,
        household_id=village.home, amount_fen=50_000, status="paperwork_pending", is_staged=True,
    )  # fmt: skip
    part = village.part(
        whole, 30_000, status="planned", payment_id=None, quota_id=None, paid_at=None
    )
    paid = {
        "payment_id": "p-1",
        "quota_id": village.device.quota_id,
        "paid_at": "2026-03-02T04:00:00.000Z",
        "status": "paid",
    }
    village.device.operation("relief_instalment", part, paid, subject=village.home, base=1)
    again = {"payment_id": "p-2"}
    village.device.operation("relief_instalment", part, again, subject=village.home, base=2)

    assert village.verdicts()[-2:] == [("applied", None), ("returned", "payment_id")]


def test_what_went_up_is_paid_later_under_the_same_record(village):
    relief, _none = village.relief(
        status="referred_up", payment_id=None, quota_id=None, paid_at=None
    )
    agreed = {"status": "approved_fast", "amount_fen": 40_000, "decided_by": "县"}
    village.device.operation("emergency_relief", relief, agreed, subject=village.home, base=1)
    paid = {
        "status": "paperwork_pending",
        "payment_id": "p-1",
        "quota_id": village.device.quota_id,
        "paid_at": "2026-03-02T04:00:00.000Z",
    }
    village.device.operation("emergency_relief", relief, paid, subject=village.home, base=2)

    assert {outcome for outcome, _ in village.verdicts()} == {"applied"}
    assert village.office.status()["payments"] == 1


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("emergency_relief", PAID, {"payment_id": "q"}, "payment_id"),
        ("emergency_relief", PAID, {"amount_fen": 6}, "amount_fen"),
        ("emergency_relief", PAID | {"way": "cash"}, {"way": "goods"}, "way"),
        ("emergency_relief", PAID, {"event_note": "b"}, "event_note"),
        ("emergency_relief", {"is_staged": True, "amount_fen": 5}, {"amount_fen": 6}, "amount_fen"),
        ("emergency_relief", PAID, {"is_staged": True}, "is_staged"),
        ("emergency_relief", {"is_staged": True}, {"is_staged": False}, "is_staged"),
        ("emergency_relief", {"is_staged": True}, {"payment_id": "p"}, "payment_id"),
        ("emergency_relief", {}, {"is_staged": True, "payment_id": "p"}, "payment_id"),
        ("emergency_relief", {"decided_by": "a"}, {"decided_by": "b"}, "decided_by"),
        ("emergency_relief", {"apart_reason": "a"}, {"apart_reason": None}, "apart_reason"),
        ("emergency_relief", {"status": "closed"}, {"status": "paid"}, "status"),
        ("emergency_relief", {"status": "reversed"}, {"status": "supplemented"}, "status"),
        ("emergency_relief", {"status": "reported"}, {"status": "verschenkt"}, "status"),
        ("emergency_relief", None, {"status": "closed"}, "status"),
        ("emergency_relief", None, {"status": "reported", "paid_at": "x"}, "paid_at"),
        ("emergency_relief", {"payee_name": "a"}, {"payee_name": "b"}, "payee_name"),
        ("emergency_relief", {"is_unknown": False}, {"is_unknown": True}, "is_unknown"),
        ("emergency_relief", KNOWN, {"payee_id_number": "7", **NAMED}, "payee_id_number"),
        ("emergency_relief", STRANGER, {"payee_name": "b"}, "payee_name"),
        ("relief_instalment", {"status": "reversed"}, {"status": "paid"}, "status"),
        ("relief_instalment", None, {"status": "cancelled"}, "status"),
    ],
)
def test_a_change_that_does_not_follow_is_returned(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_relief(entity, body, fields)

    assert returned.value.field == field


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("relief_step", {"note": "a"}, {"note": "b"}, "note"),
        ("late_supplement", {"text": "a"}, {"text": "b"}, "text"),
        ("reserve_entry", {"amount_fen": 1}, {"amount_fen": 2}, "amount_fen"),
        ("reserve_month", {"balance_fen": 1}, {"balance_fen": 2}, "balance_fen"),
        ("reserve_fund", {"device_id": "a"}, {"device_id": "b"}, "device_id"),
        ("relief_instalment", {"amount_fen": 1}, {"amount_fen": 2}, "amount_fen"),
        ("emergency_relief", {"reported_by": "a"}, {"reported_by": "b"}, "reported_by"),
    ],
)
def test_what_is_written_once_stays_as_it_was_written(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_patch(entity, body, fields, ON)

    assert returned.value.field == field


def test_who_it_was_may_be_said_once_where_nobody_knew_it():
    named = NAMED | {"payee_name": "陆小川", "payee_id_number": None}

    check_patch("emergency_relief", STRANGER, named, ON)
    assert check_relief("emergency_relief", STRANGER, named) is None


def test_how_it_is_given_may_be_said_until_the_money_leaves():
    noted = {"status": "reported", "amount_fen": 0, "way": "cash", "goods": ""}
    said = {
        "amount_fen": 5, "way": "goods", "goods": "大米", "is_staged": True,
        "event_note": "锅灶全烧了",
    }  # fmt: skip

    check_patch("emergency_relief", noted, said, ON)
    assert check_relief("emergency_relief", noted, said) is None


def test_a_struck_line_moves_nothing_even_in_a_closed_month(village):
    village.line(fen=40_000)
    village.line(fen=50_000, struck_reason="重复了", booked_on="2020-01-01")

    assert {outcome for outcome, _ in village.verdicts()} == {"applied"}
    assert village.balance() == 40_000
