"""Signing in: a password, a one-time code, and a wait that grows with every wrong try.

Time is the county's clock. A code opens the door once: neither it nor one before it opens another.
A name nobody has costs the same work and waits as long as one that is known. The lock on a row is
held while a try is judged, so that two at once are two tries.
"""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyotp
from sqlalchemy import Connection, RowMapping, delete, select, update

from app.crypto.kdf import new_salt, passphrase_key
from app.domain.operations import instant_of, instant_text
from app.domain.problem import Refused
from county_server.clock import Time
from county_server.console.sessions import Sessions
from county_server.console.staff import StaffBook, is_password, login_hash
from county_server.console.tables import attempt, staff
from county_server.database import Database, insert_or_leave
from county_server.registry import note

FREE_TRIES: Final = 3
"""Wrong tries before there is a wait."""
_FIRST_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(minutes=15)
_FORGOTTEN: Final = timedelta(days=1)
_DRIFT: Final = 1
"""Steps of 30 seconds a telephone's clock may be off."""
_MOST_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Argon2id takes 64 MiB each: a crowd at the door must not take the machine's memory."""


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in who knows the password and holds the authenticator."""

    book: StaffBook
    sessions: Sessions
    database: Database
    clock: Time

    def enter(self, login: str, password: str, code: str) -> str:
        """The token of a new session.

        Raises Refused K-60 for what does not fit, K-61 while one has to wait.
        """
        typed = login.strip().lower()
        self._check_wait(typed)
        with self.database.read() as connection:
            row = _row(connection, typed)
        knows = self._knows(row, password)
        with self.database.write() as connection:
            self._hold(connection, typed)
            row = _row(connection, typed, lock=True)
            step = None if row is None else self._step(row, code)
            if row is None or step is None or not knows or row["is_locked"]:
                self._wrong(connection, typed, row)
                token = None
            else:
                connection.execute(
                    update(staff).where(staff.c.id == row["id"]).values(last_code=step)
                )
                connection.execute(
                    delete(attempt).where(attempt.c.login_sha256 == login_hash(typed))
                )
                token = self.sessions.begin(connection, row["id"])
                note(connection, self.clock, row["id"], "sign-in", row["id"])
        if token is None:
            raise Refused(
                "登录名、密码或动态码不对。",
                do="请重新输入；动态码每 30 秒换一个，用过的要等下一个。",
                code="K-60",
            )
        return token

    def _knows(self, row: RowMapping | None, password: str) -> bool:
        """Whether the password is theirs; the same work for a name nobody has."""
        with _MOST_AT_ONCE:
            if row is None:
                passphrase_key(password[:1], new_salt(), self.book.cost)
                return False
            return is_password(row, password)

    def _step(self, row: RowMapping, code: str) -> int | None:
        """The step of a code that fits and was not used; None for any other."""
        totp = pyotp.TOTP(self.book.secret_of(row))
        now = totp.timecode(self.clock.now())
        typed = code.strip().replace(" ", "").encode()
        for step in range(now - _DRIFT, now + _DRIFT + 1):
            fits = hmac.compare_digest(totp.generate_otp(step).encode(), typed)
            if fits and step > row["last_code"]:
                return step
        return None

    def _check_wait(self, typed: str) -> None:
        """Raises Refused K-61."""
        with self.database.read() as connection:
            self._waits(connection, typed)

    def _waits(self, connection: Connection, typed: str) -> None:
        query = select(attempt.c.wait_until).where(attempt.c.login_sha256 == login_hash(typed))
        until = connection.execute(query).scalar_one_or_none()
        left = instant_of(until) - self.clock.now() if until else timedelta(0)
        if left > timedelta(0):
            raise Refused(
                "连着试错了几次，要等一等再试。",
                do=f"请过 {int(left.total_seconds()) + 1} 秒再试。",
                code="K-61",
            )

    def _hold(self, connection: Connection, typed: str) -> None:
        """Hold the line of this name, so that tries at the same moment are judged one by one."""
        key, now = login_hash(typed), self.clock.now()
        old = attempt.c.wait_until < instant_text(now - _FORGOTTEN)
        connection.execute(delete(attempt).where(old))
        row = {"login_sha256": key, "failed": 0, "wait_until": instant_text(now)}
        insert_or_leave(connection, attempt, row)
        connection.execute(
            select(attempt).where(attempt.c.login_sha256 == key).with_for_update()
        ).first()
        self._waits(connection, typed)

    def _wrong(self, connection: Connection, typed: str, row: RowMapping | None) -> None:
        """Count a wrong try."""
        now, mine = self.clock.now(), attempt.c.login_sha256 == login_hash(typed)
        failed = connection.execute(select(attempt.c.failed).where(mine)).scalar_one() + 1
        values = {"failed": failed, "wait_until": instant_text(_until(now, failed))}
        connection.execute(update(attempt).where(mine).values(values))
        about = "unknown" if row is None else row["id"]
        note(connection, self.clock, about, "sign-in-refused", about)


def _until(now: datetime, failed: int) -> datetime:
    """When the next try may be made after so many wrong ones."""
    if failed < FREE_TRIES:
        return now
    doubled: timedelta = _FIRST_WAIT * 2 ** min(failed - FREE_TRIES, 10)
    return now + min(doubled, LONGEST_WAIT)


def _row(connection: Connection, login: str, *, lock: bool = False) -> RowMapping | None:
    query = select(staff).where(staff.c.login == login)
    found = connection.execute(query.with_for_update() if lock else query)
    return found.mappings().first()
