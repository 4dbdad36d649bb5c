"""A forgotten passphrase: two officers together release a vault's key to the laptop it is on.

The county's recovery key lies in the database only sealed, once for each pair of officers, under a
key made of both their passphrases: one officer alone, or a copy of the database and of the
county's folder, opens nothing. Every release and every wrong try is a line of the audit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Final

from sqlalchemy import Connection, insert, select

from app.crypto.envelope import (
    SUITE,
    Kind,
    fingerprint,
    key_id,
    new_sealing_pair,
    open_body,
    seal_body,
    seal_container,
)
from app.crypto.escrow import escrow_info, open_escrow, pair_key
from app.crypto.kdf import DEFAULT, KdfCost, new_salt, passphrase_key
from app.crypto.passphrase import require_strong
from app.domain.operations import AUDIT, canonical, instant_text
from app.domain.problem import Refused
from app.sync.protocol.coding import PROTOCOL_VERSION, decode, encode, to_object
from app.sync.protocol.feed import COUNTY_SCOPE
from app.sync.protocol.recovery import VAULT_TOLD, RecoveryRequest, Release, ReleaseHeader
from county_server.authority import Returned
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.judgement import open_patch
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.tables import (
    device,
    officer,
    operation,
    recovery_officer,
    recovery_release,
    recovery_share,
    subject_key,
)

ENTITY: Final = "county_recovery_key"
"""The document that tells every laptop to whom it seals its vault's key."""
FEWEST: Final = 2
"""Officers a release needs (security R12)."""
_LONGEST_REQUEST: Final = 8 * 1024


