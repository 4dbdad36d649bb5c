"""A no under the county's signature, by whatever road it goes."""

from __future__ import annotations

import hashlib

from app.crypto.envelope import Purpose, sign_document
from app.domain.operations import instant_text
from app.domain.problem import Problem
from app.sync.protocol.coding import PROTOCOL_VERSION, to_object
from app.sync.protocol.refusal import Refusal
from county_server.clock import Time
from county_server.county import County
from county_server.declined import Declined


def refusal_of(
    county: County, clock: Time, about: bytes, problem: Problem
) -> tuple[Refusal, bytes]:
    """What is said about the request `about`, and its signed document."""
    declined = problem if isinstance(problem, Declined) else None
    content = Refusal(
        v=PROTOCOL_VERSION,
        county=county.id,
        about=hashlib.sha256(about).hexdigest(),
        code=problem.code,
        what=problem.what,
        do=problem.do,
        server_time=instant_text(clock.now()),
        need_epoch=declined.need[0] if declined and declined.need else None,
        need_seq=declined.need[1] if declined and declined.need else None,
        retry_after=declined.retry_after if declined else None,
    )
    return content, sign_document(county.root.private, Purpose.REFUSAL, to_object(content))
