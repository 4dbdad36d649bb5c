"""A county this laptop was only told the address and a code of: fetching its ticket.

Nobody vouches yet for who answers there, so the line is not believed and nothing is told on it
but the code's name, which leads back to no code. What comes back opens under the code alone and is
a ticket like one in a file: worth nothing until its fingerprint was compared aloud.
"""

from __future__ import annotations

import re
import ssl
from typing import Final

from app.crypto.envelope import open_body
from app.domain.problem import Refused
from app.store.enrolment import CountyAddress
from app.sync.joining import read_ticket
from app.sync.problems import NotReached, not_the_county
from app.sync.protocol.coding import PROTOCOL_VERSION, encode
from app.sync.protocol.enrolment import TICKET_AAD, TicketRequest, code_key, code_name
from app.sync.road import Stop, never
from app.sync.transport import HttpsTransport

_CODE_FIGURES: Final = 16
_GROUP: Final = 4
_SAME: Final = str.maketrans("OIL", "011")
"""Figures that look alike; a code has none of these letters."""
_ADDRESS: Final = re.compile(r"https://[^\s/@]+")


class Introduction(HttpsTransport):
    """The one road on which the other side is not known by its certificate."""

    __slots__ = ()

    def _context(self) -> ssl.SSLContext:
        """Any certificate: the ticket that comes back is what proves the county."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    def ticket(self, request: bytes) -> bytes:
        """POST the name of a code; its sealed ticket. Raises as `app.sync.road` says."""
        return self._ask("POST", "/v1/ticket", request, request, [])


def fetch_ticket(url: str, code: str, *, stop: Stop = never) -> bytes:
    """The ticket of a code, as it would lie in a file.

    Raises Refused S-09 for an address that is none, a code that is none, or one the county does
    not know (any more); NotReached S-10, LinkCut, Stopped.
    """
    address, typed = _address(url), _code(code)
    county = CountyAddress(county="", root=b"", seal_key=b"", ca_pem="", url=address)
    request = encode(TicketRequest(v=PROTOCOL_VERSION, code=code_name(typed)))
    try:
        with Introduction(county, stop) as road:
            sealed = road.ticket(request)
        ticket = open_body(code_key(typed), sealed, TICKET_AAD)
        read_ticket(ticket)
    except NotReached as problem:
        if problem.code != not_the_county().code:
            raise
        raise _no_ticket() from problem
    except Refused as problem:
        raise _no_ticket() from problem
    return ticket


def _address(typed: str) -> str:
    """An address however it was typed. Raises Refused S-09."""
    text = typed.strip().rstrip("/")
    whole = text if "://" in text else f"https://{text}"
    if not _ADDRESS.fullmatch(whole):
        raise _no_ticket()
    return whole


def _code(typed: str) -> str:
    """A code however it was grouped and spelled. Raises Refused S-09."""
    text = re.sub(r"[\s-]", "", typed).upper().translate(_SAME)
    if len(text) != _CODE_FIGURES or not (text.isascii() and text.isalnum()):
        raise _no_ticket()
    return "-".join(text[at : at + _GROUP] for at in range(0, _CODE_FIGURES, _GROUP))


def _no_ticket() -> Refused:
    """One sentence for all of it: who asks at a wrong address cannot believe what it says."""
    return Refused(
        "照这个网址和绑定码没取到绑定资料。",
        do="请对着县里给的再输一遍；用过、过了一周的，请县里另给一个。",
        code="S-09",
    )
