"""Who is signed in: kept at the county, ended by silence, by the day, by signing out.

The cookie holds a random token and nothing else; the table holds its hash. The token of a form
(against requests another page makes) is derived from the session's.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.operations import instant_of, instant_text
from app.domain.problem import Refused
from county_server.clock import Time
from county_server.console.roles import Role, Staff
from county_server.console.tables import session, staff
from county_server.database import Database

COOKIE: Final = "__Host-xieli"
IDLE: Final = timedelta(minutes=15)
WHOLE: Final = timedelta(hours=10)
_NOTED: Final = timedelta(minutes=1)
"""A sign of life is written down at most so often."""
_FORM: Final = b"xieli/console/form/v1"
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Sessions:
    """Begins, finds and ends sessions."""

    database: Database
    clock: Time

    def begin(self, connection: Connection, staff_id: str) -> str:
        """A new token; those long over are swept away."""
        now = self.clock.now()
        token = new_token()
        over = session.c.began_at < instant_text(now - WHOLE)
        connection.execute(delete(session).where(over))
        row = {
            "token_sha256": _hash(token),
            "staff_id": staff_id,
            "began_at": instant_text(now),
            "seen_at": instant_text(now),
        }
        connection.execute(insert(session), row)
        return token

    def find(self, token: str | None) -> Staff | None:
        """Who this is; None for nobody, for one silent too long, and for a locked account."""
        if not token:
            return None
        now = self.clock.now()
        query = (
            select(session.c.began_at, session.c.seen_at, staff)
            .join(staff, staff.c.id == session.c.staff_id)
            .where(session.c.token_sha256 == _hash(token), staff.c.is_locked.is_(False))
        )
        with self.database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        seen, began = instant_of(row.seen_at), instant_of(row.began_at)
        if now - seen > IDLE or now - began > WHOLE:
            self.end(token)
            return None
        if now - seen >= _NOTED:
            self._see(token)
        return Staff(row.id, row.name, Role(row.role), row.township, row.must_change)

    def end(self, token: str) -> None:
        """Sign out."""
        with self.database.write() as connection:
            connection.execute(delete(session).where(session.c.token_sha256 == _hash(token)))

    def end_others(self, token: str, staff_id: str) -> None:
        """After a new password nobody else stays signed in by the old one."""
        with self.database.write() as connection:
            connection.execute(
                delete(session).where(
                    session.c.staff_id == staff_id, session.c.token_sha256 != _hash(token)
                )
            )

    def _see(self, token: str) -> None:
        at = instant_text(self.clock.now())
        with self.database.write() as connection:
            connection.execute(
                update(session).where(session.c.token_sha256 == _hash(token)).values(seen_at=at)
            )


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def form_token(token: str) -> str:
    """What a form of this session carries."""
    return hmac.digest(token.encode(), _FORM, hashlib.sha256).hex()


def check_form(token: str | None, given: str) -> None:
    """Raises Refused K-63 unless the form was made for this session."""
    if token and hmac.compare_digest(form_token(token).encode(), given.encode()):
        return
    raise Refused(
        "这一页放得太久，或者不是从这里打开的。", do="请回到列表重新打开再办。", code="K-63"
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