@dataclass(frozen=True, slots=True)
class Owner:
    """The laptop a vault belongs to, and its officer."""

    device_no: str
    officer: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Makes the recovery key and answers requests with it."""

    county: County
    database: Database
    clock: Time
    cost: KdfCost = DEFAULT

    def create(self, officers: Mapping[str, str]) -> str:
        """Make the key for officers (name → passphrase), any two of whom use it; return its kid.

        Raises Refused K-35 when there is one already, K-36 for fewer than two officers, V-07 for
        a weak passphrase.
        """
        if len(officers) < FEWEST or not all(name.strip() for name in officers):
            raise not_two()
        for name, passphrase in officers.items():
            require_strong(passphrase, known=(name,))
        salts = {name: new_salt() for name in officers}
        keys = {
            name: passphrase_key(passphrase, salts[name], self.cost)
            for name, passphrase in officers.items()
        }
        pair = new_sealing_pair()
        kid = key_id(pair.public)
        with self.database.write() as connection:
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([COUNTY_SCOPE])
            if connection.execute(select(recovery_officer.c.name)).first() is not None:
                raise Refused(
                    "县里已经有恢复密钥了。", do="各台电脑都认它，不能另做一把。", code="K-35"
                )
            cost = asdict(self.cost)
            connection.execute(
                insert(recovery_officer),
                [{"name": name, "salt": salts[name], "cost": cost} for name in sorted(officers)],
            )
            connection.execute(
                insert(recovery_share),
                [
                    {
                        "one": one,
                        "other": other,
                        "kid": kid,
                        "sealed": seal_body(
                            pair_key(keys[one], keys[other]), pair.private, _about(one, other, kid)
                        ),
                    }
                    for one, other in combinations(sorted(officers), FEWEST)
                ],
            )
            told = Document(ENTITY, kid, COUNTY_HAND, None, 0, {}, {})
            fields = {"kid": kid, "public": pair.public.hex(), "made_at": ledger.at}
            told.amend(fields, COUNTY_HAND, ledger.at)
            ledger.put(told)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "recovery-key", kid)
        return kid

    def officers(self) -> list[str]:
        """Who may release, by name."""
        with self.database.read() as connection:
            query = select(recovery_officer.c.name).order_by(recovery_officer.c.name)
            return list(connection.execute(query).scalars())

    def owners(self, vault_id: str) -> list[Owner]:
        """Whose vault it is, as their laptops told under their own signature; none for a vault
        the county never heard of, more than one where somebody else claims it too."""
        query = (
            select(operation, subject_key.c.key, device.c.device_no, officer.c.name)
            .join(device, device.c.id == operation.c.device_id)
            .join(officer, officer.c.id == device.c.officer_id)
            .join(
                subject_key,
                (subject_key.c.device_id == operation.c.device_id)
                & (subject_key.c.subject == operation.c.subject),
            )
            .where(
                operation.c.entity == AUDIT,
                operation.c.metadata["kind"].as_string() == VAULT_TOLD,
            )
            .order_by(device.c.device_no)
        )
        with self.database.read() as connection:
            found = [
                Owner(row.device_no, row.name)
                for row in connection.execute(query)
                if _told_vault(row.op_id, row.subject, row.ciphertext, row.key) == vault_id
            ]
        return list(dict.fromkeys(found))

    def release(self, data: bytes, spoken: str, officers: Mapping[str, str]) -> bytes:
        """The answer to a request file, for the laptop that wrote it, once.

        `spoken` is the fingerprint the coordinator read out, `officers` two names with their
        passphrases. Raises Refused K-36 when they are not two who may, K-37 for another
        fingerprint, K-38 for a request that was answered, B-04, B-06 for one that is none.
        """
        request = read_request(data)
        if _digits(spoken) != _digits(fingerprint(request.reply_to)):
            raise Refused(
                "核对码和协理员念的不一样，这份申请可能被换过。",
                do="请不要放行，当面问清楚是谁的电脑。",
                code="K-37",
            )
        try:
            private = self._unlocked(request.slot.kid, officers)
        except Refused:
            with self.database.write() as connection:
                note(
                    connection, self.clock, COUNTY_HAND, "recovery-refused", request.vault.vault_id
                )
            raise
        binding, slot = to_object(request.vault), to_object(request.slot)
        secret = open_escrow(request.enc, private, escrow_info(binding, slot))
        one, other = sorted(officers)
        sha256 = hashlib.sha256(data).hexdigest()
        with self.database.write() as connection:
            self._once(connection, sha256, request.vault.vault_id, one, other)
            about = f"{request.vault.vault_id} {sha256}"
            note(connection, self.clock, COUNTY_HAND, "recovery-release", about)
        return seal_container(
            Kind.RELEASE,
            to_object(
                ReleaseHeader(
                    v=PROTOCOL_VERSION, suite=SUITE, county=self.county.id, request=sha256
                )
            ),
            encode(Release(vault_id=request.vault.vault_id, key=secret)),
            recipient=request.reply_to,
            signer=self.county.root.private,
        )

    def _unlocked(self, kid: str, officers: Mapping[str, str]) -> bytes:
        """The private recovery key. Raises Refused K-36."""
        if len(officers) != FEWEST:
            raise not_two()
        one, other = sorted(officers)
        with self.database.read() as connection:
            query = select(recovery_share.c.sealed).where(
                recovery_share.c.one == one,
                recovery_share.c.other == other,
                recovery_share.c.kid == kid,
            )
            sealed: bytes | None = connection.execute(query).scalar_one_or_none()
            query_officers = select(recovery_officer).where(
                recovery_officer.c.name.in_([one, other])
            )
            rows = {row.name: row for row in connection.execute(query_officers)}
        if sealed is None:
            raise not_two()
        keys = [
            passphrase_key(officers[name], rows[name].salt, KdfCost(**rows[name].cost))
            for name in (one, other)
        ]
        try:
            return open_body(pair_key(*keys), sealed, _about(one, other, kid))
        except Refused as error:
            raise not_two() from error

    def _once(
        self, connection: Connection, sha256: str, vault_id: str, one: str, other: str
    ) -> None:
        """Note the release. Raises Refused K-38 when this request was answered before."""
        answered = select(recovery_release.c.released_at).where(
            recovery_release.c.request_sha256 == sha256
        )
        connection.execute(select(recovery_officer).with_for_update()).all()
        if connection.execute(answered).first() is not None:
            raise Refused(
                "这份申请已经放行过一次了。", do="请让协理员在电脑上重新做一份申请。", code="K-38"
            )
        connection.execute(
            insert(recovery_release),
            {
                "request_sha256": sha256,
                "vault_id": vault_id,
                "one": one,
                "other": other,
                "released_at": instant_text(self.clock.now()),
            },
        )


def read_request(data: bytes) -> RecoveryRequest:
    """A request file. Raises Refused B-04 for anything else."""
    return decode(data[: _LONGEST_REQUEST + 1], RecoveryRequest)


def _told_vault(op_id: str, subject: str, ciphertext: bytes, key: bytes) -> object:
    """The vault an operation names; None for one that does not open."""
    try:
        told = open_patch(op_id, subject, ciphertext, key).get("vault")
    except Returned:
        return None
    return None if told is None else told[1]


def _about(one: str, other: str, kid: str) -> bytes:
    """What a share is bound to."""
    return canonical({"kid": kid, "officers": [one, other]})


def _digits(text: str) -> str:
    """A fingerprint without its spaces."""
    return "".join(text.split())


def not_two() -> Refused:
    """Not two officers who may, each with their passphrase."""
    return Refused(
        "要两位管恢复密钥的人一起，各输各的口令；人或口令不对。",
        do="请核对姓名和口令，两位都到场再试。",
        code="K-36",
    )
