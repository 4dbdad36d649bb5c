"""Invitations: the enrolment file a coordinator is handed, good once and for a week."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from app.crypto.envelope import Purpose, seal_body, sign_document
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.operations import instant_text
from app.sync.protocol.coding import PROTOCOL_VERSION, decode, encode, to_object
from app.sync.protocol.enrolment import (
    TICKET_AAD,
    Ticket,
    TicketRequest,
    Village,
    code_key,
    code_name,
)
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.declined import not_enrolled
from county_server.partitions import make_township_parts
from county_server.registry import note
from county_server.tables import invitation, officer, village

LONGEST_DAYS: Final = 7
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Whom to invite, for which villages, under which address, with how much to spend."""

    officer_name: str
    villages: tuple[Village, ...]
    url: str
    quota: Money
    days: int = LONGEST_DAYS


@dataclass(frozen=True, slots=True)
class Invited:
    """What is handed out: the file, or the code alone, to be typed with the county's address."""

    code: str = field(repr=False)
    ticket: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Invitations:
    """Makes enrolment files and codes."""

    county: County
    database: Database
    clock: Time

    def make(self, request: Invite) -> Invited:
        """The ticket and its code; the code is not kept. Raises Refused B-04 for bad values."""
        code = new_code()
        ticket = Ticket(
            v=PROTOCOL_VERSION,
            county=self.county.id,
            county_name=self.county.name,
            is_practice=self.county.is_practice,
            root=self.county.root.public,
            seal_key=self.county.seal.public,
            ca_pem=self.county.ca_pem,
            url=request.url,
            code=code,
            officer_id=new_id(self.clock.now()),
            officer_name=request.officer_name,
            villages=list(request.villages),
            expires_at=instant_text(
                self.clock.now() + timedelta(days=min(request.days, LONGEST_DAYS))
            ),
        )
        decode(encode(ticket), Ticket)  # what is handed out must be readable by the laptop
        signed = sign_document(self.county.root.private, Purpose.TICKET, to_object(ticket))
        with self.database.write() as connection:
            keep_villages(connection, request.villages)
            connection.execute(
                insert(officer),
                {
                    "id": ticket.officer_id,
                    "name": ticket.officer_name,
                    "created_at": instant_text(self.clock.now()),
                },
            )
            connection.execute(
                insert(invitation),
                {
                    "code_sha256": code_name(code),
                    "officer_id": ticket.officer_id,
                    "villages": [one.code for one in request.villages],
                    "quota_fen": request.quota.fen,
                    "expires_at": ticket.expires_at,
                    "ticket": seal_body(code_key(code), signed, TICKET_AAD),
                },
            )
            note(connection, self.clock, "county", "invite", ticket.officer_id)
        return Invited(code, signed)

    def ticket(self, data: bytes) -> bytes:
        """The ticket of a code, sealed under it. Raises Declined B-27, Refused B-04."""
        asked = decode(data, TicketRequest)
        query = select(invitation.c.ticket).where(
            invitation.c.code_sha256 == asked.code,
            invitation.c.answer.is_(None),
            invitation.c.expires_at >= instant_text(self.clock.now()),
        )
        with self.database.read() as connection:
            sealed: bytes | None = connection.execute(query).scalar_one_or_none()
        if sealed is None:
            raise not_enrolled("没有这个绑定码，或者用过了、过期了。")
        return sealed


def new_code() -> str:
    """Eighty random bits as four groups of four."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS)) for _ in range(_GROUPS)
    )


def keep_villages(connection: Connection, villages: Sequence[Village]) -> None:
    """Remember villages by code; the newest name holds. Call first in a transaction."""
    make_township_parts(connection, [one.code for one in villages])
    for one in villages:
        held = connection.execute(select(village.c.name).where(village.c.code == one.code)).first()
        if held is None:
            connection.execute(insert(village), {"code": one.code, "name": one.name})
        elif held.name != one.name:
            connection.execute(
                update(village).where(village.c.code == one.code).values(name=one.name)
            )
