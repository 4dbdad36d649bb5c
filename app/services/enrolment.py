"""Joining a county: read its file, compare its fingerprint aloud, ask, and become its device.

Possible by HTTPS and wholly by file. The request's bytes are kept in the outbox until they are
answered, so that a lost answer is simply asked for again.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.domain.clock import Clock
from app.domain.problem import Refused
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.enrolment import CountyAddress, LaptopKeys
    from app.store.vault import OpenVault
    from app.sync.joining import Joined
    from app.sync.protocol.enrolment import Ticket
    from app.sync.road import RunInStore, Stop, Transport

_REQUEST: Final = "enrolment.sae"
_MOST_BYTES: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Invitation:
    """An enrolment file as shown to the coordinator, who reads `fingerprint` to the county."""

    county_name: str
    fingerprint: str
    officer_name: str
    villages: tuple[str, ...]
    is_practice: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """What this laptop is after enrolment."""

    officer_name: str
    village_name: str
    device_no: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Use cases around joining a county.

    `read` may run anywhere; `prepare`, `export_request` and `import_answer` belong to the store
    thread; `ask` to the work thread, reaching the store through `run_in_store`.
    """

    begin: Begin
    vault: OpenVault
    clock: Clock

    def read(self, file: Path) -> Invitation:
        """An enrolment file, to be compared before it is used. Raises Refused S-02, S-07."""
        return read_invitation(file)

    def is_enrolled(self) -> bool:
        """Whether the county has given this laptop a certificate."""
        from app.store.enrolment import is_enrolled

        with self.begin() as work:
            return is_enrolled(work.connection)

    def county_url(self) -> str | None:
        """Where the county of this laptop answers; None before `prepare`."""
        from app.store.enrolment import read_county

        with self.begin() as work:
            try:
                return read_county(work.connection).url
            except Refused:
                return None

    def prepare(self, file: Path, *, fingerprint: str) -> None:
        """Trust the county of `file`, whose fingerprint was compared, and make the request.

        Raises Refused S-02, S-07 (no enrolment file), S-03 (another fingerprint), S-04 (practice
        and real county do not mix), S-05 (enrolled already), Unavailable D-01…D-03.
        """
        from app.store.atomic import atomic_write
        from app.store.enrolment import is_enrolled, keep_county, read_keys
        from app.sync.joining import address_of, enrolment_request, fingerprint_of

        ticket = self._ticket(file)
        if _digits(fingerprint) != _digits(fingerprint_of(ticket)):
            raise Refused(
                "核对码和县里念的不一样，这份文件可能是假的。",
                do="请不要用它，打电话问县里。",
                code="S-03",
                field="fingerprint",
            )
        self._check_practice(ticket)
        with self.begin() as work:
            if is_enrolled(work.connection):
                raise Refused("这台电脑已经绑定过了。", do="要换县平台，请联系县里。", code="S-05")
            keep_county(work.connection, address_of(ticket))
            laptop = read_keys(work.connection)
            work.commit()
        request = enrolment_request(ticket, laptop, self.clock.now())
        atomic_write(self._request_file, request)

    def ask(self, *, run_in_store: RunInStore, stop: Stop | None = None) -> Membership:
        """Send the request over the network and become what the answer says.

        Raises Refused S-06 before `prepare`, NotReached, LinkCut, Stopped, CountyRefused.
        """
        from app.sync.road import never
        from app.sync.transport import HttpsTransport

        county, _ = run_in_store(self._parties)
        with HttpsTransport(county, stop or never) as transport:
            return self.ask_over(transport, run_in_store=run_in_store)

    def ask_over(self, transport: Transport, *, run_in_store: RunInStore) -> Membership:
        """`ask` over a given road."""
        answer = transport.enrol(self._request())
        return run_in_store(lambda: self._accept(answer))

    def export_request(self, folder: Path) -> Path:
        """Put the request on a stick. Raises Refused S-06, D-07, Unavailable S-33."""
        from app.store.atomic import atomic_write
        from app.sync.protocol import stick
        from app.sync.usb import onto_stick, outgoing

        _, laptop = self._parties()
        with onto_stick():
            path = outgoing(folder) / stick.enrolment_name(laptop.device_id)
            atomic_write(path, self._request())
        return path

    def import_answer(self, folder: Path) -> Membership:
        """Become what the county's answer on a stick says.

        Raises Refused S-06, S-18 (nothing for this laptop on it), B-… (not the county's).
        """
        from app.sync.protocol import stick
        from app.sync.usb import nothing_on_stick

        _, laptop = self._parties()
        path = folder / stick.FROM_COUNTY / stick.certificate_name(laptop.device_id)
        if not path.is_file():
            raise nothing_on_stick()
        return self._accept(_read(path))

    def _accept(self, data: bytes) -> Membership:
        """Verify an answer and take it over in one transaction."""
        from app.store import enrolment, feed, receipts
        from app.sync.joining import read_answer

        county, laptop = self._parties()
        joined: Joined = read_answer(county, laptop, self._request(), data)
        with feed.whole_pages_only(), self.begin() as work:
            now = self.clock.now()
            enrolment.keep_standing(work.connection, joined.standing, now)
            feed.apply_news(work.connection, joined.entries, now)
            receipts.note_server_time(work.connection, joined.server_time, now)
            work.commit()
        self._request_file.unlink(missing_ok=True)
        return Membership(
            joined.standing.officer_name, joined.standing.village_name, joined.standing.device_no
        )

    def _parties(self) -> tuple[CountyAddress, LaptopKeys]:
        """County and laptop. Raises Refused S-01 before `prepare`."""
        from app.store.enrolment import read_county, read_keys

        with self.begin() as work:
            return read_county(work.connection), read_keys(work.connection)

    def _check_practice(self, ticket: Ticket) -> None:
        """Raises Refused S-04: practice data never meets a real county (design §6)."""
        if ticket.is_practice != self.vault.practice:
            raise Refused(
                "练习村只能绑定练习用的县，真的村只能绑定真的县。",
                do="请核对绑定文件。",
                code="S-04",
            )
        if ticket.is_practice and not _is_loopback(urlsplit(ticket.url).hostname or ""):
            raise Refused("练习用的县只能在这台电脑上。", do="请核对绑定文件。", code="S-04")

    def _ticket(self, file: Path) -> Ticket:
        """The ticket in `file`. Raises Refused S-02, S-07."""
        from app.sync.joining import read_ticket

        return read_ticket(_read(file))

    @property
    def _request_file(self) -> Path:
        return self.vault.files.outbox / _REQUEST

    def _request(self) -> bytes:
        """The request's bytes. Raises Refused S-06 when none was made."""
        if not self._request_file.is_file():
            raise Refused("还没有准备好绑定。", do="请先选绑定文件并核对。", code="S-06")
        return self._request_file.read_bytes()


