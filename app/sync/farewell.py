"""What a revoked laptop still has is offered to the county, which sets it aside for review.

The same bytes lie exported already, so a road that breaks here loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from app.domain.problem import Unavailable
from app.store.enrolment import Enrolled
from app.sync.attachments import Attachments, is_damaged
from app.sync.problems import CountyRefused
from app.sync.road import Transport
from app.sync.uplink import Uplink


def offer_all(uplink: Uplink, attachments: Attachments, transport: Transport) -> int:
    """Send everything that waits; how many pieces the county answered under its signature.

    Its answer to a revoked laptop is always a refusal, given after the bytes were set aside.
    """
    answered = 0
    try:
        for send in _pieces(uplink.enrolled(), uplink, attachments, transport):
            try:
                send()
            except CountyRefused:
                answered += 1
    except Unavailable:
        return answered  # the road broke, or a photo is damaged: the export has what there is
    return answered


def _pieces(
    enrolled: Enrolled, uplink: Uplink, attachments: Attachments, transport: Transport
) -> Iterator[Callable[[], bytes]]:
    """Batches first, then the parts of the attachments they name."""
    for batch in uplink.all_batches():
        data = uplink.sealed(enrolled, batch)
        if data is not None:
            yield partial(transport.send_batch, data)
    for upload in attachments.waiting(answered_only=False):
        try:
            for _number, part in attachments.parts(enrolled, upload, 0):
                yield partial(transport.send_part, part)
        except Unavailable as problem:
            if not is_damaged(problem):
                raise
