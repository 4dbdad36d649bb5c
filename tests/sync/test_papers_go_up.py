"""Every book that leaves on paper is a record the county can read, whatever stands in its name."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.visit_log import LogOptions
from app.domain.ids import PrintId, new_id
from app.domain.masking import Mask
from app.domain.operations import OperationState
from app.services.log_papers import LogSpan
from app.services.print_traces import PrintTrace, note_print

EVERYTHING = LogOptions(
    mask=Mask.NONE, phone=True, place=True, health=True, note=True, answers=True, minors=True
)


@pytest.mark.parametrize("options", [LogOptions(), EVERYTHING])
def test_the_print_of_a_visit_log_goes_up_and_so_does_what_follows(laptop, road, office, options):
    span = LogSpan(date(2026, 3, 1), date(2026, 3, 31), options)
    with laptop.begin() as work:
        now = laptop.clock.now()
        trace = PrintTrace(
            form="F15L", form_version="2", document_no="459901-07-2026-000123-W", household=None,
            entity_id=span.key, content_sha256="0" * 64, code="0A53-KP1V-AN13", copies=1,
            reprint_no=0, printed_at=now, is_draft=False,
        )  # fmt: skip
        note_print(work, trace, PrintId(new_id(now)))
        work.commit()
    laptop.visit(laptop.add_household("覃桂英").id)

    tally = laptop.sync(road)

    assert tally.returned == 0
    assert LogSpan.of_key(span.key) == span
    assert {one.state for one in laptop.syncing.status().items} == {OperationState.RECEIVED}
    assert office.status()["documents"]["print_record"] == 1
