"""A laptop joins: its request is sealed to the county, the answer is sealed to its new key.

Works the same by HTTPS and by file. A request repeated byte for byte gets its first answer again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from app.crypto.envelope import (
    SUITE,
    Container,
    Kind,
    Purpose,
    open_container,
    parse_container,
    seal_container,
    sign_document,
    verify_container,
)
from app.domain.money import Money
from app.domain.operations import instant_text
from app.sync.protocol.batch import NO_BATCH
from app.sync.protocol.coding import (
    PROTOCOL_VERSION,
    convert,
    decode,
    encode,
    not_in_form,
    to_object,
)
from app.sync.protocol.enrolment import (
    AnswerHeader,
    Certificate,
    EnrolmentAnswer,
    EnrolmentHeader,
    EnrolmentRequest,
    Village,
    code_name,
)
from app.sync.protocol.feed import COUNTY_SCOPE, Entry, FeedRequest, device_scope
from county_server.certificates import columns_of, keep_issued, last_day
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.declined import not_enrolled
from county_server.ledger import Ledger
from county_server.pages import Stretch
from county_server.quotas import issue_quota
from county_server.registry import ACTIVE, note
from county_server.tables import assignment, device, invitation, officer, village

QUOTA_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Turns requests into certificates."""

    county: County
    database: Database
    clock: Time

    def answer(self, data: bytes) -> bytes:
        """The certificate and the first day's needs.

        Raises Refused B-01…B-06, or Declined B-27 when the code opens nothing.
        """
        container = parse_container(Kind.ENROLMENT, data)
        header = convert(container.header, EnrolmentHeader)
        if header.county != self.county.id or header.to != self.county.kid:
            raise not_in_form()
        verify_container(container, header.sign_public)
        request = decode(open_container(container, self.county.seal.private), EnrolmentRequest)
        if request.sign_public != header.sign_public:
            raise not_in_form()
        with self.database.write() as connection:
            invited = self._invited(connection, request, container.sha256)
            if invited["answer"] is not None:
                first: bytes = invited["answer"]
                return first
            return self._enrol(connection, invited, request, container)

    def _invited(
        self, connection: Connection, request: EnrolmentRequest, sha256: str
    ) -> RowMapping:
        """The invitation behind the code. Raises Declined B-27."""
        row = (
            connection.execute(
                select(invitation)
                .where(invitation.c.code_sha256 == code_name(request.code))
                .with_for_update()
            )
            .mappings()
            .first()
        )
        if row is None:
            raise not_enrolled("绑定文件里的绑定码不对。")
        if row["request_sha256"] not in {None, sha256}:
            raise not_enrolled("这个绑定码已经用过了。")
        if row["answer"] is None and row["expires_at"] < instant_text(self.clock.now()):
            raise not_enrolled("这个绑定码已经过期了。")
        return row

    def _enrol(
        self,
        connection: Connection,
        invited: RowMapping,
        request: EnrolmentRequest,
        container: Container,
    ) -> bytes:
        """Enter the device and make the answer, inside the open transaction."""
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([COUNTY_SCOPE])  # device numbers are given out one at a time
        certificate = self._certificate(connection, invited, request)
        signed = sign_document(
            self.county.root.private, Purpose.CERTIFICATE, to_object(certificate)
        )
        self._keep_device(connection, certificate, signed)
        issue_quota(
            ledger,
            self.county,
            self.clock,
            device_id=request.device,
            amount=Money(invited["quota_fen"]),
            days=QUOTA_DAYS,
        )
        ledger.flush()
        note(connection, self.clock, request.device, "enrol", invited["officer_id"])
        answer = self._seal(
            request, container, EnrolmentAnswer(
                certificate=signed.decode(),
                server_time=instant_text(self.clock.now()),
                entries=first_entries(connection, self.county, request.device),
            ),
        )  # fmt: skip
        connection.execute(
            update(invitation)
            .where(invitation.c.code_sha256 == invited["code_sha256"])
            .values(request_sha256=container.sha256, device_id=request.device, answer=answer)
        )
        return answer

    def _certificate(
        self, connection: Connection, invited: RowMapping, request: EnrolmentRequest
    ) -> Certificate:
        """Who the device is from now on. Raises Declined B-27 when its name is taken."""
        if connection.execute(select(device.c.id).where(device.c.id == request.device)).first():
            raise not_enrolled("这台电脑已经绑定过了。")
        serial = connection.execute(select(func.count()).select_from(device)).scalar_one() + 1
        names = connection.execute(
            select(village.c.code, village.c.name).where(village.c.code.in_(invited["villages"]))
        ).all()
        named = {row.code: row.name for row in names}
        officer_name = connection.execute(
            select(officer.c.name).where(officer.c.id == invited["officer_id"])
        ).scalar_one()
        return Certificate(
            v=PROTOCOL_VERSION,
            county=self.county.id,
            device=request.device,
            device_no=f"{serial:02d}",
            officer_id=invited["officer_id"],
            officer_name=officer_name,
            sign_public=request.sign_public,
            seal_public=request.seal_public,
            villages=[Village(code, named[code]) for code in invited["villages"]],
            issued_at=instant_text(self.clock.now()),
            not_after=last_day(self.clock.today()),
            serial=serial,
        )

    def _keep_device(self, connection: Connection, certificate: Certificate, signed: bytes) -> None:
        """The device's row, at the beginning of its chain, and its villages."""
        connection.execute(
            insert(device),
            {
                "id": certificate.device,
                "device_no": certificate.device_no,
                "officer_id": certificate.officer_id,
                "sign_public": certificate.sign_public,
                "seal_public": certificate.seal_public,
                **columns_of(certificate, signed),
                "enrolled_at": certificate.issued_at,
                "state": ACTIVE,
                "epoch": 0,
                "last_seq": 0,
                "last_batch": NO_BATCH,
                "head_n": 0,
                "head": NO_BATCH,
                "receipt_n": 0,
                "last_receipt": NO_BATCH,
                "last_cursor": {},
            },
        )
        keep_issued(connection, certificate, signed)
        connection.execute(
            insert(assignment),
            [
                {
                    "device_id": certificate.device,
                    "village_code": one.code,
                    "since": certificate.issued_at,
                }
                for one in certificate.villages
            ],
        )

    def _seal(
        self, request: EnrolmentRequest, container: Container, answer: EnrolmentAnswer
    ) -> bytes:
        """The answer for the one who asked. Raises Refused B-04 for an unusable key."""
        header = AnswerHeader(
            v=PROTOCOL_VERSION,
            suite=SUITE,
            county=self.county.id,
            device=request.device,
            request=container.sha256,
        )
        try:
            return seal_container(
                Kind.CERTIFICATE,
                to_object(header),
                encode(answer),
                recipient=request.seal_public,
                signer=self.county.root.private,
            )
        except ValueError as error:
            raise not_in_form() from error


def first_entries(connection: Connection, county: County, device_id: str) -> list[Entry]:
    """What the county says to everybody and to this device, without any village's people."""
    request = FeedRequest(
        v=PROTOCOL_VERSION, county=county.id, device=device_id, nonce="0" * 32, cursor={}, echo=True
    )
    stretch = Stretch(connection, request, [COUNTY_SCOPE, device_scope(device_id)])
    stretch.gather()
    return [msgspec.json.decode(line, type=Entry) for line in stretch.lines]
