"""Accounts of township and county staff: made, renewed, locked and listed by an administrator.

A password is kept as its Argon2id key, the secret of the one-time codes sealed under a key that is
derived from the county's own and is in no table.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import pyotp
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from app.crypto.envelope import open_body, seal_body
from app.crypto.kdf import DEFAULT, KdfCost, new_salt, passphrase_key
from app.domain.ids import new_id
from app.domain.operations import instant_text
from app.domain.problem import Refused
from county_server.clock import Time
from county_server.console.roles import TOWNSHIP_FIGURES, Level, Role, Staff
from county_server.console.tables import attempt, session, staff
from county_server.county import County
from county_server.database import Database
from county_server.quotas import COUNTY_HAND
from county_server.registry import note

ISSUER: Final = "协理县平台"
SHORTEST_PASSWORD: Final = 12
_LONGEST_PASSWORD: Final = 200
_LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_TOTP_LABEL: Final = b"xieli/console/totp/v1"
_TEMPORARY: Final = 16
"""Figures and letters of a password that is changed at the first sign-in: 80 bits."""
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Shown once, to hand over in person."""

    staff_id: str
    login: str
    password: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def uri(self) -> str:
        """What an authenticator scans."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=self.login, issuer_name=ISSUER)


@dataclass(frozen=True, slots=True)
class StaffBook:
    """Accounts, one transaction and one line of audit for each deed."""

    county: County
    database: Database
    clock: Time
    cost: KdfCost = DEFAULT

    def add(self, login: str, name: str, role: Role, township: str = "") -> Credentials:
        """A new account. Raises Refused K-71 for a login that is taken or not written well, K-75
        where role and township do not go together."""
        _check_place(role, township)
        if not _LOGIN.fullmatch(login) or not name.strip():
            raise Refused(
                "登录名或姓名写法不对。",
                do="登录名用小写字母开头，两位以上，可以有数字和 . _ -。",
                code="K-71",
            )
        credentials = _fresh(new_id(self.clock.now()), login)
        with self.database.write() as connection:
            taken = select(staff.c.id).where(staff.c.login == login)
            if connection.execute(taken).first() is not None:
                raise Refused("这个登录名已经有人用了。", do="请换一个登录名。", code="K-71")
            row = {
                "id": credentials.staff_id,
                "login": login,
                "name": name.strip(),
                "role": role.value,
                "township": township,
                "last_code": 0,
                "is_locked": False,
                "created_at": instant_text(self.clock.now()),
            }
            connection.execute(insert(staff), row | self._secrets(credentials))
            note(connection, self.clock, COUNTY_HAND, "staff-add", credentials.staff_id)
        return credentials

    def reset(self, login: str) -> Credentials:
        """A new password and a new secret; whoever is signed in is signed out. Raises K-72."""
        with self.database.write() as connection:
            found = _find(connection, login)
            credentials = _fresh(found["id"], login)
            values = {"is_locked": False, "last_code": 0} | self._secrets(credentials)
            connection.execute(update(staff).where(staff.c.id == found["id"]).values(values))
            connection.execute(delete(session).where(session.c.staff_id == found["id"]))
            connection.execute(delete(attempt).where(attempt.c.login_sha256 == login_hash(login)))
            note(connection, self.clock, COUNTY_HAND, "staff-reset", found["id"])
        return credentials

    def lock(self, login: str) -> None:
        """Nobody comes in by this account until it is reset. Raises Refused K-72."""
        with self.database.write() as connection:
            found = _find(connection, login)
            connection.execute(
                update(staff).where(staff.c.id == found["id"]).values(is_locked=True)
            )
            connection.execute(delete(session).where(session.c.staff_id == found["id"]))
            note(connection, self.clock, COUNTY_HAND, "staff-lock", found["id"])

    def list(self) -> list[dict[str, Any]]:
        """Everybody, without anything secret."""
        query = select(
            staff.c.login, staff.c.name, staff.c.role, staff.c.township, staff.c.is_locked
        ).order_by(staff.c.township, staff.c.login)
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def change_password(self, who: Staff, before: str, after: str) -> None:
        """A password only its owner knows. Raises Refused K-73 for a weak one, K-60 where the old
        one is not right."""
        check_password(after, before)
        with self.database.write() as connection:
            row = (
                connection.execute(select(staff).where(staff.c.id == who.id).with_for_update())
                .mappings()
                .one()
            )
            if not is_password(row, before):
                raise Refused("原来的密码不对。", do="请重新输入。", code="K-60")
            values = {"must_change": False} | self._password(after)
            connection.execute(update(staff).where(staff.c.id == who.id).values(values))
            note(connection, self.clock, who.id, "staff-password", who.id)

    def secret_of(self, row: RowMapping) -> str:
        """The secret of somebody's one-time codes."""
        return open_body(self._key(), bytes(row["totp"]), row["id"].encode()).decode()

    def _secrets(self, made: Credentials) -> dict[str, Any]:
        sealed = seal_body(self._key(), made.secret.encode(), made.staff_id.encode())
        return {"totp": sealed, "must_change": True} | self._password(made.password)

    def _password(self, password: str) -> dict[str, Any]:
        salt = new_salt()
        key = passphrase_key(password, salt, self.cost)
        return {"password": key, "salt": salt, "cost": asdict(self.cost)}

    def _key(self) -> bytes:
        return hmac.digest(self.county.seal.private, _TOTP_LABEL, "sha256")


def login_hash(login: str) -> str:
    """What stands for a typed name in the table of wrong tries."""
    return hmac.digest(b"xieli/console/login/v1", login.encode(), "sha256").hex()


def is_password(row: RowMapping, password: str) -> bool:
    """Whether this is the password of the row."""
    cost = KdfCost(**row["cost"])
    key = passphrase_key(password[:_LONGEST_PASSWORD], bytes(row["salt"]), cost)
    return hmac.compare_digest(key, bytes(row["password"]))


def check_password(password: str, before: str) -> None:
    """Raises Refused K-73."""
    long_enough = SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD
    if not long_enough or len(set(password)) < SHORTEST_PASSWORD // 2 or password == before:
        raise Refused(
            f"新密码至少 {SHORTEST_PASSWORD} 位，不能老是同一个字，也不能和原来的一样。",
            do="请换一个，比如几个不相干的词连起来。",
            code="K-73",
        )


def _fresh(staff_id: str, login: str) -> Credentials:
    password = "".join(secrets.choice(_ALPHABET) for _ in range(_TEMPORARY))
    return Credentials(staff_id, login, password, pyotp.random_base32())


def _check_place(role: Role, township: str) -> None:
    """Raises Refused K-75: the township's people have a township, the county's none."""
    figures = len(township) == TOWNSHIP_FIGURES and township.isascii() and township.isdigit()
    if figures if role.level is Level.TOWNSHIP else not township:
        return
    raise Refused(
        "职务和乡镇对不上。",
        do="乡镇的人要写九位乡镇代码，例如 459901001；县里的人不写。",
        code="K-75",
    )


def _find(connection: Connection, login: str) -> RowMapping:
    """The account's row, held. Raises Refused K-72."""
    query = select(staff).where(staff.c.login == login).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None:
        raise Refused("没有这个工作人员。", do="请用 staff list 看登录名。", code="K-72")
    return row
