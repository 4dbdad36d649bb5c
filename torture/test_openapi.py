"""Three thousand requests and more, made from the county's OpenAPI document."""

from __future__ import annotations

from pathlib import Path

from county_server.database import sqlite_url
from tests.counties import found_office
from tests.fakes import StoppedClock
from tests.openapi_cases import Conversation


def test_three_thousand_requests(tmp_path: Path) -> None:
    """No failure of the server, nothing the document does not say."""
    office = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), StoppedClock())
    conversation = Conversation(office, office.device())

    asked = conversation.run(examples=450)

    office.database.close()
    assert asked == 7 * 450 >= 3_000
    assert {200, 400, 401, 403, 409, 429} <= set(conversation.statuses)
    assert max(conversation.statuses) < 500