def read_invitation(file: Path) -> Invitation:
    """An enrolment file as anybody may read it; needs no vault. Raises Refused S-02, S-07."""
    from app.domain.operations import instant_of
    from app.sync.joining import fingerprint_of, read_ticket

    ticket = read_ticket(_read(file))
    return Invitation(
        county_name=ticket.county_name,
        fingerprint=fingerprint_of(ticket),
        officer_name=ticket.officer_name,
        villages=tuple(village.name for village in ticket.villages),
        is_practice=ticket.is_practice,
        expires_at=instant_of(ticket.expires_at),
    )


def fetch_invitation(url: str, code: str, file: Path, *, stop: Stop | None = None) -> None:
    """Fetch the enrolment file of a code into `file`. For the work thread; needs no vault.

    Raises Refused S-09, NotReached, LinkCut, Stopped, Unavailable D-01…D-03.
    """
    from app.store.atomic import atomic_write, make_private_directory
    from app.sync.introduction import fetch_ticket
    from app.sync.road import never

    ticket = fetch_ticket(url, code, stop=stop or never)
    make_private_directory(file.parent)
    atomic_write(file, ticket)


def _digits(text: str) -> str:
    """A fingerprint however it was grouped."""
    return "".join(character for character in text if character.isdigit())


def _is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(file: Path) -> bytes:
    """A file somebody brought. Raises Refused S-07 when it cannot be read."""
    try:
        with file.open("rb") as source:
            data = source.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Refused("读不到这个文件。", do="请核对文件在不在。", code="S-07") from error
    return data
