"""Guards of money: one payment once (R48), inside what the county lets this device spend (R49)."""

from __future__ import annotations

from typing import Final

from tools.sabotage_guards import Guard

_CHECKS: Final = "app/services/relief_checks.py"
_QUERIES: Final = "app/store/queries/casework.py"
_UNIQUE: Final = "    payment_id: Mapped[str | None] = mapped_column(unique=True)"
_PLAIN: Final = "    payment_id: Mapped[str | None]"
_MONEY: Final = "county_server/money.py"
_SERVICES: Final = "tests/services/"
_COUNTY: Final = "tests/county_server/"

MONEY: Final = (
    Guard(
        "R48", "the same payment typed twice is one payment", _CHECKS,
        "            if not taken_back:", "            if False:",
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "picked or typed, one person is one person", "app/services/relief_payees.py",
        "    return _only(named)\n", "    return None\n",
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "one night's help in other words is not given again", _CHECKS,
        "        if given:\n            raise _given_already(given[-1])",
        "        if given and False:\n            raise _given_already(given[-1])",
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "another kind or sum of one night is asked about first", _CHECKS,
        "        if not why:", "        if False:", _SERVICES + "test_relief_apart.py",
    ),
    Guard(
        "R48", "a part of staged relief is paid once", "app/services/relief.py",
        "if part is None or part.status is not InstalmentStatus.PLANNED:", "if part is None:",
        _SERVICES + "test_relief.py",
    ),
    Guard(
        "R48", "the file itself holds a payment number once", "app/models/casework.py",
        _UNIQUE, _PLAIN,
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "the file itself holds the payment number of a part once", "app/models/fund.py",
        _UNIQUE, _PLAIN,
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "the file itself books a payment in a purse once", "app/models/fund.py",
        'UniqueConstraint("fund_id", "payment_id", name="uq_reserve_entry_payment_id"),', "",
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R48", "the county counts a payment once, whichever laptop tells it", _MONEY,
        "        if before is not None:", "        if False:",
        "tests/sync/test_relief_sync.py",
    ),
    Guard(
        "R48", "a payment is taken back once", _MONEY,
        "        if self.connection.execute(again).first() is not None:", "        if False:",
        _COUNTY + "test_authority.py",
    ),
    Guard(
        "R49", "a laptop pays only what a token still holds", _CHECKS,
        "            if quota.left >= amount:", "            if True:",
        _SERVICES + "test_casework.py",
    ),
    Guard(
        "R49", "a token that ran out is none", _CHECKS,
        " if quota.not_after >= self.clock.today()]", "]",
        _SERVICES + "test_relief_identity.py",
    ),
    Guard(
        "R49", "what parts took counts against the token", _QUERIES,
        " + _spent(\n            _INSTALMENT, InstalmentStatus.REVERSED\n        )", "",
        _SERVICES + "test_relief_stages.py",
    ),
    Guard(
        "R49", "the fund is never overdrawn at the laptop", "app/services/fund_books.py",
        "            if movement.amount > left:", "            if False:",
        _SERVICES + "test_fund.py",
    ),
    Guard(
        "R49", "a laptop silent for 45 days pays nothing", "app/store/link_notes.py",
        "    if silent is not None and silent >= STOP_SILENT:", "    if False:",
        "tests/sync/test_fork.py",
    ),
    Guard(
        "R49", "a token is its device's alone", _MONEY,
        "if token is None or token.device_id != self.device_id:", "if token is None:",
        _COUNTY + "test_authority.py",
    ),
    Guard(
        "R49", "the county counts no more than it signed", _MONEY,
        "        if spent > token.amount_fen:", "        if False:",
        _COUNTY + "test_authority.py",
    ),
    Guard(
        "R49", "a token that ran out counts for nothing at the county", _MONEY,
        "if not is_reversal and paid_on.isoformat() > token.not_after:", "if False:",
        _COUNTY + "test_authority.py",
    ),
    Guard(
        "R49", "the parts of staged relief stay within its sum", _MONEY,
        "        if paid + amount > case.amount_fen:", "        if False:",
        _COUNTY + "test_purse.py",
    ),
    Guard(
        "R49", "a payment leaves the purse once", "county_server/purse.py",
        "        if self.connection.execute(again).first() is not None:", "        if False:",
        _COUNTY + "test_purse.py",
    ),
    Guard(
        "R49", "a purse is written by its own device", "county_server/purse.py",
        "        if owner != fund:", "        if False:", _COUNTY + "test_purse.py",
    ),
)  # fmt: skip
