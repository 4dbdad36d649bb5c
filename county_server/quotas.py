"""What a device may spend offline: tokens the county signs and the feed carries (security §4.9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import insert

from app.crypto.envelope import Purpose, sign_document
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.operations import instant_text
from app.sync.protocol.coding import PROTOCOL_VERSION, to_object
from app.sync.protocol.enrolment import QuotaToken
from county_server.clock import Time
from county_server.county import County
from county_server.ledger import Document, Ledger
from county_server.tables import quota

ENTITY: Final = "quota_token"
COUNTY_HAND: Final = "county"
"""The author of what the county itself writes."""


def issue_quota(
    ledger: Ledger, county: County, clock: Time, *, device_id: str, amount: Money, days: int
) -> str:
    """Give the device a new token of `amount` good for `days` days; return its id."""
    issued_at = instant_text(clock.now())
    token = QuotaToken(
        v=PROTOCOL_VERSION,
        county=county.id,
        id=new_id(clock.now()),
        device=device_id,
        amount_fen=amount.fen,
        not_after=(clock.today() + timedelta(days=days)).isoformat(),
        issued_at=issued_at,
    )
    signed = sign_document(county.root.private, Purpose.QUOTA, to_object(token)).decode()
    ledger.connection.execute(
        insert(quota),
        {
            "id": token.id,
            "device_id": device_id,
            "amount_fen": token.amount_fen,
            "spent_fen": 0,
            "not_after": token.not_after,
            "issued_at": issued_at,
        },
    )
    document = Document(ENTITY, token.id, device_id, None, 0, {}, {})
    fields = {
        "amount_fen": token.amount_fen,
        "not_after": token.not_after,
        "issued_at": issued_at,
        "signed": signed,
    }
    document.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put_for_device(document, device_id)
    return token.id
